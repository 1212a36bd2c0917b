"""`wtaudit audit`: exit codes, streams, formats, and inputs that cannot be read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner

from wtaudit.cli.exits import ExitCode
from wtaudit.cli.main import app, run
from wtaudit.reporting.json_format import result_schema

runner = CliRunner()
MASA = """# Fennmouth Safeguarding Children Partnership: multi-agency safeguarding arrangements

## Statutory safeguarding partners

The three statutory safeguarding partners for Fennmouth are Fennmouth Council, NHS Fenn and Marsh Integrated Care Board and
Fennshire Police. They share the duty jointly and equally.

## Area

These arrangements cover the local authority area of Fennmouth.
"""


@pytest.fixture
def masa(tmp_path: Path) -> Path:
    path = tmp_path / "masa.md"
    path.write_text(MASA, encoding="utf-8")
    return path


def wtaudit(*arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """The command as a user runs it, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "wtaudit", *arguments], capture_output=True, text=True, check=False,
        env={**os.environ, **(env or {})},
    )  # fmt: skip


def test_gaps_exit_1_when_the_audit_is_complete(masa: Path) -> None:
    result = wtaudit("audit", "--arrangements", str(masa), "--theme", "governance")
    assert result.returncode == ExitCode.GAPS
    assert "GOV-01" in result.stdout
    assert "Traceback" not in result.stderr
    assert "requirements are met" in result.stderr


def test_nothing_at_or_above_fail_on_exits_0(masa: Path) -> None:
    result = wtaudit("audit", "--arrangements", str(masa), "--theme", "governance", "--fail-on", "never")
    assert result.returncode == ExitCode.OK


def test_a_kind_without_a_document_exits_3_and_still_reports(masa: Path) -> None:
    result = wtaudit("audit", "--arrangements", str(masa), "--fail-on", "never", "-f", "json")
    assert result.returncode == ExitCode.INCOMPLETE
    statuses = {f["status"] for f in json.loads(result.stdout)["findings"]}
    assert "unknown" in statuses


def test_allow_incomplete_demotes_3(masa: Path) -> None:
    result = wtaudit("audit", "--arrangements", str(masa), "--fail-on", "never", "--allow-incomplete", "-q")
    assert result.returncode == ExitCode.OK
    assert result.stderr == ""


def test_json_follows_the_schema_and_is_the_same_twice(masa: Path, tmp_path: Path) -> None:
    outs = [tmp_path / "one.json", tmp_path / "two.json"]
    for out in outs:
        runner.invoke(app, ["audit", "--arrangements", str(masa), "-f", "json", "-o", str(out)])
    assert outs[0].read_bytes() == outs[1].read_bytes()
    jsonschema.validate(json.loads(outs[0].read_text(encoding="utf-8")), result_schema())


def test_quotes_are_runs_of_the_document(masa: Path) -> None:
    result = runner.invoke(app, ["audit", "--arrangements", str(masa), "-f", "json"])
    report = json.loads(result.stdout)
    text = " ".join(MASA.split())
    quotes = [e["quote"] for f in report["findings"] for x in f["elements"] for e in x["evidence"]]
    assert quotes
    assert all(quote in text for quote in quotes)


def test_several_reports_in_one_run(masa: Path, tmp_path: Path) -> None:
    result = runner.invoke(
        app, ["audit", "--arrangements", str(masa), "--report", f"json={tmp_path / 'r.json'}", "--report", f"markdown={tmp_path / 'r.md'}"],
    )  # fmt: skip
    assert result.stdout.strip()
    assert (tmp_path / "r.json").is_file()
    assert (tmp_path / "r.md").read_text(encoding="utf-8").startswith("# Safeguarding documents audit")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--level", "nonsense"],
        ["--format", "nonsense"],
        ["--nonsense"],
        ["--theme", "nonsense"],
        ["--report", "nonsense"],
    ],
)
def test_a_wrong_command_line_exits_2(masa: Path, arguments: list[str]) -> None:
    result = wtaudit("audit", "--arrangements", str(masa), *arguments)
    assert result.returncode == ExitCode.USAGE
    assert "Traceback" not in result.stderr


def _ole(path: Path) -> None:
    path.write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600)


def _truncated_docx(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<w:document/>" * 50)
    path.write_bytes(path.read_bytes()[:60])


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _scanned_pdf(path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (800, 1100), "grey").save(path, "PDF")


BAD = {
    "word.doc": _ole,
    "locked.docx": _ole,
    "cut.docx": _truncated_docx,
    "empty.pdf": _empty,
    "scan.pdf": _scanned_pdf,
}


@pytest.mark.parametrize("name", BAD)
def test_unreadable_input_is_one_line_and_exit_3(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    BAD[name](path)
    result = wtaudit("audit", "--arrangements", str(path))
    assert result.returncode == ExitCode.INCOMPLETE
    assert "Traceback" not in result.stderr
    assert name in result.stderr
    assert "0 of" in result.stdout  # nothing is met


def test_a_missing_path_exits_3(tmp_path: Path) -> None:
    result = wtaudit("audit", str(tmp_path / "nowhere.pdf"))
    assert result.returncode == ExitCode.INCOMPLETE
    assert "no such file" in result.stderr


def test_a_folder_without_documents_exits_3(tmp_path: Path) -> None:
    result = wtaudit("audit", str(tmp_path))
    assert result.returncode == ExitCode.INCOMPLETE
    assert "nothing to audit" in result.stderr


def test_an_undecidable_file_says_how_to_declare_it(tmp_path: Path) -> None:
    path = tmp_path / "menu.md"
    path.write_text(
        "# Lunch\n\nSoup, then fish, then a pear. Tea is served at three in the garden.\n", encoding="utf-8"
    )
    result = wtaudit("audit", str(path))
    assert result.returncode == ExitCode.INCOMPLETE
    assert "--arrangements, --threshold or --protocol" in result.stderr


def test_a_broken_checklist_exits_4_with_file_and_line(masa: Path, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "checklist.yaml").write_text(
        'id: own\nversion: "1"\nedition: x\nthemes: [a]\ncolour: red\n', encoding="utf-8"
    )
    result = wtaudit("audit", "--arrangements", str(masa), "--checklist", str(folder))
    assert result.returncode == ExitCode.INVALID
    assert "checklist.yaml:" in result.stderr
    assert "colour" in result.stderr


def test_an_internal_error_exits_5_without_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(**_: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.delenv("WTAUDIT_DEBUG", raising=False)
    monkeypatch.setattr("wtaudit.cli.main.app", broken)
    with pytest.raises(SystemExit) as caught:
        run()
    assert caught.value.code == ExitCode.INTERNAL
    assert "internal error" in capsys.readouterr().err


def test_an_interrupt_exits_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("wtaudit.cli.main.app", interrupted)
    with pytest.raises(SystemExit) as caught:
        run()
    assert caught.value.code == ExitCode.INTERRUPTED


def test_help_imports_nothing_heavy() -> None:
    code = "import sys, wtaudit.cli.main; sys.exit(any(m in sys.modules for m in ('spacy','pdfplumber','docx','numpy','lxml','pydantic')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_no_socket_is_ever_opened(masa: Path) -> None:
    code = (
        "import socket, sys\n"
        "def refuse(*a, **k): raise AssertionError('network')\n"
        "socket.socket.connect = refuse; socket.create_connection = refuse; socket.getaddrinfo = refuse\n"
        "from wtaudit import Auditor, read_document\n"
        f"report = Auditor().audit([read_document({str(masa)!r}, kind='arrangements')])\n"
        "assert report.findings\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
