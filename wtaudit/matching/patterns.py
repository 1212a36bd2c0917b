"""Try a pattern on an index of clauses: where it holds, where it holds but is discounted, where one group lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from wtaudit.checklist.schema import Pattern
from wtaudit.matching.context import Flag
from wtaudit.matching.index import ClauseIndex, bits


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern that holds: the clauses that carry it, most telling first, and the scope."""

    clauses: tuple[int, ...]
    scope: str


@dataclass(frozen=True, slots=True)
class Discounted:
    """A pattern whose words are there but do not count, and the flag that says why."""

    clauses: tuple[int, ...]
    flag: Flag


@dataclass(frozen=True, slots=True)
class Lacking:
    """A clause that satisfies all groups of a pattern but one."""

    clause: int
    group: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that one pattern found."""

    matches: tuple[Match, ...] = ()
    discounted: tuple[Discounted, ...] = ()
    lacking: tuple[Lacking, ...] = ()


NOTHING = Outcome()


@dataclass(frozen=True, slots=True)
class Plan:
    """A pattern made ready for many documents: its groups as tuples, and those that must all be somewhere as sets."""

    all: tuple[tuple[str, ...], ...]
    own: tuple[tuple[str, ...], ...]
    unless: tuple[tuple[str, ...], ...]
    together: tuple[tuple[str, ...], ...]  # must share one clause of the unit
    nowhere: tuple[tuple[str, ...], ...]  # must not stand anywhere in the unit's own words
    counted: tuple[str, ...]  # members of which `at_least` different ones must stand
    at_least: int
    scope: str
    allow: tuple[str, ...]
    needed: tuple[frozenset[str], ...]
    spare: int  # how many of the needed groups may be nowhere and something is still to be said

    @classmethod
    def of(cls, pattern: Pattern, extra_allow: Sequence[str] = ()) -> Plan:
        """The plan of a pattern; `extra_allow` adds to the pattern's own allowed flags."""
        every, own, together = (tuple(map(tuple, g)) for g in (pattern.all, pattern.own, pattern.together))
        simple = pattern.scope == "clause" and pattern.count is None
        if simple:  # one clause holds all groups as it is
            every, together = (*every, *together), ()
        counted = tuple(pattern.count.of) if pattern.count else ()
        needed = every if simple else (*every, *own, *together, *([counted] if counted else []))
        return cls(
            every, own, tuple(map(tuple, pattern.unless)), together, tuple(map(tuple, pattern.nowhere)), counted,
            pattern.count.at_least if pattern.count else 0, pattern.scope, (*pattern.allow, *extra_allow),
            tuple(map(frozenset, needed)), int(simple),
        )  # fmt: skip


def try_pattern(pattern: Plan, index: ClauseIndex) -> Outcome:
    """Find a pattern everywhere in the index."""
    absent = 0
    for names in pattern.needed:
        if names.isdisjoint(index.present):
            absent += 1
            if absent > pattern.spare:
                return NOTHING
    allow = pattern.allow
    if pattern.scope == "clause" and not pattern.counted:
        return _in_clauses(pattern, index, allow)
    return _in_units(pattern, index, allow)


def _barred(pattern: Plan, index: ClauseIndex) -> int:
    """Clauses in or around which something stands that excludes the pattern."""
    barred = 0
    for group in pattern.unless:
        own, around = index.group(group)
        barred |= own | around
    return barred


def _spoilt(pattern: Plan, index: ClauseIndex, scope: str) -> int:
    """Clauses of the units in whose own words something stands that must stand nowhere in the unit."""
    found = reduce(lambda acc, group: acc | index.group(group)[0], pattern.nowhere, 0)
    return index.fellows(scope, found) if found else 0


def _in_clauses(pattern: Plan, index: ClauseIndex, allow: Sequence[str]) -> Outcome:
    sets = [index.group(group) for group in pattern.all]
    if sum(not (own | around) for own, around in sets) > 1:
        return NOTHING
    possible = reduce(lambda acc, pair: acc | pair[0], sets, 0)
    for group in pattern.own:
        possible &= index.group(group)[0]
    if possible:
        possible &= ~(_barred(pattern, index) | _spoilt(pattern, index, "block"))
    full = reduce(lambda acc, pair: acc & (pair[0] | pair[1]), sets, possible)
    matches, discounted = [], []
    for place in bits(full):
        flag = _discount(pattern, index, place, allow)
        if flag is None:
            matches.append(Match((place,), "clause"))
        else:
            discounted.append(Discounted((place,), flag))
    return Outcome(tuple(matches), tuple(discounted), _lacking(pattern, sets, possible & ~full))


def _lacking(pattern: Plan, sets: list[tuple[int, int]], possible: int) -> tuple[Lacking, ...]:
    out: list[Lacking] = []
    if len(sets) < 2 or not possible:
        return ()
    for skip, group in enumerate(pattern.all):
        rest = [pair for number, pair in enumerate(sets) if number != skip]
        near = reduce(lambda acc, pair: acc & (pair[0] | pair[1]), rest, possible)
        near &= reduce(lambda acc, pair: acc | pair[0], rest, 0)
        out += [Lacking(place, group) for place in bits(near)]
    return tuple(out)


def _discount(pattern: Plan, index: ClauseIndex, place: int, allow: Sequence[str]) -> Flag | None:
    """The flag that takes some group of a full match away, if any."""
    for group in (*pattern.all, *pattern.own):
        if group not in pattern.own and index.group(group)[1] >> place & 1:
            continue
        flags: list[Flag] = []
        for name in group:
            if index.own(name) >> place & 1:
                found = index.discounts(place, name, allow)
                if not found:
                    break
                flags += found
        else:
            if flags:
                return flags[0]
    heading = [
        f for f in index.flags[place] if f.flag in ("heading-only", "contents") and f.flag not in allow
    ]
    return heading[0] if heading else None


def _in_units(pattern: Plan, index: ClauseIndex, allow: Sequence[str]) -> Outcome:
    scope = pattern.scope
    if scope == "clause":
        units = [[clause] for clause in range(len(index.clauses))]
        candidates = set(range(len(units)))
        for group in (*pattern.all, *([pattern.counted] if pattern.counted else ())):
            own, around = index.group(group)
            candidates &= set(bits(own | around))
    else:
        units = index.units(scope)
        sets = [
            reduce(lambda acc, name: acc | index.unit_set(scope, name), group, 0)
            for group in (*pattern.all, *pattern.own, *pattern.together)
        ]
        if pattern.counted:
            sets.append(reduce(lambda acc, name: acc | index.unit_set(scope, name), pattern.counted, 0))
        candidates = set(bits(reduce(lambda a, b: a & b, sets))) if sets else set()
    barred = 0
    if candidates:
        barred = _barred(pattern, index) | _spoilt(pattern, index, "block" if scope == "clause" else scope)
    matches, discounted = [], []
    for unit in sorted(candidates):
        places = [p for p in units[unit] if not barred >> p & 1]
        support, flag = _unit_support(pattern, index, places, allow)
        if support and flag is None:
            matches.append(Match(tuple(support), scope))
        elif flag is not None and support:
            discounted.append(Discounted(tuple(support), flag))
    return Outcome(tuple(matches), tuple(discounted))


def _unit_support(
    pattern: Plan, index: ClauseIndex, places: list[int], allow: Sequence[str]
) -> tuple[list[int], Flag | None]:
    """The clauses of a unit that carry the pattern, and the flag that discounts it; ([], None) where it lacks."""
    support: dict[int, None] = {}
    flag: Flag | None = None
    for group in (*pattern.all, *pattern.own):
        free, marked = _carriers(group, index, places, allow, own_only=group in pattern.own)
        if free is None:
            if marked is None:
                return [], None
            flag = flag or marked[1]
            support[marked[0]] = None
        elif free >= 0:
            support[free] = None
    if pattern.together:
        shared, shared_flag = _shared(pattern.together, index, places, allow)
        if shared is None:
            return [], None
        flag = flag or shared_flag
        support = {shared: None, **support}
    if pattern.counted:
        members, counted_flag = _count(pattern.counted, index, places, allow)
        if len(members) < pattern.at_least:
            return [], None
        flag = flag or counted_flag
        support.update(dict.fromkeys(members.values()))
    return list(support), flag


def _shared(
    groups: tuple[tuple[str, ...], ...], index: ClauseIndex, places: list[int], allow: Sequence[str]
) -> tuple[int | None, Flag | None]:
    """First clause that holds all groups, one at least in its own words, free of flags; else one where a flag stands."""
    marked: tuple[int, Flag] | None = None
    sets = [index.group(group) for group in groups]
    for place in places:
        if all((own | around) >> place & 1 for own, around in sets) and any(
            own >> place & 1 for own, _ in sets
        ):
            flags = [_carriers(group, index, [place], allow, own_only=False) for group in groups]
            spoiling = next((found for free, found in flags if free is None and found is not None), None)
            if spoiling is None:
                return place, None
            marked = marked or spoiling
    return marked or (None, None)


def _carriers(
    group: tuple[str, ...], index: ClauseIndex, places: list[int], allow: Sequence[str], own_only: bool
) -> tuple[int | None, tuple[int, Flag] | None]:
    """First clause that carries a group free of flags (-1: only its surroundings do), else one where it is flagged."""
    marked: tuple[int, Flag] | None = None
    own, around = index.group(group)
    for place in places:
        if not own >> place & 1:
            continue
        for name in group:
            if index.own(name) >> place & 1:
                flags = index.discounts(place, name, allow)
                if not flags:
                    return place, None
                marked = marked or (place, flags[0])
    if not own_only and any(around >> place & 1 for place in places):
        return -1, None
    return None, marked


def _count(
    names: Sequence[str], index: ClauseIndex, places: list[int], allow: Sequence[str]
) -> tuple[dict[str, int], Flag | None]:
    """Distinct members found free of flags in own words, each with its clause (a flagged one only if too few)."""
    free: dict[str, int] = {}
    for name in names:
        own = index.own(name)
        for place in places:
            if own >> place & 1 and not index.discounts(place, name, allow):
                free[name] = place
                break
    return free, None
