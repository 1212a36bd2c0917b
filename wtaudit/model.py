"""The values that cross a wall between rooms: documents, evidence, findings, reports."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum

SCHEMA_VERSION = "1"
"""Version of the JSON result; a change that could break a reader of it raises the number."""


class Kind(StrEnum):
    """Kind of partnership document."""

    ARRANGEMENTS = "arrangements"
    THRESHOLD = "threshold"
    PROTOCOL = "protocol"


class Status(StrEnum):
    """Verdict on one requirement; the order of `GRAVITY` is gravest first."""

    MET = "met"
    PARTIAL = "partial"
    MISSING = "missing"
    CONTRADICTED = "contradicted"
    UNKNOWN = "unknown"


GRAVITY = (Status.CONTRADICTED, Status.MISSING, Status.PARTIAL, Status.UNKNOWN, Status.MET)


class ElementStatus(StrEnum):
    """Verdict on one element of a requirement."""

    EVIDENCED = "evidenced"
    NOT_EVIDENCED = "not-evidenced"
    CONTRADICTED = "contradicted"


class Level(StrEnum):
    """How far the guidance asks for a requirement: content it names, an expectation, or a derived check."""

    CORE = "core"
    SUPPORT = "support"
    DERIVED = "derived"


class BlockKind(StrEnum):
    """What a block is on its page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    CELL = "cell"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    CONTENTS = "contents"  # a line of a table of contents
    FURNITURE = "furniture"  # running head, footer, page number, navigation: kept, never matched


class ReadStatus(StrEnum):
    """How much of a file could be read."""

    READ = "read"
    PARTLY_READ = "partly-read"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a block stands in a table. Rows and columns count from 0 and include header rows."""

    table: int
    row: int
    column: int
    row_header: str = ""
    column_header: str = ""
    is_header: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item or table cell, with its place in the document.

    `text` is the document's own text on one line. `headings` is the path of headings above it, outermost first (a
    heading block does not contain itself). `lead_in` is the line that introduces the list or table the block belongs to
    ("The partners will:"). `page` counts from 1 and is None where the format has no pages; `page_label` is the printed
    number where it differs. `list_level` counts from 1 for list items.
    """

    kind: BlockKind
    text: str
    page: int | None = None
    page_label: str | None = None
    headings: tuple[str, ...] = ()
    lead_in: str = ""
    list_level: int = 0
    heading_level: int = 0
    cell: Cell | None = None
    box: tuple[float, float, float, float] | None = None  # left, top, right, bottom in points, PDF only
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """One file as read. `notes` are plain sentences about what was odd (tracked changes, pages read by OCR …)."""

    path: str
    format: str
    sha256: str
    blocks: tuple[Block, ...]
    title: str = ""
    kind: Kind | None = None
    kind_source: str = "detected"  # declared | detected
    kind_reason: str = ""
    pages: int | None = None
    unreadable_pages: tuple[int, ...] = ()
    status: ReadStatus = ReadStatus.READ
    reason: str | None = None
    notes: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """The document's entry in the JSON result: what it is, not its text."""
        return {
            "path": self.path,
            "kind": self.kind,
            "kind_source": self.kind_source,
            "sha256": self.sha256,
            "format": self.format,
            "title": self.title,
            "pages": self.pages,
            "unreadable_pages": list(self.unreadable_pages),
            "status": self.status,
            "reason": self.reason,
            "notes": list(self.notes),
        }


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
    """A human decision laid over a finding; it never replaces the status."""

    decision: str  # waived | not_applicable | confirmed | overruled
    justification: str
    decided_by: str
    decided_on: str
    expires: str | None = None
    state: str = "live"  # live | expired | lapsed


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
        return self.status in (Status.PARTIAL, Status.MISSING, Status.CONTRADICTED)


@dataclass(frozen=True, slots=True)
class ChecklistIdentity:
    """Which checklist judged: id, version, sha256 of its files, and the edition of the guidance."""

    id: str
    version: str
    sha256: str
    edition: str


@dataclass(frozen=True, slots=True)
class Report:
    """All findings, in checklist order, on a set of documents."""

    checklist: ChecklistIdentity
    documents: tuple[Document, ...]
    findings: tuple[Finding, ...]
    partnership: str | None = None
    notes: tuple[str, ...] = ()

    tool_version: str = ""

    def to_dict(self) -> dict[str, object]:
        """The JSON object of the contract, keys in fixed order, the same for the same input."""
        return {
            "schema_version": SCHEMA_VERSION,
            "tool": {"name": "wtaudit", "version": self.tool_version},
            "checklist": asdict(self.checklist),
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
