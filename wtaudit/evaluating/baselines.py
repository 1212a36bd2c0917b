"""What simpler methods would have said: keywords only, and the nearest labelled example."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from wtaudit.checklist.loading import Checklist, names_in
from wtaudit.checklist.schema import Element, Example
from wtaudit.evaluating.cases import Case
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


def nearest_example(checklist: Checklist) -> Baseline:
    """The label of the requirement's example that is most like any passage of the document."""
    columns: dict[str, list[int]] = defaultdict(list)
    for number, example in enumerate(checklist.examples):
        if example.element is None:
            columns[example.requirement].append(number)

    def judge(case: Case, analysis: Analysis, passages: Passages) -> Status:
        own = columns[case.requirement]
        if not own or not len(passages.windows):
            return Status.MISSING
        best = passages.cosines[:, own].max(axis=0)
        return _label(checklist.examples[own[int(best.argmax())]])

    return judge


def _label(example: Example) -> Status:
    return Status(example.expected)


def _status(essential: Sequence[bool]) -> Status:
    if all(essential):
        return Status.MET
    return Status.PARTIAL if any(essential) else Status.MISSING
