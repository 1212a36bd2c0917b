"""Reads OpenDocument texts (.odt): headings, paragraphs, lists, tables, notes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from wtaudit.errors import UnreadableError
from wtaudit.reading.archive import Archive
from wtaudit.reading.assembly import BlockAssembler, NotePlace, last_sentence, one_line
from wtaudit.reading.interface import Reading, ReadOptions
from wtaudit.reading.tables import CellText, GridCell, Table

if TYPE_CHECKING:
    from lxml.etree import _Element

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
SAVED = "{http://purl.org/dc/elements/1.1/}date"
TABLE_HEADING = "Table_20_Heading"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_MANIFEST_ENCRYPTED = b"encryption-data"
_INDEXES = frozenset(
    f"{TEXT}{name}"
    for name in "table-of-content alphabetical-index illustration-index table-index".split()  # noqa: SIM905
)
_SKIPPED = frozenset({f"{TEXT}tracked-changes", f"{OFFICE}annotation", f"{OFFICE}annotation-end"})


def read_odt(data: bytes, options: ReadOptions | None = None) -> Reading:
    """Blocks of an OpenDocument text; it has no pages."""
    archive = Archive(data, (options or ReadOptions()).max_unpacked_bytes)
    if _MANIFEST_ENCRYPTED in archive.read("META-INF/manifest.xml"):
        raise UnreadableError("protected by a password: save a copy without it")
    root = archive.xml("content.xml")
    body = None if root is None else root.find(f"{OFFICE}body/{OFFICE}text")
    if root is None or body is None:
        raise UnreadableError("an OpenDocument file, but not a text: save it as PDF")
    parents = {e.get(f"{STYLE}name"): e.get(f"{STYLE}parent-style-name") for e in root.iter(f"{STYLE}style")}
    walk = _Walk({TABLE_HEADING, *(name for name, of in parents.items() if of == TABLE_HEADING)})
    walk.flow(body)
    for text, place in walk.notes:
        walk.out.footnote(text, place)
    blocks = walk.out.blocks
    tracked = next(body.iter(f"{TEXT}tracked-changes"), None) is not None
    return Reading(
        blocks=blocks,
        title=next((block.text for block in blocks if block.heading_level == 1), ""),
        date=_saved(archive),
        notes=("unaccepted tracked changes: insertions read, deletions left out",) if tracked else (),
    )


def _saved(archive: Archive) -> str:
    """When the file was last saved, as its properties say."""
    try:
        meta = archive.xml("meta.xml")
    except UnreadableError:  # the text is there all the same
        return ""
    return "" if meta is None else next((element.text or "" for element in meta.iter(SAVED)), "")


class _Walk:
    """Walks the text and tells the assembler what it finds."""

    def __init__(self, heading_styles: set[str | None]) -> None:
        self._heading_styles = heading_styles  # of paragraphs in header cells
        self.out = BlockAssembler()
        self.notes: list[tuple[str, NotePlace]] = []
        self._boxes: list[_Element] = []

    def flow(self, element: Iterable[_Element], level: int = 0) -> None:
        """All blocks in `element`; `level` is the depth of the list they stand in."""
        for child in element:
            if child.tag == f"{TEXT}h":
                stated = child.get(f"{TEXT}outline-level", "")
                self.out.heading(self._text(child), int(stated) if stated.isdigit() else 1)
            elif child.tag == f"{TEXT}p":
                self._paragraph(child, level)
            elif child.tag in (f"{TEXT}list-item", f"{TEXT}list-header"):
                self._item(child, level)
            elif child.tag == f"{TEXT}list":
                self.flow(child, level + 1)
            elif child.tag == f"{TABLE}table":
                self.out.table(self._table(child))
            elif child.tag in _INDEXES:
                for line in child.iter(f"{TEXT}p"):
                    self.out.contents(self._text(line))
            elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
                self.flow(child, level)

    def _paragraph(self, element: _Element, level: int) -> None:
        text = self._text(element)
        if level:
            self.out.item_paragraph(text, level)
        else:
            self.out.paragraph(text)
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.flow(box)

    def _item(self, element: _Element, level: int) -> None:
        first = True
        for child in element:
            if first and child.tag == f"{TEXT}p":
                self.out.item(self._text(child), level)
            elif child.tag == f"{TEXT}list":
                self.flow(child, level + 1)
            elif child.tag == f"{TEXT}p":
                self._paragraph(child, level)
            else:
                self.flow([child], level)
            first = False

    def _table(self, element: _Element) -> Table:
        rows = list(element.iter(f"{TABLE}table-row"))
        own = [row for row in rows if next(row.iterancestors(f"{TABLE}table"), None) is element]
        header = [row for row in own if _parent_tag(row) == f"{TABLE}table-header-rows"]
        grid = tuple(
            tuple(self._cell(cell) for cell in row.iterchildren(f"{TABLE}table-cell")) for row in own
        )
        return Table(grid, len(header) if 0 < len(header) < len(own) else None)

    def _cell(self, cell: _Element) -> GridCell:
        parts: list[CellText | Table] = []
        self._cell_parts(cell, 0, parts)
        styles = {p.get(f"{TEXT}style-name") for p in cell.iterchildren(f"{TEXT}p")}
        return GridCell(
            tuple(parts),
            marked=bool(styles) and styles <= self._heading_styles,
            row_span=_span(cell.get(f"{TABLE}number-rows-spanned")),
            column_span=_span(cell.get(f"{TABLE}number-columns-spanned")),
        )

    def _cell_parts(self, element: _Element, level: int, parts: list[CellText | Table]) -> None:
        for child in element:
            if child.tag in (f"{TEXT}p", f"{TEXT}h"):
                text = self._text(child)
                if text:
                    parts.append(CellText(text, level))
            elif child.tag == f"{TABLE}table":
                parts.append(self._table(child))
            elif isinstance(child.tag, str):
                self._cell_parts(child, level + (child.tag == f"{TEXT}list"), parts)

    def _text(self, element: _Element) -> str:
        parts: list[str] = []
        self._inline(element, parts)
        return one_line("".join(parts))

    def _inline(self, element: _Element, parts: list[str]) -> None:
        parts.append(element.text or "")
        for child in element:
            if child.tag == f"{TEXT}note":
                self._note(child, "".join(parts))
            elif child.tag == f"{DRAW}text-box":
                self._boxes.append(child)
            elif child.tag in (f"{TEXT}s", f"{TEXT}tab", f"{TEXT}line-break"):
                parts.append(" ")
            elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
                self._inline(child, parts)
            parts.append(child.tail or "")

    def _note(self, note: _Element, before: str) -> None:
        body = note.find(f"{TEXT}note-body")
        if body is not None:
            text = " ".join(self._text(paragraph) for paragraph in body.iter(f"{TEXT}p"))
            place = NotePlace(self.out.headings, last_sentence(one_line(before)))
            self.notes.append((text, place))


def _parent_tag(element: _Element) -> str:
    parent = element.getparent()
    return "" if parent is None else str(parent.tag)


def _span(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 6 else 1
