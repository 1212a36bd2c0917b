"""Cuts filled bands into the cells they stand for: a row painted in one piece, or columns painted from top to bottom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from wtaudit.reading.pdf_grid import Grid, GridRegion
from wtaudit.reading.pdf_page import Rule, Word, centre_in

_LEAST_COLUMNS = 3  # two panels side by side are no table
_ROW_GAP = 0.35  # of the letters' size: lines of one cell stand nearer, as padding comes on top between rows
_SAME_TOP = 0.6
_COLUMN_GAP = 1.0


def without_bands(grid: Grid, across: Sequence[Rule]) -> Grid:
    """The grid with a cell for each text that stands in a row and a column of its own, whatever was painted in one piece.

    A grid whose rows are ruled says itself what its rows are, and comes back as it is; `across` are the page's rules.
    """
    left, top, right, bottom = grid.box
    ruled = any(top + 2 < r.at < bottom - 2 and r.start < right and left < r.end for r in across)
    if ruled or grid.columns < _LEAST_COLUMNS:
        return grid
    cells = [part for cell in grid.cells for part in _by_column(cell, grid.edges)]
    out: list[GridRegion] = []
    added = 0
    for row in range(grid.rows):
        own = [cell for cell in cells if cell.row == row]
        cuts = _cuts(own) if all(c.row_span == c.column_span == 1 for c in own) else []
        cuts = cuts if all(part.words for part in _by_row(own[0], cuts)) else []  # every row has its label
        out += [part for cell in own for part in _by_row(replace(cell, row=row + added), cuts)]
        added += len(cuts)
    if not added:
        return replace(grid, cells=cells)
    if any(cell.row_span > 1 for cell in cells):  # it would have to grow with the rows that it covers
        return grid
    return replace(grid, cells=sorted(out, key=lambda c: (c.row, c.column)), rows=grid.rows + added)


def _by_column(cell: GridRegion, edges: Sequence[float]) -> list[GridRegion]:
    """A cell over all columns as one cell for each, where its words keep to the columns."""
    if cell.row_span > 1 or cell.column_span < len(edges) - 1:
        return [cell]
    parts = [
        replace(cell, box=(left, cell.box[1], right, cell.box[3]), column=number, column_span=1, words=[])
        for number, (left, right) in enumerate(pairwise(edges))
    ]
    for part in parts:
        part.words += [word for word in cell.words if centre_in(word.box, part.box)]
    filled = [part for part in parts if part.words]
    apart = all(
        min(w.box[0] for w in right.words) - max(w.box[2] for w in left.words)
        >= _COLUMN_GAP * _size(cell.words)
        for left, right in pairwise(filled)
    )
    return parts if len(filled) >= _LEAST_COLUMNS and apart else [cell]


def _cuts(row: Sequence[GridRegion]) -> list[float]:
    """Heights at which a row of tall cells falls into rows: white across all, and most columns begin anew below."""
    words = sorted((word for cell in row for word in cell.words), key=lambda word: word.box[1])
    if not words or len(row) < _LEAST_COLUMNS or not row[0].words:
        return []
    size, cuts, bottom = _size(words), [], words[0].box[3]
    for word in words:
        top = word.box[1]
        if top - bottom >= _ROW_GAP * size:
            begin = [any(abs(w.box[1] - top) < _SAME_TOP * size for w in cell.words) for cell in row]
            if begin[0] and 2 * sum(begin) > len(row):
                cuts.append((top + bottom) / 2)
        bottom = max(bottom, word.box[3])
    return cuts


def _by_row(cell: GridRegion, cuts: Sequence[float]) -> list[GridRegion]:
    left, top, right, bottom = cell.box
    parts = [
        replace(cell, box=(left, start, right, end), row=cell.row + number, words=[])
        for number, (start, end) in enumerate(pairwise([top, *cuts, bottom]))
    ]
    for part in parts:
        part.words += [w for w in cell.words if part.box[1] <= (w.box[1] + w.box[3]) / 2 < part.box[3]]
    return parts


def _size(words: Sequence[Word]) -> float:
    sizes = sorted(word.size for word in words)
    return sizes[len(sizes) // 2]
