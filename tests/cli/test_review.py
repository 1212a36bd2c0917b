"""`wtaudit review` and `wtaudit decisions`: walking, deciding, stopping, going on, and what is shown."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "decisions"))
from judged import judged, result

from wtaudit.checklist.loading import Checklist
from wtaudit.cli.main import app
from wtaudit.decisions.loading import load_decisions
from wtaudit.decisions.recording import record
from wtaudit.decisions.schema import RecordedDecision
from wtaudit.model import DecisionKind, Document, Evidence, Finding, Kind, NearMiss, Report, Status
from wtaudit.reporting import Format, render
from wtaudit.reporting.finding_text import finding_text, passages

runner = CliRunner()
PDF = Document("docs/masa.pdf", "pdf", "a" * 64, (), kind=Kind.ARRANGEMENTS, pages=30)
CLOSE = NearMiss("element-b", "a hope, plan or promise", Evidence(0, "We hope to chair well.", 9, "7"))
PARTIAL = replace(judged(Status.PARTIAL, "a", name="GOV-02", page=3), near_misses=(CLOSE,))
FINDINGS = (
    judged(Status.MET, "ab", name="GOV-01"),
    PARTIAL,
    judged(Status.MISSING, name="GOV-03"),
    judged(Status.UNKNOWN, name="GOV-04"),
)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, checklist: Checklist, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1798761600")  # 1 January 2027
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("wtaudit.cli.decisions.checklist_ids", lambda _: checklist.by_id)
    save(result(*FINDINGS, documents=(PDF,)))


def save(report: Report) -> None:
    made = render(report, Format.JSON)
    assert isinstance(made, str)
    Path("result.json").write_text(made, encoding="utf-8")


def review(*answers: str, options: tuple[str, ...] = ("--by", "Ann Ash, scrutineer")) -> str:
    done = runner.invoke(app, ["review", "result.json", *options], input="".join(f"{a}\n" for a in answers))
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0
    return done.stdout


def decided(path: str = "wtaudit-decisions.yaml") -> dict[str, RecordedDecision]:
    return load_decisions(Path(path))


def test_gaps_come_first_then_the_unknown_then_the_met() -> None:
    told = review("s", "s", "s", "s")
    places = [told.index(name) for name in ("GOV-03", "GOV-02", "GOV-04", "GOV-01")]
    assert places == sorted(places)
    assert "── 4 of 4" in told
    assert "0 decisions recorded" in told
    assert not Path("wtaudit-decisions.yaml").exists()


def test_a_finding_shows_statement_evidence_near_misses_and_where_they_stand() -> None:
    told = finding_text(PARTIAL, result(PARTIAL, documents=(PDF,)), 80)
    assert max(map(len, told.splitlines())) <= 80
    for part in ("GOV-02  Partial", "Statement.", "- Evidenced: Says a.", "- Not evidenced: Says b."):
        assert part in told
    assert " 1  “The chair is a delegated safeguarding partner.” (masa.pdf, p. 3," in told
    assert " 2  “We hope to chair well.” (masa.pdf, p. 9 (printed 7))" in told
    assert "why: a hope, plan or promise" in told
    assert [p.page for p in passages(PARTIAL)] == [3, 9]


def test_every_sort_of_decision_is_recorded_with_what_it_needs() -> None:
    review(
        "w", "The panel decides in March.", "soon", "2026-12-31", "2027-03-31",  # GOV-03
        "V", "partial", "fine", "met", "Page 9 says it.",  # GOV-02
        "n", "No such document here.", "",  # GOV-04
        "c", "",  # GOV-01
    )  # fmt: skip
    found = decided()
    assert list(found) == ["GOV-01", "GOV-02", "GOV-03", "GOV-04"]
    assert {name: d.decision.value for name, d in found.items()} == {
        "GOV-01": "confirmed", "GOV-02": "overruled", "GOV-03": "waived", "GOV-04": "not_applicable",
    }  # fmt: skip
    assert found["GOV-02"].status is Status.MET
    assert found["GOV-03"].expires == date(2027, 3, 31)
    assert {d.decided_by for d in found.values()} == {"Ann Ash, scrutineer"}
    assert {d.decided_on for d in found.values()} == {date(2027, 1, 1)}
    assert all(d.fingerprint for d in found.values())


def test_the_name_is_asked_once() -> None:
    told = review("c", "", "Bo Beck", "c", "", "q", options=())
    assert told.count("Who decides?") == 1
    assert {d.decided_by for d in decided().values()} == {"Bo Beck"}


@pytest.mark.parametrize(
    "answers", [("w", ""), ("v", ""), ("v", "met", ""), ("n",), ("nonsense",), ("o 99",), ("",)]
)
def test_leaving_off_records_nothing_and_stays(answers: tuple[str, ...]) -> None:
    told = review(*answers)
    assert "0 decisions recorded" in told
    assert "── 2 of 4" not in told


def test_each_decision_is_saved_at_once_and_the_next_sitting_goes_on() -> None:
    review("c", "", "q")
    assert list(decided()) == ["GOV-03"]
    told = review("c", "")  # the input ends here
    assert "GOV-03" not in told
    assert "── 1 of 3" in told
    assert list(decided()) == ["GOV-02", "GOV-03"]
    assert "2 of 3 still to look at" in told


def test_back_decides_anew_and_all_walks_everything() -> None:
    review("c", "", "b", "w", "Better so.", "", "q")
    assert decided()["GOV-03"].decision is DecisionKind.WAIVED
    assert "── 1 of 4" in review("q", options=("--all", "--by", "Ann"))


def test_what_lapsed_or_expired_is_walked_again_and_says_so() -> None:
    review("w", "Until it is written.", "2027-01-01", "c", "", "c", "", "c", "")
    assert "Every finding carries a decision that holds" in review()
    save(
        result(*FINDINGS[:2], replace(FINDINGS[2], status=Status.CONTRADICTED), FINDINGS[3], documents=(PDF,))
    )
    told = review("q")
    assert "── 1 of 1" in told
    assert "Waived (lapsed)" in told
    assert "The text has changed since, so it no longer holds." in " ".join(told.split())


def test_somebody_else_who_was_faster_is_not_overwritten(monkeypatch: pytest.MonkeyPatch) -> None:
    other = RecordedDecision(
        decision=DecisionKind.WAIVED, justification="Mine.", decided_by="Bo", decided_on=date(2027, 1, 1)
    )
    answers = iter(["c", "Agreed.", "q"])

    def typing(prompt: str) -> str:
        if prompt.startswith("Note") and not Path("wtaudit-decisions.yaml").exists():
            record(Path("wtaudit-decisions.yaml"), "GOV-03", other, None)
        return next(answers)

    monkeypatch.setattr("builtins.input", typing)
    told = review()
    assert "Not recorded: somebody else has changed the decision" in told
    assert "Waived, by Bo" in told
    assert decided() == {"GOV-03": other}


def test_open_goes_to_the_page_of_the_passage_and_to_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda address: opened.append(address) or True)
    Path("docs").mkdir()
    assert "docs/masa.pdf is not there" in review("s", "o", "q")
    Path("docs/masa.pdf").write_bytes(b"%PDF")
    told = review("s", "o", "o2", "o 2", "q")
    assert "to open docs/masa.pdf at page 9" in told
    assert opened == [Path("docs/masa.pdf").absolute().as_uri() + f"#page={n}" for n in (3, 9, 9)]
    assert "There are numbers from 1 to 1" in review("o 2", "q")  # nothing found: the document itself


@pytest.mark.parametrize("path", ["run.exe", "https://evil.example/x.pdf", "docs"])
def test_a_result_from_elsewhere_cannot_have_anything_else_opened(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webbrowser.open", lambda *_: pytest.fail("opened"))
    monkeypatch.setattr("typer.launch", lambda *_: pytest.fail("opened"))
    Path("run.exe").write_bytes(b"MZ")
    Path("docs").mkdir()
    save(result(judged(Status.MISSING), documents=(replace(PDF, path=path),)))
    review("o", "q")


def test_the_decisions_file_of_the_settings_is_the_one() -> None:
    Path("wtaudit.toml").write_text('decisions = "ours.yaml"\n', encoding="utf-8")
    review("c", "", "q")
    assert list(decided("ours.yaml")) == ["GOV-03"]
    review("c", "", "q", options=("--by", "Ann", "--decisions", "given.yaml"))
    assert list(decided("given.yaml")) == ["GOV-03"]
    review("c", "", "q", options=("--by", "Ann", "--no-config"))
    assert list(decided()) == ["GOV-03"]


def test_decisions_list_and_lint_say_what_holds() -> None:
    review("w", "Until it is written.", "2027-01-20", "v", "met", "Page 9.", "q")
    listed = runner.invoke(app, ["decisions", "list", "wtaudit-decisions.yaml"]).stdout
    assert "overruled as" in listed
    assert "2027-01-20" in listed
    linted = runner.invoke(app, ["decisions", "lint", "wtaudit-decisions.yaml"]).stdout
    assert "GOV-03: expires on 2027-01-20" in linted
    assert "2 decisions, 2 live, 0 expired or lapsed" in linted
    save(result(replace(PARTIAL, near_misses=()), FINDINGS[2]))
    linted = runner.invoke(
        app, ["decisions", "lint", "wtaudit-decisions.yaml", "--result", "result.json"]
    ).stdout
    assert "GOV-02: lapsed, because the text has changed since" in linted
    assert "1 live, 1 expired or lapsed" in linted
    listed = runner.invoke(
        app, ["decisions", "list", "wtaudit-decisions.yaml", "--result", "result.json"]
    ).stdout
    assert "lapsed" in listed


def test_lint_remarks_on_what_a_person_should_look_at() -> None:
    Path("d.yaml").write_text(
        'schema_version: "1"\ndecisions:\n'
        "  GOV-01: {decision: waived, justification: x, decided_by: y, decided_on: 2027-02-01}\n",
        encoding="utf-8",
    )
    told = runner.invoke(app, ["decisions", "lint", "d.yaml", "--result", "result.json"]).stdout
    assert "carries no fingerprint" in told
    assert "waives what is found met" in told
    assert "which lies ahead" in told


def test_hostile_text_in_a_result_stays_text() -> None:
    evil: Finding = replace(judged(Status.MISSING), title="a\x1b[31mb\u202ec", statement="d\x07e")
    save(result(evil))
    told = review("q")
    assert "\x1b" not in told
    assert "\x07" not in told
    assert "\u202e" not in told
