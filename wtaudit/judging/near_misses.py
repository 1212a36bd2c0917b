"""Passages that look like evidence and do not count, each with the reason: the auditor's answer to "but we say it on page 4"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from wtaudit.judging.witnesses import Testimony
from wtaudit.matching.analysis import Analysis
from wtaudit.matching.evidence import quote_clauses
from wtaudit.matching.patterns import Lacking
from wtaudit.model import Evidence, NearMiss

Likeness = Callable[[int], float]
"""How near the words around a clause are to an element's examples: above 0 they speak for it."""
Hearing = tuple[Analysis, Testimony, Likeness | None]
"""One document's testimony; no likeness where no words were fitted."""

MOST = 2
NEAR_ENOUGH = -0.9  # below, what lacks one thing is about something else
MOST_NAMES = 3


def near_misses(element: str, heard: Sequence[Hearing], plain_name: Callable[[str], str]) -> list[NearMiss]:
    """Discounted matches first, then matches outweighed by the examples, then passages that lack one thing; few.

    Of the last only those whose words are near to the element's examples, the nearest first. `plain_name` names a
    concept to people.
    """
    out: list[NearMiss] = []
    seen: set[tuple[int, str]] = set()
    for reason, evidence in _candidates(heard, plain_name):
        key = (evidence.document, evidence.quote)
        if key not in seen:
            seen.add(key)
            out.append(NearMiss(element, reason, evidence))
        if len(out) == MOST:
            break
    return out


def _candidates(heard: Sequence[Hearing], plain_name: Callable[[str], str]) -> Iterator[tuple[str, Evidence]]:
    for analysis, testimony, _ in heard:
        for _, discounted in testimony.discounted:
            for quote in quote_clauses(analysis, discounted.clauses[:1]):
                yield discounted.flag.reason, quote
    for analysis, testimony, _ in heard:
        for numbered in testimony.matches:
            for quote in quote_clauses(analysis, numbered.match.clauses[:1]):
                yield "has the words, but reads like passages that do not settle it", quote
    for analysis, testimony, likeness in heard:
        for lacking in _nearest([item for _, item in testimony.lacking], likeness):
            for quote in quote_clauses(analysis, (lacking.clause,)):
                yield f"says nothing of: {_any_of(lacking.group, plain_name)}", quote


def _nearest(lacking: Sequence[Lacking], likeness: Likeness | None) -> Sequence[Lacking]:
    if likeness is None:
        return lacking
    scored = [(likeness(item.clause), item) for item in lacking]
    near = [pair for pair in scored if pair[0] > NEAR_ENOUGH]
    return [item for _, item in sorted(near, key=lambda pair: -pair[0])]


def _any_of(group: Sequence[str], plain_name: Callable[[str], str]) -> str:
    """A group of concepts in words a reader knows: the first few, and that there are others."""
    names = list(dict.fromkeys(plain_name(name) for name in group))
    if len(names) > MOST_NAMES or any(
        name.startswith("“") for name in names
    ):  # a phrase stands for its concept
        return f"{', '.join(names[:MOST_NAMES])} or the like"
    return " or ".join(names)
