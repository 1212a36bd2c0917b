"""Reads the tables of a Word file into grids."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wtaudit.reading.docx_package import W
from wtaudit.reading.docx_styles import Styles, flag, value
from wtaudit.reading.tables import CellText, GridCell, Table

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_LAYOUT_CELLS = 4  # a table of so few cells with headings in it only places things on the page
_WRAPPERS = (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo")
_PLAIN_FILLS = ("", "auto", "FFFFFF")


@dataclass(frozen=True, slots=True)
class CellContent:
    """What stands in a cell, and whether all of its text is bold."""

    parts: tuple[CellText | Table, ...]
    is_bold: bool


ReadCell = Callable[["_Element"], CellContent]


def blocks_in(element: _Element, tag: str) -> Iterator[_Element]:
    """The element's children with a tag, those in content controls and the like included."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from blocks_in(child, tag)


def layout_cells(table: _Element, styles: Styles) -> list[_Element]:
    """The cells of a table that is only a frame around text: one cell, or a few with headings. Else none."""
    cells = [cell for row in blocks_in(table, f"{W}tr") for cell in blocks_in(row, f"{W}tc")]
    if len(cells) == 1:
        return cells
    return cells if len(cells) <= MAX_LAYOUT_CELLS and _has_heading(table, styles) else []


def _has_heading(table: _Element, styles: Styles) -> bool:
    ids = {style.get(f"{W}val", "") for style in table.iter(f"{W}pStyle")}
    return any(styles.get(style_id).heading_level for style_id in ids)


def read_table(table: _Element, styles: Styles, read_cell: ReadCell) -> Table:
    """The grid of a table; `read_cell` reads what stands in a cell."""
    rows: list[list[GridCell]] = []
    above: dict[int, tuple[int, int]] = {}  # column → row and index of the cell that reaches down there
    header_rows = 0
    for row in blocks_in(table, f"{W}tr"):
        properties = row.find(f"{W}trPr")
        if properties is not None and properties.find(f"{W}del") is not None:
            continue
        if properties is not None and header_rows == len(rows):
            header_rows += flag(properties, "tblHeader")
        rows.append([])
        _read_row(row, properties, rows, above, read_cell)
    grid = tuple(tuple(row) for row in rows)
    stated = header_rows if 0 < header_rows < len(rows) else None
    if stated is None and len(rows) > 1 and _style_heads_first_row(table, styles):
        stated = 1
    return Table(grid, stated)


def _read_row(
    row: _Element,
    properties: _Element | None,
    rows: list[list[GridCell]],
    above: dict[int, tuple[int, int]],
    read_cell: ReadCell,
) -> None:
    column = _number(value(properties, "gridBefore"), 0) if properties is not None else 0
    if column:
        rows[-1].append(GridCell((), column_span=column))
    for cell in blocks_in(row, f"{W}tc"):
        settings = cell.find(f"{W}tcPr")
        span = 1 if settings is None else _number(value(settings, "gridSpan"), 1)
        merge = None if settings is None else settings.find(f"{W}vMerge")
        if merge is not None and merge.get(f"{W}val", "continue") != "restart" and column in above:
            first_row, index = above[column]
            upper = rows[first_row][index]
            rows[first_row][index] = replace(upper, row_span=len(rows) - first_row)
        else:
            content = read_cell(cell)
            marked = content.is_bold or (len(rows) == 1 and _is_shaded(settings))
            above[column] = (len(rows) - 1, len(rows[-1]))
            rows[-1].append(GridCell(content.parts, column_span=span, marked=marked))
        column += span


def _number(text: str, default: int) -> int:
    return min(int(text), 1000) if text.isascii() and text.isdigit() else default


def _is_shaded(settings: _Element | None) -> bool:
    shade = None if settings is None else settings.find(f"{W}shd")
    return shade is not None and shade.get(f"{W}fill", "") not in _PLAIN_FILLS


def _style_heads_first_row(table: _Element, styles: Styles) -> bool:
    """True if the table's style gives its first row a look of its own and the table uses it."""
    properties = table.find(f"{W}tblPr")
    if properties is None or value(properties, "tblStyle") not in styles.first_row_tables:
        return False
    look = properties.find(f"{W}tblLook")
    if look is None:
        return True
    stated = look.get(f"{W}firstRow")
    if stated is not None:
        return stated in ("1", "true", "on")
    try:
        return bool(int(look.get(f"{W}val", "0"), 16) & 0x20)
    except ValueError:
        return False
