"""Turns the grids found on pages into tables: texts of cells, headers, parts of one table joined over pages."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from wtaudit.reading.pdf_grid import Grid, GridRegion
from wtaudit.reading.pdf_lines import Line, make_lines, turned
from wtaudit.reading.pdf_page import Box, Word, union
from wtaudit.reading.pdf_paragraphs import SENTENCE_END, Spacing, is_bullet, make_paragraphs
from wtaudit.reading.pdf_text import join_text
from wtaudit.reading.tables import CellText, GridCell, Table, is_label

_LEAST_FILLED = 0.2  # share of cells with text below which a grid is a form or a plot
_SAME_EDGE = 14.0


@dataclass(slots=True)
class PageTable:
    """A table or part of one on a page; `top` and `bottom` say whether it may go on from or to another page."""

    grid: Grid
    page: int


def is_table(grid: Grid) -> bool:
    """True if the grid has text in two rows and two columns, and enough of it; else it is a frame or a plot."""
    filled = [cell for cell in grid.cells if cell.words]
    if len({cell.row for cell in filled}) < 2 or len({cell.column for cell in filled}) < 2:
        return False
    if len(filled) < 3 or len(filled) < _LEAST_FILLED * len(grid.cells):
        return False
    characters = sum(len(word.text) for cell in filled for word in cell.words)
    return characters >= 2 * len(filled)


def cell_lines(cell: GridRegion) -> list[Line]:
    """The lines of a cell from the top down; upright text before turned text."""
    lines = make_lines(cell.words)
    turns = {line.turn for line in lines}
    ordered: list[Line] = []
    for turn in sorted(turns):
        own = [line for line in lines if line.turn == turn]
        ordered.extend(_rows([(turned(line.box, turn), line) for line in own]))
    return ordered


def _rows(lines: list[tuple[Box, Line]]) -> list[Line]:
    rows: list[list[tuple[Box, Line]]] = []
    for box, line in sorted(lines, key=lambda each: each[0][1] + each[0][3]):
        if rows and abs((rows[-1][-1][0][1] + rows[-1][-1][0][3]) - (box[1] + box[3])) < line.size * 0.7:
            rows[-1].append((box, line))
        else:
            rows.append([(box, line)])
    ordered = []
    for row in rows:
        row.sort(key=lambda each: each[0][0])
        ordered.extend(_one_line([line for _, line in row]))
    return ordered


def _one_line(lines: list[Line]) -> list[Line]:
    """Pieces on one height as one line, as a cell has only one column."""
    if len(lines) < 2:
        return lines
    words: list[Word] = [word for line in lines for word in line.words]
    from wtaudit.reading.pdf_lines import make_line

    return [make_line(words)]


@dataclass(slots=True)
class BuiltCell:
    """A cell with its texts, each with the place where it stands."""

    cell: GridCell
    row: int
    column: int
    places: list[tuple[int, Box]]
    colour: int = -1


def build_rows(
    part: PageTable, spacing: Spacing, known: Collection[str], plain_bold: bool
) -> list[list[BuiltCell]]:
    """The cells of a grid by row; a place that no cell covers is filled with an empty one."""
    grid = part.grid
    rows: list[list[BuiltCell]] = [[] for _ in range(grid.rows)]
    for region in grid.cells:
        rows[region.row].append(_build(region, part.page, spacing, known, plain_bold))
    covered = {
        (row, column)
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    }
    for row in range(grid.rows):
        for column in range(grid.columns):
            if (row, column) not in covered:
                rows[row].append(BuiltCell(GridCell(()), row, column, []))
        rows[row].sort(key=lambda cell: cell.column)
    return rows


def _build(
    region: GridRegion, page: int, spacing: Spacing, known: Collection[str], plain_bold: bool
) -> BuiltCell:
    lines = cell_lines(region)
    parts: list[CellText] = []
    places: list[tuple[int, Box]] = []
    if lines:
        right = max(line.box[2] for line in lines)
        edges: list[float] = []
        for paragraph in make_paragraphs(lines, page, spacing, region.box[0], max(right, region.box[2] - 6)):
            text = join_text(paragraph.lines, known)
            level = 0
            if is_bullet(paragraph.marker):
                text = text[len(paragraph.marker) :].strip()
                while edges and paragraph.edge < edges[-1] - 5:
                    edges.pop()
                if not edges or paragraph.edge > edges[-1] + 5:
                    edges.append(paragraph.edge)
                level = len(edges)
            if text:
                parts.append(CellText(text, level, page))
                places.append((page, paragraph.box))
    bold = bool(lines) and all(line.bold for line in lines) and not plain_bold
    upright = bool(lines) and all(line.turn for line in lines)
    cell = GridCell(
        _as_label(parts) if bold or upright else tuple(parts),
        region.row_span,
        region.column_span,
        marked=bold or upright,
    )
    return BuiltCell(cell, region.row, region.column, places[: len(cell.parts)], region.colour)


def _as_label(parts: Sequence[CellText]) -> tuple[CellText, ...]:
    """The paragraphs of a short bold cell are one label on several lines."""
    if len(parts) < 2 or any(part.list_level for part in parts):
        return tuple(parts)
    whole = " ".join(part.text for part in parts)
    return (CellText(whole, 0, parts[0].page),) if is_label(whole) else tuple(parts)


def continues(last: PageTable, part: PageTable) -> bool:
    """True if `part`, first on its page, has the columns of `last`, which was last on the page before."""
    first, second = last.grid, part.grid
    if part.page != last.page + 1 or first.columns != second.columns or not first.edges or not second.edges:
        return False
    pairs = zip(first.edges[:-1], second.edges[:-1], strict=False)
    return all(abs(a - b) < _SAME_EDGE for a, b in pairs)


def joined_rows(above: list[list[BuiltCell]], below: list[list[BuiltCell]]) -> list[list[BuiltCell]]:
    """Rows of both parts: a header said again is dropped, a row cut by the page end made whole."""
    rest = list(below)
    dropped = 0
    while (
        rest and dropped < len(above) and _texts(rest[0]) == _texts(above[dropped]) and any(_texts(rest[0]))
    ):
        rest.pop(0)
        dropped += 1
    if (rest and above and not dropped and _is_rest(above[-1], rest[0])) or (
        rest and above and dropped and _is_rest(above[-1], rest[0])
    ):
        above = [*above[:-1], _merged(above[-1], rest.pop(0))]
    return [*above, *rest]


def _texts(row: Sequence[BuiltCell]) -> list[str]:
    return [cell.cell.text for cell in row]


def _is_rest(above: Sequence[BuiltCell], below: Sequence[BuiltCell]) -> bool:
    """True if a row is the lower part of the row above: no cell begins anew, and some cell goes on."""
    if len(above) != len(below):
        return False
    goes_on = False
    for first, second in zip(above, below, strict=True):
        if not second.cell.text:
            continue
        if not first.cell.text:
            return False
        if SENTENCE_END.search(first.cell.text) and not second.cell.text[:1].islower():
            return False
        goes_on = goes_on or second.cell.text[:1].islower()
    empty = not below[0].cell.text and bool(above[0].cell.text)
    return goes_on or (empty and any(cell.cell.text for cell in below))


def _merged(above: Sequence[BuiltCell], below: Sequence[BuiltCell]) -> list[BuiltCell]:
    row = []
    for first, second in zip(above, below, strict=True):
        parts, places = list(first.cell.parts), list(first.places)
        more, more_places = list(second.cell.parts), list(second.places)
        last = parts[-1] if parts else None
        next_ = more[0] if more else None
        if isinstance(last, CellText) and isinstance(next_, CellText) and _runs_on(last, next_):
            parts[-1] = CellText(f"{last.text} {next_.text}", last.list_level, last.page)
            more, more_places = more[1:], more_places[1:]
        cell = GridCell((*parts, *more), first.cell.row_span, first.cell.column_span, first.cell.marked)
        row.append(BuiltCell(cell, first.row, first.column, [*places, *more_places], first.colour))
    return row


def _runs_on(above: CellText, below: CellText) -> bool:
    """True if the first text of a cell's lower part goes on with the last of its upper part."""
    unended = not below.list_level and not SENTENCE_END.search(above.text)
    return unended or below.text[:1].islower()


def as_table(rows: Sequence[Sequence[BuiltCell]]) -> tuple[Table, list[tuple[int, Box]]]:
    """The table of all rows and the place of each text in the order in which it is written."""
    marked = _with_coloured_header(rows)
    places = [place for row in marked for cell in row for place in cell.places]
    return Table(tuple(tuple(cell.cell for cell in row) for row in marked)), places


def _with_coloured_header(rows: Sequence[Sequence[BuiltCell]]) -> list[list[BuiltCell]]:
    """Mark the first row as header where its filling sets it apart from the rows below."""
    from dataclasses import replace

    out = [list(row) for row in rows]
    if len(out) < 2 or not all(cell.colour >= 0 for cell in out[0] if cell.cell.text):
        return out
    if any(cell.cell.marked for cell in out[0]):
        return out
    second = {cell.colour for cell in out[1]}
    own = {cell.colour for cell in out[0] if cell.cell.text}
    if own & second or not all(is_label(cell.cell.text) for cell in out[0] if cell.cell.text):
        return out
    out[0] = [replace(cell, cell=replace(cell.cell, marked=True)) for cell in out[0]]
    return out


def grid_box(cells: Sequence[GridRegion]) -> Box:
    """Box of several cells."""
    return union(cell.box for cell in cells)
