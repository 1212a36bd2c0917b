"""The labelled examples of a checklist, sorted by what each says of an element."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wtaudit.checklist.schema import Example, Requirement

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class ElementPrecedents:
    """Columns of the example index: passages that evidence an element, and passages that only look like it."""

    positive: NDArray[np.int32]
    negative: NDArray[np.int32]


def sort_examples(
    examples: Sequence[Example], requirements: Sequence[Requirement]
) -> tuple[dict[tuple[str, str], ElementPrecedents], dict[str, ElementPrecedents]]:
    """Precedents per (requirement, element), and per requirement for being contradicted."""
    import numpy as np

    columns: dict[str, list[int]] = defaultdict(list)
    for number, example in enumerate(examples):
        columns[example.requirement].append(number)
    elements: dict[tuple[str, str], ElementPrecedents] = {}
    contradictions: dict[str, ElementPrecedents] = {}

    def arrays(labels: list[tuple[int, bool | None]]) -> ElementPrecedents:
        return ElementPrecedents(
            np.array([n for n, label in labels if label is True], dtype=np.int32),
            np.array([n for n, label in labels if label is False], dtype=np.int32),
        )

    for requirement in requirements:
        own = columns[requirement.id]
        for element in requirement.elements:
            elements[requirement.id, element.id] = arrays(
                [(n, evidences(examples[n], element.id, element.essential)) for n in own]
            )
        contradictions[requirement.id] = arrays([(n, contradicts(examples[n])) for n in own])
    return elements, contradictions


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


def contradicts(example: Example) -> bool | None:
    """Whether an example contradicts its requirement; None for a passage about one element that does not tell."""
    if example.expected == "contradicted":
        return True
    return False
