"""`wtaudit portfolio`: results, resuming, isolation, exit codes, and what a killed run leaves behind."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "portfolio"))
from portfolio_folders import ThreadCrew, partnership, small_checklist

from wtaudit.auditor import Auditor
from wtaudit.cli.exits import ExitCode
from wtaudit.cli.main import app
from wtaudit.errors import InvalidFileError, UsageError
from wtaudit.portfolio import judging

runner = CliRunner()
GOVERNANCE = ["--theme", "governance", "--fail-on", "never"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with a portfolio of three in it."""
    monkeypatch.chdir(tmp_path)
    for name in ("Ashby", "Borton", "Corby"):
        partnership(tmp_path / "areas", name)
    return tmp_path


@pytest.fixture
def judged(auditor: Auditor, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Runs in threads of this process with the session's auditor; the names of those judged."""
    names: list[str] = []
    audit = Auditor.audit

    def counted(self: Auditor, documents: list[object], partnership: str) -> object:
        names.append(partnership)
        if partnership == "Crash":
            raise RuntimeError("boom")
        return audit(self, documents, partnership)  # type: ignore[arg-type]

    monkeypatch.setattr("wtaudit.cli.portfolio._crew", lambda *_: _Thread())
    monkeypatch.setattr(judging, "_auditor", lambda *_: auditor)
    monkeypatch.setattr(Auditor, "audit", counted)
    return names


class _Thread(ThreadCrew):
    def __enter__(self) -> _Thread:
        return self

    def __exit__(self, *_: object) -> None:
        return


def run(*arguments: str, expected: ExitCode = ExitCode.OK) -> str:
    result = runner.invoke(app, ["portfolio", "areas", *arguments])
    assert result.exit_code == expected, result.output
    return result.stdout


def test_each_result_is_what_audit_writes(
    folder: Path, judged: list[str], auditor: Auditor, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(*GOVERNANCE, "-f", "json", "-o", "matrix.json")
    monkeypatch.setattr("wtaudit.cli.audit.load_auditor", lambda *_: auditor)
    audit = [
        "audit",
        "areas/Ashby",
        "--partnership",
        "Ashby",
        "--level",
        "derived",
        "-f",
        "json",
        "-o",
        "one.json",
    ]
    runner.invoke(app, audit)
    kept = (folder / "wtaudit-portfolio" / "ashby.json").read_bytes()
    assert kept == (folder / "one.json").read_bytes()
    matrix = json.loads((folder / "matrix.json").read_text(encoding="utf-8"))
    statuses = {f["requirement"]["id"]: f["status"] for f in json.loads(kept)["findings"]}
    assert [r["statuses"][0] for r in matrix["requirements"]] == [
        statuses[r["id"]] for r in matrix["requirements"]
    ]
    assert len(matrix["requirements"]) > 20
    assert str(folder) not in kept.decode()
    assert str(folder) not in json.dumps(matrix)


def test_a_second_run_judges_only_what_changed(folder: Path, judged: list[str]) -> None:
    first = run(*GOVERNANCE, "-f", "json")
    assert sorted(judged) == ["Ashby", "Borton", "Corby"]
    judged.clear()
    assert run(*GOVERNANCE, "-f", "json") == first
    assert judged == []
    (folder / "areas" / "Borton" / "threshold.md").write_text(
        "# Borton threshold document\n\nLevels of need.", "utf-8"
    )
    run(*GOVERNANCE)
    assert judged == ["Borton"]
    judged.clear()
    run(*GOVERNANCE, "--ocr")
    assert len(judged) == 3
    judged.clear()
    run(*GOVERNANCE, "--ocr", "--fresh")
    assert len(judged) == 3


def test_results_of_a_folder_within_are_not_taken_for_a_partnership(folder: Path, judged: list[str]) -> None:
    within = ["--results", "areas/results", "--report", "html=areas/matrix.html"]
    first = run(*GOVERNANCE, "-f", "json", *within)
    assert run(*GOVERNANCE, "-f", "json", *within) == first
    assert len(json.loads(first)["partnerships"]) == 3


def test_a_poisoned_file_and_a_crash_cost_a_row_each(folder: Path, judged: list[str]) -> None:
    clean = json.loads(run(*GOVERNANCE, "-f", "json", "--results", "clean"))
    partnership(folder / "areas", "Crash")
    poisoned = partnership(folder / "areas", "Poison")
    (poisoned / "arrangements.md").unlink()
    (poisoned / "arrangements.pdf").write_bytes(b"%PDF-1.7\n" + b"\0" * 4000)
    (folder / "areas" / "Nothing").mkdir()
    out = json.loads(run(*GOVERNANCE, "-f", "json", expected=ExitCode.INCOMPLETE))
    rows = {p["name"]: p for p in out["partnerships"]}
    assert rows["Crash"]["failure"] == "the audit failed on it (RuntimeError: boom)"
    assert rows["Nothing"]["failure"].startswith("no documents in it")
    assert "areas/Poison/arrangements.pdf" in rows["Poison"]["documents"]["troubles"][0]
    assert rows["Poison"]["summary"]["met"] == 0
    for name in ("Crash", "Nothing"):
        assert rows[name]["result"] is None
        assert rows[name]["summary"]["unknown"] == len(out["requirements"])
    assert [rows[p["name"]] for p in clean["partnerships"]] == clean["partnerships"]
    judged.clear()
    run(*GOVERNANCE, "--allow-incomplete")
    assert judged == ["Crash"]  # what failed is tried again


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--theme", "governance", "--fail-on", "never"], ExitCode.OK),
        (["--theme", "governance"], ExitCode.GAPS),
        (["--theme", "governance", "--fail-on", "contradicted"], ExitCode.OK),
        (["--fail-on", "never"], ExitCode.INCOMPLETE),  # no protocol was given
        ([], ExitCode.INCOMPLETE),
        (["--allow-incomplete"], ExitCode.GAPS),
        (["--allow-incomplete", "--fail-on", "never"], ExitCode.OK),
        (["--theme", "nonsense"], ExitCode.USAGE),
        (["--jobs", "0"], ExitCode.USAGE),
        (["--jobs", "2", "--dask", "tcp://127.0.0.1:1"], ExitCode.USAGE),
        (["-f", "docx"], ExitCode.USAGE),
        (["--report", "docx=x"], ExitCode.USAGE),
        (["--checklist", "nowhere"], ExitCode.INVALID),
    ],
)
def test_exit_codes(folder: Path, judged: list[str], arguments: list[str], expected: ExitCode) -> None:
    result = runner.invoke(app, ["portfolio", "areas", *arguments])
    found = result.exit_code
    if isinstance(result.exception, UsageError):
        found = ExitCode.USAGE
    elif isinstance(result.exception, InvalidFileError):
        found = ExitCode.INVALID
    assert found == expected, result.output


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "wtaudit", "portfolio", *arguments]


def test_a_loose_document_is_said_and_incomplete(folder: Path, judged: list[str]) -> None:
    (folder / "areas" / "levels.md").write_text("# Levels", encoding="utf-8")
    assert "areas/levels.md: lies in no partnership's folder" in run(
        *GOVERNANCE, expected=ExitCode.INCOMPLETE
    )


def test_without_the_extra_dask_says_how_to_install_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    result = runner.invoke(app, ["portfolio", "areas", "--dask", "tcp://127.0.0.1:1"])
    assert isinstance(result.exception, UsageError)
    assert "wtaudit[dask]" in str(result.exception)


@pytest.mark.parametrize(
    ("source", "expected", "said"),
    [("nowhere", 3, "no such folder or manifest"), ("empty", 3, "a folder of its own"), ("m.csv", 4, "m.csv:2: path is empty")],
)  # fmt: skip
def test_nothing_to_audit_in_one_line(folder: Path, source: str, expected: int, said: str) -> None:
    (folder / "empty").mkdir()
    (folder / "m.csv").write_text("name,path\nAshby,\n", encoding="utf-8")
    result = subprocess.run(command(source), capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (expected, "")
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1


def wait_for(folder: Path, count: int, process: subprocess.Popen[str]) -> None:
    until = time.monotonic() + 120
    while len(list(folder.glob("*.json"))) < count:
        assert process.poll() is None
        assert time.monotonic() < until
        time.sleep(0.02)


def hearing_interrupts() -> None:
    """A shell starts what runs in its background with interrupts ignored, and the test would inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(sys.platform == "win32", reason="sends signals")
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_a_stopped_run_leaves_whole_results_and_goes_on(
    folder: Path, sent: signal.Signals, code: int
) -> None:
    for n in range(7):
        partnership(folder / "areas", f"Area{n:02}", with_threshold=False)
    results = folder / "wtaudit-portfolio"
    arguments = ["areas", "--checklist", small_checklist(folder / "own"), "--jobs", "1", "-f", "json"]
    stopped = subprocess.Popen(
        command(*arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        preexec_fn=hearing_interrupts,
    )  # fmt: skip
    wait_for(results, 2, stopped)
    stopped.send_signal(sent)
    out, err = stopped.communicate(timeout=60)
    assert (stopped.returncode, out) == (code, "")
    assert "Traceback" not in err
    left = list(results.glob("*.json"))
    assert 2 <= len(left) < 10
    for path in left:
        assert json.loads(path.read_text(encoding="utf-8"))["summary"]
    before = {path: path.stat().st_mtime_ns for path in (results / ".made-from").glob("*.json")}
    again = subprocess.run(command(*arguments), capture_output=True, text=True, check=False)
    assert again.returncode == ExitCode.OK, again.stderr
    assert f"{len(before)} of the results are from an earlier run" in again.stderr
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert len(json.loads(again.stdout)["partnerships"]) == 10


def test_two_runs_at_once_do_not_disturb_one_another(folder: Path) -> None:
    arguments = ["areas", "--checklist", small_checklist(folder / "own"), "--jobs", "1", "-f", "json"]
    started = [
        subprocess.Popen(command(*arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    outs = [process.communicate(timeout=120) for process in started]
    assert [process.returncode for process in started] == [0, 0], outs
    assert outs[0][0] == outs[1][0]
    results = folder / "wtaudit-portfolio"
    assert sorted(p.name for p in results.rglob("*") if p.is_file()) == sorted(
        ["ashby.json", "borton.json", "corby.json"] * 2
    )
