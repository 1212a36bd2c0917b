"""What the labelled examples teach about words: per element, how much each word speaks for or against it.

Fitted by `benchmarks/accuracy/fit.py` from the checklist's examples and shipped beside it as data; a checklist without the file
is judged by its patterns alone.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wtaudit.errors import ChecklistError
from wtaudit.matching.similarity import Bag, BagTable, Postings, Rarity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FILE = "word_weights.json.gz"
CONTRADICTED = "contradicted"
"""Stands for an element's id in the list of words that speak for the requirement being contradicted."""

Key = tuple[str, str]
"""Requirement id and element id."""


@dataclass(frozen=True, slots=True)
class WordList:
    """One element's weights and what is added to their sum; a score above 0 speaks for the element."""

    bias: float
    weights: Mapping[str, float]


class WordWeights:
    """The word lists of a checklist; `scores` gives every passage's score for every list."""

    def __init__(self, rarity: Rarity, biases: Mapping[Key, float], postings: Postings) -> None:
        import numpy as np

        self.rarity = rarity
        self.columns = {key: number for number, key in enumerate(biases)}
        self._biases = biases
        self._postings = postings
        self._bias = np.array(list(biases.values()), dtype=np.float64)

    @classmethod
    def of(cls, rarity: Rarity, lists: Mapping[Key, WordList]) -> WordWeights:
        """Word lists as they were fitted."""
        biases = {key: item.bias for key, item in lists.items()}
        return cls(rarity, biases, Postings.of([item.weights for item in lists.values()]))

    def scores(self, bags: BagTable) -> NDArray[np.float64]:
        """Scores, one row per raw bag, one column per list."""
        scores: NDArray[np.float64] = self._postings.compare(bags, self.rarity) + self._bias
        return scores

    def telling(self, key: Key, bag: Bag, most: int = 6) -> list[tuple[str, float]]:
        """The features of a raw bag that speak loudest for an element, with their share of the score."""
        weights = self._postings.list(self.columns[key])
        parts = [(k, v * weights[k]) for k, v in self.rarity.scaled(bag).items() if k in weights]
        return sorted(parts, key=lambda pair: -pair[1])[:most]

    def save(self, folder: Path) -> None:
        """Write the file beside the checklist; the same weights give the same bytes."""
        runs = self._postings.runs
        data = {
            "lists": [[*key, round(bias, 3)] for key, bias in self._biases.items()],
            "unseen": round(self.rarity.unseen, 3),
            "words": list(runs),
            "rarity": [round(self.rarity.weights.get(word, self.rarity.unseen), 3) for word in runs],
            "lengths": [length for _, length in runs.values()],
            "columns": self._postings.columns.tolist(),
            "values": [round(value, 3) for value in self._postings.values.tolist()],
        }
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        (folder / FILE).write_bytes(gzip.compress(text.encode("utf-8"), mtime=0))


def load_word_weights(folder: Path) -> WordWeights | None:
    """The word lists beside a checklist, None where there are none; raises ChecklistError for a broken file."""
    path = folder / FILE
    if not path.is_file():
        return None
    try:
        data = json.loads(gzip.decompress(path.read_bytes()))
        biases = {(requirement, element): float(bias) for requirement, element, bias in data["lists"]}
        rarity = Rarity(dict(zip(data["words"], data["rarity"], strict=True)), data["unseen"])
        postings = Postings(len(biases), data["words"], data["lengths"], data["columns"], data["values"])
        return WordWeights(rarity, biases, postings)
    except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
        raise ChecklistError(f"{path}:1: not a file of word weights ({error})") from None
