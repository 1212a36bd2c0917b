"""What speaks for and against one element, or one contradiction, in one document: its patterns, and the words of passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from wtaudit.checklist.schema import Pattern
from wtaudit.matching.index import ClauseIndex
from wtaudit.matching.patterns import Discounted, Lacking, Match, try_pattern
from wtaudit.matching.similarity import Bag, Window

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FEATURES = (
    "matched", "more_patterns", "in_one_clause", "words_at_match", "best_words", "words_at_near_match", "near_match",
    "discounted", "length", "matched_in_length",
)  # fmt: skip
"""Names of the features in the order of `Testimony.features`."""
NOTHING = -3.0
"""Word score where there is no passage to score."""
CAP = 3.0


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
    best_window: int | None  # the passage whose words speak loudest
    features: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Passages:
    """The windows of one document with their raw bags, and each one's word score for every element."""

    windows: Sequence[Window]
    bags: Sequence[Bag]
    scores: NDArray[np.float32] | None
    of_clause: Sequence[Sequence[int]]  # per clause, the windows that hold it

    def column(self, number: int | None) -> NDArray[np.float32] | None:
        """The scores of all windows for one element; None where there are no weights or no windows."""
        if self.scores is None or number is None or not len(self.windows):
            return None
        return self.scores[:, number]


def hear(
    patterns: Sequence[Pattern], index: ClauseIndex, passages: Passages, column: int | None, allow: Sequence[str] = ()
) -> Testimony:
    """Try the patterns of one element and weigh the words of the passages; `column` is its word list's number."""
    matches: list[Numbered] = []
    discounted: list[tuple[int, Discounted]] = []
    lacking: list[tuple[int, Lacking]] = []
    for number, pattern in enumerate(patterns):
        outcome = try_pattern(pattern, index, allow)
        matches += [Numbered(number, m) for m in outcome.matches]
        discounted += [(number, d) for d in outcome.discounted]
        lacking += [(number, x) for x in outcome.lacking]
    ranked = sorted(matches, key=lambda m: (m.match.scope != "clause", m.pattern, m.match.clauses))
    scores = passages.column(column)
    best = None if scores is None else int(scores.argmax())
    length = log(1 + len(index.clauses)) / 7
    found = float(bool(matches))
    features = (
        found,
        (min(3, len({m.pattern for m in matches})) - 1) / 2 if matches else 0.0,
        float(any(m.match.scope == "clause" for m in matches)),
        _at({c for m in matches for c in m.match.clauses}, passages, scores) if matches else 0.0,
        _capped(scores[best]) if scores is not None and best is not None else NOTHING,
        _at({x.clause for _, x in lacking}, passages, scores) if lacking and not matches else NOTHING,
        float(bool(lacking) and not matches),
        float(bool(discounted) and not matches),
        length,
        length * found,
    )
    return Testimony(tuple(ranked), tuple(discounted), tuple(lacking), best, features)


def _at(clauses: set[int], passages: Passages, scores: NDArray[np.float32] | None) -> float:
    """The best word score among the windows that hold one of some clauses."""
    places = sorted({w for c in clauses for w in passages.of_clause[c]})
    return _capped(scores[places].max()) if scores is not None and places else NOTHING


def _capped(score: float) -> float:
    return float(min(CAP, max(NOTHING, score)))
