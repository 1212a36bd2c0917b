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
        if concept[0] not in "'@" and not concept.startswith("context:"):
            weighted[f"#{concept}"] = CONCEPT_WEIGHT
    return weighted


class BagTable:
    """Raw bags as arrays, one entry per word of a bag: cheap to weigh by any rarity and to compare with any lists."""

    def __init__(self, bags: Sequence[Bag]) -> None:
        import numpy as np

        numbers: dict[str, int] = {}
        entries = [
            (row, numbers.setdefault(key, len(numbers)), value)
            for row, bag in enumerate(bags)
            for key, value in bag.items()
        ]
        self.size = len(bags)
        self.words = tuple(numbers)
        self.rows = np.array([row for row, _, _ in entries], dtype=np.int64)
        self.word = np.array([word for _, word, _ in entries], dtype=np.int64)
        self._values = np.array([value for _, _, value in entries], dtype=np.float64)

    def scaled(self, rarity: Rarity) -> NDArray[np.float64]:
        """The entries' values weighted by rarity, every bag scaled to length 1."""
        import numpy as np

        weights = np.array([rarity.weights.get(word, rarity.unseen) for word in self.words])
        values = self._values * (weights[self.word] if len(weights) else 1.0)
        lengths = np.sqrt(np.bincount(self.rows, values * values, self.size))
        scaled: NDArray[np.float64] = values / np.maximum(lengths, 1e-12)[self.rows]
        return scaled


class Postings:
    """Many weighted word lists, turned round: per word, which lists hold it and with what weight.

    `lengths[i]` is the number of lists that hold `words[i]`; `columns` and `values` have the runs of all words end to end.
    """

    def __init__(
        self,
        size: int,
        words: Sequence[str],
        lengths: Sequence[int],
        columns: Sequence[int],
        values: Sequence[float],
    ) -> None:
        import numpy as np

        self.size = size
        self.columns = np.array(columns, dtype=np.int64)
        self.values = np.array(values, dtype=np.float64)
        self.runs: dict[str, tuple[int, int]] = {}  # per word, where its run starts, and its length
        start = 0
        for word, length in zip(words, lengths, strict=True):
            self.runs[word] = start, length
            start += length
        if not len(self.columns) == len(self.values) == start:
            raise ValueError("lengths do not add up to the number of values")

    @classmethod
    def of(cls, lists: Sequence[Mapping[str, float]]) -> Postings:
        """The postings of some word lists, in their order."""
        entries = sorted(
            (word, number, value) for number, weights in enumerate(lists) for word, value in weights.items()
        )
        lengths = Counter(word for word, _, _ in entries)
        return cls(
            len(lists),
            list(lengths),
            list(lengths.values()),
            [n for _, n, _ in entries],
            [v for _, _, v in entries],
        )

    def list(self, column: int) -> dict[str, float]:
        """One list's words with their weights."""
        found = {}
        for word, (start, length) in self.runs.items():
            for place in range(start, start + length):
                if self.columns[place] == column:
                    found[word] = float(self.values[place])
        return found

    def compare(self, bags: BagTable, rarity: Rarity) -> NDArray[np.float64]:
        """Sums of products, one row per bag scaled by rarity, one column per list."""
        import numpy as np

        if not len(bags.rows):
            return np.zeros((bags.size, self.size))
        runs = np.array([self.runs.get(word, (0, 0)) for word in bags.words], dtype=np.int64)[bags.word]
        known = runs[:, 1] > 0
        starts, lengths = runs[known, 0], runs[known, 1]
        before = np.cumsum(lengths) - lengths
        places = np.arange(lengths.sum()) + np.repeat(starts - before, lengths)
        cells = np.repeat(bags.rows[known] * self.size, lengths) + self.columns[places]
        products = np.repeat(bags.scaled(rarity)[known], lengths) * self.values[places]
        sums = np.bincount(cells, products, bags.size * self.size).astype(np.float64, copy=False)
        return sums.reshape(bags.size, self.size)


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
