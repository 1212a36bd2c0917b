"""Turn matched clauses into verbatim quotes with their place in the document."""

from __future__ import annotations

from collections.abc import Iterable

from wtaudit.matching.analysis import Analysis
from wtaudit.matching.clauses import Clause
from wtaudit.model import Evidence

MOST_CLAUSES = 4


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
