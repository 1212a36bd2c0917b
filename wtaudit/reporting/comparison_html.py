"""A comparison as one page that holds all it needs and asks for nothing from anywhere."""

from __future__ import annotations

from markupsafe import Markup

from wtaudit.changes import Comparison, Outcome
from wtaudit.reporting import Layout
from wtaudit.reporting.comparing import (
    TITLES,
    checklist_sentence,
    comparison_sentence,
    comparison_title,
    details,
    document_sentence,
    lapsed_sentence,
    move_places,
    standing_words,
)
from wtaudit.reporting.html_page import asset, policy, template
from wtaudit.reporting.wording import LIMITS

_GOOD = (Outcome.BETTER, Outcome.RESOLVED)
_BAD = (Outcome.WORSE, Outcome.NEW_GAP)


def write(comparison: Comparison, layout: Layout) -> str:
    """The page as text."""
    style = asset("report.css")
    return template("comparison.html.jinja").render(
        title=comparison_title(comparison), answer=comparison_sentence(comparison),
        checklist=checklist_sentence(comparison), policy=policy(style), style=Markup(style), limits=LIMITS,
        sections=[
            {
                "id": outcome.value, "title": TITLES[outcome], "changes": comparison.of(outcome),
                "mark": "met" if outcome in _GOOD else "missing" if outcome in _BAD else "unknown",
            }
            for outcome in Outcome if comparison.of(outcome)
        ],
        standing_words=standing_words, details=details, moved=[
            (move, *move_places(move, comparison)) for move in comparison.moved
        ],
        lapsed=[lapsed_sentence(one) for one in comparison.lapsed],
        documents=[document_sentence(one) for one in comparison.documents],
    )  # fmt: skip
