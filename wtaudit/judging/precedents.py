"""The labelled examples of a checklist as precedents: which of them a passage is most like."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from wtaudit.checklist.schema import Example
from wtaudit.matching.concepts import Hits
from wtaudit.matching.similarity import Bag, BagTable, Postings, Rarity, features


class Matches(Protocol):
    """Finds the concepts of texts: `wtaudit.matching.analysis.Analyser.match`."""

    def __call__(self, texts: Iterable[str]) -> dict[str, Hits]:
        """Hits per text."""


class Precedents:
    """Examples by requirement; a requirement's are indexed when they are first asked for."""

    def __init__(self, examples: Sequence[Example], match: Matches) -> None:
        self._match = match
        self._examples: dict[str, list[Example]] = defaultdict(list)
        for example in examples:
            self._examples[example.requirement].append(example)
        self._indexed: dict[str, tuple[Rarity, Postings]] = {}

    def nearest(
        self, requirement: str, bags: BagTable, wanted: Callable[[Example], bool]
    ) -> tuple[Example, float, int] | None:
        """The wanted example most like any of the bags: the example, the cosine, and the bag's number."""
        columns = [n for n, e in enumerate(self._examples[requirement]) if wanted(e)]
        if not columns or not bags.size:
            return None
        rarity, postings = self._index(requirement)
        cosines = postings.compare(bags, rarity)[:, columns]
        row, column = divmod(int(cosines.argmax()), len(columns))
        return self._examples[requirement][columns[column]], float(cosines[row, column]), row

    def _index(self, requirement: str) -> tuple[Rarity, Postings]:
        if requirement not in self._indexed:
            bags = example_bags(self._examples[requirement], self._match)
            rarity = Rarity.of(bags)
            self._indexed[requirement] = rarity, Postings.of([rarity.scaled(b) for b in bags])
        return self._indexed[requirement]


def example_bags(examples: Sequence[Example], match: Matches) -> list[Bag]:
    """The raw bag of every example, in order."""
    hits = match(e.text for e in examples)
    return [features(hits[e.text].words.keys, hits[e.text].spans) for e in examples]


def evidences(example: Example, element: str, essential: bool) -> bool | None:
    """Whether an example evidences an element of its requirement; None where it does not say."""
    if example.element is not None:
        return example.expected == "evidenced" if example.element == element else None
    if example.evidenced is not None and (essential or element in example.evidenced):
        return element in example.evidenced
    if example.expected == "met" and essential:
        return True
    if example.expected == "missing":
        return False
    return None
