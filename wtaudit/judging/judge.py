"""Verdicts: weigh the witnesses for every element and contradiction, and follow the rule to the requirement's status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import prod

from wtaudit.checklist.loading import Checklist
from wtaudit.checklist.schema import Contradiction, Element, Requirement
from wtaudit.judging.near_misses import near_misses
from wtaudit.judging.weights import FILE as WEIGHTS
from wtaudit.judging.weights import PATTERNS_ONLY, Logistic, Weights, load_weights
from wtaudit.judging.witnesses import Passages, Testimony, hear
from wtaudit.judging.word_weights import CONTRADICTED, WordWeights, load_word_weights
from wtaudit.judging.word_weights import FILE as WORD_WEIGHTS
from wtaudit.matching.analysis import Analysis
from wtaudit.matching.evidence import quote_clauses
from wtaudit.matching.patterns import Plan
from wtaudit.model import (
    ElementFinding,
    ElementStatus,
    Evidence,
    Finding,
    NearMiss,
    ReadStatus,
    Source,
    Status,
)

MOST_QUOTES = 3


@dataclass(frozen=True, slots=True)
class Heard:
    """One document's testimony on one element, and how likely the claim is."""

    analysis: Analysis
    passages: Passages
    testimony: Testimony
    probability: float

    def quotes(self) -> list[Evidence]:
        """The quotes of its matches, or of the passage whose words speak loudest."""
        matches = self.testimony.matches
        if matches:
            return [q for m in matches[:3] for q in quote_clauses(self.analysis, m.match.clauses)]
        best = self.testimony.best_window
        return [] if best is None else quote_clauses(self.analysis, self.passages.windows[best].clauses)


@dataclass(frozen=True, slots=True)
class Case:
    """Everything heard on one requirement; what `explain` shows."""

    requirement: Requirement
    elements: Mapping[str, tuple[Heard, ...]]
    contradictions: tuple[tuple[Contradiction, tuple[Heard, ...]], ...]


class Judge:
    """Judges analysed documents against one checklist; building it loads the weights."""

    def __init__(
        self, checklist: Checklist, weights: Weights | None = None, words: WordWeights | None = None
    ) -> None:
        self.checklist = checklist
        self.weights = weights or load_weights(checklist.folder_with(WEIGHTS))
        self.words = words or load_word_weights(checklist.folder_with(WORD_WEIGHTS))
        self._plans: dict[str, tuple[list[list[Plan]], list[list[Plan]]]] = {}

    def passages(self, analysis: Analysis) -> Passages:
        """The windows of a document and their word scores."""
        return Passages(analysis.index, self.words, self.checklist.tailoring.concepts)

    def hear(self, requirement: Requirement, documents: Sequence[tuple[Analysis, Passages]]) -> Case:
        """Collect the testimony of every document for every element and contradiction."""
        elements, contradictions = self._plans_of(requirement)

        def heard(plans: Sequence[Plan], name: str, model: Logistic) -> tuple[Heard, ...]:
            column = self._column(requirement, name)
            found = [(a, p, hear(plans, a.index, p, column)) for a, p in documents]
            return tuple(Heard(a, p, t, model.probability(t.features)) for a, p, t in found)

        return Case(
            requirement,
            {
                e.id: heard(plans, e.id, self._element_model(requirement.id, e.id))
                for e, plans in zip(requirement.elements, elements, strict=True)
            },
            tuple(
                (c, heard(plans, CONTRADICTED, self.weights.contradiction))
                for c, plans in zip(requirement.contradictions, contradictions, strict=True)
            ),
        )

    def _element_model(self, requirement: str, element: str) -> Logistic:
        """The fitted model, or patterns only: it would hold the silence of a word list that is not there against a claim."""
        heard = self.words is not None and (requirement, element) in self.words.columns
        return self.weights.element if heard else PATTERNS_ONLY

    def _plans_of(self, requirement: Requirement) -> tuple[list[list[Plan]], list[list[Plan]]]:
        """The plans of every element and of every contradiction; what is denied may still contradict."""
        if requirement.id not in self._plans:
            self._plans[requirement.id] = (
                [[Plan.of(p) for p in e.patterns] for e in requirement.elements],
                [[Plan.of(p, ("negated",)) for p in c.patterns] for c in requirement.contradictions],
            )
        return self._plans[requirement.id]

    def verdict(self, case: Case, unread: bool = False) -> Finding:
        """The finding on a heard case; `unread` when a counting document has pages that could not be read."""
        requirement = case.requirement
        conflict = self._conflict(case)
        elements = tuple(self._element(item, case.elements[item.id]) for item in requirement.elements)
        status = _status(elements, bool(conflict), unread)
        if conflict and not any(e.status is ElementStatus.CONTRADICTED for e in elements):
            elements = _mark(elements, [evidence for _, found in conflict for evidence in found])
        return Finding(
            requirement_id=requirement.id, title=requirement.title, statement=requirement.statement,
            theme=requirement.theme, level=requirement.level, strength=requirement.strength,
            source=Source(requirement.source.chapter, requirement.source.heading, tuple(requirement.source.paragraphs)),
            status=status, confidence=self._confidence(case, elements, conflict, status),
            summary=_summary(status, elements, [item.text for item, _ in conflict]), elements=elements,
            near_misses=tuple(
                miss for element in elements if element.status is not ElementStatus.EVIDENCED
                for miss in self._near_misses(case, element.element_id)
            ),
            advice="" if status is Status.MET else requirement.advice,
            wording="" if status is Status.MET else requirement.wording,
            contradictions=tuple(item.text for item, _ in conflict),
        )  # fmt: skip

    def _near_misses(self, case: Case, element: str) -> list[NearMiss]:
        column = self._column(case.requirement, element)
        heard = [
            (h.analysis, h.testimony, None if column is None else partial(_likeness, h.passages, column))
            for h in case.elements[element]
        ]
        return near_misses(element, heard, self.checklist.plain_name)

    def _column(self, requirement: Requirement, name: str) -> int | None:
        """The number of the word list for an element, or for contradictions."""
        return self.words.columns.get((requirement.id, name)) if self.words else None

    def _conflict(self, case: Case) -> list[tuple[Contradiction, list[Evidence]]]:
        threshold = self.weights.contradiction.threshold
        return [
            (item, [q for h in heard if h.probability >= threshold for q in h.quotes()][:MOST_QUOTES])
            for item, heard in case.contradictions
            if any(h.probability >= threshold for h in heard)
        ]  # fmt: skip

    def _element(self, item: Element, heard: Sequence[Heard]) -> ElementFinding:
        threshold = self.weights.element.threshold
        best = max((h.probability for h in heard), default=0.0)
        found = best >= threshold
        evidence = (
            [q for h in heard if h.probability >= threshold for q in h.quotes()]
            if found
            else []
        )  # fmt: skip
        return ElementFinding(
            item.id, item.essential, item.text,
            ElementStatus.EVIDENCED if found else ElementStatus.NOT_EVIDENCED,
            round(best if found else 1 - best, 3), tuple(dict.fromkeys(evidence))[:MOST_QUOTES],
        )  # fmt: skip

    def _confidence(
        self, case: Case, elements: Sequence[ElementFinding], conflict: object, status: Status
    ) -> float:
        if status is Status.UNKNOWN:
            return 0.0
        claims = [h.probability for _, heard in case.contradictions for h in heard]
        contrary = max(claims, default=0.0)
        if conflict:
            return round(contrary, 3)
        essential = [e for e in elements if e.essential]
        evidenced = [e.confidence for e in essential if e.status is ElementStatus.EVIDENCED]
        absent = [e.confidence for e in essential if e.status is not ElementStatus.EVIDENCED]
        if status is Status.PARTIAL:
            sure = (1 - prod(1 - c for c in evidenced)) * (1 - prod(1 - c for c in absent))
        else:
            sure = prod(e.confidence for e in essential)
        return round(sure * (1 - contrary), 3)


def _likeness(passages: Passages, column: int, clause: int) -> float:
    return passages.at(column, (clause,))


def unknown(requirement: Requirement, reason: str) -> Finding:
    """The finding where nothing could be judged, with the reason as its summary."""
    return Finding(
        requirement_id=requirement.id, title=requirement.title, statement=requirement.statement,
        theme=requirement.theme, level=requirement.level, strength=requirement.strength,
        source=Source(requirement.source.chapter, requirement.source.heading, tuple(requirement.source.paragraphs)),
        status=Status.UNKNOWN, confidence=0.0, summary=reason,
        elements=tuple(
            ElementFinding(e.id, e.essential, e.text, ElementStatus.NOT_EVIDENCED, 0.0) for e in requirement.elements
        ),
        near_misses=(), advice=requirement.advice, wording=requirement.wording,
    )  # fmt: skip


def has_unread(analysis: Analysis) -> bool:
    """Whether parts of a document could not be read."""
    return analysis.document.status is not ReadStatus.READ or bool(analysis.document.unreadable_pages)


def _status(elements: Sequence[ElementFinding], conflict: bool, unread: bool) -> Status:
    if conflict:
        return Status.CONTRADICTED
    essential = [e.status is ElementStatus.EVIDENCED for e in elements if e.essential]
    if all(essential):
        return Status.MET
    if unread:
        return Status.UNKNOWN
    return Status.PARTIAL if any(essential) else Status.MISSING


def _mark(elements: tuple[ElementFinding, ...], evidence: Sequence[Evidence]) -> tuple[ElementFinding, ...]:
    """Lay the conflicting quotes on the first essential element."""
    out = list(elements)
    place = next((n for n, e in enumerate(out) if e.essential), 0)
    old = out[place]
    out[place] = ElementFinding(
        old.element_id, old.essential, old.text, ElementStatus.CONTRADICTED, old.confidence,
        tuple(dict.fromkeys(evidence))[:MOST_QUOTES],
    )  # fmt: skip
    return tuple(out)


def _summary(status: Status, elements: Sequence[ElementFinding], conflicts: Sequence[str]) -> str:
    lacking = [e.text for e in elements if e.essential and e.status is not ElementStatus.EVIDENCED]
    if status is Status.CONTRADICTED:
        return "The text conflicts with the requirement: " + " ".join(conflicts)
    if status is Status.MET:
        return "Every essential element is evidenced."
    if status is Status.UNKNOWN:
        return "Some pages could not be read, and what was read does not settle it."
    if status is Status.PARTIAL:
        return "Not evidenced: " + " ".join(lacking)
    return "No essential element is evidenced." if len(lacking) > 1 else "Not evidenced: " + lacking[0]
