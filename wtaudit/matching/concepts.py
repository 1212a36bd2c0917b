"""Find the concepts of a vocabulary in texts.

spaCy's tokenizer cuts the texts. Runs of words are looked up in a table by their first word: with tens of thousands of
phrases, building spaCy's PhraseMatcher took seconds at every start, and this table takes a tenth of that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from wtaudit.errors import ChecklistError
from wtaudit.matching.language import Words, phrase_keys, words
from wtaudit.checklist.phrases import Part, Phrase, Reference, parse_phrase

Span = tuple[int, int]
"""First word and one past the last word, counted in the words of one text."""


@dataclass(frozen=True, slots=True)
class Hits:
    """What stands in one text: its words, and per concept the spans where it was found."""

    words: Words
    spans: Mapping[str, tuple[Span, ...]]

    @property
    def concepts(self) -> frozenset[str]:
        """The concepts found."""
        return frozenset(self.spans)


@dataclass(slots=True)
class _Gapped:
    """A phrase with gaps or references, as the keys of its parts in the matcher."""

    concept: str
    parts: tuple[str, ...]
    gaps: tuple[int, ...]
    runs: tuple[str, ...] = ()  # the parts that are runs of words


@dataclass(slots=True)
class ConceptMatcher:
    """Compiled vocabulary: concept name to phrases. Raises ChecklistError on a phrase that cannot be parsed."""

    vocabulary: Mapping[str, Iterable[str]]
    _owners: dict[str, list[str]] = field(init=False)
    _gapped: list[_Gapped] = field(init=False)
    _triggered: dict[str, list[int]] = field(init=False)
    _runs: dict[tuple[str, ...], str] = field(init=False)
    _lengths: dict[str, tuple[int, ...]] = field(init=False)

    def __post_init__(self) -> None:
        """Parse every phrase; runs of words go to the matcher, gapped phrases are joined afterwards."""
        self._runs = {}
        self._owners = defaultdict(list)
        self._gapped = []
        self._triggered = defaultdict(list)
        for concept, phrases in self.vocabulary.items():
            for text in phrases:
                for phrase in parse_phrase(text):
                    self._add(concept, phrase)
        lengths: dict[str, set[int]] = defaultdict(set)
        for keys in self._runs:
            lengths[keys[0]].add(len(keys))
        self._lengths = {first: tuple(sorted(found)) for first, found in lengths.items()}
        self._order_gapped()

    def _add(self, concept: str, phrase: Phrase) -> None:
        names = [self._part_key(part) for part in phrase.parts]
        if len(names) == 1 and not isinstance(phrase.parts[0], Reference):
            if concept not in self._owners[names[0]]:
                self._owners[names[0]].append(concept)
        else:
            runs = tuple(name for name in names if name.startswith("run:"))
            self._gapped.append(_Gapped(concept, tuple(names), phrase.gaps, runs))

    def _part_key(self, part: Part) -> str:
        if isinstance(part, Reference):
            if part.concept not in self.vocabulary:
                raise ChecklistError(f"unknown concept {{{part.concept}}}")
            return part.concept
        keys = phrase_keys(part.text)
        if not keys:
            raise ChecklistError(f"phrase part {' '.join(part.text)!r} holds no word")
        return self._runs.setdefault(keys, f"run:{len(self._runs)}")

    def _order_gapped(self) -> None:
        """References first: a phrase that names another concept is joined after that concept is complete."""
        needs: dict[str, set[str]] = defaultdict(set)
        for gapped in self._gapped:
            needs[gapped.concept] |= {p for p in gapped.parts if not p.startswith("run:")}
        order: dict[str, int] = {}

        def depth(concept: str, trail: tuple[str, ...]) -> int:
            if concept in trail:
                raise ChecklistError(f"concepts refer to each other in a circle: {' > '.join((*trail, concept))}")
            if concept not in order:
                order[concept] = 1 + max((depth(n, (*trail, concept)) for n in needs[concept]), default=0)
            return order[concept]

        self._gapped.sort(key=lambda g: depth(g.concept, ()))
        lengths = {name: " ".join(keys) for keys, name in self._runs.items()}
        for index, gapped in enumerate(self._gapped):
            rarest = max(gapped.runs, key=lambda name: len(lengths[name]), default="")
            self._triggered[rarest].append(index)

    def match(
        self, texts: Iterable[str], aliases: Mapping[str, Iterable[str]] = MappingProxyType({})
    ) -> dict[str, Hits]:
        """Hits per distinct text; `aliases` are further names of concepts, for these texts only."""
        names = [(concept, words(name).keys) for concept, found in aliases.items() for name in found]
        out = {}
        for text in dict.fromkeys(texts):
            cut = words(text)
            out[text] = Hits(cut, self._resolve(self._find_runs(cut.keys), _occurrences(cut.keys, names)))
        return out

    def _find_runs(self, keys: tuple[str, ...]) -> dict[str, list[Span]]:
        found: dict[str, list[Span]] = defaultdict(list)
        for start, key in enumerate(keys):
            for length in self._lengths.get(key, ()):
                name = self._runs.get(keys[start : start + length])
                if name is not None:
                    found[name].append((start, start + length))
        return found

    def _resolve(
        self, runs: Mapping[str, list[Span]], aliased: Iterable[tuple[str, Span]]
    ) -> dict[str, tuple[Span, ...]]:
        spans: dict[str, list[Span]] = defaultdict(list)
        for concept, span in aliased:
            spans[concept].append(span)
        for run, places in runs.items():
            for concept in self._owners.get(run, ()):
                spans[concept] += places
        for gapped in self._candidates(runs):
            places = self._first(gapped.parts[0], runs, spans)
            for part, gap in zip(gapped.parts[1:], gapped.gaps, strict=True):
                if not places:
                    break
                nexts = self._first(part, runs, spans)
                places = [
                    (start, stop)
                    for start, end in places
                    for begin, stop in nexts
                    if 0 <= begin - end <= gap
                ]
            if places:
                spans[gapped.concept] += places
        return {concept: tuple(sorted(set(places))) for concept, places in spans.items()}

    def _candidates(self, runs: Mapping[str, list[Span]]) -> list[_Gapped]:
        """The gapped phrases all of whose runs stand in the text, references before those that use them."""
        indices = {
            index
            for run in (*runs, "")
            for index in self._triggered.get(run, ())
            if all(part in runs for part in self._gapped[index].runs)
        }
        return [self._gapped[index] for index in sorted(indices)]

    @staticmethod
    def _first(
        part: str, runs: Mapping[str, list[Span]], spans: Mapping[str, list[Span]]
    ) -> list[Span]:
        return list(runs.get(part, ()) if part.startswith("run:") else spans.get(part, ()))



def _occurrences(keys: Sequence[str], names: Sequence[tuple[str, Sequence[str]]]) -> list[tuple[str, Span]]:
    return [
        (concept, (start, start + len(name)))
        for concept, name in names
        for start in range(len(keys) - len(name) + 1)
        if keys[start : start + len(name)] == name
    ]
