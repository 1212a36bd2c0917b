"""What speaks for and against one element, or one contradiction, in one document: its patterns, and the words of passages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from wtaudit.judging.word_weights import WordWeights
from wtaudit.matching.index import ClauseIndex
from wtaudit.matching.patterns import Discounted, Lacking, Match, Plan, try_pattern
from wtaudit.matching.similarity import Bag, BagTable, Window, window_bag, windows
from wtaudit.model import BlockKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FEATURES = (
    "matched", "more_patterns", "more_places", "in_one_clause", "across_section", "near_match", "discounted", "brevity", "matched_in_brevity",
    "words_at_match", "best_words", "words_at_near_match",
)  # fmt: skip
"""Names of the features in the order of `Testimony.features`.

In a passage of a few sentences the words are good witnesses even where no pattern holds. In a whole document the loudest of
hundreds of passages says little, and cross-validation shows that listening to it makes verdicts worse: `best_words` and
`words_at_near_match` are weighed by brevity. The words around a match are worth hearing in documents of any length.
"""
NOTHING = -3.0
"""Word score where there is no passage to score."""
CAP = 3.0
BRIEF = 40  # clauses at which the words of a document weigh about half
LONG = 9 * BRIEF  # clauses from which they are not heard at all


def brevity(clauses: int) -> float:
    """How far the words of a document with so many clauses are heard: 1 for none, 0 from `LONG` on."""
    return max(0.0, (BRIEF / (BRIEF + clauses) - BRIEF / (BRIEF + LONG)) / (1 - BRIEF / (BRIEF + LONG)))


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


class Passages:
    """The windows of one document with their raw bags, and each one's word score for every element; made when asked for."""

    def __init__(
        self, index: ClauseIndex, words: WordWeights | None, own_concepts: Collection[str] = ()
    ) -> None:
        self._index = index
        self._words = words
        self._unheard = {
            f"#{name}" for name in own_concepts
        }  # a tailored checklist's: the word lists do not know them
        self.heard = brevity(len(index.clauses))
        self._rows: dict[int, NDArray[np.float64]] = {}

    @cached_property
    def windows(self) -> list[Window]:
        """Every run of clauses that is compared as one, headings alone left out."""
        clauses = self._index.clauses
        return [
            w for w in windows(clauses) if any(clauses[p].kind is not BlockKind.HEADING for p in w.clauses)
        ]

    @cached_property
    def bags(self) -> list[Bag]:
        """The raw bag of every window."""
        return [self._bag(window) for window in self.windows]

    @cached_property
    def table(self) -> BagTable:
        """The bags as arrays."""
        return BagTable(self.bags)

    @cached_property
    def scores(self) -> NDArray[np.float64] | None:
        """One row per window, one column per word list; None where words are not heard."""
        if self._words is None or not self.heard or not self.windows:
            return None
        return self._words.scores(self.table)

    @cached_property
    def _loudest(self) -> list[tuple[int, float]]:
        if self.scores is None:
            return []
        return list(zip(self.scores.argmax(axis=0).tolist(), self.scores.max(axis=0).tolist(), strict=True))

    def loudest(self, column: int | None) -> tuple[int, float] | None:
        """The window whose words speak loudest for one word list, and its score."""
        return None if column is None or not self._loudest else self._loudest[column]

    def at(self, column: int | None, clauses: Iterable[int]) -> float:
        """The best score among the windows that hold one of some clauses; of a long document only those are scored."""
        rows = sorted({w for c in clauses for w in self._of_clause[c]})
        if column is None or self._words is None or not rows:
            return NOTHING
        if self.scores is not None:
            return _capped(self.scores[rows, column].max())
        missing = [row for row in rows if row not in self._rows]
        if missing:
            table = BagTable([self._bag(self.windows[row]) for row in missing])
            self._rows.update(zip(missing, self._words.scores(table), strict=True))
        return _capped(max(self._rows[row][column] for row in rows))

    def _bag(self, window: Window) -> Bag:
        bag = window_bag(window, self._index.clauses, self._index.hits)
        return (
            {key: value for key, value in bag.items() if key not in self._unheard} if self._unheard else bag
        )

    @cached_property
    def _of_clause(self) -> dict[int, list[int]]:
        of_clause: dict[int, list[int]] = defaultdict(list)
        for number, window in enumerate(self.windows):
            for place in window.clauses:
                of_clause[place].append(number)
        return of_clause


def hear(patterns: Sequence[Plan], index: ClauseIndex, passages: Passages, column: int | None) -> Testimony:
    """Try the patterns of one element and weigh the words of the passages; `column` is its word list's number."""
    matches: list[Numbered] = []
    discounted: list[tuple[int, Discounted]] = []
    lacking: list[tuple[int, Lacking]] = []
    for number, pattern in enumerate(patterns):
        outcome = try_pattern(pattern, index)
        matches += [Numbered(number, m) for m in outcome.matches]
        discounted += [(number, d) for d in outcome.discounted]
        lacking += [(number, x) for x in outcome.lacking]
    ranked = sorted(matches, key=lambda m: (m.match.scope != "clause", m.pattern, m.match.clauses))
    # A context rule is a veto: where it took every match away, no likeness of words brings the claim back.
    vetoed = bool(discounted) and not matches
    column = None if vetoed else column
    loudest = passages.loudest(column)
    heard = passages.heard
    found = float(bool(matches))
    scopes = {m.match.scope for m in matches}
    features = (
        found,
        (min(3, len({m.pattern for m in matches})) - 1) / 2 if matches else 0.0,
        (min(5, len({m.match.clauses for m in matches})) - 1) / 4 if matches else 0.0,
        float("clause" in scopes),
        float(scopes == {"section"}),
        float(bool(lacking) and not matches),
        float(vetoed),
        heard,
        heard * found,
        passages.at(column, [c for m in matches for c in m.match.clauses]) if matches else 0.0,
        heard * (_capped(loudest[1]) if loudest else NOTHING),
        heard * (passages.at(column, [x.clause for _, x in lacking]) if lacking and not matches else NOTHING),
    )
    return Testimony(
        tuple(ranked), tuple(discounted), tuple(lacking), loudest[0] if loudest else None, features
    )


def _capped(score: float) -> float:
    return float(min(CAP, max(NOTHING, score)))
