"""Finds tables without rules: rows of cells side by side, told by the order in which the file draws them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from wtaudit.reading.pdf_grid import Grid, GridRegion
from wtaudit.reading.pdf_lines import Line
from wtaudit.reading.pdf_page import Box, union
from wtaudit.reading.pdf_rows import Row, column_of, cut_at_columns, is_header, make_rows

_ROW_GAP = 3.0  # times the type size between rows of one table
_PROSE_LINES = 6.0  # cells of this many full lines are columns of a page, not of a table
_CLAUSE = re.compile(r"\(?\d{1,3}(?:\.\d{1,3}){0,4}[.)]?|\(?[a-z]{1,4}\)")
_PAGE_NUMBER = re.compile(r"\d{1,3}$|[ivxl]{1,6}$")


def find_aligned(lines: Sequence[Line], above: Grid | None = None) -> tuple[list[Grid], list[Line]]:
    """Tables without rules among `lines` (in drawing order), and the lines that are in none.

    `above` is such a table at the end of the page before: its rows may go on at the top of this one.
    """
    rows = make_rows([line for line in lines if line.turn == 0])
    grids: list[Grid] = []
    used: set[int] = set()
    if above is not None and above.spans:
        first = _rest_of(above, rows)
        if first is not None:
            count = first.rows
            grids.append(first)
            used.update(id(line) for row in rows[:count] for cell in row.cells for line in cell.lines)
            rows = rows[count:]
    for run in _runs(rows):
        run = _with_neighbours(run, rows)
        lines_of_run = [id(line) for row in run for cell in row.cells for line in cell.lines]
        grid = _as_grid(run)
        if grid is not None:
            grids.append(grid)
            used.update(lines_of_run)
    return grids, [line for line in lines if id(line) not in used]


def _rest_of(above: Grid, rows: Sequence[Row]) -> Grid | None:
    """The rows at the top of a page that stand in the columns of the table before."""
    spans = [(left, 0.0, right, 1.0) for left, right in above.spans]
    cells: list[GridRegion] = []
    count = 0
    for row in rows:
        parts = [part for cell in row.cells for part in cut_at_columns(cell, spans)]
        placed = [(column_of(cell.box, spans), cell) for cell in parts]
        columns = [column for column, _ in placed]
        fits = all(_in_column(cell.box, above.spans, column) for column, cell in placed)
        if not fits or len(set(columns)) < len(columns) or columns == [0]:
            break
        for column, cell in placed:
            words = [word for line in cell.lines for word in line.words]
            cells.append(GridRegion(cell.box, count, column, words=words))
        count += 1
    if not count:
        return None
    return Grid(union(cell.box for cell in cells), cells, count, above.columns, above.edges, above.spans)


def take_header(lines: Sequence[Line], below: Grid) -> tuple[Grid | None, list[Line]]:
    """A header row that the page end parted from its table `below`, and the lines without it."""
    rows = make_rows([line for line in lines if line.turn == 0])
    spans = [(left, 0.0, right, 1.0) for left, right in below.spans]
    if not rows or not spans:
        return None, list(lines)
    row = max(rows, key=lambda each: each.box[3])
    if not is_header(row) or not _is_cut(row, spans):
        return None, list(lines)
    used = {id(line) for cell in row.cells for line in cell.lines}
    parts = [part for cell in row.cells for part in cut_at_columns(cell, spans)]
    cells = [
        GridRegion(part.box, 0, number, words=[word for line in part.lines for word in line.words])
        for number, part in enumerate(parts)
    ]
    grid = Grid(row.box, cells, 1, below.columns, below.edges, below.spans)
    return grid, [line for line in lines if id(line) not in used]


def _in_column(box: Box, spans: Sequence[tuple[float, float]], column: int) -> bool:
    before = spans[column - 1][1] if column else float("-inf")
    after = spans[column + 1][0] if column + 1 < len(spans) else spans[column][1] + 30
    return box[0] > before - 3 and box[2] < after + 3 and box[0] > spans[0][0] - 20


def _runs(rows: Sequence[Row]) -> list[list[Row]]:
    """Stretches of rows that may be one table: rows of several cells, single cells only between them."""
    runs: list[list[Row]] = []
    current: list[Row] = []
    for row in rows:
        fits = not current or _follows(current[-1], row)
        if current and not fits:
            runs.append(current)
            current = []
        if len(row.cells) > 1 or current:
            current.append(row)
    if current:
        runs.append(current)
    return [trimmed for run in runs for trimmed in _split(run)]


def _split(run: list[Row]) -> list[list[Row]]:
    """Cut a run at rows of one cell that are wider than a column, and drop such rows at its end."""
    pieces: list[list[Row]] = [[]]
    for row in run:
        if len(row.cells) == 1 and not _fits_column(row, run):
            pieces.append([])
        elif len(pieces[-1]) > 1 and is_header(row) and not is_header(pieces[-1][-1]):
            pieces.append([row])
        else:
            pieces[-1].append(row)
    kept = []
    for piece in pieces:
        while piece and len(piece[-1].cells) == 1:
            piece = piece[:-1]
        while piece and len(piece[0].cells) == 1:
            piece = piece[1:]
        if sum(len(row.cells) > 1 for row in piece) >= 2:
            kept.append(piece)
    return kept


def _fits_column(row: Row, run: Sequence[Row]) -> bool:
    """True if a row of one cell has the place and type of a column's cells, so that it is no heading."""
    box, size = row.box, row.cells[0].lines[0].size
    sizes = sorted(line.size for other in run for cell in other.cells for line in cell.lines)
    if size > sizes[len(sizes) // 2] + 0.4:
        return False
    for other in run:
        if len(other.cells) < 2:
            continue
        for number, cell in enumerate(other.cells):
            after = other.cells[number + 1].box[0] if number + 1 < len(other.cells) else 1e9
            if abs(cell.box[0] - box[0]) < 4 and box[2] < after:
                return True
    return False


def _follows(above: Row, below: Row) -> bool:
    first, second = above.box, below.box
    size = below.cells[0].lines[0].size
    return -0.6 * size < second[1] - first[3] < _ROW_GAP * size


def _with_neighbours(run: list[Row], rows: Sequence[Row]) -> list[Row]:
    """The run with the rows right above and below it whose cells stand so close that they seemed one."""
    columns = _columns(run)
    first, last = rows.index(run[0]), rows.index(run[-1])
    whole = list(run)
    while first > 0 and _is_cut(rows[first - 1], columns) and _follows(rows[first - 1], rows[first]):
        first -= 1
        whole.insert(0, rows[first])
    while last + 1 < len(rows) and _is_cut(rows[last + 1], columns) and _follows(rows[last], rows[last + 1]):
        last += 1
        whole.append(rows[last])
    return whole


def _is_cut(row: Row, columns: Sequence[Box]) -> bool:
    """True if the row's cells, cut at the columns, are one for each column."""
    cells = [part for cell in row.cells for part in cut_at_columns(cell, columns)]
    return len(cells) == len(columns) and all(
        column_of(cell.box, columns) == n for n, cell in enumerate(cells)
    )


def _columns(run: Sequence[Row]) -> list[Box]:
    """Box of each column over the rows that have all of them."""
    count = max(len(row.cells) for row in run)
    full = [row for row in run if len(row.cells) == count]
    return [union(row.cells[number].box for row in full) for number in range(count)]


def _as_grid(run: Sequence[Row]) -> Grid | None:
    count = max(len(row.cells) for row in run)
    full = [row for row in run if len(row.cells) == count]
    columns = _columns(run)
    lefts = [box[0] for box in columns]
    if any(columns[n][2] > columns[n + 1][0] + 6 for n in range(count - 1)):
        return None
    if _is_prose(run) or _is_contents(full) or _is_numbered(full):
        return None
    for row in run:
        if len(row.cells) < count:
            row.cells = [part for cell in row.cells for part in cut_at_columns(cell, columns)]
    cells: list[GridRegion] = []
    for number, row in enumerate(run):
        taken: set[int] = set()
        for cell in row.cells:
            column = column_of(cell.box, columns)
            if column in taken:
                return None
            taken.add(column)
            words = [word for line in cell.lines for word in line.words]
            cells.append(GridRegion(cell.box, number, column, words=words))
    box = union(row.box for row in run)
    spans = tuple((column[0], column[2]) for column in columns)
    return Grid(box, cells, len(run), count, (*lefts, box[2]), spans)


def _is_prose(run: Sequence[Row]) -> bool:
    """True for columns of a page: long cells of full lines, or many tight rows of full single lines."""
    cells = [cell for row in run for cell in row.cells]
    lines = [line for cell in cells for line in cell.lines]
    if len(lines) / len(cells) >= _PROSE_LINES:
        return True
    if len(run) < 6 or any(len(cell.lines) > 1 for cell in cells):
        return False
    count = max(len(row.cells) for row in run)
    gaps = [b.box[1] - a.box[3] for a, b in itertools.pairwise(run)]
    tight = max(gaps) < 0.6 * lines[0].size or sorted(gaps)[len(gaps) // 2] < 0.4 * lines[0].size
    filled = []
    for number in range(count):
        column = [row.cells[number].box for row in run if len(row.cells) == count]
        width = max(b[2] for b in column) - min(b[0] for b in column)
        filled.append(sum(b[2] - b[0] > 0.8 * width for b in column) / len(column))
    return tight and count <= 3 and min(filled) > 0.55


def _is_contents(rows: Sequence[Row]) -> bool:
    last = [" ".join(line.text for line in row.cells[-1].lines) for row in rows]
    return all(_PAGE_NUMBER.fullmatch(text) for text in last)


def _is_numbered(rows: Sequence[Row]) -> bool:
    """True for numbered clauses whose numbers stand apart from their text."""
    first = [row.cells[0].lines[0].text for row in rows]
    words = [sum(len(line.text.split()) for line in row.cells[-1].lines) for row in rows]
    return (
        all(_CLAUSE.fullmatch(text) for text in first)
        and len(rows[0].cells) == 2
        and sum(words) > 6 * len(words)
    )
