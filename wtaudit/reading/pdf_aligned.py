"""Finds tables without rules: rows of cells side by side, told by the order in which the file draws them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from wtaudit.reading.pdf_grid import Grid, GridRegion
from wtaudit.reading.pdf_lines import Line, make_line
from wtaudit.reading.pdf_page import Box, Word, union

_ROW_GAP = 3.0  # times the type size between rows of one table
_PROSE_LINES = 6.0  # cells of this many full lines are columns of a page, not of a table
_CLAUSE = re.compile(r"\(?\d{1,3}(?:\.\d{1,3}){0,4}[.)]?|\(?[a-z]{1,4}\)")
_PAGE_NUMBER = re.compile(r"\d{1,3}$|[ivxl]{1,6}$")


@dataclass(slots=True)
class _Cell:
    lines: list[Line]

    @property
    def box(self) -> Box:
        return union(line.box for line in self.lines)


@dataclass(slots=True, eq=False)
class _Row:
    cells: list[_Cell] = field(default_factory=list)

    @property
    def box(self) -> Box:
        return union(cell.box for cell in self.cells)


def find_aligned(lines: Sequence[Line], above: Grid | None = None) -> tuple[list[Grid], list[Line]]:
    """Tables without rules among `lines` (in drawing order), and the lines that are in none.

    `above` is such a table at the end of the page before: its rows may go on at the top of this one.
    """
    rows = _rows([line for line in lines if line.turn == 0])
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


def _rows(lines: Sequence[Line]) -> list[_Row]:
    """Cut the lines into rows: a cell goes on below, the next cell stands to the right, else a row ends."""
    rows: list[_Row] = []
    for line in lines:
        if rows and _below(rows[-1], line):
            rows[-1].cells[-1].lines.append(line)
        elif rows and _beside(rows[-1], line):
            rows[-1].cells.append(_Cell([line]))
        else:
            rows.append(_Row([_Cell([line])]))
    return rows


def _below(row: _Row, line: Line) -> bool:
    """True if the line goes on in the row's last cell; it may not reach under the cell before."""
    cell = row.cells[-1]
    last = cell.lines[-1]
    if len(row.cells) > 1 and line.box[0] < row.cells[-2].box[2]:
        return False
    gap = line.box[1] - last.box[3]
    if not -0.5 * line.size < gap < 0.5 * line.size or abs(line.size - last.size) > 1.5:
        return False
    if not _aligned(last.box, line.box):
        return False
    box = cell.box
    return min(box[2], line.box[2]) - max(box[0], line.box[0]) > 0 and line.middle > last.middle


def _aligned(above: Box, below: Box) -> bool:
    """True if two lines may be of one cell: same left (or a little indented), middle or right."""
    left, right = below[0] - above[0], below[2] - above[2]
    return abs(left) < 24 or abs(left + right) < 8 or abs(right) < 4


def _beside(row: _Row, line: Line) -> bool:
    last, whole = row.cells[-1].box, row.box
    if line.box[0] < last[2] - 1:
        return False
    slack = line.size
    return line.box[1] < whole[3] + slack * 0.3 and line.box[3] > whole[1] - slack * 1.2


def _rest_of(above: Grid, rows: Sequence[_Row]) -> Grid | None:
    """The rows at the top of a page that stand in the columns of the table before."""
    spans = [(left, 0.0, right, 1.0) for left, right in above.spans]
    cells: list[GridRegion] = []
    count = 0
    for row in rows:
        parts = [part for cell in row.cells for part in _cut_at_columns(cell, spans)]
        placed = [(_column_of(cell.box, spans), cell) for cell in parts]
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
    rows = _rows([line for line in lines if line.turn == 0])
    spans = [(left, 0.0, right, 1.0) for left, right in below.spans]
    if not rows or not spans:
        return None, list(lines)
    row = max(rows, key=lambda each: each.box[3])
    if not _is_header(row) or not _is_cut(row, spans):
        return None, list(lines)
    used = {id(line) for cell in row.cells for line in cell.lines}
    parts = [part for cell in row.cells for part in _cut_at_columns(cell, spans)]
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


def _runs(rows: Sequence[_Row]) -> list[list[_Row]]:
    """Stretches of rows that may be one table: rows of several cells, single cells only between them."""
    runs: list[list[_Row]] = []
    current: list[_Row] = []
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


def _split(run: list[_Row]) -> list[list[_Row]]:
    """Cut a run at rows of one cell that are wider than a column, and drop such rows at its end."""
    pieces: list[list[_Row]] = [[]]
    for row in run:
        if len(row.cells) == 1 and not _fits_column(row, run):
            pieces.append([])
        elif len(pieces[-1]) > 1 and _is_header(row) and not _is_header(pieces[-1][-1]):
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


def _is_header(row: _Row) -> bool:
    return len(row.cells) > 1 and all(line.bold for cell in row.cells for line in cell.lines)


def _fits_column(row: _Row, run: Sequence[_Row]) -> bool:
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


def _follows(above: _Row, below: _Row) -> bool:
    first, second = above.box, below.box
    size = below.cells[0].lines[0].size
    return -0.6 * size < second[1] - first[3] < _ROW_GAP * size


def _with_neighbours(run: list[_Row], rows: Sequence[_Row]) -> list[_Row]:
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


def _is_cut(row: _Row, columns: Sequence[Box]) -> bool:
    """True if the row's cells, cut at the columns, are one for each column."""
    cells = [part for cell in row.cells for part in _cut_at_columns(cell, columns)]
    return len(cells) == len(columns) and all(_column_of(cell.box, columns) == n for n, cell in enumerate(cells))


def _columns(run: Sequence[_Row]) -> list[Box]:
    """Box of each column over the rows that have all of them."""
    count = max(len(row.cells) for row in run)
    full = [row for row in run if len(row.cells) == count]
    return [union(row.cells[number].box for row in full) for number in range(count)]


def _as_grid(run: Sequence[_Row]) -> Grid | None:
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
            row.cells = [part for cell in row.cells for part in _cut_at_columns(cell, columns)]
    cells: list[GridRegion] = []
    for number, row in enumerate(run):
        taken: set[int] = set()
        for cell in row.cells:
            column = _column_of(cell.box, columns)
            if column in taken:
                return None
            taken.add(column)
            words = [word for line in cell.lines for word in line.words]
            cells.append(GridRegion(cell.box, number, column, words=words))
    box = union(row.box for row in run)
    spans = tuple((column[0], column[2]) for column in columns)
    return Grid(box, cells, len(run), count, (*lefts, box[2]), spans)


def _cut_at_columns(cell: _Cell, columns: Sequence[Box]) -> list[_Cell]:
    """A cell cut where the space between two columns goes through the gaps of its words."""
    parts: list[list[Line]] = [[]]
    for line in cell.lines:
        pieces: list[list[Word]] = [[line.words[0]]]
        for before, word in zip(line.words, line.words[1:], strict=False):
            gap = (before.box[2], word.box[0])
            if gap[1] - gap[0] > (0.15 if word.apart else 0.35) * line.size and any(
                min(gap[1], after[0]) - max(gap[0], column[2]) >= 0.5 * (gap[1] - gap[0])
                for column, after in zip(columns, columns[1:], strict=False)
            ):
                pieces.append([])
            pieces[-1].append(word)
        if len(pieces) > len(parts) and not parts[0]:
            parts = [[] for _ in pieces]
        if len(pieces) != len(parts):
            return [cell]
        for part, piece in zip(parts, pieces, strict=True):
            part.append(make_line(piece))
    return [_Cell(part) for part in parts]


def _column_of(box: Box, columns: Sequence[Box]) -> int:
    shared = [min(box[2], c[2]) - max(box[0], c[0]) for c in columns]
    return shared.index(max(shared))


def _is_prose(run: Sequence[_Row]) -> bool:
    """True for columns of a page: long cells of full lines, or many tight rows of full single lines."""
    cells = [cell for row in run for cell in row.cells]
    lines = [line for cell in cells for line in cell.lines]
    if len(lines) / len(cells) >= _PROSE_LINES:
        return True
    if len(run) < 6 or any(len(cell.lines) > 1 for cell in cells):
        return False
    count = max(len(row.cells) for row in run)
    gaps = [b.box[1] - a.box[3] for a, b in zip(run, run[1:], strict=False)]
    tight = max(gaps) < 0.6 * lines[0].size or sorted(gaps)[len(gaps) // 2] < 0.4 * lines[0].size
    filled = []
    for number in range(count):
        column = [row.cells[number].box for row in run if len(row.cells) == count]
        width = max(b[2] for b in column) - min(b[0] for b in column)
        filled.append(sum(b[2] - b[0] > 0.8 * width for b in column) / len(column))
    return tight and count <= 3 and min(filled) > 0.55


def _is_contents(rows: Sequence[_Row]) -> bool:
    last = [" ".join(line.text for line in row.cells[-1].lines) for row in rows]
    return all(_PAGE_NUMBER.fullmatch(text) for text in last)


def _is_numbered(rows: Sequence[_Row]) -> bool:
    """True for numbered clauses whose numbers stand apart from their text."""
    first = [row.cells[0].lines[0].text for row in rows]
    words = [sum(len(line.text.split()) for line in row.cells[-1].lines) for row in rows]
    return all(_CLAUSE.fullmatch(text) for text in first) and len(rows[0].cells) == 2 and sum(words) > 6 * len(words)
