"""The shape of a saved result: what the JSON Schema is made from and what a loaded file is checked against."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from wtaudit.model import (
    DateSource,
    DecisionKind,
    DecisionState,
    ElementStatus,
    Kind,
    Level,
    ReadStatus,
    Status,
)

SCHEMA_ID = "urn:wtaudit:schema:result:1"

Count = Annotated[int, Field(ge=0)]
Confidence = Annotated[float, Field(ge=0, le=1, description="The chance that the verdict is right.")]
Page = Annotated[int, Field(ge=1)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
RequirementId = Annotated[str, Field(pattern=r"^[A-Z0-9]+-[0-9]{2,}$")]
ElementId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]


class Shape(BaseModel):
    """Base: every key present, no other key, no value converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class SavedTool(Shape):
    """What made the result."""

    name: Literal["wtaudit"]
    version: str


class SavedChecklist(Shape):
    """Which checklist judged."""

    id: str
    version: str
    sha256: Sha256
    edition: str


class SavedDocument(Shape):
    """One input: what it is and how far it could be read."""

    path: str
    kind: Kind | None
    kind_source: Literal["declared", "detected"]
    sha256: Annotated[
        str, Field(pattern=r"^([0-9a-f]{64})?$", description="Empty where the file could not be opened.")
    ]
    format: str
    title: str
    date: Annotated[
        str | None,
        Field(
            pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$", description="Maybe without the day or the month."
        ),
    ]
    date_source: Annotated[
        DateSource | None, Field(description="Stated on its first page, or taken from the file's properties.")
    ]
    pages: Count | None
    unreadable_pages: list[Page]
    status: ReadStatus
    reason: str | None
    notes: list[str]


class SavedEvidence(Shape):
    """A verbatim quote and where it stands."""

    document: Annotated[int, Field(ge=0, description="Index in the list of documents.")]
    page: Annotated[int | None, Field(ge=1, description="Counted from 1.")]
    page_label: Annotated[str | None, Field(description="The printed page number.")]
    heading: Annotated[list[str], Field(description="The headings above the quote, outermost first.")]
    quote: str
    block: Count
    ocr: bool


class SavedNearMiss(Shape):
    """A passage that looks like evidence, and why it does not count."""

    element: ElementId
    reason: str
    document: Annotated[int, Field(ge=0)]
    page: Annotated[int | None, Field(ge=1)]
    page_label: str | None
    heading: list[str]
    quote: str
    block: Count
    ocr: bool


class SavedElement(Shape):
    """Verdict on one element."""

    id: ElementId
    essential: bool
    text: str
    status: ElementStatus
    confidence: Confidence
    evidence: list[SavedEvidence]


class SavedSource(Shape):
    """Where the guidance says it."""

    chapter: Count
    heading: str
    paragraphs: Annotated[list[Page], Field(description="Empty for an unnumbered box.")]


class SavedRequirement(Shape):
    """One entry of the checklist."""

    id: RequirementId
    title: str
    theme: str
    level: Level
    strength: str
    source: SavedSource
    statement: str


class SavedDecision(Shape):
    """A human decision laid over a finding; it never replaces the status."""

    decision: DecisionKind
    justification: str
    decided_by: str
    decided_on: str
    expires: Annotated[str | None, Field(description="The last day on which it holds.")]
    state: Annotated[
        DecisionState, Field(description="Expired: past its date. Lapsed: the text has changed since.")
    ]
    status: Annotated[Status | None, Field(description="What the person decided, where overruled.")]


class SavedFinding(Shape):
    """Verdict on one requirement."""

    requirement: SavedRequirement
    status: Status
    confidence: Confidence
    summary: str
    elements: list[SavedElement]
    near_misses: list[SavedNearMiss]
    advice: Annotated[str, Field(description="What to add; empty where the requirement is met.")]
    decision: SavedDecision | None
    wording: Annotated[str, Field(description="A model paragraph with [blanks] to adapt; empty where met.")]
    contradictions: list[str]


class SavedCounts(Shape):
    """Findings per status."""

    met: Count
    partial: Count
    missing: Count
    contradicted: Count
    unknown: Count


class SavedSummary(SavedCounts):
    """Findings per status, over all and by theme."""

    by_theme: dict[str, SavedCounts]


class SavedReport(Shape):
    """The result of an audit."""

    schema_version: Literal["1"]
    tool: SavedTool
    checklist: SavedChecklist
    themes: Annotated[
        dict[str, str], Field(description="Titles of themes by name, in the checklist's order.")
    ]
    partnership: str | None
    documents: list[SavedDocument]
    findings: list[SavedFinding]
    summary: SavedSummary
    notes: list[str]


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a result; the file in the package is this, and a test holds it so."""
    made = SavedReport.model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        **made,
        "title": "wtaudit result, schema version 1",
    }
