"""Puts the pages of a PDF together: tables, columns, furniture and notes apart, paragraphs over page ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from wtaudit.model import Block
from wtaudit.reading.interface import PageProgress, Reading
from wtaudit.reading.pdf_aligned import find_aligned, take_header
from wtaudit.reading.pdf_blocks import BlockWriter, LooseText, Piece, PlacedTable
from wtaudit.reading.pdf_columns import Column, Frame, reading_order
from wtaudit.reading.pdf_furniture import Sheet, starts_note, take_out_furniture, take_out_notes
from wtaudit.reading.pdf_grid import Grid
from wtaudit.reading.pdf_headings import HeadingFinder, body_look
from wtaudit.reading.pdf_lines import Line
from wtaudit.reading.pdf_page import Box, union
from wtaudit.reading.pdf_pages import PageSource
from wtaudit.reading.pdf_paragraphs import (
    Paragraph,
    Spacing,
    goes_on_after_break,
    make_paragraphs,
    measure_spacing,
)
from wtaudit.reading.pdf_sheets import make_sheet, placed_back
from wtaudit.reading.pdf_tables import (
    BuiltCell,
    PageTable,
    as_table,
    build_rows,
    cell_lines,
    continues,
    joined_rows,
)
from wtaudit.reading.pdf_text import join_text, words_of
from wtaudit.reading.pdf_titles import document_title, page_labels


def lay_out(source: PageSource, progress: PageProgress | None) -> Reading:
    """Read all pages of `source` and put them together."""
    sheets = []
    for number in range(1, source.count + 1):
        sheets.append(make_sheet(source.page(number)))
        if progress:
            progress(number, source.count)
    take_out_furniture(sheets)
    size, bold = _body(sheets)
    for sheet in sheets:
        take_out_notes(sheet, size)
    _find_aligned(sheets)
    composer = _Composer(sheets, bold)
    pieces = composer.compose()
    outline = source.pdfium.outline() if source.pdfium else []
    finder = HeadingFinder(size, bold, {" ".join(title.split()).lower() for title, _, _ in outline})
    labels = page_labels(source, sheets)
    scanned = {sheet.number for sheet in sheets if sheet.ocr}
    blocks = BlockWriter(composer.known, finder, labels, scanned).write(pieces)
    blocks = _with_boxes_as_shown(blocks, sheets)
    return Reading(
        blocks=tuple(blocks),
        title=document_title(source, blocks, sheets),
        date=source.pdfium.date() if source.pdfium else "",
        pages=source.count,
        unreadable_pages=tuple(sorted(set(source.unreadable))),
        notes=source.notes(),
    )


def _with_boxes_as_shown(blocks: list[Block], sheets: Sequence[Sheet]) -> list[Block]:
    """The blocks with the boxes of pages that were turned upright put back to where they stand."""
    turned = {sheet.number: sheet for sheet in sheets if sheet.turned}
    if not turned:
        return blocks
    placed = []
    for block in blocks:
        sheet = turned.get(block.page or 0)
        if sheet and block.box:
            block = replace(block, box=placed_back(block.box, sheet.turned, sheet.width, sheet.height))
        placed.append(block)
    return placed


def _body(sheets: Sequence[Sheet]) -> tuple[float, bool]:
    """Type size and weight of the running text; of all text where there is hardly any outside tables."""
    running = [line for sheet in sheets for line in sheet.lines]
    everything = list(_all_lines(sheets))
    letters = sum(len(line.text) for line in running)
    if letters < 0.1 * sum(len(line.text) for line in everything):
        return body_look(everything)
    return body_look(running)


def _find_aligned(sheets: Sequence[Sheet]) -> None:
    """Take the tables without rules out of the lines of all pages, and mend those that a page end cuts."""
    last: Grid | None = None
    for before, sheet in zip([None, *sheets], sheets, strict=False):
        found, sheet.lines = find_aligned(sheet.lines, last)
        if found and last is None and before is not None and _is_first(found[0], sheet):
            header, before.lines = take_header(before.lines, found[0])
            if header is not None:
                before.tables.append(header)
        sheet.tables.extend(found)
        last = found[-1] if found and _is_last(found[-1], sheet) else None


def _is_first(grid: Grid, sheet: Sheet) -> bool:
    """True if nothing stands above the table on its page."""
    boxes = [line.box for line in sheet.lines] + [table.box for table in sheet.tables]
    return not any(box[3] < grid.box[1] + 2 for box in boxes)


def _is_last(grid: Grid, sheet: Sheet) -> bool:
    """True if nothing stands below the table on its page."""
    boxes = [line.box for line in sheet.lines] + [table.box for table in sheet.tables if table is not grid]
    return not any(box[1] > grid.box[3] - 2 for box in boxes)


@dataclass(slots=True)
class _OpenTable:
    """A table that may go on on the next page."""

    part: PageTable
    rows: list[list[BuiltCell]]


@dataclass(slots=True)
class _Composer:
    """Makes the pieces of all pages; `known` counts the words of the document."""

    sheets: Sequence[Sheet]
    plain_bold: bool
    known: Counter[str] = field(default_factory=Counter)
    spacing: Spacing = field(default_factory=lambda: Spacing({}, 1.25))
    pieces: list[Piece | _OpenTable] = field(default_factory=list)
    _frames: int = 0
    _open: Paragraph | None = None
    _table: _OpenTable | None = None

    def compose(self) -> list[Piece]:
        """All pieces in reading order."""
        ordered = [
            (sheet, reading_order([*sheet.lines, *sheet.tables, *sheet.frames], sheet.width))
            for sheet in self.sheets
        ]
        self.known = words_of(_all_lines(self.sheets))
        self.spacing = measure_spacing(
            [item for item in column.items if isinstance(item, Line)]
            for _, columns in ordered
            for column in columns
        )
        for sheet, columns in ordered:
            self._page(sheet, columns)
        return [self._closed(piece) if isinstance(piece, _OpenTable) else piece for piece in self.pieces]

    def _closed(self, piece: _OpenTable) -> PlacedTable:
        table, places = as_table(piece.rows)
        return PlacedTable(table, places[0][0] if places else piece.part.page, places)

    def _page(self, sheet: Sheet, columns: Sequence[Column]) -> None:
        for column in columns:
            self._column(sheet, column)
        for line in sheet.furniture:
            self.pieces.append(LooseText(line.text, sheet.number, line.box))
        for note in _notes(sheet):
            self.pieces.append(LooseText(join_text(note, self.known), sheet.number, _box(note), note=True))

    def _column(self, sheet: Sheet, column: Column) -> None:
        for lines, other in _stretches(column.items):
            if lines:
                self._text(sheet, lines, column.left, column.right)
            if isinstance(other, Grid):
                self._grid(PageTable(other, sheet.number))
            elif other is not None:
                self._frame(sheet, other)

    def _text(self, sheet: Sheet, lines: list[Line], left: float, right: float, frame: int = 0) -> None:
        rest = lines
        last = self._open
        if last is not None and not frame and goes_on_after_break(last, lines[0], right):
            taken = make_paragraphs(lines, sheet.number, self.spacing, left, right)[0].lines
            last.box_lines = last.box_lines or len(last.lines)
            last.lines.extend(taken)
            last.column = (left, right)
            rest = lines[len(taken) :]
        paragraphs = make_paragraphs(rest, sheet.number, self.spacing, left, right)
        for paragraph in paragraphs:
            paragraph.frame = frame
        self.pieces.extend(paragraphs)
        if not frame:
            self._open = paragraphs[-1] if paragraphs else last
            self._table = None

    def _frame(self, sheet: Sheet, frame: Frame) -> None:
        self._frames += 1
        for column in reading_order(frame.lines, sheet.width):
            lines = [item for item in column.items if isinstance(item, Line)]
            self._text(sheet, lines, column.left, max(column.right, frame.box[2] - 8), frame=self._frames)

    def _grid(self, part: PageTable) -> None:
        rows = build_rows(part, self.spacing, self.known, self.plain_bold)
        if self._table is not None and continues(self._table.part, part):
            self._table.rows = joined_rows(self._table.rows, rows)
            self._table.part = part
        else:
            self._table = _OpenTable(part, rows)
            self.pieces.append(self._table)
        self._open = None


def _stretches(items: Sequence[Grid | Frame | Line]) -> Iterator[tuple[list[Line], Grid | Frame | None]]:
    """Runs of lines, each with the table or frame that ends it."""
    lines: list[Line] = []
    for item in items:
        if isinstance(item, Line):
            lines.append(item)
        else:
            yield lines, item
            lines = []
    if lines:
        yield lines, None


def _notes(sheet: Sheet) -> list[list[Line]]:
    """Footnotes of the page, each with its lines."""
    notes: list[list[Line]] = []
    for line in sheet.notes:
        if notes and not starts_note(line.text):
            notes[-1].append(line)
        else:
            notes.append([line])
    return notes


def _box(lines: Sequence[Line]) -> Box:
    return union(line.box for line in lines)


def _all_lines(sheets: Sequence[Sheet]) -> Iterator[Line]:
    for sheet in sheets:
        yield from sheet.lines
        for frame in sheet.frames:
            yield from frame.lines
        for grid in sheet.tables:
            for cell in grid.cells:
                yield from cell_lines(cell)
