"""The words and signs that the matrix's formats share."""

from __future__ import annotations

from wtaudit.model import Status
from wtaudit.portfolio.matrix import Gap, Matrix, Row
from wtaudit.reporting.wording import plain

SIGNS = {
    Status.MET: "+",
    Status.PARTIAL: "/",
    Status.MISSING: "x",
    Status.CONTRADICTED: "!",
    Status.UNKNOWN: "?",
}
HOW_SURE = (
    "Share: partnerships with the gap among those judged; unknown ones are counted apart. Between: the 95 % Wilson interval "
    "of the share, wide where few were judged; the list is in the order of its low end. Sure: mean confidence of the "
    "verdicts that found the gap."
)
MOST_COMMON = 20
"""How many of the commonest gaps a person is shown; CSV and JSON count all requirements."""


def per_cent(share: float) -> str:
    """A share in whole per cent."""
    return f"{share:.0%}"


def mean_confidence(gap: Gap) -> str:
    """How sure the verdicts are that found a gap, empty where none did."""
    return f"{gap.confidence:.2f}" if gap.partnerships else ""


def interval(gap: Gap) -> str:
    """The ends of the share's interval."""
    return f"{gap.low:.0%} to {gap.high:.0%}"


def remark(row: Row) -> str:
    """What a reader must know of a partnership: why it failed, or what was not read."""
    if row.failure:
        return f"Not judged: {plain(row.failure)}"
    return "; ".join(plain(trouble) for trouble in row.troubles)


def checklist_sentence(matrix: Matrix) -> str:
    """Which checklist judged, in one line."""
    used = matrix.checklist
    return plain(f"{used.edition}, checklist {used.id} {used.version}")
