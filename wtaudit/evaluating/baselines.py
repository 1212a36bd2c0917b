"""What simpler methods would have said: keywords only, and the nearest labelled example."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from wtaudit.checklist.loading import Checklist, names_in
from wtaudit.checklist.schema import Element
from wtaudit.evaluating.cases import Case
from wtaudit.judging.precedents import Precedents
from wtaudit.judging.witnesses import Passages
from wtaudit.matching.analysis import Analysis
from wtaudit.model import Status

Baseline = Callable[[Case, Analysis, Passages], Status]
KEYWORD_SHARE = 0.5


def keyword_only(checklist: Checklist) -> Baseline:
    """An element counts when half of the concepts of one of its patterns stand anywhere in the document."""

    def found(element: Element, concepts: frozenset[str]) -> bool:
        for pattern in element.patterns:
            names = [n for n in names_in(pattern) if not n.startswith("@")]
            if names and sum(n in concepts for n in names) >= max(1, KEYWORD_SHARE * len(pattern.all)):
                return True
        return False

    def judge(case: Case, analysis: Analysis, passages: Passages) -> Status:
        concepts = frozenset(c for hits in analysis.index.hits.values() for c in hits.spans)
        essential = [e for e in checklist.by_id[case.requirement].elements if e.essential]
        return _status([found(e, concepts) for e in essential])

    return judge


def nearest_example(checklist: Checklist, precedents: Precedents) -> Baseline:
    """The label of the requirement's example that is most like any passage of the document, the case itself apart."""

    def judge(case: Case, analysis: Analysis, passages: Passages) -> Status:
        own = " ".join(case.text.split())
        found = precedents.nearest(
            case.requirement, passages.table, lambda e: e.element is None and " ".join(e.text.split()) != own
        )
        return Status(found[0].expected) if found else Status.MISSING

    return judge


def _status(essential: Sequence[bool]) -> Status:
    if all(essential):
        return Status.MET
    return Status.PARTIAL if any(essential) else Status.MISSING
