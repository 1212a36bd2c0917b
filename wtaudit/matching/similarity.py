"""Passages as bags of words and concepts, and fast comparison of many passages with many weighted word lists.

A bag holds base forms, pairs of neighbouring base forms and concepts, weighted by rarity (TF-IDF) and scaled to length 1.
Postings in numpy arrays compare a whole document with hundreds of elements, or thousands of examples, in a fraction of a second.
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
    [
        "a",
        "the",
        "of",
        "to",
        "and",
        "in",
        "for",
        "be",
        "or",
        "by",
        "on",
        "with",
        "that",
        "it",
        "this",
        "as",
        "at",
        "from",
        "will",
        "their",
        "them",
        "they",
        "any",
        "each",
        "who",
        "which",
        "we",
        "our",
        "have",
        "not",
        "do",
        "can",
        "may",
        "must",
        "should",
        "where",
        "when",
        "if",
        "than",
        "then",
        "there",
        "these",
        "those",
        "his",
        "her",
        "he",
        "she",
        "so",
        "but",
        "all",
        "into",
        "out",
        "up",
    ]
)
PAIR_WEIGHT = 0.6
CONCEPT_WEIGHT = 0.5
LONGEST_WINDOW = 260  # words; a longer list or section is compared by its paragraphs and clauses only

Bag = dict[str, float]


@dataclass(frozen=True, slots=True)
class Window:
    """A run of clauses that is compared as one: a clause in context, a block, a list or a section."""

    clauses: tuple[int, ...]
    scope: str


@dataclass(frozen=True, slots=True)
class Rarity:
    """How rare each feature is; one that was never seen weighs as the rarest."""

    weights: Mapping[str, float]
    unseen: float

    @classmethod
    def of(cls, bags: Sequence[Bag]) -> Rarity:
        """Inverse document frequency over a set of raw bags."""
        frequency: Counter[str] = Counter(key for bag in bags for key in bag)
        total = len(bags)
        return cls(
            {key: log((1 + total) / (1 + n)) + 0.5 for key, n in frequency.items()}, log(1 + total) + 0.5
        )

    def scaled(self, bag: Bag) -> Bag:
        """A raw bag weighted by rarity and scaled to length 1."""
        weighted = {key: value * self.weights.get(key, self.unseen) for key, value in bag.items()}
        norm = sqrt(sum(v * v for v in weighted.values())) or 1.0
        return {key: value / norm for key, value in weighted.items()}


def features(words: Iterable[str], concepts: Iterable[str]) -> Bag:
    """The raw bag of a text: words that carry meaning, neighbouring pairs, concepts."""
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
    weighted = {key: (1 + log(n)) * (PAIR_WEIGHT if " " in key else 1.0) for key, n in counts.items()}
    for concept in concepts:
        if not concept.startswith(("context:", "'", "@")):
            weighted[f"#{concept}"] = CONCEPT_WEIGHT
    return weighted


class Postings:
    """Many weighted word lists, turned round: per word, which lists hold it and with what weight."""

    def __init__(self, lists: Sequence[Mapping[str, float]]) -> None:
        import numpy as np

        rows: dict[str, list[int]] = defaultdict(list)
        values: dict[str, list[float]] = defaultdict(list)
        for number, weights in enumerate(lists):
            for key, value in weights.items():
                rows[key].append(number)
                values[key].append(value)
        self.size = len(lists)
        self._of = {
            key: (np.array(rows[key], dtype=np.int32), np.array(values[key], dtype=np.float32))
            for key in rows
        }

    def compare(self, bags: Sequence[Bag]) -> NDArray[np.float32]:
        """Sums of products, one row per scaled bag, one column per list."""
        import numpy as np

        out = np.zeros((len(bags), self.size), dtype=np.float32)
        for row, bag in zip(out, bags, strict=True):
            for key, value in bag.items():
                posting = self._of.get(key)
                if posting is not None:
                    row[posting[0]] += posting[1] * np.float32(value)
        return out


def windows(clauses: Sequence[Clause]) -> list[Window]:
    """Every clause, and every block, list and section of more than one clause that is not too long."""
    found: dict[tuple[int, ...], Window] = {
        (place,): Window((place,), "clause") for place in range(len(clauses))
    }
    for scope in ("block", "list", "section"):
        groups: dict[int, list[int]] = defaultdict(list)
        for place, clause in enumerate(clauses):
            groups[getattr(clause, f"{scope}_unit")].append(place)
        for places in groups.values():
            if sum(len(clauses[p].text.split()) for p in places) <= LONGEST_WINDOW:
                found.setdefault(tuple(places), Window(tuple(places), scope))
    return list(found.values())


def window_bag(window: Window, clauses: Sequence[Clause], hits: Mapping[str, Hits]) -> Bag:
    """The raw bag of one window: own words, with the nearest heading, lead-in and headers once."""
    first = clauses[window.clauses[0]]
    around = (*first.headings[-1:], first.lead_in, *first.headers)
    texts = dict.fromkeys(t for t in (*around, *(clauses[p].text for p in window.clauses)) if t)
    words = [word for text in texts for word in (*hits[text].words.keys, "")]
    return features(words, {concept for text in texts for concept in hits[text].spans})
