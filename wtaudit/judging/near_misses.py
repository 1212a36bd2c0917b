"""Passages that look like evidence and do not count, each with the reason: the auditor's answer to "but we say it on page 4"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wtaudit.judging.witnesses import Testimony
from wtaudit.matching.analysis import Analysis
from wtaudit.matching.evidence import quote_clauses
from wtaudit.model import Evidence, NearMiss

MOST = 2


def near_misses(element: str, heard: Sequence[tuple[Analysis, Testimony]]) -> list[NearMiss]:
    """Discounted matches first, then matches outweighed by the examples, then passages that lack one thing; few."""
    out: list[NearMiss] = []
    seen: set[tuple[int, str]] = set()
    for reason, evidence in _candidates(heard):
        key = (evidence.document, evidence.quote)
        if key not in seen:
            seen.add(key)
            out.append(NearMiss(element, reason, evidence))
        if len(out) == MOST:
            break
    return out


def _candidates(heard: Sequence[tuple[Analysis, Testimony]]) -> Iterator[tuple[str, Evidence]]:
    for analysis, testimony in heard:
        for _, discounted in testimony.discounted:
            for quote in quote_clauses(analysis, discounted.clauses[:1]):
                yield discounted.flag.reason, quote
    for analysis, testimony in heard:
        for numbered in testimony.matches:
            for quote in quote_clauses(analysis, numbered.match.clauses[:1]):
                yield "has the words, but reads like passages that do not settle it", quote
    for analysis, testimony in heard:
        for _, lacking in testimony.lacking:
            for quote in quote_clauses(analysis, (lacking.clause,)):
                yield f"says nothing of: {_plain(lacking.group)}", quote


def _plain(group: Sequence[str]) -> str:
    """A group of concepts in words a reader knows."""
    names = [name.strip("'").lstrip("@").replace("-", " ") for name in group[:3]]
    return " or ".join(names)
