"""Find the concepts of a vocabulary in texts.

spaCy's tokenizer cuts the texts. Runs of words are looked up in a table by their first word: with tens of thousands of
phrases, building spaCy's PhraseMatcher took seconds at every start, and this table takes a tenth of that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from wtaudit.matching.language import Words, words
from wtaudit.matching.phrase_table import Gapped, PhraseTable, is_run

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


class ConceptMatcher:
    """Finds the concepts of a compiled vocabulary."""

    def __init__(self, table: PhraseTable) -> None:
        self._runs = table.runs
        self._owners = table.owners
        self._gapped = table.gapped
        self._needed = [gapped.runs for gapped in table.gapped]
        lengths: dict[str, set[int]] = defaultdict(set)
        for keys in table.runs:
            lengths[keys[0]].add(len(keys))
        self._lengths = {first: tuple(sorted(found)) for first, found in lengths.items()}
        words_of = {name: len("".join(keys)) for keys, name in table.runs.items()}
        self._triggered: dict[str, list[int]] = defaultdict(list)
        for index, runs in enumerate(self._needed):
            self._triggered[max(runs, key=words_of.__getitem__, default="")].append(index)

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
                    (start, stop) for start, end in places for begin, stop in nexts if 0 <= begin - end <= gap
                ]
            if places:
                spans[gapped.concept] += places
        return {concept: tuple(sorted(set(places))) for concept, places in spans.items()}

    def _candidates(self, runs: Mapping[str, list[Span]]) -> list[Gapped]:
        """The gapped phrases all of whose runs stand in the text, references before those that use them."""
        indices = {
            index
            for run in (*runs, "")
            for index in self._triggered.get(run, ())
            if all(part in runs for part in self._needed[index])
        }
        return [self._gapped[index] for index in sorted(indices)]

    @staticmethod
    def _first(part: str, runs: Mapping[str, list[Span]], spans: Mapping[str, list[Span]]) -> list[Span]:
        return list(runs.get(part, ()) if is_run(part) else spans.get(part, ()))


def _occurrences(keys: Sequence[str], names: Sequence[tuple[str, Sequence[str]]]) -> list[tuple[str, Span]]:
    return [
        (concept, (start, start + len(name)))
        for concept, name in names
        for start in range(len(keys) - len(name) + 1)
        if keys[start : start + len(name)] == name
    ]
