"""Turns ordered paragraphs and tables into blocks with headings, lists, lead-ins, pages and boxes."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from wtaudit.model import Block
from wtaudit.reading.assembly import BlockAssembler
from wtaudit.reading.pdf_headings import HeadingFinder, Look
from wtaudit.reading.pdf_page import Box
from wtaudit.reading.pdf_paragraphs import (
    LEADERS,
    Paragraph,
    is_bullet,
    is_contents_line,
)
from wtaudit.reading.pdf_text import join_text
from wtaudit.reading.tables import Table

_CAPTION = re.compile(r"^(?:Figure|Fig\.|Table|Chart|Diagram|Box)\s+\d+(?:\.\d+)?\s*[.:–—-]?\s")
_SHORT_NUMBER = re.compile(r"^\(?\d{1,2}[.)]$")
_LETTER = re.compile(r"^\(?(?:[a-zA-Z]|[ivxIVX]{1,5})[.)]$")
_STEP = 5.0  # points: indents nearer than this are the same level


@dataclass(slots=True)
class PlacedTable:
    """A table ready to be written, with page and box of each of its texts in writing order."""

    table: Table
    page: int
    places: list[tuple[int, Box]]


@dataclass(slots=True)
class LooseText:
    """Furniture or a footnote, written after the page's text."""

    text: str
    page: int
    box: Box
    note: bool = False


Piece = Paragraph | PlacedTable | LooseText


class BlockWriter:
    """Writes pieces in reading order as blocks; `labels` are printed page numbers, `scanned` pages read by OCR."""

    def __init__(
        self, known: Collection[str], finder: HeadingFinder, labels: dict[int, str], scanned: set[int]
    ) -> None:
        self._known = known
        self._finder = finder
        self._labels = labels
        self._scanned = scanned
        self._assembler = BlockAssembler()
        self._blocks: list[Block] = []
        self._seen = 0
        self._indents: list[float] = []
        self._in_list = False
        self._frame = 0
        self._saved: tuple[tuple[int, str], ...] = ()
        self._numbered: set[int] = set()

    def write(self, pieces: Sequence[Piece]) -> list[Block]:
        """All blocks of the document."""
        texts = {id(p): join_text(p.lines, self._known) for p in pieces if isinstance(p, Paragraph)}
        looks: dict[int, Look] = {}
        for piece in pieces:
            if isinstance(piece, Paragraph) and not _all_contents(piece):
                look = self._finder.look(piece, texts[id(piece)])
                if look is not None:
                    looks[id(piece)] = look
        self._finder.settle(
            [(p, looks[id(p)]) for p in pieces if isinstance(p, Paragraph) and id(p) in looks]
        )
        self._numbered = _numbered_lists(pieces, looks)
        boxed = {p.frame for p in pieces if isinstance(p, Paragraph) and p.frame and id(p) not in looks}
        for number, piece in enumerate(pieces):
            self._enter_frame(piece.frame if isinstance(piece, Paragraph) and piece.frame in boxed else 0)
            if isinstance(piece, Paragraph):
                look = looks.get(id(piece))
                if look is not None and _introduces(texts[id(piece)], _next(pieces, number + 1)):
                    look = None
                self._paragraph(piece, texts[id(piece)], look)
            elif isinstance(piece, PlacedTable):
                self._assembler.page = piece.page
                self._assembler.table(piece.table)
                self._take(piece.places)
                self._leave_list()
            else:
                self._loose(piece)
        return self._blocks

    def _enter_frame(self, frame: int) -> None:
        """Headings in a box with text of its own hold in that box only."""
        if frame == self._frame:
            return
        if self._frame:
            self._assembler.restore_headings(self._saved)
        if frame:
            self._saved = self._assembler.save_headings()
        self._leave_list()
        self._frame = frame

    def _paragraph(self, piece: Paragraph, text: str, look: Look | None) -> None:
        assembler = self._assembler
        assembler.page = piece.page
        if _all_contents(piece):
            assembler.contents(_without_leaders(text))
        elif look is not None:
            assembler.heading(text, self._finder.level(piece, look))
            self._leave_list()
        elif is_bullet(piece.marker):
            assembler.item(text[len(piece.marker) :].strip(), self._level(piece.edge))
        elif self._is_list_number(piece):
            assembler.item(text, self._level(piece.edge))
        elif self._in_list and not piece.marker and piece.edge > self._indents[0] + _STEP:
            assembler.item_paragraph(text, self._level(piece.edge, inside=True))
        elif _CAPTION.match(text) and len(text.split()) <= 25 and not text.endswith("."):
            assembler.caption(text)
        else:
            self._leave_list()
            assembler.paragraph(text)
        self._take([(piece.page, piece.box)])

    def _is_list_number(self, piece: Paragraph) -> bool:
        """True for "1." or "(a)" in a list, false for the number of a clause."""
        return bool(piece.marker) and (bool(_LETTER.match(piece.marker)) or id(piece) in self._numbered)

    def _level(self, edge: float, *, inside: bool = False) -> int:
        """List level of an indent; deeper indents open a level, lesser ones close those they leave."""
        if inside:
            return max(1, sum(edge > indent + _STEP for indent in self._indents))
        while self._indents and edge < self._indents[-1] - _STEP:
            self._indents.pop()
        if not self._indents or edge > self._indents[-1] + _STEP:
            self._indents.append(edge)
        self._in_list = True
        return len(self._indents)

    def _leave_list(self) -> None:
        self._indents.clear()
        self._in_list = False

    def _loose(self, piece: LooseText) -> None:
        self._assembler.page = piece.page
        if piece.note:
            self._assembler.footnote(piece.text)
        else:
            self._assembler.furniture(piece.text)
        self._take([(piece.page, piece.box)])

    def _take(self, places: Sequence[tuple[int, Box]]) -> None:
        """Fetch the blocks that the last call made and give them page, label and box."""
        made = self._assembler.blocks[self._seen :]
        self._seen += len(made)
        for number, block in enumerate(made):
            page, box = places[min(number, len(places) - 1)]
            rounded = (round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1))
            self._blocks.append(
                replace(
                    block,
                    page=page,
                    page_label=self._labels.get(page),
                    box=rounded,
                    ocr=page in self._scanned,
                )
            )


def _all_contents(piece: Paragraph) -> bool:
    return is_contents_line(piece.lines[-1]) and len(piece.lines) <= 3


def _without_leaders(text: str) -> str:
    return " ".join(LEADERS.sub(" ", text).split())


def _next(pieces: Sequence[Piece], number: int) -> Piece | None:
    """The first piece from `number` on that is no furniture or footnote."""
    for piece in islice(pieces, number, None):
        if not isinstance(piece, LooseText):
            return piece
    return None


def _introduces(text: str, following: Piece | None) -> bool:
    """True for a bold line that ends with a colon and has its list right after it."""
    return text.endswith(":") and isinstance(following, Paragraph) and bool(following.marker)


def _numbered_lists(pieces: Sequence[Piece], headings: Collection[int]) -> set[int]:
    """Paragraphs that count from 1 upwards at one indent with no heading between: the items of numbered lists."""
    found: set[int] = set()
    run: list[Paragraph] = []
    for piece in pieces:
        if isinstance(piece, LooseText):
            continue
        if not isinstance(piece, Paragraph) or id(piece) in headings:
            run = []
            continue
        if not _SHORT_NUMBER.match(piece.marker):
            if not piece.marker and run and piece.edge < run[-1].edge + _STEP:
                run = []
            continue
        value = int(piece.marker.strip("()."))
        same = bool(run) and (abs(piece.edge - run[-1].edge) < 3 * _STEP)
        if value == 1:
            run = [piece]
        elif same and run and value == int(run[-1].marker.strip("().")) + 1:
            run.append(piece)
            found.update(map(id, run))
        else:
            run = []
    return found
