"""A vocabulary compiled for matching: word runs, phrases with gaps, and who owns them; can be kept as JSON."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from wtaudit.checklist.phrases import Part, Reference, parse_phrase
from wtaudit.errors import ChecklistError
from wtaudit.matching.language import phrase_keys


@dataclass(frozen=True, slots=True)
class Gapped:
    """A phrase with gaps or references: its parts are names of runs, or of other concepts."""

    concept: str
    parts: tuple[str, ...]
    gaps: tuple[int, ...]

    @property
    def runs(self) -> tuple[str, ...]:
        """The parts that are runs of words."""
        return tuple(part for part in self.parts if is_run(part))


@dataclass(slots=True)
class PhraseTable:
    """`runs` name the word runs, `owners` the concepts a run alone stands for, `gapped` has references before their users."""

    runs: dict[tuple[str, ...], str] = field(default_factory=dict)
    owners: dict[str, list[str]] = field(default_factory=dict)
    gapped: list[Gapped] = field(default_factory=list)

    def to_json(self) -> str:
        """The table as JSON text."""
        return json.dumps(
            {
                "runs": [" ".join(keys) for keys in self.runs],
                "owners": self.owners,
                "gapped": [[g.concept, g.parts, g.gaps] for g in self.gapped],
            }
        )

    @classmethod
    def from_json(cls, text: str) -> PhraseTable:
        """The table that `to_json` wrote; raises ValueError, KeyError or TypeError for another text."""
        data = json.loads(text)
        runs = {tuple(keys.split(" ")): f"run:{number}" for number, keys in enumerate(data["runs"])}
        gapped = [Gapped(concept, tuple(parts), tuple(gaps)) for concept, parts, gaps in data["gapped"]]
        return cls(runs, data["owners"], gapped)


def is_run(part: str) -> bool:
    """Whether a part's name is that of a run, not of a concept."""
    return part.startswith("run:")


def compile_vocabulary(vocabulary: Mapping[str, Iterable[str]]) -> PhraseTable:
    """Parse every phrase; raises ChecklistError for one that cannot be parsed, or for concepts that refer in a circle."""
    table = PhraseTable()
    owners: dict[str, dict[str, None]] = defaultdict(dict)
    for concept, phrases in vocabulary.items():
        for phrase in (p for text in phrases for p in parse_phrase(text)):
            names = tuple(_part_name(part, table, vocabulary) for part in phrase.parts)
            if len(names) == 1 and is_run(names[0]):
                owners[names[0]][concept] = None
            else:
                table.gapped.append(Gapped(concept, names, phrase.gaps))
    table.owners = {run: list(concepts) for run, concepts in owners.items()}
    _references_first(table)
    return table


def _part_name(part: Part, table: PhraseTable, vocabulary: Mapping[str, Iterable[str]]) -> str:
    if isinstance(part, Reference):
        if part.concept not in vocabulary:
            raise ChecklistError(f"unknown concept {{{part.concept}}}")
        return part.concept
    keys = phrase_keys(part.text)
    if not keys:
        raise ChecklistError(f"phrase part {' '.join(part.text)!r} holds no word")
    return table.runs.setdefault(keys, f"run:{len(table.runs)}")


def _references_first(table: PhraseTable) -> None:
    """Sort: a phrase that names another concept is joined after that concept is complete."""
    needs: dict[str, set[str]] = defaultdict(set)
    for gapped in table.gapped:
        needs[gapped.concept] |= {part for part in gapped.parts if not is_run(part)}
    depths: dict[str, int] = {}

    def depth(concept: str, trail: tuple[str, ...]) -> int:
        if concept in trail:
            raise ChecklistError(f"concepts refer to each other in a circle: {' > '.join((*trail, concept))}")
        if concept not in depths:
            depths[concept] = 1 + max((depth(n, (*trail, concept)) for n in needs[concept]), default=0)
        return depths[concept]

    table.gapped.sort(key=lambda gapped: depth(gapped.concept, ()))
