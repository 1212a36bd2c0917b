"""`wtaudit compare`, and what an audit against a baseline tells: on stderr and on a job's summary page."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from wtaudit.auditor import Auditor
from wtaudit.cli.main import app
from wtaudit.reporting import Format
from wtaudit.reporting.comparing import ComparisonFormat

MASA = """# Fennmouth Safeguarding Children Partnership: multi-agency safeguarding arrangements

## Statutory safeguarding partners

The three statutory safeguarding partners for Fennmouth are Fennmouth Council, NHS Fenn and Marsh Integrated Care Board and
Fennshire Police. They share the duty jointly and equally.

## Area

These arrangements cover the local authority area of Fennmouth.
"""
AUDIT = ("audit", "docs/masa.md", "--theme", "governance", "--level", "core", "--no-config")
SECRET = "a-value-that-nobody-should-see"
runner = CliRunner()


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, auditor: Auditor, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "masa.md").write_text(MASA, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    monkeypatch.setattr("wtaudit.cli.audit.load_auditor", lambda *_: auditor)


def weaken() -> None:
    text = MASA.replace("These arrangements cover the local authority area of Fennmouth.", "To be written.")
    Path("docs/masa.md").write_text(text, encoding="utf-8")


@pytest.fixture
def two_results() -> None:
    runner.invoke(app, [*AUDIT, "-f", "json", "-o", "old.json", "--write-baseline", "b.yaml"])
    weaken()
    runner.invoke(app, [*AUDIT, "-f", "json", "-o", "new.json"])


@pytest.mark.usefixtures("two_results")
def test_what_was_weakened_is_told() -> None:
    told = runner.invoke(app, ["compare", "old.json", "new.json"])
    assert told.exit_code == 0
    assert "New gaps (1)" in told.stdout
    assert "docs/masa.md: its content changed" in told.stdout
    runner.invoke(app, ["compare", "old.json", "new.json", "-f", "json", "-o", "c.json"])
    data = json.loads(Path("c.json").read_text(encoding="utf-8"))
    assert [(c["requirement_id"], c["outcome"]) for c in data["changes"]] == [("GOV-02", "new-gap")]


@pytest.mark.usefixtures("two_results")
def test_against_a_baseline_stderr_names_what_got_worse_and_what_was_lost() -> None:
    told = runner.invoke(app, [*AUDIT, "--baseline", "b.yaml", "--fail-on-regression", "-o", "t.txt"])
    assert told.exit_code == 1
    assert "against the baseline: 1 new gap;" in told.stderr
    (line,) = [line for line in told.stderr.splitlines() if "GOV-02" in line]
    assert "Met → Missing" in line
    assert "No longer evidenced: The area the arrangements cover" in line
    quiet = runner.invoke(app, [*AUDIT, "--baseline", "b.yaml", "--fail-on-regression", "-o", "t.txt", "-q"])
    assert (quiet.exit_code, quiet.stderr) == (1, "")


@pytest.mark.usefixtures("two_results")
def test_the_job_summary_holds_the_report_and_the_comparison(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Path("summary.md")
    page.write_text("# Before us\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    runner.invoke(app, [*AUDIT, "--baseline", "b.yaml", "-f", "github", "-o", "out.txt"])
    text = page.read_text(encoding="utf-8")
    titles = ["# Before us", "# Safeguarding documents audit", "# What changed since the baseline"]
    assert [line for line in text.splitlines() if line.startswith("# ")] == titles
    assert "GOV-02" in text.split(titles[2])[1]
    runner.invoke(app, [*AUDIT, "-f", "junit", "-o", "out.xml"])
    assert page.read_text(encoding="utf-8") == text  # only the format for GitHub speaks to GitHub


@pytest.mark.usefixtures("two_results")
def test_a_saved_result_goes_onto_the_job_summary_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary.md")
    runner.invoke(app, ["report", "new.json", "-f", "github"])
    assert "# Safeguarding documents audit" in Path("summary.md").read_text(encoding="utf-8")


@pytest.mark.usefixtures("two_results")
def test_no_report_tells_of_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents named by their whole path come out as seen from the working folder; nothing of the environment does."""
    for name in ("WTAUDIT_TOKEN", "USER", "LOGNAME", "HOSTNAME"):
        monkeypatch.setenv(name, SECRET)
    (tmp_path / "empty.pdf").touch()
    whole = [
        "audit",
        str(tmp_path / "docs" / "masa.md"),
        "--protocol",
        str(tmp_path / "empty.pdf"),
        *AUDIT[2:],
    ]
    reports = [part for f in Format for part in ("--report", f"{f}=out.{f}")]
    told = runner.invoke(app, [*whole, *reports, "--baseline", str(tmp_path / "b.yaml"), "-o", "t.txt"])
    assert told.exit_code == 3
    runner.invoke(app, [*whole, "-o", "t.txt", "--write-baseline", str(tmp_path / "again.yaml")])
    for format_ in ComparisonFormat:
        runner.invoke(
            app, ["compare", "old.json", "out.json", "-f", format_.value, "-o", f"compared.{format_}"]
        )
    paths = [d["path"] for d in json.loads(Path("out.json").read_text(encoding="utf-8"))["documents"]]
    assert paths == ["docs/masa.md", "empty.pdf"]
    written = [p for p in tmp_path.iterdir() if p.is_file() and p.name != "empty.pdf"]
    assert len(written) == len(Format) + len(ComparisonFormat) + len(("old", "new", "t", "b", "again"))
    leaks = [str(tmp_path).encode(), f"{Path.home()}/".encode(), SECRET.encode()]
    for path in written:
        parts = [path.read_bytes(), *_unzipped(path)]
        assert not [(path.name, leak) for leak in leaks if any(leak in part for part in parts)]


def _unzipped(path: Path) -> list[bytes]:
    if not zipfile.is_zipfile(path):
        return []
    with zipfile.ZipFile(path) as package:
        return [package.read(name) for name in package.namelist()]


@pytest.mark.usefixtures("two_results")
def test_a_comparison_costs_neither_spacy_nor_a_pdf_reader() -> None:
    code = (
        "import sys; from wtaudit.cli.main import app; app(sys.argv[1:], standalone_mode=False); "
        "print([m for m in ('spacy', 'pdfplumber', 'docx', 'openpyxl', 'numpy') if m in sys.modules], file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, "compare", "old.json", "new.json", "-f", "html"]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stderr.strip() == b"[]"
