"""docs/checklists.md, followed from the first line to the last."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from walkthrough import blocks, follow

from wtaudit.cli.main import run

PAGE = Path(__file__).resolve().parents[2] / "docs" / "checklists.md"


def test_every_step_of_the_page_comes_out_as_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")

    def wtaudit(arguments: list[str]) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["wtaudit", *arguments])
        with pytest.raises(SystemExit) as ended:
            run()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out + said.err

    steps = list(follow(PAGE.read_text(encoding="utf-8"), tmp_path, wtaudit))
    assert [step for step in steps if step.problem] == []
    assert len(steps) > 12


def test_every_command_of_the_page_is_followed() -> None:
    page = PAGE.read_text(encoding="utf-8")
    told = [line for b in blocks(page) if b.language == "sh" for line in b.text.splitlines()]
    assert all(line.startswith("wtaudit ") for line in told)
    assert {b.language for b in blocks(page)} == {"sh", "text", "yaml", "diff", "markdown"}
