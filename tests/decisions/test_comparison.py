"""Two results held against one another: what is worse, what is better, and what only moved."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from judged import A_QUOTE, CHECKLIST, MASA, WAIVED, judged, result

from wtaudit.changes import Comparison, DocumentOutcome, Outcome
from wtaudit.decisions.comparison import compare
from wtaudit.model import DecisionKind, DecisionState, Finding, Status

MET, PARTIAL, MISSING = Status.MET, Status.PARTIAL, Status.MISSING
CONTRADICTED, UNKNOWN = Status.CONTRADICTED, Status.UNKNOWN


def only(old: Finding, new: Finding) -> Comparison:
    return compare(result(old), result(new))


@pytest.mark.parametrize(
    ("before", "after", "outcome", "fails"),
    [
        (judged(MET, "ab"), judged(MET, "ab"), None, False),
        (judged(MET, "ab"), judged(PARTIAL, "a"), Outcome.NEW_GAP, True),
        (judged(MET, "ab"), judged(CONTRADICTED, "a"), Outcome.NEW_GAP, True),
        (judged(PARTIAL, "a"), judged(MISSING), Outcome.WORSE, True),
        (judged(MISSING), judged(CONTRADICTED), Outcome.WORSE, True),
        (judged(PARTIAL, "a"), judged(PARTIAL, "b"), Outcome.WORSE, True),  # one lost, though one is gained
        (
            judged(CONTRADICTED, "ab"),
            judged(PARTIAL, "a"),
            Outcome.WORSE,
            True,
        ),  # less grave, but one is lost
        (judged(PARTIAL, "a", elements="abc"), judged(PARTIAL, "ab", elements="abc"), Outcome.BETTER, False),
        (judged(MISSING), judged(PARTIAL, "a"), Outcome.BETTER, False),
        (judged(CONTRADICTED, "a"), judged(MET, "ab"), Outcome.RESOLVED, False),
        (
            judged(MET, "abo"),
            judged(MET, "ab"),
            Outcome.REWORDED,
            False,
        ),  # an optional element is no ground lost
        (judged(MET, "ab"), judged(MET, "ab", quote="Other words."), Outcome.REWORDED, False),
        (judged(MET, "ab"), judged(UNKNOWN), Outcome.NO_LONGER_JUDGED, False),
        (judged(MISSING), judged(UNKNOWN), Outcome.NO_LONGER_JUDGED, False),
        (judged(UNKNOWN), judged(MISSING), Outcome.NOW_JUDGED, False),
        (judged(UNKNOWN), judged(UNKNOWN), None, False),
    ],
)
def test_what_became_of_a_requirement(
    before: Finding, after: Finding, outcome: Outcome | None, fails: bool
) -> None:
    found = only(before, after)
    assert [c.outcome for c in found.changes] == ([outcome] if outcome else [])
    assert bool(found.regressions) is fails
    assert found.unchanged == (0 if outcome else 1)
    assert [c.outcome for c in found.no_longer_judged] == [
        o for o in [outcome] if o is Outcome.NO_LONGER_JUDGED
    ]


def test_what_was_lost_and_gained_is_told_in_the_words_of_the_checklist() -> None:
    (change,) = only(judged(PARTIAL, "ao"), judged(PARTIAL, "b")).changes
    assert (change.lost, change.gained) == (("Says a.",), ("Says b.",))


def test_a_live_waiver_keeps_a_change_from_failing_and_an_expired_one_does_not() -> None:
    for state, fails in (
        (DecisionState.LIVE, False),
        (DecisionState.EXPIRED, True),
        (DecisionState.LAPSED, True),
    ):
        found = only(judged(MET, "ab"), judged(MISSING, decision=replace(WAIVED, state=state)))
        assert [c.outcome for c in found.changes] == [Outcome.NEW_GAP]
        assert bool(found.regressions) is fails
    unread = only(judged(MET, "ab"), judged(UNKNOWN, decision=WAIVED))
    assert [c.outcome for c in unread.changes] == [Outcome.NO_LONGER_JUDGED]
    assert unread.no_longer_judged == ()


def test_a_requirement_on_one_side_only() -> None:
    old = result(judged(MET, "ab"), judged(MISSING, name="GOV-02"))
    new = result(judged(MET, "ab"), judged(MISSING, name="GOV-03"), judged(MET, "ab", name="GOV-04"))
    found = compare(old, new)
    assert [(c.requirement_id, c.outcome) for c in found.changes] == [
        ("GOV-03", Outcome.NEW_GAP), ("GOV-04", Outcome.ADDED), ("GOV-02", Outcome.REMOVED)
    ]  # fmt: skip
    assert found.regressions == ()  # nobody weakened what was never asked


def test_the_gravest_comes_first() -> None:
    old = result(
        *(judged(MET, "ab", name=f"GOV-0{n}") for n in range(1, 4)), judged(PARTIAL, "a", name="GOV-04")
    )
    new = result(
        judged(PARTIAL, "a"), judged(CONTRADICTED, name="GOV-02"), judged(UNKNOWN, name="GOV-03"),
        judged(MISSING, name="GOV-04"),
    )  # fmt: skip
    assert [c.requirement_id for c in compare(old, new).changes] == ["GOV-04", "GOV-02", "GOV-01", "GOV-03"]


def test_the_same_quote_on_another_page_or_under_another_heading_has_moved() -> None:
    before = judged(MET, "ab", page=3)
    for after in (judged(MET, "ab", page=4), judged(MET, "ab", page=3, heading=("Chair", "Role"))):
        found = only(before, after)
        assert found.changes == ()  # nothing is better or worse by that
        assert [(m.element_id, m.before.page, m.after.page) for m in found.moved] == [
            ("element-a", 3, after.evidence[0].page), ("element-b", 3, after.evidence[0].page)
        ]  # fmt: skip
    assert only(before, before).moved == ()
    numbered = judged(MET, "ab", page=4, quote=f"4.2 {A_QUOTE}")
    assert len(only(judged(MET, "ab", page=3, quote=f"3.9 {A_QUOTE}"), numbered).moved) == 2
    assert only(before, judged(MET, "ab", page=4, quote="Quite different words.")).moved == ()


def test_a_renamed_document_moves_no_evidence() -> None:
    renamed = replace(MASA, path="docs/masa-2027.md")
    found = compare(
        result(judged(MET, "ab", page=3)), result(judged(MET, "ab", page=3), documents=(renamed,))
    )
    assert found.moved == ()
    (change,) = found.documents
    assert (change.outcome, change.path, change.earlier_path) == (
        DocumentOutcome.RENAMED, "docs/masa-2027.md", "docs/masa.md"
    )  # fmt: skip


def test_documents_that_came_went_and_changed() -> None:
    other = replace(MASA, path="docs/thresholds.md", sha256="c" * 64)
    third = replace(MASA, path="docs/protocol.md", sha256="d" * 64)
    old, new = result(documents=(MASA, other)), result(documents=(replace(MASA, sha256="e" * 64), third))
    assert {(c.outcome, c.path) for c in compare(old, new).documents} == {
        (DocumentOutcome.CHANGED, "docs/masa.md"), (DocumentOutcome.ADDED, "docs/protocol.md"),
        (DocumentOutcome.REMOVED, "docs/thresholds.md"),
    }  # fmt: skip
    unread = replace(MASA, path="a.pdf", sha256=""), replace(MASA, path="b.pdf", sha256="")
    found = compare(result(documents=unread[:1]), result(documents=unread[1:])).documents
    assert {c.outcome for c in found} == {DocumentOutcome.ADDED, DocumentOutcome.REMOVED}


def test_only_decisions_that_stopped_holding_are_told() -> None:
    expired = replace(WAIVED, state=DecisionState.EXPIRED)
    lapsed = replace(WAIVED, decision=DecisionKind.CONFIRMED, state=DecisionState.LAPSED)
    for before, after, told in (
        (WAIVED, expired, 1), (WAIVED, lapsed, 1), (None, lapsed, 1), (expired, expired, 0), (WAIVED, WAIVED, 0),
        (WAIVED, None, 0),
    ):  # fmt: skip
        found = only(judged(MISSING, decision=before), judged(MISSING, decision=after))
        assert len(found.lapsed) == told


def test_a_change_of_checklist_is_told() -> None:
    other = replace(CHECKLIST, version="2027.01", sha256="c" * 64)
    assert compare(result(), result(checklist=other)).checklist_changed
    assert not compare(result(), result()).checklist_changed


def test_the_json_holds_every_change_once_and_counts_it() -> None:
    found = only(judged(PARTIAL, "a", page=3), judged(PARTIAL, "b", page=4))
    data = json.loads(json.dumps(found.to_dict()))
    assert data["schema_version"] == "1"
    assert [(c["requirement_id"], c["outcome"], c["regression"]) for c in data["changes"]] == [
        ("GOV-01", "worse", True)
    ]
    assert data["summary"]["worse"] == data["summary"]["regressions"] == 1
    assert sum(data["summary"][o.value] for o in Outcome) + data["summary"]["unchanged"] == 1
