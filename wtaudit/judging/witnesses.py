"""What speaks for and against one element, or one contradiction, in one document: its patterns, and the words of passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wtaudit.checklist.schema import Pattern
from wtaudit.matching.index import ClauseIndex
from wtaudit.matching.patterns import Discounted, Lacking, Match, try_pattern
from wtaudit.matching.similarity import Bag, Window

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FEATURES = (
    "matched", "more_patterns", "more_places", "in_one_clause", "across_section", "near_match", "discounted", "brevity", "matched_in_brevity",
    "words_at_match", "best_words", "words_at_near_match",
)  # fmt: skip
"""Names of the features in the order of `Testimony.features`; the word scores are weighed by brevity.

In a passage of a few sentences the words are good witnesses. In a whole document the loudest of hundreds of passages says
little, and cross-validation shows that listening to it makes verdicts worse.
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
    patterns: Sequence[Pattern],
    index: ClauseIndex,
    passages: Passages,
    column: int | None,
    allow: Sequence[str] = (),
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
    # A context rule is a veto: where it took every match away, no likeness of words brings the claim back.
    scores = None if discounted and not matches else passages.column(column)
    best = None if scores is None else int(scores.argmax())
    heard = brevity(len(index.clauses))
    found = float(bool(matches))
    scopes = {m.match.scope for m in matches}
    features = (
        found,
        (min(3, len({m.pattern for m in matches})) - 1) / 2 if matches else 0.0,
        (min(5, len({m.match.clauses for m in matches})) - 1) / 4 if matches else 0.0,
        float("clause" in scopes),
        float(scopes == {"section"}),
        float(bool(lacking) and not matches),
        float(bool(discounted) and not matches),
        heard,
        heard * found,
        heard * _at({c for m in matches for c in m.match.clauses}, passages, scores) if matches else 0.0,
        heard * (NOTHING if scores is None or best is None else _capped(scores[best])),
        heard
        * (_at({x.clause for _, x in lacking}, passages, scores) if lacking and not matches else NOTHING),
    )
    return Testimony(tuple(ranked), tuple(discounted), tuple(lacking), best, features)


def _at(clauses: set[int], passages: Passages, scores: NDArray[np.float32] | None) -> float:
    """The best word score among the windows that hold one of some clauses."""
    places = sorted({w for c in clauses for w in passages.of_clause[c]})
    return _capped(scores[places].max()) if scores is not None and places else NOTHING


def _capped(score: float) -> float:
    return float(min(CAP, max(NOTHING, score)))
