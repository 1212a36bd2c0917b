"""What the labelled examples teach about words: per element, how much each word speaks for or against it.

Fitted by `benchmarks/accuracy/fit.py` from the checklist's examples and shipped beside it as data; a checklist without the file
is judged by its patterns alone.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wtaudit.errors import ChecklistError
from wtaudit.matching.similarity import Bag, Postings, Rarity

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

    def __init__(self, rarity: Rarity, lists: Mapping[Key, WordList]) -> None:
        import numpy as np

        self.rarity = rarity
        self.lists = lists
        self.columns = {key: number for number, key in enumerate(lists)}
        self._postings = Postings([item.weights for item in lists.values()])
        self._bias = np.array([item.bias for item in lists.values()], dtype=np.float32)

    def scores(self, bags: Sequence[Bag]) -> NDArray[np.float32]:
        """Scores, one row per raw bag, one column per list."""
        scores: NDArray[np.float32] = (
            self._postings.compare([self.rarity.scaled(b) for b in bags]) + self._bias
        )
        return scores

    def telling(self, key: Key, bag: Bag, most: int = 6) -> list[tuple[str, float]]:
        """The features of a raw bag that speak loudest for an element, with their share of the score."""
        weights = self.lists[key].weights
        parts = [(k, v * weights[k]) for k, v in self.rarity.scaled(bag).items() if k in weights]
        return sorted(parts, key=lambda pair: -pair[1])[:most]

    def save(self, folder: Path) -> None:
        """Write the file beside the checklist; the same weights give the same bytes."""
        used = sorted({k for item in self.lists.values() for k in item.weights})
        data = {
            "rarity": {k: round(self.rarity.weights[k], 3) for k in used if k in self.rarity.weights},
            "unseen": round(self.rarity.unseen, 3),
            "lists": [
                [*key, round(item.bias, 3), {k: round(v, 3) for k, v in sorted(item.weights.items())}]
                for key, item in self.lists.items()
            ],
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
        lists = {(r, e): WordList(bias, weights) for r, e, bias, weights in data["lists"]}
        return WordWeights(Rarity(data["rarity"], data["unseen"]), lists)
    except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
        raise ChecklistError(f"{path}:1: not a file of word weights ({error})") from None
