"""Turn matched clauses into verbatim quotes with their place in the document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from wtaudit.matching.analysis import Analysis
from wtaudit.matching.clauses import Clause
from wtaudit.matching.patterns import Match
from wtaudit.matching.similarity import Window
from wtaudit.model import Evidence

MOST_CLAUSES = 4


class HasMatch(Protocol):
    """Anything that holds a match."""

    @property
    def match(self) -> Match:
        """The match."""


def quotes(analysis: Analysis, matches: Sequence[HasMatch], window: Window | None) -> list[Evidence]:
    """Quotes of the matches, tightest first; of the most similar window where no pattern matched."""
    if not matches:
        return quote_clauses(analysis, window.clauses) if window else []
    return [q for numbered in matches[:3] for q in quote_clauses(analysis, numbered.match.clauses)]


def quote_clauses(analysis: Analysis, places: Iterable[int]) -> list[Evidence]:
    """One quote per clause (a row of a table gives its longest cell), at most a handful."""
    clauses = [analysis.index.clauses[place] for place in list(places)[:MOST_CLAUSES]]
    return [
        Evidence(
            document=clause.document, quote=_telling(clause), page=clause.page, page_label=clause.page_label,
            heading=clause.headings, block=clause.block, ocr=clause.ocr,
        )
        for clause in clauses
    ]  # fmt: skip


def _telling(clause: Clause) -> str:
    return max(clause.quotes, key=len)
