"""The second opinion: how passages of a document compare with the labelled examples of the checklist.

Passages and examples are bags of base forms, pairs of neighbouring base forms and concepts, weighted by rarity (TF-IDF) and
compared by cosine. Postings in numpy arrays keep a whole document against thousands of examples within a fraction of a second.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import TYPE_CHECKING

from wtaudit.matching.clauses import Clause
from wtaudit.matching.concepts import Hits

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

STOP = frozenset(
    "a the of to and in for be or by on with that it this as at from will their they any each who which we our its have not "
    "is are do can may must should where when if than then there these those them his her he she so but all into out up".split()
)
PAIR_WEIGHT = 0.6
CONCEPT_WEIGHT = 0.5
LONGEST_SECTION = 260  # words; a longer section is compared by its paragraphs and clauses only


@dataclass(frozen=True, slots=True)
class Window:
    """A run of clauses that is compared as one: a clause in context, a block, a list or a section."""

    clauses: tuple[int, ...]
    scope: str


def features(words: Iterable[str], concepts: Iterable[str]) -> dict[str, float]:
    """Weighted counts, before rarity: words that carry meaning, neighbouring pairs, concepts."""
    counts: Counter[str] = Counter()
    previous = ""
    for word in words:
        if not word:  # a boundary between texts: no pair runs across it
            previous = ""
        elif word in STOP:
            if word == "not":
                previous = word
        else:
            counts[word] += 1
            if previous:
                counts[f"{previous} {word}"] += 1
            previous = word
    weighted = {
        key: (1 + log(n)) * (PAIR_WEIGHT if " " in key else 1.0) for key, n in counts.items()
    }
    for concept in concepts:
        if not concept.startswith(("context:", "'", "@")):
            weighted[f"#{concept}"] = CONCEPT_WEIGHT
    return weighted


class ExampleIndex:
    """TF-IDF postings of all examples; `compare` gives a matrix of passages by examples."""

    def __init__(self, bags: Sequence[dict[str, float]]) -> None:
        import numpy as np

        frequency: Counter[str] = Counter(key for bag in bags for key in bag)
        total = len(bags)
        self._rarity = {key: log((1 + total) / (1 + n)) + 0.5 for key, n in frequency.items()}
        self._unseen = log(1 + total) + 0.5
        rows: dict[str, list[int]] = defaultdict(list)
        values: dict[str, list[float]] = defaultdict(list)
        for number, bag in enumerate(bags):
            scaled = {key: weight * self._rarity[key] for key, weight in bag.items()}
            norm = sqrt(sum(v * v for v in scaled.values())) or 1.0
            for key, value in scaled.items():
                rows[key].append(number)
                values[key].append(value / norm)
        self.size = total
        self._postings = {
            key: (np.array(rows[key], dtype=np.int32), np.array(values[key], dtype=np.float32)) for key in rows
        }

    def compare(self, bags: Sequence[dict[str, float]]) -> NDArray[np.float32]:
        """Cosines, one row per bag, one column per example."""
        import numpy as np

        out = np.zeros((len(bags), self.size), dtype=np.float32)
        for number, bag in enumerate(bags):
            scaled = {key: weight * self._rarity.get(key, self._unseen) for key, weight in bag.items()}
            norm = sqrt(sum(v * v for v in scaled.values())) or 1.0
            row = out[number]
            for key, value in scaled.items():
                posting = self._postings.get(key)
                if posting is not None:
                    row[posting[0]] += posting[1] * np.float32(value / norm)
        return out


def windows(clauses: Sequence[Clause]) -> list[Window]:
    """Every clause, and every block, list and section of more than one clause that is not too long."""
    found: dict[tuple[int, ...], Window] = {(place,): Window((place,), "clause") for place in range(len(clauses))}
    for scope in ("block", "list", "section"):
        groups: dict[int, list[int]] = defaultdict(list)
        for place, clause in enumerate(clauses):
            groups[getattr(clause, f"{scope}_unit")].append(place)
        for places in groups.values():
            if sum(len(clauses[p].text.split()) for p in places) <= LONGEST_SECTION:
                found.setdefault(tuple(places), Window(tuple(places), scope))
    return list(found.values())


def window_bag(
    window: Window, clauses: Sequence[Clause], hits: Mapping[str, Hits]
) -> dict[str, float]:
    """The features of one window: own words, with the nearest heading, lead-in and headers once."""
    first = clauses[window.clauses[0]]
    around = (*first.headings[-1:], first.lead_in, *first.headers)
    texts = dict.fromkeys(t for t in (*around, *(clauses[p].text for p in window.clauses)) if t)
    words = [word for text in texts for word in (*hits[text].words.keys, "")]
    return features(words, {concept for text in texts for concept in hits[text].spans})
