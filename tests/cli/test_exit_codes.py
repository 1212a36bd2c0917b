"""Exit codes, one row per situation: what lies in the folder, what is typed, and how the program ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from wtaudit.auditor import Auditor
from wtaudit.cli.main import run
from wtaudit.decisions.baseline import baseline_text
from wtaudit.decisions.fingerprint import fingerprint
from wtaudit.model import Decision, DecisionKind, ElementStatus, Finding, Kind, Report, Status
from wtaudit.reading import read_document
from wtaudit.reporting import Format, render

MASA = """# Fennmouth Safeguarding Children Partnership: multi-agency safeguarding arrangements

## Statutory safeguarding partners

The three statutory safeguarding partners for Fennmouth are Fennmouth Council, NHS Fenn and Marsh Integrated Care Board and
Fennshire Police. They share the duty jointly and equally.

## Area

These arrangements cover the local authority area of Fennmouth.
"""
DAY = "1798761600"  # 1 January 2027
AUDIT = ("audit", "masa.md", "--theme", "governance", "--level", "core")
"""Complete, with gaps: every requirement of this theme counts in published arrangements."""


@pytest.fixture(scope="module")
def report(auditor: Auditor, tmp_path_factory: pytest.TempPathFactory) -> Report:
    """What AUDIT finds, on all requirements."""
    path = tmp_path_factory.mktemp("exit") / "masa.md"
    path.write_text(MASA, encoding="utf-8")
    return auditor.audit([read_document(path, kind=Kind.ARRANGEMENTS)])


def gaps(report: Report) -> list[Finding]:
    return [f for f in report.findings if f.is_gap and f.theme == "governance" and f.level == "core"]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, auditor: Auditor, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working folder with the arrangements in it, and the auditor of the session in place of one built anew."""
    (tmp_path / "masa.md").write_text(MASA, encoding="utf-8")
    (tmp_path / ".git").mkdir()  # the search for settings ends here
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    monkeypatch.setattr("wtaudit.cli.audit.load_auditor", lambda *_: auditor)


def ending(*arguments: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """The exit code of the command."""
    monkeypatch.setattr("sys.argv", ["wtaudit", *arguments])
    with pytest.raises(SystemExit) as caught:
        run()
    return int(caught.value.code or 0)


def decided(
    findings: list[Finding], kind: DecisionKind = DecisionKind.WAIVED, *, expires: str = "", status: str = "",
    changed: bool = False, path: str = "d.yaml",
) -> None:  # fmt: skip
    """Write a decision of one sort on each finding; `changed`: made on another text."""
    lines = ['schema_version: "1"', "decisions:"]
    for finding in findings:
        made_on = "sha256:" + "0" * 64 if changed else fingerprint(finding, kind)
        lines += [
            f"  {finding.requirement_id}:",
            f"    decision: {kind.value}",
            "    justification: Because.",
        ]
        lines += ["    decided_by: Ann", "    decided_on: 2026-01-05", f"    fingerprint: {made_on}"]
        lines += [f"    expires: {expires}"] if expires else []
        lines += [f"    status: {status}"] if status else []
    Path(path).write_text("\n".join(lines) + "\n", encoding="utf-8")


def saved(report: Report, name: str = "result.json") -> None:
    made = render(report, Format.JSON)
    assert isinstance(made, str)
    Path(name).write_text(made, encoding="utf-8")


def settings(text: str, name: str = "wtaudit.toml") -> Callable[[Report], None]:
    def write(_: Report) -> None:
        Path(name).write_text(text, encoding="utf-8")

    return write


def nothing(_: Report) -> None:
    """The folder as it is."""


@dataclass(frozen=True)
class Row:
    """One situation."""

    name: str
    code: int
    arguments: tuple[str, ...]
    prepare: Callable[[Report], None] = nothing


WITH_DECISIONS = (*AUDIT, "--decisions", "d.yaml")
SETTINGS = 'documents = "masa.md"\nthemes = ["governance"]\nlevel = "core"\n'
DECISIONS = [
    Row("gaps and no decision", 1, AUDIT),
    Row("all gaps waived", 0, WITH_DECISIONS, lambda r: decided(gaps(r))),
    Row("all gaps not applicable", 0, WITH_DECISIONS, lambda r: decided(gaps(r), DecisionKind.NOT_APPLICABLE)),
    Row("all gaps overruled to met", 0, WITH_DECISIONS, lambda r: decided(gaps(r), DecisionKind.OVERRULED, status="met")),
    Row("all gaps overruled to partial", 1, WITH_DECISIONS, lambda r: decided(gaps(r), DecisionKind.OVERRULED, status="partial")),
    Row("the same, failing on missing", 0, (*WITH_DECISIONS, "--fail-on", "missing"), lambda r: decided(gaps(r), DecisionKind.OVERRULED, status="partial")),
    Row("all gaps confirmed", 1, WITH_DECISIONS, lambda r: decided(gaps(r), DecisionKind.CONFIRMED)),
    Row("one gap left", 1, WITH_DECISIONS, lambda r: decided(gaps(r)[1:])),
    Row("waived until today", 0, WITH_DECISIONS, lambda r: decided(gaps(r), expires="2027-01-01")),
    Row("waived until yesterday", 1, WITH_DECISIONS, lambda r: decided(gaps(r), expires="2026-12-31")),
    Row("the text has changed", 1, WITH_DECISIONS, lambda r: decided(gaps(r), changed=True)),
    Row("expired but nothing fails", 0, (*WITH_DECISIONS, "--fail-on", "never"), lambda r: decided(gaps(r), changed=True)),
    Row("waived but incomplete", 3, ("audit", "masa.md", "--decisions", "d.yaml"), lambda r: decided([f for f in r.findings if f.status != "met"])),
    Row("no decisions file", 4, WITH_DECISIONS),
    Row("an invalid decisions file", 4, WITH_DECISIONS, settings("decisions: 1\n", "d.yaml")),
    Row("an unknown id", 4, WITH_DECISIONS, lambda r: Path("d.yaml").write_text('schema_version: "1"\ndecisions:\n  GOV-99: {decision: waived, justification: x, decided_by: y, decided_on: 2026-01-01}\n') and None),
    Row("an invalid file outranks unreadable input", 4, ("audit", "nowhere.md", "--decisions", "d.yaml")),
    Row("an unreadable input outranks gaps", 3, ("audit", "nowhere.md")),
]  # fmt: skip
SETTINGS_ROWS = [
    Row("documents from the settings", 1, ("audit",), settings(SETTINGS)),
    Row("fail-on from the settings", 0, ("audit",), settings(SETTINGS + 'fail-on = "never"\n')),
    Row("the command line beats them", 1, ("audit", "--fail-on", "partial"), settings(SETTINGS + 'fail-on = "never"\n')),
    Row("incomplete", 3, ("audit",), settings('documents = "masa.md"\nfail-on = "never"\n')),
    Row("incomplete is allowed", 0, ("audit",), settings('documents = "masa.md"\nfail-on = "never"\nallow-incomplete = true\n')),
    Row("and forbidden again", 3, ("audit", "--no-allow-incomplete"), settings('documents = "masa.md"\nfail-on = "never"\nallow-incomplete = true\n')),
    Row("decisions from the settings", 0, ("audit",), lambda r: (settings(SETTINGS + 'decisions = "d.yaml"\n')(r), decided(gaps(r)))[1]),
    Row("decisions named but not there", 4, ("audit",), settings(SETTINGS + 'decisions = "d.yaml"\n')),
    Row("an unknown key", 4, ("audit", "masa.md"), settings('fail_on = "never"\n')),
    Row("a wrong value", 4, ("audit", "masa.md"), settings('fail-on = "sometimes"\n')),
    Row("an unknown format", 4, ("audit", "masa.md"), settings('[reports]\npdf = "x.pdf"\n')),
    Row("a report outside the folder", 4, ("audit", "masa.md"), settings('[reports]\nhtml = "../x.html"\n')),
    Row("not TOML", 4, ("audit", "masa.md"), settings("fail-on: never\n")),
    Row("invalid but not used", 1, (*AUDIT, "--no-config"), settings("fail-on: never\n")),
    Row("an unknown theme", 2, ("audit",), settings(SETTINGS.replace("governance", "governments"))),
    Row("no such settings file", 4, (*AUDIT, "--config", "other.toml")),
    Row("settings and none at once", 2, (*AUDIT, "--config", "wtaudit.toml", "--no-config"), settings("")),
    Row("no inputs and no settings", 3, ("audit",)),
    Row("show the settings", 0, ("audit", "--show-settings"), settings(SETTINGS)),
    Row("show invalid settings", 4, ("audit", "--show-settings"), settings("level = 1\n")),
    Row("a date that is none", 2, WITH_DECISIONS, lambda r: decided(gaps(r))),
    Row("init", 0, ("init", "--yes")),
    Row("init a second time", 2, ("init", "--yes"), settings("", ".wtaudit.toml")),
    Row("init beside settings in pyproject.toml", 2, ("init", "--yes"), settings("[tool.wtaudit]\n", "pyproject.toml")),
    Row("init of no folder", 2, ("init", "masa.md")),
]  # fmt: skip
OTHERS = [
    Row("lint a good file", 0, ("decisions", "lint", "d.yaml"), lambda r: decided(gaps(r))),
    Row("lint an expired one", 1, ("decisions", "lint", "d.yaml"), lambda r: decided(gaps(r), expires="2026-12-31")),
    Row("lint one that lapsed", 1, ("decisions", "lint", "d.yaml", "--result", "result.json"), lambda r: (saved(r), decided(gaps(r), changed=True))[1]),
    Row("lint one that holds", 0, ("decisions", "lint", "d.yaml", "--result", "result.json"), lambda r: (saved(r), decided(gaps(r)))[1]),
    Row("lint an invalid file", 4, ("decisions", "lint", "masa.md")),
    Row("lint against no result", 4, ("decisions", "lint", "d.yaml", "--result", "masa.md"), lambda r: decided(gaps(r))),
    Row("list an expired one", 0, ("decisions", "list", "d.yaml"), lambda r: decided(gaps(r), expires="2026-12-31")),
    Row("list an invalid file", 4, ("decisions", "list", "masa.md")),
    Row("report with decisions", 0, ("report", "result.json", "--decisions", "d.yaml"), lambda r: (saved(r), decided(gaps(r)))[1]),
    Row("report with no decisions file", 4, ("report", "result.json", "--decisions", "d.yaml"), saved),
    Row("review something else", 4, ("review", "masa.md")),
    Row("review nothing", 2, ("review",)),
]  # fmt: skip


def as_met(finding: Finding) -> Finding:
    """The finding as it would be with everything evidenced."""
    elements = tuple(replace(e, status=ElementStatus.EVIDENCED) for e in finding.elements)
    return replace(finding, status=Status.MET, elements=elements)


def changed(report: Report, how: Callable[[Finding], Finding], findings: list[Finding]) -> Report:
    """The report with some findings as they were, or will be."""
    meant = {f.requirement_id for f in findings}
    made = tuple(how(f) if f.requirement_id in meant else f for f in report.findings)
    return replace(report, findings=made)


def baseline(report: Report, path: str = "b.yaml") -> None:
    """Write the baseline of a report."""
    Path(path).write_text(baseline_text(report), encoding="utf-8")


def was(
    status: Status, found: Status | None = None, old: str = "", new: str = ""
) -> Callable[[Report], None]:
    """A baseline in which the first gap (of status `found`) had a status, and one text of the file is another."""

    def write(report: Report) -> None:
        first = [f for f in gaps(report) if found in (None, f.status)][:1]
        assert first
        how = as_met if status is Status.MET else lambda f: replace(f, status=status)
        baseline(changed(report, how, first))
        text = Path("b.yaml").read_text(encoding="utf-8")
        assert old in text
        Path("b.yaml").write_text(text.replace(old, new, 1) if old else text, encoding="utf-8")

    return write


def both(*prepare: Callable[[Report], None]) -> Callable[[Report], None]:
    def write(report: Report) -> None:
        for one in prepare:
            one(report)

    return write


def lost_an_element(report: Report) -> None:
    """A baseline in which the first partial gap had an essential element more."""
    first = next(f for f in gaps(report) if f.status is Status.PARTIAL)
    baseline(changed(report, lambda f: replace(as_met(f), status=Status.PARTIAL), [first]))


def without_one(report: Report) -> None:
    """A baseline that does not hold the first gap."""
    first = gaps(report)[0].requirement_id
    baseline(replace(report, findings=tuple(f for f in report.findings if f.requirement_id != first)))


def judged_once(report: Report) -> None:
    """A baseline in which everything was judged."""
    baseline(changed(report, as_met, [f for f in report.findings if f.status is Status.UNKNOWN]))


def results(how: Callable[[Finding], Finding]) -> Callable[[Report], None]:
    """Two results: one as found, and a later one in which the first gap is another."""

    def write(report: Report) -> None:
        saved(changed(report, as_met, gaps(report)[:1]), "old.json")
        saved(changed(report, how, gaps(report)[:1]), "new.json")

    return write


WAIVED = Decision(DecisionKind.WAIVED, "Agreed.", "Ann", "2026-01-05")
AGAINST = (*AUDIT, "--baseline", "b.yaml")
RATCHET = (*AGAINST, "--fail-on-regression")
WHOLE = ("audit", "masa.md", "--baseline", "b.yaml", "--fail-on-regression")
HELD = SETTINGS + 'baseline = "b.yaml"\nfail-on-regression = true\n'
COMPARE = ("compare", "old.json", "new.json")
BASELINES = [
    Row("nothing got worse", 0, RATCHET, baseline),
    Row("the same gaps without --fail-on-regression", 1, AGAINST, baseline),
    Row("a gap was met before", 1, RATCHET, was(Status.MET)),
    Row("a gap is graver", 1, RATCHET, was(Status.PARTIAL, Status.MISSING)),
    Row("a gap is less grave", 0, RATCHET, was(Status.CONTRADICTED, Status.MISSING)),
    Row("an essential element was lost", 1, RATCHET, lost_an_element),
    Row("worse, and --fail-on is no matter", 1, (*RATCHET, "--fail-on", "never"), was(Status.MET)),
    Row("worse, but only told", 0, (*AGAINST, "--fail-on", "never"), was(Status.MET)),
    Row("worse and waived", 0, (*RATCHET, "--decisions", "d.yaml"), both(was(Status.MET), lambda r: decided(gaps(r)))),
    Row("worse and no longer waived", 1, (*RATCHET, "--decisions", "d.yaml"), both(was(Status.MET), lambda r: decided(gaps(r), expires="2026-12-31"))),
    Row("worse where nobody looks", 0, ("audit", "masa.md", "--theme", "governance", "--level", "core", "--baseline", "b.yaml", "--fail-on-regression"), lambda r: baseline(changed(r, as_met, [f for f in r.findings if f.level == "derived"]))),
    Row("a gap that the baseline does not hold", 0, RATCHET, without_one),
    Row("unknown then and now", 3, WHOLE, baseline),
    Row("unknown then and now, and allowed", 0, (*WHOLE, "--allow-incomplete"), baseline),
    Row("unknown now, judged then", 3, WHOLE, judged_once),
    Row("unknown now, judged then, incomplete allowed", 1, (*WHOLE, "--allow-incomplete"), judged_once),
    Row("incomplete outranks worse", 3, WHOLE, was(Status.MET)),
    Row("an unreadable input outranks worse", 3, ("audit", "nowhere.md", *RATCHET[2:]), was(Status.MET)),
    Row("no baseline file", 4, RATCHET),
    Row("a baseline that is none", 4, ("audit", "masa.md", "--baseline", "masa.md")),
    Row("a baseline of another version", 4, RATCHET, was(Status.MET, None, "schema_version: '1'", "schema_version: '2'")),
    Row("a baseline with an unknown id", 4, RATCHET, was(Status.MET, None, "GOV-01:", "GOV-99:")),
    Row("a baseline with an unknown element", 4, RATCHET, was(Status.MET, None, "evidenced: []", "evidenced: [no-such-thing]")),
    Row("a baseline of another checklist", 4, RATCHET, was(Status.MET, None, "checklist: wt2023", "checklist: own")),
    Row("an invalid baseline outranks unreadable input", 4, ("audit", "nowhere.md", "--baseline", "masa.md")),
    Row("--fail-on-regression alone", 2, (*AUDIT, "--fail-on-regression")),
    Row("write a baseline", 1, (*AUDIT, "--write-baseline", "new.yaml")),
    Row("write a baseline and fail on nothing", 0, (*AUDIT, "--fail-on", "never", "--write-baseline", "new.yaml")),
    Row("write a baseline of an incomplete audit", 3, ("audit", "masa.md", "--fail-on", "never", "--write-baseline", "new.yaml")),
    Row("write a baseline where it cannot be", 2, (*AUDIT, "--write-baseline", "nowhere/new.yaml")),
    Row("write a baseline and hold it against one", 2, (*AGAINST, "--write-baseline", "new.yaml"), baseline),
    Row("baseline from the settings", 0, ("audit",), both(settings(HELD), baseline)),
    Row("worse by the settings", 1, ("audit",), both(settings(HELD), was(Status.MET))),
    Row("--no-fail-on-regression beats them", 1, ("audit", "--no-fail-on-regression"), both(settings(HELD), baseline)),
    Row("a baseline in the settings that is not there", 4, ("audit",), settings(HELD)),
    Row("and is only now written", 0, ("audit", "--fail-on", "never", "--write-baseline", "b.yaml"), settings(HELD)),
]  # fmt: skip
COMPARISONS = [
    Row("compare equal results", 0, (*COMPARE, "--fail-on-regression"), results(as_met)),
    Row("compare with a worse one", 0, COMPARE, results(lambda f: f)),
    Row("compare with a worse one and fail", 1, (*COMPARE, "--fail-on-regression"), results(lambda f: f)),
    Row("compare with a worse one that is waived", 0, (*COMPARE, "--fail-on-regression"), results(lambda f: replace(f, decision=WAIVED))),
    Row("compare with one that could not be judged", 0, COMPARE, results(lambda f: replace(f, status=Status.UNKNOWN))),
    Row("compare with one that could not be judged and fail", 3, (*COMPARE, "--fail-on-regression"), results(lambda f: replace(f, status=Status.UNKNOWN))),
    Row("compare with a better one", 0, ("compare", "new.json", "old.json", "--fail-on-regression"), results(lambda f: f)),
    Row("compare as HTML", 0, (*COMPARE, "-f", "html", "-o", "c.html"), results(lambda f: f)),
    Row("compare with what is no result", 4, ("compare", "old.json", "masa.md"), results(as_met)),
    Row("compare with nothing there", 4, ("compare", "old.json", "nowhere.json"), results(as_met)),
    Row("compare one result", 2, ("compare", "old.json"), results(as_met)),
    Row("compare as nonsense", 2, (*COMPARE, "-f", "docx"), results(as_met)),
    Row("compare to where it cannot be written", 2, (*COMPARE, "-o", "nowhere/c.txt"), results(as_met)),
]  # fmt: skip
FORMATS = [Row(f"gaps as {name}", 1, (*AUDIT, "-f", name)) for name in ("sarif", "junit", "github", "gitlab")]


@pytest.mark.parametrize(
    "row",
    [*DECISIONS, *SETTINGS_ROWS, *OTHERS, *BASELINES, *COMPARISONS, *FORMATS],
    ids=lambda row: row.name,
)
def test_exit_code(
    row: Row, report: Report, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    row.prepare(report)
    if row.name == "a date that is none":
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "tomorrow")
    assert ending(*row.arguments, monkeypatch=monkeypatch) == row.code
    told = capsys.readouterr().err
    assert "Traceback" not in told
    if row.code in (2, 4) and not told.startswith("Usage:"):
        assert told.startswith("wtaudit: ")
        assert told.count("\n") == 1
