"""Puts lines in drawing order into rows of cells: below is the same cell, beside the next one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from wtaudit.reading.pdf_lines import Line, make_line
from wtaudit.reading.pdf_page import Box, Word, union


@dataclass(slots=True)
class RowCell:
    """A cell: its lines from the top down."""

    lines: list[Line]

    @property
    def box(self) -> Box:
        """Where it stands."""
        return union(line.box for line in self.lines)


@dataclass(slots=True, eq=False)
class Row:
    """Cells beside each other, from left to right."""

    cells: list[RowCell] = field(default_factory=list)

    @property
    def box(self) -> Box:
        """Where it stands."""
        return union(cell.box for cell in self.cells)


def make_rows(lines: Sequence[Line]) -> list[Row]:
    """Cut the lines into rows: a cell goes on below, the next cell stands to the right, else a row ends."""
    rows: list[Row] = []
    for line in lines:
        if rows and _below(rows[-1], line):
            rows[-1].cells[-1].lines.append(line)
        elif rows and _beside(rows[-1], line):
            rows[-1].cells.append(RowCell([line]))
        else:
            rows.append(Row([RowCell([line])]))
    return rows


def _below(row: Row, line: Line) -> bool:
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


def _beside(row: Row, line: Line) -> bool:
    last, whole = row.cells[-1].box, row.box
    if line.box[0] < last[2] - 1:
        return False
    slack = line.size
    return line.box[1] < whole[3] + slack * 0.3 and line.box[3] > whole[1] - slack * 1.2


def is_header(row: Row) -> bool:
    """True if the row has several cells, all bold."""
    return len(row.cells) > 1 and all(line.bold for cell in row.cells for line in cell.lines)


def cut_at_columns(cell: RowCell, columns: Sequence[Box]) -> list[RowCell]:
    """A cell cut where the space between two columns goes through the gaps of its words."""
    parts: list[list[Line]] = [[]]
    for line in cell.lines:
        pieces: list[list[Word]] = [[line.words[0]]]
        for before, word in zip(line.words, line.words[1:], strict=False):
            gap = (before.box[2], word.box[0])
            if gap[1] - gap[0] > (0.15 if word.apart else 0.35) * line.size and any(
                min(gap[1], after[0]) - max(gap[0], column[2])
                >= 0.5 * min(gap[1] - gap[0], max(1.0, after[0] - column[2]))
                for column, after in pairwise(columns)
            ):
                pieces.append([])
            pieces[-1].append(word)
        if len(pieces) > len(parts) and not parts[0]:
            parts = [[] for _ in pieces]
        if len(pieces) != len(parts):
            return [cell]
        for part, piece in zip(parts, pieces, strict=True):
            part.append(make_line(piece))
    return [RowCell(part) for part in parts]


def column_of(box: Box, columns: Sequence[Box]) -> int:
    """Number of the column that shares most width with the box."""
    shared = [min(box[2], c[2]) - max(box[0], c[0]) for c in columns]
    return shared.index(max(shared))
