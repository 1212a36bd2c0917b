"""Reads the tables of a web page into grids."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wtaudit.reading.assembly import one_line
from wtaudit.reading.html_inline import DROPPED, InlineText, Notes, raw_text
from wtaudit.reading.tables import CellText, GridCell, Table

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BREAKING = frozenset(
    """address article aside blockquote center dd details div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hr li main ol p pre section summary table ul""".split()  # noqa: SIM905
)


def is_layout(table: _Element) -> bool:
    """True for a table that only puts things in their places, so that its cells are plain text."""
    if table.get("role", "") in ("presentation", "none"):
        return True
    cells = list(table.iter("td", "th"))
    if len(cells) <= 1:
        return True
    return next(table.iter("th"), None) is None and next(table.iter(*_HEADINGS), None) is not None


def read_table(table: _Element, notes: Notes) -> tuple[Table, list[tuple[_Element, str]]]:
    """The grid of a table, and the footnote marks in it with the sentences before them."""
    reader = _TableReader(notes)
    return reader.table(table), reader.marks


class _TableReader:
    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self.marks: list[tuple[_Element, str]] = []

    def table(self, element: _Element) -> Table:
        rows = list(_rows(element))
        head = sum(1 for row in rows if _parent_tag(row) == "thead")
        filled = [tuple(self._cell(cell) for cell in row.iterchildren("td", "th")) for row in rows]
        caption = next(element.iterchildren("caption"), None)
        return Table(
            rows=tuple(filled),
            header_rows=head if any(cell.text for row in filled[:head] for cell in row) else None,
            caption="" if caption is None else self._plain(caption),
        )

    def _plain(self, element: _Element) -> str:
        inline = InlineText(self._notes)
        inline.element(element)
        text, marks = inline.take()
        self.marks += marks
        return one_line(text)

    def _cell(self, cell: _Element) -> GridCell:
        parts: list[CellText | Table] = []
        inline = InlineText(self._notes)
        self._gather(cell, 0, inline, parts)
        self._flush(inline, 0, parts)
        return GridCell(
            parts=tuple(parts),
            row_span=_number(cell.get("rowspan")),
            column_span=_number(cell.get("colspan")),
            marked=cell.tag == "th" or _all_bold(cell),
            row_scope=cell.get("scope", "") in ("row", "rowgroup"),
        )

    def _gather(
        self, element: _Element, level: int, inline: InlineText, parts: list[CellText | Table]
    ) -> None:
        """Add what stands in `element` to `parts`; inline text at its end stays in `inline`."""
        inline.text(element.text)
        for child in element:
            if not isinstance(child.tag, str):
                pass
            elif child.tag == "table":
                self._flush(inline, level, parts)
                parts.append(self.table(child))
            elif child.tag in _BREAKING or _has_breaks(child):
                self._flush(inline, level, parts)
                deeper = level + (child.tag == "li")
                self._gather(child, deeper, inline, parts)
                self._flush(inline, deeper, parts)
            else:
                inline.element(child)
            inline.text(child.tail)

    def _flush(self, inline: InlineText, level: int, parts: list[CellText | Table]) -> None:
        text, marks = inline.take()
        self.marks += marks
        text = one_line(text)
        if text:
            parts.append(CellText(text, level))


def _rows(table: _Element) -> Iterator[_Element]:
    """The table's own rows in order, not those of tables in its cells."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from child.iterchildren("tr")


def _parent_tag(row: _Element) -> str:
    parent = row.getparent()
    return "" if parent is None else str(parent.tag)


def _number(value: str | None) -> int:
    text = (value or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _has_breaks(element: _Element) -> bool:
    return element.tag not in DROPPED and any(e.tag in _BREAKING for e in element.iterdescendants())


def _all_bold(cell: _Element) -> bool:
    """True if all of a cell's text stands in <b> or <strong>."""
    whole = one_line(raw_text(cell))
    bold = one_line(" ".join(raw_text(e) for e in cell.iter("b", "strong")))
    return bool(whole) and whole == bold
