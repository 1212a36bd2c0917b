from __future__ import annotations

from dataclasses import replace

import pytest
from judged import A_QUOTE, judged

from wtaudit.decisions.fingerprint import fingerprint
from wtaudit.model import DecisionKind, ElementStatus, Evidence, Finding, NearMiss, Status

WAIVED, OVERRULED = DecisionKind.WAIVED, DecisionKind.OVERRULED


def with_quotes(*quotes: str) -> Finding:
    finding = judged(Status.PARTIAL, "a")
    element = replace(finding.elements[0], evidence=tuple(Evidence(0, quote) for quote in quotes))
    return replace(finding, elements=(element, *finding.elements[1:]))


@pytest.mark.parametrize(
    "moved",
    [
        "4.2 The chair is a delegated safeguarding partner.",
        "(b) The chair is a delegated safeguarding partner;",
        "3. THE CHAIR  is a\u00a0delegated safe\u00adguarding partner",
    ],
)
def test_text_that_moves_or_is_numbered_anew_keeps_its_fingerprint(moved: str) -> None:
    elsewhere = judged(Status.PARTIAL, "a", quote=moved, page=9, heading=("Annex",))
    assert fingerprint(elsewhere, WAIVED) == fingerprint(judged(Status.PARTIAL, "a"), WAIVED)


@pytest.mark.parametrize(
    "changed",
    [
        "The chair is not a delegated safeguarding partner.",
        "The chair is a lead safeguarding partner.",
        "25 The chair is a delegated safeguarding partner.",
        A_QUOTE + " He is paid £5.",
    ],
)
def test_text_that_changes_gets_another_fingerprint(changed: str) -> None:
    now = judged(Status.PARTIAL, "a", quote=changed)
    assert fingerprint(now, WAIVED) != fingerprint(judged(Status.PARTIAL, "a"), WAIVED)


def test_sums_of_money_and_shares_are_words_too() -> None:
    prints = {
        fingerprint(with_quotes(quote), WAIVED)
        for quote in ("pays 5", "pays £5", "pays 5%", "pays 5.5", "pays 55")
    }
    assert len(prints) == 5


def test_the_order_of_passages_does_not_matter_and_their_number_does() -> None:
    both = fingerprint(with_quotes("One thing.", "Another thing."), WAIVED)
    assert both == fingerprint(with_quotes("Another thing.", "One thing."), WAIVED)
    assert both != fingerprint(with_quotes("One thing."), WAIVED)


def test_status_requirement_and_elements_are_part_of_it() -> None:
    base = judged(Status.PARTIAL, "a")
    element = replace(base.elements[1], status=ElementStatus.CONTRADICTED)
    others = [
        judged(Status.MISSING, "a"),
        judged(Status.PARTIAL, "a", name="GOV-02"),
        judged(Status.PARTIAL, "ab"),
        replace(base, elements=(base.elements[0], element, *base.elements[2:])),
    ]
    assert len({fingerprint(f, WAIVED) for f in (base, *others)}) == 5


def test_near_misses_count_only_where_a_verdict_was_overruled() -> None:
    bare = judged(Status.MISSING)
    close = replace(bare, near_misses=(NearMiss("element-a", "a hope", Evidence(0, "We hope to.")),))
    assert fingerprint(close, WAIVED) == fingerprint(bare, WAIVED)
    assert fingerprint(close, OVERRULED) != fingerprint(bare, OVERRULED)


def test_it_is_the_same_in_every_version() -> None:
    """A change here lapses every decision that anybody has recorded."""
    assert fingerprint(judged(Status.PARTIAL, "a"), WAIVED) == (
        "sha256:ef20cb55f8e138173fe8a1ca5fcad8c1798853adcf5492403377dfd9dd5fcf42"
    )
