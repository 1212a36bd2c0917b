"""Find the concepts of a vocabulary in texts.

spaCy's tokenizer cuts the texts. Runs of words are looked up in a table by their first word: with tens of thousands of
phrases, building spaCy's PhraseMatcher took seconds at every start, and this table takes a tenth of that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

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
        self._are_runs = [tuple(is_run(part) for part in gapped.parts) for gapped in table.gapped]
        lengths: dict[str, set[int]] = defaultdict(set)
        for keys in table.runs:
            lengths[keys[0]].add(len(keys))
        self._lengths = {first: tuple(sorted(found)) for first, found in lengths.items()}
        words_of = {name: len("".join(keys)) for keys, name in table.runs.items()}
        self._triggered: dict[str, list[tuple[int, frozenset[str]]]] = defaultdict(list)
        for index, gapped in enumerate(table.gapped):
            trigger = max(gapped.runs, key=words_of.__getitem__, default="")
            self._triggered[trigger].append((index, frozenset(gapped.runs) - {trigger}))

    def match(self, texts: Iterable[str]) -> dict[str, Hits]:
        """Hits per distinct text."""
        out = {}
        for text in dict.fromkeys(texts):
            cut = words(text)
            out[text] = Hits(cut, self._resolve(self._find_runs(cut.keys), ()))
        return out

    def with_aliases(self, hits: Mapping[str, Hits], aliases: Mapping[str, Iterable[str]]) -> dict[str, Hits]:
        """The hits with further names of concepts; only texts that hold one of the names are matched again."""
        names = [(concept, words(name).keys) for concept, found in aliases.items() for name in found]
        firsts = {keys[0] for _, keys in names if keys}
        out = dict(hits)
        for text, hit in hits.items():
            keys = hit.words.keys
            if firsts.isdisjoint(keys):
                continue
            found = _occurrences(keys, names)
            if found:
                out[text] = Hits(hit.words, self._resolve(self._find_runs(keys), found))
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
        for index in self._candidates(runs):
            gapped = self._gapped[index]
            found = self._joined(gapped, self._are_runs[index], runs, spans)
            if found:
                spans[gapped.concept] += found
        return {
            concept: tuple(sorted(set(places))) if len(places) > 1 else tuple(places)
            for concept, places in spans.items()
        }

    @staticmethod
    def _joined(
        gapped: Gapped,
        are_runs: tuple[bool, ...],
        runs: Mapping[str, list[Span]],
        spans: Mapping[str, list[Span]],
    ) -> list[Span]:
        """Where the parts of a phrase with gaps follow one another."""
        out: list[Span] = []
        for number, (part, is_a_run) in enumerate(zip(gapped.parts, are_runs, strict=True)):
            places = (runs if is_a_run else spans).get(part, [])
            if number:
                gap = gapped.gaps[number - 1]
                places = [
                    (start, stop) for start, end in out for begin, stop in places if 0 <= begin - end <= gap
                ]
            if not places:
                return []
            out = places
        return out

    def _candidates(self, runs: Mapping[str, list[Span]]) -> list[int]:
        """The gapped phrases all of whose runs stand in the text, references before those that use them."""
        present = runs.keys()
        return sorted(
            index
            for run in (*runs, "")
            for index, others in self._triggered.get(run, ())
            if others <= present
        )


def _occurrences(keys: Sequence[str], names: Sequence[tuple[str, Sequence[str]]]) -> list[tuple[str, Span]]:
    return [
        (concept, (start, start + len(name)))
        for concept, name in names
        for start in range(len(keys) - len(name) + 1)
        if keys[start : start + len(name)] == name
    ]
