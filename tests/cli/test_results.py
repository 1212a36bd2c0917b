"""Kept results: the same question is answered the same, without reading or judging; any other question anew."""

from __future__ import annotations

import gzip
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from wtaudit.auditor import Auditor
from wtaudit.checklist.folders import fingerprint, lineage
from wtaudit.cli.main import app

MASA = """# Fennmouth Safeguarding Children Partnership: multi-agency safeguarding arrangements

## Statutory safeguarding partners

The three statutory safeguarding partners for Fennmouth are Fennmouth Council, NHS Fenn and Marsh Integrated Care Board and
Fennshire Police. They share the duty jointly and equally.
"""
PAGE = f"<html><body><h1>Fennmouth</h1><p>{' '.join(MASA.split()[10:])}</p><img src='a.png'></body></html>"
Run = Callable[..., Result]


@pytest.fixture
def loads() -> list[str]:
    """One entry for each time that an audit was judged anew."""
    return []


@pytest.fixture
def audit(tmp_path: Path, auditor: Auditor, loads: list[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def loaded(name: str, *_: object) -> Auditor:
        loads.append(name)
        return auditor

    (tmp_path / "masa.md").write_text(MASA, encoding="utf-8")
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))
    monkeypatch.setattr("wtaudit.cli.audit.load_auditor", loaded)
    files = ("--arrangements", "masa.md", "--arrangements", "page.html")
    return lambda *options, files=files: CliRunner().invoke(
        app, ["audit", *files, "--theme", "governance", *options]
    )


def kept(folder: Path) -> list[Path]:
    return list(folder.glob(".cache/wtaudit/results/*.gz"))


def test_the_same_question_is_answered_the_same_without_judging(audit: Run, loads: list[str]) -> None:
    for format_ in ("json", "table", "html", "sarif", "markdown", "csv", "junit"):
        first, second = audit("-f", format_, "--no-cache"), audit("-f", format_)
        assert first.exit_code == second.exit_code == 1
        assert first.stdout_bytes == second.stdout_bytes
        assert first.stderr == second.stderr
    assert "picture" in first.stderr
    assert len(loads) == 7 + 1
    assert audit("-q").stderr == ""
    assert len(loads) == 8


def test_what_comes_after_judging_is_done_anew(audit: Run, loads: list[str], tmp_path: Path) -> None:
    audit()
    assert audit("--fail-on", "never").exit_code == 0
    assert "MASA" not in audit("--theme", "send", "-f", "csv").stdout
    assert audit("--write-baseline", "base.json").exit_code == 1
    assert "against the baseline" in audit("--baseline", "base.json").stderr
    assert len(loads) == 1


@pytest.mark.parametrize(
    "changed",
    [
        lambda folder: {"files": ("--arrangements", "page.html", "--arrangements", "masa.md")},
        lambda folder: {"files": ("--arrangements", "masa.md")},
        lambda folder: {"files": ("--arrangements", "page.html", "--protocol", "masa.md")},
        lambda folder: (folder / "masa.md").write_text(MASA + "\nTea.\n", encoding="utf-8") and {},
        lambda folder: {"options": ("--partnership", "Fennmouth")},
        lambda folder: {"options": ("--ocr",)},
        lambda folder: {"options": ("--no-cache",)},
        lambda folder: {"options": ("-v",)},
    ],
    ids=["order", "fewer", "kind", "bytes", "partnership", "ocr", "no-cache", "verbose"],
)
def test_another_question_is_answered_anew(
    audit: Run, loads: list[str], tmp_path: Path, changed: Callable[[Path], dict[str, tuple[str, ...]]]
) -> None:
    audit()
    asked = dict(changed(tmp_path))
    audit(*asked.pop("options", ()), **asked)
    assert len(loads) == 2


def test_another_program_or_checklist_answers_anew(
    audit: Run, loads: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    audit()
    shutil.copytree(lineage("wt2023")[0], tmp_path / "own")
    assert fingerprint(lineage(tmp_path / "own")) == fingerprint(lineage("wt2023"))
    with (tmp_path / "own" / "context.yaml").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    audit("--checklist", str(tmp_path / "own"))
    assert len(loads) == 2
    for name in ("wtaudit.cli.results.__version__", "wtaudit.reading.cache.READER_VERSION"):
        monkeypatch.setattr(name, "0")
        audit()
    monkeypatch.setattr("wtaudit.cli.results._code", lambda: "other")
    audit()
    assert len(loads) == 5


def test_nothing_is_kept_of_protected_files_or_where_something_was_not_read(
    audit: Run, loads: list[str], tmp_path: Path
) -> None:
    audit("--password", "secret")
    assert not kept(tmp_path)
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 and no more")
    files = ("--arrangements", "masa.md", "--arrangements", "broken.pdf")
    assert [audit(files=files).exit_code for _ in range(2)] == [3, 3]
    assert not kept(tmp_path)
    assert len(loads) == 3


@pytest.mark.parametrize("text", ["", "{}", '{"schema_version": "1"}', "not JSON", "[" * 100_000])
def test_a_damaged_result_is_written_anew(audit: Run, loads: list[str], tmp_path: Path, text: str) -> None:
    first = audit("-f", "json").stdout
    (file,) = kept(tmp_path)
    whole = file.read_bytes()
    file.write_bytes(gzip.compress(text.encode()) if text else whole[: len(whole) // 2])
    assert audit("-f", "json").stdout == first
    assert file.read_bytes() == whole
    assert len(loads) == 2


def test_a_cache_that_cannot_be_written_does_no_harm(audit: Run, tmp_path: Path) -> None:
    (tmp_path / ".cache").write_text("a file", encoding="utf-8")
    assert audit().exit_code == 1


def test_cache_clear_forgets_results(audit: Run, tmp_path: Path) -> None:
    audit()
    assert "2 cached documents and 1 result deleted" in CliRunner().invoke(app, ["cache", "clear"]).stdout
    assert not kept(tmp_path)


def test_a_kept_result_loads_no_heavy_library(audit: Run, tmp_path: Path) -> None:
    import subprocess
    import sys

    audit()
    code = (
        "import sys; sys.argv = ['wtaudit', 'audit', '--arrangements', 'masa.md', '--arrangements', 'page.html', '-f', 'json'];"
        "from wtaudit.cli.main import run\n"
        "try: run()\n"
        "except SystemExit: pass\n"
        "sys.stderr.write(str([m for m in ('spacy', 'pypdfium2', 'numpy', 'lxml', 'wtaudit.matching') if m in sys.modules]))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
    )  # fmt: skip
    assert told.stderr.endswith("[]")
    assert '"findings"' in told.stdout
