"""Grids of cells as found in a file, and which of their cells are headers of which others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from wtaudit.model import Cell

MAX_SPAN = 1000  # as browsers do: a rowspan of a million is an attack or a slip
MAX_SLOTS = 200_000  # more places than this in one grid is not a table anybody wrote
JOIN = " / "  # between the parts of a header that has several
LABEL_WORDS = 15
_SENTENCE_END = re.compile(r"[.;!?]$")
_NUMBERING = re.compile(r"[\d\W_]+")
_AMOUNT = re.compile(r"[£€$]?\d")
_ROMAN_OR_LETTER = re.compile(r"(?i)[ivx]+|[a-z]")

HEADER_WORDS = frozenset(
    """action actions agency aim amount area body by cash category contact contribution contributor
    date description detail details document domain email event example examples factor features focus
    forum frequency function functions group how indicator indicators item lead level levels limit
    meaning means measure meeting member members name need number organisation organisations owner
    partner partners person phase post process purpose reason representative responsibility
    responsibilities role roles sector service services share stage status step subject team
    telephone term theme threshold timescale title topic type version what when where which who why
    year""".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class CellText:
    """One paragraph (`list_level` 0) or list item of a cell, on one line."""

    text: str
    list_level: int = 0
    page: int | None = None


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell as written: what stands in it, how far it spans, and whether the file marks it as a header."""

    parts: tuple[CellText | Table, ...]
    row_span: int = 1
    column_span: int = 1
    marked: bool = False  # <th>, a bold label, a style made for table headings
    row_scope: bool = False  # <th scope="row">

    @property
    def text(self) -> str:
        """All of the cell's own text on one line, nested tables left out."""
        return " ".join(part.text for part in self.parts if isinstance(part, CellText))


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, spans not yet expanded. `header_rows` is None where the file does not say."""

    rows: tuple[tuple[GridCell, ...], ...]
    header_rows: int | None = None
    caption: str = ""


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell at its first row and column; it covers `rows` and `columns`."""

    cell: GridCell
    rows: range
    columns: range


@dataclass(slots=True)
class _Grid:
    """A table with every cell in its place, and what was found out about its headers."""

    placed: list[PlacedCell] = field(default_factory=list)
    by_row: dict[int, list[PlacedCell]] = field(default_factory=dict)  # each row's, from above too
    width: int = 0
    height: int = 0
    header_rows: int = 0

    def column_header(self, place: PlacedCell) -> str:
        """The texts of the header rows above the cell's columns, top first."""
        if place.rows.start < self.header_rows:
            return ""
        heads = (head for row in range(self.header_rows) for head in self.by_row.get(row, ()))
        return _joined(h.cell.text for h in heads if _overlap(h.columns, place.columns))


def is_label(text: str) -> bool:
    """True for the short, verbless kind of text that heads a row or a column."""
    return 0 < len(text.split()) <= LABEL_WORDS and not _SENTENCE_END.search(text)


def labelled_cells(table: Table, number: int) -> Iterator[tuple[GridCell, Cell]]:
    """Every cell of `table` once, row by row, with its place and headers; `number` is the table's."""
    grid = _lay_out(table)
    header_columns = _header_columns(grid)
    group = ""
    for place in grid.placed:
        text = place.cell.text
        in_head = place.rows.start < grid.header_rows
        if not in_head and _is_group_row(place, grid):
            group = text
            yield place.cell, Cell(number, place.rows.start, 0, is_header=True)
            continue
        heads_row = not in_head and _heads_row(place, header_columns)
        row_header = "" if in_head else _row_header(place, grid, header_columns, group)
        yield (
            place.cell,
            Cell(
                table=number,
                row=place.rows.start,
                column=place.columns.start,
                row_header=row_header,
                column_header=grid.column_header(place),
                is_header=in_head or (heads_row and is_label(text)),
            ),
        )


def _lay_out(table: Table) -> _Grid:
    """Expand the spans: each cell goes to the first free place of its row."""
    grid = _Grid()
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(table.rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            rows = range(row, min(row + _span(cell.row_span), len(table.rows)))
            columns = range(column, column + _span(cell.column_span))
            if len(taken) + len(rows) * len(columns) > MAX_SLOTS:
                rows, columns = range(row, row + 1), range(column, column + 1)
            taken.update((r, c) for r in rows for c in columns)
            place = PlacedCell(cell, rows, columns)
            grid.placed.append(place)
            for covered in rows:
                grid.by_row.setdefault(covered, []).append(place)
            column = columns.stop
    grid.width = max((place.columns.stop for place in grid.placed), default=0)
    grid.height = len(table.rows)
    stated = table.header_rows
    grid.header_rows = _count_header_rows(grid) if stated is None else min(stated, grid.height)
    return grid


def _span(value: int) -> int:
    return min(max(value, 1), MAX_SPAN)


def _count_header_rows(grid: _Grid) -> int:
    """Leading rows whose filled cells are all marked; else the first row if it reads like labels."""
    count = 0
    for row in range(grid.height):
        filled = [p for p in _row(grid, row) if p.cell.text]
        if not filled or not all(p.cell.marked and not p.cell.row_scope for p in filled):
            break
        if count and len(filled[0].columns) >= grid.width > 1:  # heads the rows below, not columns
            break
        count += 1
    if count == grid.height and count > 1:  # every cell is marked: that says nothing
        count = 1
    marked_anywhere = any(place.cell.marked for place in grid.placed)
    if count == 0 and not marked_anywhere and grid.height > 1 and grid.width > 1:
        count = int(_reads_like_header(_row(grid, 0), grid.width))
    return count


def _reads_like_header(cells: Sequence[PlacedCell], width: int) -> bool:
    """True if an unmarked first row is all short labels, with one of the usual header words among them.

    A row such as "Chair | Director of Nursing" must not become the header of the rows below it.
    """
    texts = [place.cell.text for place in cells]
    if len(cells) < width or not all(is_label(t) and len(t.split()) <= 6 for t in texts[1:]):
        return False
    if texts[0] and not is_label(texts[0]):
        return False
    if not texts[0] or _one_series(texts):
        return True
    if width > 2 and not any(_AMOUNT.match(text) for text in texts):
        return True
    last_words = [re.findall(r"[a-z]+", text.lower()) for text in texts]
    hits = sum(bool(words) and bool({words[0], words[-1]} & HEADER_WORDS) for words in last_words)
    return hits * 2 >= width


def _row(grid: _Grid, row: int) -> list[PlacedCell]:
    return [place for place in grid.by_row.get(row, ()) if place.rows.start == row]


def _header_columns(grid: _Grid) -> int:
    """How many columns at the left head their rows, where no cell is marked as a row header."""
    body = [p for p in grid.placed if p.rows.start >= grid.header_rows]
    if grid.width < 2 or any(_marked_row_header(place) for place in body):
        return 0
    first = [p for p in body if p.columns.start == 0 and len(p.columns) < grid.width]
    if not first or (not grid.header_rows and grid.width != 2):
        return 0
    heads = [p.cell.text for p in grid.placed if p.rows.start == grid.header_rows - 1]
    if len(heads) > 1 and _one_series(heads):  # Level 1 | Level 2 | …: the first column is data
        return 0
    if sum(is_label(p.cell.text) or not p.cell.text for p in first) * 3 < len(first) * 2:
        return 0
    grouped = grid.width > 2 and any(len(p.rows) > 1 for p in first)
    return 2 if grouped else 1


def _one_series(texts: Sequence[str]) -> bool:
    """True for headings that differ only by a number, as in Level 1, Level 2, Level 3."""
    stems = {_series_stem(text) for text in texts}
    return len(texts) > 1 and len(stems) == 1 and stems != {""}


def _series_stem(text: str) -> str:
    words = _NUMBERING.sub(" ", text.lower()).split()
    return words[0] if words and not _ROMAN_OR_LETTER.fullmatch(words[0]) else ""


def _marked_row_header(place: PlacedCell) -> bool:
    return place.cell.marked and bool(place.cell.text)


def _heads_row(place: PlacedCell, header_columns: int) -> bool:
    return _marked_row_header(place) or place.columns.stop <= header_columns


def _is_group_row(place: PlacedCell, grid: _Grid) -> bool:
    """True for a label across the whole table, which heads the rows below it."""
    wide = len(place.columns) >= grid.width > 1 and place.rows.start > 0
    return wide and is_label(place.cell.text)


def _row_header(place: PlacedCell, grid: _Grid, header_columns: int, group: str) -> str:
    """Group label, then the cells to the left that head the row."""
    heads = [
        head.cell.text
        for head in _left_of(place, grid)
        if head.columns.stop <= header_columns or _marked_row_header(head)
    ]
    return _joined([group, *heads])


def _left_of(place: PlacedCell, grid: _Grid) -> list[PlacedCell]:
    """The cells of the body to the left in the same rows, left to right and top down."""
    beside = {id(other): other for row in place.rows for other in grid.by_row[row]}
    return [
        other
        for other in beside.values()
        if other.columns.stop <= place.columns.start and other.rows.start >= grid.header_rows
    ]


def _overlap(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop


def _joined(texts: Iterator[str] | Sequence[str]) -> str:
    return JOIN.join(dict.fromkeys(text for text in texts if text))
