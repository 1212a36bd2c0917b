"""Reads Word files: the body in order, with tables, lists, text boxes, notes and tracked changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from wtaudit.reading.assembly import BlockAssembler, NotePlace, one_line
from wtaudit.reading.docx_notes import find_typed_notes
from wtaudit.reading.docx_package import R, W, WordPackage
from wtaudit.reading.docx_styles import Numbering, Role, Style, Styles, value
from wtaudit.reading.docx_tables import CellContent, layout_cells, read_table
from wtaudit.reading.docx_text import (
    LINE_BREAK,
    MC,
    NoteKey,
    Oddities,
    PageCounter,
    ParagraphText,
    TextReader,
    alternative,
    is_placeholder,
)
from wtaudit.reading.interface import Reading, ReadOptions
from wtaudit.reading.tables import CellText, Table

if TYPE_CHECKING:
    from lxml.etree import _Element

BOLD_HEADING_WORDS = 12
DIAGRAM_POINT = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}pt"
DRAWING_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"


def read_docx(data: bytes, options: ReadOptions | None = None) -> Reading:
    """Blocks of a Word file; pages are Word's own last count, or None if it never counted them."""
    options = options or ReadOptions()
    package = WordPackage(data, options.max_unpacked_bytes)
    walk = _Walk(package)
    walk.flow(package.body)
    walk.place_typed_notes()
    walk.place_notes("footnote")
    walk.place_notes("endnote")
    walk.place_running_heads()
    blocks = walk.out.blocks
    top = next((block.text for block in blocks if block.heading_level == 1), "")
    return Reading(
        blocks=blocks,
        title=top or one_line(package.title()),
        date=package.date(),
        pages=walk.pages.page,
        notes=_notes(walk.text.oddities, walk.pages.page is not None),
    )


def _notes(found: Oddities, paged: bool) -> tuple[str, ...]:
    notes = []
    if found.insertions or found.deletions:
        notes.append("unaccepted tracked changes: insertions read, deletions left out")
    if found.comments:
        notes.append(f"{len(found.comments)} comment{'s' * (len(found.comments) > 1)} left out")
    if found.hidden:
        notes.append("hidden text left out")
    if found.struck:
        notes.append("text that is struck through was read like any other")
    if found.pictures:
        notes.append(f"{found.pictures} picture{'s' * (found.pictures > 1)} not read")
    if found.embedded:
        notes.append("files embedded in it were not read")
    if paged:
        notes.append("page numbers are an estimate from page breaks")
    return tuple(notes)


class _Walk:
    """Walks a body and tells the assembler what it finds."""

    def __init__(self, package: WordPackage) -> None:
        self.out = BlockAssembler()
        self._package = package
        self._styles = Styles(package.part("styles"))
        self._numbering = Numbering(package.part("numbering"), self._styles)
        self.pages = PageCounter(package.body)
        self._typed_notes = find_typed_notes(package.body)
        self.text = TextReader(self._styles, self.pages, self._typed_notes)
        self._places: dict[NoteKey, NotePlace] = {}
        self._late_notes: list[tuple[_Element, str]] = []
        self._bold_headings = not self._has_headings(package.body)

    def _has_headings(self, body: _Element) -> bool:
        """True if any paragraph but the title has a heading style or an outline level."""
        return any(
            style.heading_level and style.name != "title"
            for style in (self._style(paragraph) for paragraph in body.iter(f"{W}p"))
        )

    def flow(self, element: Iterable[_Element]) -> None:
        """All paragraphs and tables in `element`, in order, those in content controls too."""
        for child in element:
            if child.tag == f"{W}p":
                self._paragraph(child)
            elif child.tag == f"{W}tbl":
                self._table(child)
            elif child.tag in (f"{W}del", f"{W}moveFrom"):
                self.text.oddities.deletions += 1
            elif child.tag in (f"{W}altChunk", f"{W}subDoc"):
                self.text.oddities.embedded += 1
            elif child.tag == f"{MC}AlternateContent":
                self.flow(alternative(child))
            elif is_placeholder(child):
                continue
            elif isinstance(child.tag, str) and child.tag != f"{W}sdtPr":
                self.flow(child)

    def _style(self, paragraph: _Element) -> Style:
        """The paragraph's style with the paragraph's own settings laid over it."""
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return self._styles.get(self._styles.default)
        style = self._styles.get(value(properties, "pStyle") or self._styles.default)
        return style.with_own(properties)

    def _paragraph(self, element: _Element) -> None:
        style = self._style(element)
        read = self.text.read(element, style.bold)
        self.out.page = read.page
        text = one_line(read.text)
        self._remember(read)
        if not text:
            pass
        elif element in self._typed_notes.paragraphs:
            self._late_notes.append((element, text))
        elif style.role is Role.CONTENTS or read.in_contents:
            if style.heading_level:
                self.out.heading(text, style.heading_level)
            else:
                self.out.contents(text)
        elif style.heading_level:
            self.out.heading(text, style.heading_level)
        elif self._is_item(style):
            self.out.item(text, self._item_level(style))
        elif style.role is Role.CAPTION:
            self.out.caption(text)
        elif style.role is Role.TERM:
            self.out.term(text)
            self.out.next_lead_in = text
        elif self._bold_headings and read.is_bold and _is_label(text):
            self.out.heading(text, 2)
        else:
            for line in _split_lines(read.text):
                self.out.paragraph(line)
        self._attached(read)

    def _is_item(self, style: Style) -> bool:
        if style.num_id:
            return self._numbering.is_item(style.num_id, style.num_level or 0)
        return style.list_level > 0

    def _item_level(self, style: Style) -> int:
        return max((style.num_level or 0) + 1, style.list_level)

    def _attached(self, read: ParagraphText) -> None:
        """Text boxes and diagrams anchored in the paragraph come after it."""
        for box in read.boxes:
            self.flow(box)
        for diagram in read.diagrams:
            for text in self._diagram_texts(diagram):
                self.out.paragraph(text)

    def _diagram_texts(self, diagram: _Element) -> Iterable[str]:
        """The texts of a SmartArt drawing, one per shape, in the order of its data."""
        link = self._package.parts.get(diagram.get(f"{R}dm", ""))
        root = None if link is None else self._package.archive.xml(link.target)
        for point in () if root is None else root.iter(DIAGRAM_POINT):
            text = one_line(" ".join(t.text or "" for t in point.iter(DRAWING_TEXT)))
            if text:
                yield text

    def _remember(self, read: ParagraphText) -> None:
        for key, sentence in read.notes:
            self._places.setdefault(key, NotePlace(self.out.headings, sentence))

    def _table(self, element: _Element) -> None:
        cells = layout_cells(element, self._styles)
        for cell in cells:
            self.flow(cell)
        if not cells:
            table = read_table(element, self._styles, self._cell)
            self.out.page = self.pages.page
            self.out.table(table)

    def _cell(self, cell: _Element) -> CellContent:
        parts: list[CellText | Table] = []
        bold: list[bool] = []
        self._cell_parts(cell, parts, bold)
        return CellContent(tuple(parts), bool(bold) and all(bold))

    def _cell_parts(self, element: _Element, parts: list[CellText | Table], bold: list[bool]) -> None:
        for child in element:
            if child.tag == f"{W}p":
                style = self._style(child)
                read = self.text.read(child, style.bold)
                self._remember(read)
                text = one_line(read.text)
                if text:
                    level = self._item_level(style) if self._is_item(style) else 0
                    parts.append(CellText(text, level, read.page))
                    bold.append(read.is_bold or style.role is Role.TABLE_HEADING)
                for box in read.boxes:
                    self._cell_parts(box, parts, bold)
            elif child.tag == f"{W}tbl":
                parts.append(read_table(child, self._styles, self._cell))
            elif isinstance(child.tag, str) and child.tag not in (
                f"{W}tcPr",
                f"{W}sdtPr",
                f"{W}del",
            ):
                self._cell_parts(child, parts, bold)

    def place_typed_notes(self) -> None:
        """The footnotes typed into the body, whose marks are all known by now."""
        for paragraph, text in self._late_notes:
            self.out.footnote(text, self._places.get(paragraph))

    def place_notes(self, kind: str) -> None:
        """The footnotes or endnotes, in the order of their numbers in the file."""
        self.out.page = None
        root = self._package.part(f"{kind}s")
        for note in () if root is None else root.iter(f"{W}{kind}"):
            if note.get(f"{W}type", "normal") != "normal":  # the line above the notes
                continue
            texts = (self.text.read(paragraph).text for paragraph in note.iter(f"{W}p"))
            place = self._places.get((kind, note.get(f"{W}id", "")))
            self.out.footnote(" ".join(texts), place)

    def place_running_heads(self) -> None:
        """Headers and footers, each text once."""
        texts: dict[str, None] = {}
        for kind in ("header", "footer"):
            for root in self._package.parts_of(kind):
                lines = (one_line(self.text.read(p).text) for p in root.iter(f"{W}p"))
                texts.update(dict.fromkeys(line for line in lines if line))
        for text in texts:
            self.out.furniture(text)


def _is_label(text: str) -> bool:
    """True for a short line that does not end like a sentence."""
    return len(text.split()) <= BOLD_HEADING_WORDS and not text.endswith((".", ":", ";", ","))


def _split_lines(text: str) -> list[str]:
    """Paragraphs of a run with line breaks in it: at double breaks."""
    paragraphs: list[str] = [""]
    for line in text.split(LINE_BREAK):
        if line.strip():
            paragraphs[-1] += f" {line}"
        elif paragraphs[-1]:
            paragraphs.append("")
    return paragraphs
