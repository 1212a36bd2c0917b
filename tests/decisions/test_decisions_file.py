"""What may stand in a decisions file, and the words in which anything else is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from judged import judged, result

from wtaudit.decisions.applying import lay_over
from wtaudit.decisions.fingerprint import fingerprint
from wtaudit.decisions.loading import check_ids, load_decisions
from wtaudit.decisions.schema import RecordedDecision
from wtaudit.errors import DecisionsError
from wtaudit.model import DecisionKind, DecisionState, Status

PRINT = "sha256:" + "0" * 64
HEAD = 'schema_version: "1"\ndecisions:\n'
GOOD = {
    "decision": "waived",
    "justification": "The panel decides in March.",
    "decided_by": "Ann Ash",
    "decided_on": "2026-11-02",
}
TODAY = date(2026, 11, 22)


def entry(name: str = "GOV-07", **changes: str | None) -> str:
    keys = {**GOOD, **changes}
    return f"  {name}:\n" + "".join(f"    {k}: {v}\n" for k, v in keys.items() if v is not None)


def written(folder: Path, text: str) -> Path:
    path = folder / "decisions.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_as_people_write_it(tmp_path: Path) -> None:
    text = (
        "\ufeff# ours\n"
        + HEAD
        + entry(expires='"2027-03-31"')
        + entry("EH-01", decision="confirmed", justification=None, fingerprint=PRINT)
    )
    decided = load_decisions(written(tmp_path, text))
    assert decided["GOV-07"].expires == date(2027, 3, 31)
    assert decided["GOV-07"].decided_on == date(2026, 11, 2)
    assert decided["EH-01"].justification == ""


def test_an_empty_list_is_no_error(tmp_path: Path) -> None:
    assert load_decisions(written(tmp_path, HEAD)) == {}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (HEAD + entry(decison="waived"), r":8: decisions\.GOV-07\.decison: no such key; did you mean 'decision'\?"),
        (HEAD + entry(decision="waive"), "should be 'waived', 'not_applicable', 'confirmed' or 'overruled', not 'waive'"),
        (HEAD + entry(justification=None), "needs a 'justification'"),
        (HEAD + entry(justification="' '"), "needs a 'justification'"),
        (HEAD + entry(decided_by=None), "decided_by: is missing"),
        (HEAD + entry(decided_by="' '"), "decided_by"),
        (HEAD + entry(decided_on="yesterday"), "should be a date such as 2026-03-31"),
        (HEAD + entry(decided_on="1762041600"), "should be a date such as 2026-03-31"),
        (HEAD + entry(expires="2026-11-01"), "lies before"),
        (HEAD + entry(decision="confirmed"), "needs the 'fingerprint'"),
        (HEAD + entry(decision="overruled", fingerprint=PRINT), "'status' goes with 'overruled'"),
        (HEAD + entry(status="met"), "'status' goes with 'overruled'"),
        (HEAD + entry(decision="overruled", fingerprint=PRINT, status="unknown"), "not to unknown"),
        (HEAD + entry(fingerprint="abc"), "fingerprint"),
        (HEAD + entry() + entry(), ":8: key 'GOV-07' stands twice"),
        (HEAD + entry("gov-07"), "gov-07"),
        ("decisions: {}\n", "schema_version: is missing"),
        ('schema_version: "2"\n', "schema_version"),
        ("- a list\n", "a table of keys and values"),
        ("", "a table of keys and values"),
        ("a: [\n", "decisions.yaml:"),
    ],
)  # fmt: skip
def test_anything_else_is_refused_in_one_line_with_its_place(text: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(DecisionsError, match=told) as caught:
        load_decisions(written(tmp_path, text))
    assert str(caught.value).startswith(str(tmp_path / "decisions.yaml:"))
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(DecisionsError, match="cannot be read"):
        load_decisions(tmp_path / "nowhere.yaml")
    (tmp_path / "bytes.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DecisionsError, match="not UTF-8"):
        load_decisions(tmp_path / "bytes.yaml")


def test_an_unknown_id_names_the_nearest(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + entry("GOV-77"))
    with pytest.raises(
        DecisionsError, match=r":3: no requirement GOV-77 in this checklist; did you mean GOV-07\?"
    ):
        check_ids(path, load_decisions(path), {"GOV-07", "EH-01"})


def recorded(kind: DecisionKind, **changes: object) -> RecordedDecision:
    values = {
        "decision": kind, "justification": "Because.", "decided_by": "Ann", "decided_on": date(2026, 1, 5), **changes
    }  # fmt: skip
    return RecordedDecision.model_validate(values)


FINDING = judged(Status.PARTIAL, "a")
CHANGED = judged(Status.PARTIAL, "a", quote="Other words.")


def made_on(kind: DecisionKind, **changes: object) -> RecordedDecision:
    return recorded(kind, fingerprint=fingerprint(FINDING, kind), **changes)


WAIVED, CONFIRMED, OVERRULED = DecisionKind.WAIVED, DecisionKind.CONFIRMED, DecisionKind.OVERRULED


@pytest.mark.parametrize(
    ("decision", "finding", "state", "standing"),
    [
        (made_on(WAIVED), FINDING, DecisionState.LIVE, None),
        (made_on(DecisionKind.NOT_APPLICABLE), FINDING, DecisionState.LIVE, None),
        (made_on(CONFIRMED), FINDING, DecisionState.LIVE, Status.PARTIAL),
        (made_on(OVERRULED, status="met"), FINDING, DecisionState.LIVE, Status.MET),
        (made_on(OVERRULED, status="missing"), FINDING, DecisionState.LIVE, Status.MISSING),
        (made_on(WAIVED, expires=TODAY), FINDING, DecisionState.LIVE, None),
        (made_on(WAIVED, expires=date(2026, 11, 21)), FINDING, DecisionState.EXPIRED, Status.PARTIAL),
        (made_on(WAIVED), CHANGED, DecisionState.LAPSED, Status.PARTIAL),
        (made_on(OVERRULED, status="met"), CHANGED, DecisionState.LAPSED, Status.PARTIAL),
        (made_on(WAIVED, expires=date(2026, 11, 21)), CHANGED, DecisionState.LAPSED, Status.PARTIAL),
        (recorded(WAIVED), CHANGED, DecisionState.LIVE, None),
    ],
)
def test_whether_a_decision_holds_and_what_the_finding_counts_as(
    decision: RecordedDecision, finding: object, state: DecisionState, standing: Status | None
) -> None:
    report = lay_over(result(finding), {"GOV-01": decision}, TODAY)  # type: ignore[arg-type]
    (laid,) = report.findings
    assert laid.decision is not None
    assert (laid.decision.state, laid.standing) == (state, standing)
    assert laid.status is Status.PARTIAL  # never replaced
    assert laid.is_open_gap is (standing in (Status.PARTIAL, Status.MISSING))


def test_decisions_on_other_requirements_change_nothing_and_old_ones_go() -> None:
    before = lay_over(result(FINDING), {"GOV-01": made_on(WAIVED)}, TODAY)
    assert lay_over(before, {"GOV-02": made_on(WAIVED)}, TODAY).findings[0].decision is None
