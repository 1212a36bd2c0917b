"""What speaks for and against one element, or one contradiction, in one document: patterns and examples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from wtaudit.checklist.schema import Pattern
from wtaudit.judging.precedents import ElementPrecedents
from wtaudit.matching.context import Flag
from wtaudit.matching.index import ClauseIndex
from wtaudit.matching.patterns import Discounted, Lacking, Match, try_pattern
from wtaudit.matching.similarity import Window

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FEATURES = (
    "matched", "patterns", "tight", "margin_at_match", "support_similarity", "best_similarity",
    "best_margin", "near_pattern", "discounted", "length", "matched_length",
)  # fmt: skip
"""Names of the features in the order of `Testimony.features`."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """The outcome of one pattern, with its place in the element."""

    pattern: int
    match: Match


@dataclass(frozen=True, slots=True)
class Testimony:
    """All that was found for one element in one document; features in the order of `FEATURES`."""

    matches: tuple[Numbered, ...]
    discounted: tuple[tuple[int, Discounted], ...]
    lacking: tuple[tuple[int, Lacking], ...]
    best_window: Window | None
    nearest: tuple[int, float]  # the example most like the best passage, and the cosine
    features: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Passages:
    """The windows of one document and their similarity to every example."""

    windows: Sequence[Window]
    cosines: NDArray[np.float32]
    of_clause: Sequence[Sequence[int]]  # per clause, the windows that hold it


def hear(
    patterns: Sequence[Pattern], index: ClauseIndex, passages: Passages, precedents: ElementPrecedents,
    allow: Sequence[str] = (),
) -> Testimony:  # fmt: skip
    """Try the patterns and compare the passages with the examples of one element."""
    matches: list[Numbered] = []
    discounted: list[tuple[int, Discounted]] = []
    lacking: list[tuple[int, Lacking]] = []
    for number, pattern in enumerate(patterns):
        outcome = try_pattern(pattern, index, allow)
        matches += [Numbered(number, m) for m in outcome.matches]
        discounted += [(number, d) for d in outcome.discounted]
        lacking += [(number, x) for x in outcome.lacking]
    support, against = _at(matches, passages, precedents)
    best, best_against, window, nearest = _best(index, passages, precedents)
    length = log(1 + len(index.clauses)) / 7
    found = float(bool(matches))
    features = (
        found,
        min(3, len({m.pattern for m in matches})) / 3,
        float(any(m.match.scope == "clause" for m in matches)),
        support - against if matches else 0.0,
        support,
        best,
        best - best_against,
        float(bool(lacking) and not matches),
        float(bool(discounted) and not matches),
        length,
        length * found,
    )
    ranked = sorted(matches, key=lambda m: (m.match.scope != "clause", m.pattern, m.match.clauses))
    return Testimony(tuple(ranked), tuple(discounted), tuple(lacking), window, nearest, features)


def _at(matches: Sequence[Numbered], passages: Passages, precedents: ElementPrecedents) -> tuple[float, float]:
    """The best similarity to a positive example among windows that hold a match, and the best to a negative one."""
    places = {w for m in matches for c in m.match.clauses for w in passages.of_clause[c]}
    if not places:
        return 0.0, 0.0
    rows = passages.cosines[sorted(places)]
    positive = float(rows[:, precedents.positive].max()) if len(precedents.positive) else 0.0
    negative = float(rows[:, precedents.negative].max()) if len(precedents.negative) else 0.0
    return positive, negative


def _best(
    index: ClauseIndex, passages: Passages, precedents: ElementPrecedents
) -> tuple[float, float, Window | None, tuple[int, float]]:
    """The window most like a positive example, and how like a negative one it is."""
    if not len(precedents.positive) or not len(passages.windows):
        return 0.0, 0.0, None, (-1, 0.0)
    columns = passages.cosines[:, precedents.positive]
    flat = int(columns.argmax())
    row, column = divmod(flat, columns.shape[1])
    best = float(columns[row, column])
    against = float(passages.cosines[row, precedents.negative].max()) if len(precedents.negative) else 0.0
    return best, against, passages.windows[row], (int(precedents.positive[column]), best)


def whole_flags(index: ClauseIndex, window: Window) -> list[Flag]:
    """Flags that cover every clause of a window entirely."""
    return [f for place in window.clauses for f in index.flags[place] if f.span[1] > 10_000]
