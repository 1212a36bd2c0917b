"""Findings: evidence, verdicts, decisions over them, and the report that holds them all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from wtaudit.model.documents import Document
from wtaudit.model.words import GAPS, DecisionKind, DecisionState, ElementStatus, Level, Status

SCHEMA_VERSION = "1"
"""Version of the JSON result; a change that could break a reader of it raises the number."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verbatim quote and where it stands. `document` is the index in the report's documents."""

    document: int
    quote: str
    page: int | None = None
    page_label: str | None = None
    heading: tuple[str, ...] = ()
    block: int = 0
    ocr: bool = False

    def to_dict(self) -> dict[str, object]:
        """Place and quote as in the JSON result."""
        return {
            "document": self.document,
            "page": self.page,
            "page_label": self.page_label,
            "heading": list(self.heading),
            "quote": self.quote,
            "block": self.block,
            "ocr": self.ocr,
        }


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A passage that looks like evidence for an element, and why it does not count."""

    element: str
    reason: str
    evidence: Evidence

    def to_dict(self) -> dict[str, object]:
        """Element, reason and place as in the JSON result."""
        return {"element": self.element, "reason": self.reason, **self.evidence.to_dict()}


@dataclass(frozen=True, slots=True)
class ElementFinding:
    """Verdict on one element with the evidence it rests on; `confidence` is the chance that the verdict is right."""

    element_id: str
    essential: bool
    text: str
    status: ElementStatus
    confidence: float
    evidence: tuple[Evidence, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """The element as in the JSON result."""
        return {
            "id": self.element_id,
            "essential": self.essential,
            "text": self.text,
            "status": self.status,
            "confidence": self.confidence,
            "evidence": [evidence.to_dict() for evidence in self.evidence],
        }


@dataclass(frozen=True, slots=True)
class Decision:
    """A human decision laid over a finding; it never replaces the status.

    Dates are ISO dates; `expires` is the last day on which the decision holds. `status` is what the person decided
    where the verdict was overruled, and None otherwise.
    """

    decision: DecisionKind
    justification: str
    decided_by: str
    decided_on: str
    expires: str | None = None
    state: DecisionState = DecisionState.LIVE
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where the guidance says it: chapter, heading, numbered paragraphs (empty for an unnumbered box)."""

    chapter: int
    heading: str
    paragraphs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """Verdict on one requirement. `summary` is one plain sentence; `advice` is what to add where there is a gap."""

    requirement_id: str
    title: str
    statement: str
    theme: str
    level: Level
    strength: str
    source: Source
    status: Status
    confidence: float
    summary: str
    elements: tuple[ElementFinding, ...]
    near_misses: tuple[NearMiss, ...]
    advice: str
    wording: str = ""
    contradictions: tuple[str, ...] = ()
    decision: Decision | None = None

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The evidence of all elements, in element order, each quote once."""
        seen: dict[Evidence, None] = {}
        for element in self.elements:
            seen.update(dict.fromkeys(element.evidence))
        return tuple(seen)

    def to_dict(self) -> dict[str, object]:
        """The finding as in the JSON result."""
        return {
            "requirement": {
                "id": self.requirement_id,
                "title": self.title,
                "theme": self.theme,
                "level": self.level,
                "strength": self.strength,
                "source": {
                    "chapter": self.source.chapter,
                    "heading": self.source.heading,
                    "paragraphs": list(self.source.paragraphs),
                },
                "statement": self.statement,
            },
            "status": self.status,
            "confidence": self.confidence,
            "summary": self.summary,
            "elements": [element.to_dict() for element in self.elements],
            "near_misses": [miss.to_dict() for miss in self.near_misses],
            "advice": self.advice,
            "decision": asdict(self.decision) if self.decision else None,
            "wording": self.wording,
            "contradictions": list(self.contradictions),
        }

    @property
    def is_gap(self) -> bool:
        """True for partial, missing and contradicted; unknown is counted apart."""
        return self.status in GAPS

    @property
    def standing(self) -> Status | None:
        """What the finding counts as: its status, or what a live decision overruled it to; None where it is set aside.

        Waived and not applicable set it aside, as long as the decision is live.
        """
        decision = self.decision
        if decision is None or decision.state is not DecisionState.LIVE:
            return self.status
        if decision.decision is DecisionKind.OVERRULED:
            return decision.status
        return self.status if decision.decision is DecisionKind.CONFIRMED else None

    @property
    def is_open_gap(self) -> bool:
        """Whether it counts as a gap after people have decided; see `standing`."""
        return self.standing in GAPS


@dataclass(frozen=True, slots=True)
class ChecklistIdentity:
    """Which checklist judged: id, version, sha256 of its files, and the edition of the guidance."""

    id: str
    version: str
    sha256: str
    edition: str


@dataclass(frozen=True, slots=True)
class Report:
    """All findings, in checklist order, on a set of documents. `themes` are the titles of themes by name."""

    checklist: ChecklistIdentity
    documents: tuple[Document, ...]
    findings: tuple[Finding, ...]
    partnership: str | None = None
    notes: tuple[str, ...] = ()
    tool_version: str = ""
    themes: Mapping[str, str] = field(default_factory=dict)

    def to_dict(self) -> dict[str, object]:
        """The JSON object of the contract, keys in fixed order, the same for the same input."""
        return {
            "schema_version": SCHEMA_VERSION,
            "tool": {"name": "wtaudit", "version": self.tool_version},
            "checklist": asdict(self.checklist),
            "themes": dict(self.themes),
            "partnership": self.partnership,
            "documents": [document.to_dict() for document in self.documents],
            "findings": [finding.to_dict() for finding in self.findings],
            "summary": self.summary(),
            "notes": list(self.notes),
        }

    def summary(self) -> dict[str, object]:
        """Counts per status, over all and by theme."""
        by_theme: dict[str, dict[str, int]] = {}
        total = dict.fromkeys((str(status) for status in Status), 0)
        for finding in self.findings:
            counts = by_theme.setdefault(finding.theme, dict.fromkeys(total, 0))
            counts[finding.status] += 1
            total[finding.status] += 1
        return {**total, "by_theme": by_theme}
