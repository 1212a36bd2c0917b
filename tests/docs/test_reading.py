"""docs/reading.md, followed from the first line to the last, and its figures held against the code."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from walkthrough import follow

from wtaudit.auditor import Auditor
from wtaudit.cli.main import run
from wtaudit.reading.interface import ReadOptions

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "reading.md").read_text(encoding="utf-8")


def test_every_step_of_the_page_comes_out_as_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], auditor: Auditor
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("wtaudit.cli.audit.load_auditor", lambda *_: auditor)

    def wtaudit(arguments: list[str]) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["wtaudit", *arguments])
        with pytest.raises(SystemExit) as ended:
            run()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out + said.err

    steps = list(follow(PAGE, tmp_path, wtaudit))
    assert [step for step in steps if step.problem] == []
    assert len(steps) >= 9


def test_the_limits_are_as_told() -> None:
    options = ReadOptions()
    plain = " ".join(PAGE.split())
    assert (
        f"{options.timeout_seconds / 60:g} minutes, {options.memory_bytes >> 30} GB of memory, "
        f"{options.max_pages:,} pages and {options.max_unpacked_bytes >> 20} MB unpacked"
    ) in plain
    assert f"at most {options.ocr_page_seconds:g}; {options.max_ocr_pages} pages of a file" in plain
