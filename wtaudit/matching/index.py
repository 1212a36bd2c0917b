"""Where each concept stands in a set of documents, as bit sets over clauses and wider scopes.

Bit i of a set is clause (or block, list, section) i. Sets make thousands of patterns over thousands of clauses cheap:
a pattern is a few ANDs and ORs of Python integers.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from wtaudit.matching.clauses import Clause
from wtaudit.matching.concepts import Hits, Span
from wtaudit.matching.context import WHOLE, ContextRules, Flag
from wtaudit.matching.substances import PATTERNS as SUBSTANCES
from wtaudit.matching.substances import find_substance
from wtaudit.model import BlockKind

HEADING_FLAG = Flag("heading-only", "is a heading, with nothing said under it", WHOLE, "")
CONTENTS_FLAG = Flag("contents", "is a line of a table of contents", WHOLE, "")
_LEADERS = re.compile(r"\.{4,}|(?:\. ){4,}|…{2,}")
UNITS = ("block", "list", "section", "document")


def bits(number: int) -> Iterable[int]:
    """The places of the bits that are set, lowest first."""
    while number:
        low = number & -number
        yield low.bit_length() - 1
        number ^= low


@dataclass(slots=True)
class ClauseIndex:
    """All clauses of an audit with their hits, flags and concept sets."""

    clauses: Sequence[Clause]
    hits: dict[str, Hits]
    flags: list[list[Flag]]
    present: frozenset[str] = (
        frozenset()
    )  # concepts that stand somewhere; substances are looked for when asked
    _own: dict[str, int] = field(default_factory=dict)
    _around: dict[str, int] = field(default_factory=dict)
    _substances: dict[tuple[str, str], tuple[Span, ...]] = field(default_factory=dict)
    _texts: dict[str, tuple[int, int]] = field(default_factory=dict)
    _members: dict[str, list[list[int]]] = field(default_factory=dict)
    _groups: dict[tuple[str, ...], tuple[int, int]] = field(default_factory=dict)
    _unit_of: dict[str, dict[int, int]] = field(default_factory=dict)
    _unit_sets: dict[tuple[str, str], int] = field(default_factory=dict)

    @classmethod
    def build(cls, clauses: Sequence[Clause], hits: dict[str, Hits], rules: ContextRules) -> ClauseIndex:
        """Apply the context rules clause by clause and collect the sets."""
        flags: list[list[Flag]] = []
        earlier: list[Flag] = []
        unit = None
        for clause in clauses:
            if clause.block_unit != unit:
                unit, earlier = clause.block_unit, []
            found = rules.flags(clause, hits, earlier)
            earlier = rules.block_wide(found, rules.rules)
            if clause.kind is BlockKind.HEADING:
                found.append(HEADING_FLAG)
            if _LEADERS.search(clause.text):
                found.append(CONTENTS_FLAG)
            flags.append(found)
        index = cls(clauses, hits, flags)
        index._collect()
        return index

    def _collect(self) -> None:
        own: dict[str, int] = defaultdict(int)
        around: dict[str, int] = defaultdict(int)
        in_text: dict[str, int] = defaultdict(int)
        around_text: dict[str, int] = defaultdict(int)
        members: dict[str, dict[int, list[int]]] = {unit: defaultdict(list) for unit in UNITS}
        for place, clause in enumerate(self.clauses):
            bit = 1 << place
            in_text[clause.text] |= bit
            for text in clause.context:
                around_text[text] |= bit
            for unit, number in zip(UNITS, self._unit_numbers(clause), strict=True):
                members[unit][number].append(place)
        for text, found in self.hits.items():
            for concept in found.spans:
                own[concept] |= in_text.get(text, 0)
                around[concept] |= around_text.get(text, 0)
        self._own, self._around = own, around
        self.present = frozenset({c for c in own if own[c] or around[c]}.union(SUBSTANCES))
        for text in self.hits:
            self._texts[text] = (in_text.get(text, 0), around_text.get(text, 0))
        for unit, groups in members.items():
            ordered = [places for _, places in sorted(groups.items())]
            self._members[unit] = ordered
            self._unit_of[unit] = {place: number for number, places in enumerate(ordered) for place in places}

    @staticmethod
    def _unit_numbers(clause: Clause) -> tuple[int, int, int, int]:
        return (clause.block_unit, clause.list_unit, clause.section_unit, clause.document)

    def units(self, scope: str) -> list[list[int]]:
        """The clauses of each unit of a scope, in reading order."""
        return self._members[scope]

    def spans(self, name: str, text: str) -> tuple[Span, ...]:
        """Where a concept or substance stands in one text, in words; substances count as standing everywhere in it."""
        if not name.startswith("@"):
            return self.hits[text].spans.get(name, ())
        key = (name, text)
        if key not in self._substances:
            found = find_substance(name, text)
            total = max(1, len(text))
            count = len(self.hits[text].words.keys)
            self._substances[key] = tuple(
                (begin * count // total, max(begin * count // total + 1, end * count // total))
                for begin, end in found
            )
        return self._substances[key]

    def own(self, name: str) -> int:
        """Clauses whose own words hold a concept."""
        if name.startswith("@") and name not in self._own:
            self._substance_sets(name)
        return self._own.get(name, 0)

    def around(self, name: str) -> int:
        """Clauses whose headings, lead-in or table headers hold a concept."""
        if name.startswith("@") and name not in self._own:
            self._substance_sets(name)
        return self._around.get(name, 0)

    def group(self, names: tuple[str, ...]) -> tuple[int, int]:
        """Clauses that hold one of several concepts in their own words, and those that hold one around them."""
        known = self._groups.get(names)
        if known is None:
            own = around = 0
            for name in names:
                own |= self.own(name)
                around |= self.around(name)
            known = self._groups[names] = own, around
        return known

    def _substance_sets(self, name: str) -> None:
        own = around = 0
        for text, (inside, outside) in self._texts.items():
            if self.spans(name, text):
                own |= inside
                around |= outside
        self._own[name], self._around[name] = own, around

    def unit_set(self, scope: str, name: str) -> int:
        """Units of a scope in which a concept stands in some clause or its context."""
        key = (scope, name)
        if key not in self._unit_sets:
            units = self._unit_of[scope]
            found = 0
            for place in bits(self.own(name) | self.around(name)):
                found |= 1 << units[place]
            self._unit_sets[key] = found
        return self._unit_sets[key]

    def fellows(self, scope: str, places: int) -> int:
        """All clauses of the units of a scope that hold one of some clauses."""
        found = 0
        for unit in {self._unit_of[scope][place] for place in bits(places)}:
            for place in self._members[scope][unit]:
                found |= 1 << place
        return found

    def discounts(self, place: int, name: str, allow: Iterable[str]) -> list[Flag]:
        """The flags that take a concept's every occurrence in a clause's own words away; empty if one stands free."""
        clause = self.clauses[place]
        flags = [f for f in self.flags[place] if f.flag not in allow]
        out: list[Flag] = []
        for span in self.spans(name, clause.text):
            covering = [f for f in flags if f.span[0] < span[1] and span[0] < f.span[1]]
            if not covering:
                return []
            out += covering
        return out
