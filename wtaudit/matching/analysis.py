"""One document, ready for judging: clauses, concepts, context flags and the document's own short names."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from wtaudit.checklist.loading import Checklist
from wtaudit.matching.abbreviations import short_names, spelt_out, without_foreign
from wtaudit.matching.clauses import clauses_of
from wtaudit.matching.concepts import ConceptMatcher, Hits
from wtaudit.matching.context import ContextRules, context_vocabulary
from wtaudit.matching.index import ClauseIndex
from wtaudit.matching.locality import GENERAL_FLAG, is_general
from wtaudit.matching.phrase_table import PhraseTable, compile_vocabulary
from wtaudit.model import Document

TABLE = "phrases"
ABBREVIATIONS = "abbreviations"


@dataclass(frozen=True, slots=True)
class Analysis:
    """A document with its index of clauses; `warnings` are plain sentences for the report."""

    document: Document
    index: ClauseIndex
    warnings: tuple[str, ...]


class Analyser:
    """Compiled vocabulary and context rules of one checklist; building it loads the language pipeline."""

    def __init__(self, checklist: Checklist) -> None:
        self._rules = ContextRules(checklist.context_rules)
        self._matcher = ConceptMatcher(phrase_table(checklist))
        self._abbreviations = abbreviations(checklist)

    def match(self, texts: Iterable[str]) -> dict[str, Hits]:
        """Hits of the checklist's vocabulary in texts that stand alone, such as examples."""
        return self._matcher.match(texts)

    def analyse(self, document: Document, number: int) -> Analysis:
        """Cut, match and flag one document; `number` is its place in the report."""
        clauses = clauses_of(document, number)
        texts = [t for clause in clauses for t in (clause.text, *clause.context)]
        hits = self._matcher.match(texts)
        names = short_names(dict.fromkeys(texts), hits, self._abbreviations)
        if names.aliases:
            hits = self._matcher.with_aliases(hits, names.aliases)
        hits = without_foreign(hits, names.foreign)
        index = ClauseIndex.build(clauses, hits, self._rules)
        warnings = names.warnings
        if is_general(clauses):
            for flags in index.flags:
                flags.append(GENERAL_FLAG)
            warnings = (
                *warnings,
                f"{document.path} says what every area should do and names no area: nothing in it counts.",
            )
        return Analysis(document, index, warnings)


def phrase_table(checklist: Checklist) -> PhraseTable:
    """The checklist's compiled vocabulary, from its cache where there is one; compiling takes a second or two."""
    kept = checklist.cached(TABLE)
    if kept is not None:
        try:
            return PhraseTable.from_json(kept)
        except (ValueError, KeyError, TypeError):
            pass  # a damaged cache is as good as none
    phrases = checklist.concept_phrases()
    phrases.update(context_vocabulary(checklist.context_rules, checklist.context_ends))
    table = compile_vocabulary(phrases)
    checklist.keep(TABLE, table.to_json())
    return table


def abbreviations(checklist: Checklist) -> dict[str, frozenset[str]]:
    """What the vocabulary's abbreviations spell out, from the checklist's cache where it is kept."""
    kept = checklist.cached(ABBREVIATIONS)
    if kept is not None:
        try:
            return {short: frozenset(keys) for short, keys in json.loads(kept).items()}
        except (ValueError, AttributeError, TypeError):
            pass  # a damaged cache is as good as none
    found = spelt_out(checklist.vocabulary)
    checklist.keep(ABBREVIATIONS, json.dumps({short: sorted(keys) for short, keys in found.items()}))
    return found
