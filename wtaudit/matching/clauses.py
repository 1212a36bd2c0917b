"""Cut a document into clauses in context: the unit that patterns match and that evidence quotes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from wtaudit.matching.language import sentences
from wtaudit.model import Block, BlockKind, Document

LONG_CELL_WORDS = 12
SECTION_CLAUSES = (
    24  # a longer section is cut, so that a section pattern does not join what stands pages apart
)
_SKIPPED = (BlockKind.FURNITURE, BlockKind.CONTENTS)


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence, bullet, heading, table row or long cell, with everything that a reader sees around it.

    `quotes` are verbatim runs of the document that together are `text` (one for a sentence, one per cell for a row).
    `block_unit`, `list_unit` and `section_unit` number the wider scopes that the clause belongs to.
    """

    index: int
    document: int
    block: int
    kind: BlockKind
    text: str
    quotes: tuple[str, ...]
    headings: tuple[str, ...]
    lead_in: str
    headers: tuple[str, ...]
    page: int | None
    page_label: str | None
    ocr: bool
    block_unit: int
    list_unit: int
    section_unit: int

    @property
    def context(self) -> tuple[str, ...]:
        """The texts around the clause that count as its own for matching: nearest headings, lead-in, headers."""
        return tuple(t for t in (*self.headings, self.lead_in, *self.headers) if t)


@dataclass(slots=True)
class _Numbering:
    """Numbers for the scopes, handed out in reading order."""

    block: int = -1
    lists: dict[object, int] = field(default_factory=dict)
    sections: dict[object, int] = field(default_factory=dict)

    def list_of(self, key: object) -> int:
        return self.lists.setdefault(key, len(self.lists))

    def section_of(self, key: object) -> int:
        return self.sections.setdefault(key, len(self.sections))


def clauses_of(document: Document, number: int = 0) -> list[Clause]:
    """All clauses of a document in reading order; `number` is its place in the report."""
    return list(_clauses(number, document))


def _clauses(number: int, document: Document) -> Iterator[Clause]:
    numbering = _Numbering()
    rows: dict[tuple[int, int], list[tuple[int, Block]]] = defaultdict(list)
    for index, block in enumerate(document.blocks):
        if block.cell is not None and block.kind not in _SKIPPED:
            rows[block.cell.table, block.cell.row].append((index, block))
    title = _title(document)
    section_starts: dict[tuple[str, ...], int] = {}
    done: set[tuple[int, int]] = set()
    run = 0
    previous: tuple[str, str] | None = None
    index_out = 0
    for index, block in enumerate(document.blocks):
        if block.kind in _SKIPPED or not block.text.strip():
            continue
        if block.cell is not None:
            place = (block.cell.table, block.cell.row)
            if place in done:
                continue
            done.add(place)
            pieces = _row_pieces(rows[place])
        else:
            pieces = [((s,), (), index) for s in sentences(block.text)] or [((block.text,), (), index)]
        key = (block.kind.value, block.lead_in)
        if block.cell is None and (key != previous or block.kind is not BlockKind.LIST_ITEM):
            run += 1
        previous = key
        group: object = (number, "t", block.cell.table) if block.cell else (number, "l", run)
        if block.lead_in:
            group = (number, "in", block.headings, block.lead_in)
        numbering.block += 1
        headings = _below_title(block.headings, title)
        under = headings if block.kind is not BlockKind.HEADING else (*headings, block.text)
        begun = section_starts.setdefault(under, index_out)
        section = (under, (index_out - begun) // SECTION_CLAUSES)
        for quotes, headers, at in pieces:
            yield Clause(
                index=index_out,
                document=number,
                block=at,
                kind=block.kind,
                text=" | ".join(quotes),
                quotes=quotes,
                headings=headings,
                lead_in=block.lead_in,
                headers=headers,
                page=block.page,
                page_label=block.page_label,
                ocr=block.ocr,
                block_unit=numbering.block,
                list_unit=numbering.list_of(group),
                section_unit=numbering.section_of(section),
            )
            index_out += 1


def _title(document: Document) -> str:
    """The one first-level heading that stands over the whole document, if there is one."""
    first = [b.text for b in document.blocks if b.kind is BlockKind.HEADING and b.heading_level == 1]
    return first[0] if len(first) == 1 else ""


def _below_title(headings: tuple[str, ...], title: str) -> tuple[str, ...]:
    """The headings without the document's title, which says nothing of one clause and would colour them all."""
    return headings[1:] if len(headings) > 1 and headings[0] == title else headings


def _row_pieces(
    row: list[tuple[int, Block]],
) -> list[tuple[tuple[str, ...], tuple[str, ...], int]]:
    """A table row as one piece (all cells, column headers in context) and each sentence of its long cells apart."""
    cells = [(i, b) for i, b in row if b.text.strip() and b.cell is not None]
    if not cells:
        return []
    if all(b.cell is not None and b.cell.is_header for _, b in cells):
        return [(tuple(b.text for _, b in cells), (), cells[0][0])]
    columns = tuple(dict.fromkeys(b.cell.column_header for _, b in cells if b.cell and b.cell.column_header))
    pieces = [(tuple(b.text for _, b in cells), columns, cells[0][0])]
    for index, block in cells:
        if block.cell is None or len(block.text.split()) < LONG_CELL_WORDS or len(cells) < 2:
            continue
        headers = tuple(h for h in (block.cell.row_header, block.cell.column_header) if h and h != block.text)
        pieces += [((s,), headers, index) for s in sentences(block.text)]
    return pieces
