"""Documents as they were read: blocks in their places."""

from __future__ import annotations

from dataclasses import dataclass

from wtaudit.model.words import BlockKind, DateSource, Kind, ReadStatus


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
    """One file as read. `notes` are plain sentences about what was odd (tracked changes, pages read by OCR …).

    `date` is an ISO date, maybe without day or month; `date_source` says whether the text states it or only the file's
    own properties do. Both are None where nothing tells.
    """

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
    date: str | None = None
    date_source: DateSource | None = None

    def to_dict(self) -> dict[str, object]:
        """The document's entry in the JSON result: what it is, not its text."""
        return {
            "path": self.path,
            "kind": self.kind,
            "kind_source": self.kind_source,
            "sha256": self.sha256,
            "format": self.format,
            "title": self.title,
            "date": self.date,
            "date_source": self.date_source,
            "pages": self.pages,
            "unreadable_pages": list(self.unreadable_pages),
            "status": self.status,
            "reason": self.reason,
            "notes": list(self.notes),
        }
