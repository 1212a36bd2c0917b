"""Puts what a reader finds, in reading order, into blocks that know their place in the document."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from wtaudit.model import Block, BlockKind
from wtaudit.reading.tables import GridCell, Table, labelled_cells

INTRODUCTION_WORDS = 25  # a paragraph of up to this many words before a list introduces it
CONTENTS_WORDS = 20
CAPTION_WORDS = 10
CONTENTS_HEADINGS = frozenset(
    """contents|table of contents|contents page|list of contents|on this page|in this section|
    in this document|in this chapter|page contents|on this page:|jump to|what is in this document|
    what's in this document|what is in this guide""".replace("\n", "")
    .replace("    ", "")
    .split("|")
)
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_BULLET = re.compile(r"(?:[•●▪■◆◦○‣⁃∙·➢➤►✓✔❖\uf0a7\uf0b7\uf0d8]|[-–—](?=\s))\s*(?=\S)")
_LETTERED = re.compile(r"\(?(?:[a-z]|[ivx]{1,5})\)\s")
_INTRODUCES = re.compile(r"[:–—;]$|\s-$")
_ENDS_LINE = re.compile(r"[.:;,!?–—-]$")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“‘\"'(])")
_RAISED_NUMBER = re.compile(r"[\[(]?\d{1,3}(?:\s?,\s?\d{1,3})*[\])]?")
_UNIT = re.compile(r"\b[kcm]?m$|\b10$")
_LEADING_NUMBER = re.compile(r"^[\d.\s]+")
_LINE_END_PAGE = re.compile(r"(?:\.{2,}|\s)\s*\d{1,3}$")


def one_line(text: str) -> str:
    """The text with all white space runs as one space and no invisible characters."""
    return " ".join(text.translate(_INVISIBLE).split())


def last_sentence(text: str) -> str:
    """What stands after the last full stop inside `text`."""
    return _SENTENCE.split(text)[-1] if text else ""


def is_loose_mark(raised: str, before: str) -> bool:
    """True for raised text that is a footnote's number and not part of a unit or power after `before`."""
    return bool(_RAISED_NUMBER.fullmatch(raised.strip())) and not _UNIT.search(before)


@dataclass(frozen=True, slots=True)
class NotePlace:
    """Where a footnote's mark stands: the headings there and the sentence before the mark."""

    headings: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class _OpenItem:
    level: int
    lead_in: str
    text: str


class BlockAssembler:
    """Takes headings, paragraphs, items and tables one after the other; `blocks` gives the result.

    A reader sets `page` as it goes on. Empty texts are ignored.
    """

    def __init__(self) -> None:
        self.page: int | None = None
        self.next_lead_in = ""  # of the next paragraph or list, where it does not stand before it
        self._blocks: list[Block] = []
        self._headings: list[tuple[int, str]] = []
        self._introduction = ""
        self._earlier_introduction = ""  # what stood before a line that may turn out a caption
        self._items: list[_OpenItem] = []
        self._tables = 0
        self._in_contents = False

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks so far, in reading order."""
        return tuple(self._blocks)

    @property
    def headings(self) -> tuple[str, ...]:
        """The path of headings at this place, outermost first."""
        return tuple(text for _, text in self._headings)

    @property
    def heading_level(self) -> int:
        """Level of the innermost heading, 0 before the first."""
        return self._headings[-1][0] if self._headings else 0

    def save_headings(self) -> tuple[tuple[int, str], ...]:
        """The open headings, for `restore_headings` after a part that must not leave its own open."""
        return tuple(self._headings)

    def restore_headings(self, saved: tuple[tuple[int, str], ...]) -> None:
        """Go back to the headings that were open when `saved` was taken."""
        self._headings = list(saved)
        self._leave_list("")

    def heading(self, text: str, level: int) -> None:
        """A heading; it closes all headings of the same or a deeper level."""
        text = one_line(text)
        if not text:
            return
        while self._headings and self._headings[-1][0] >= level:
            self._headings.pop()
        self._add(Block(BlockKind.HEADING, text, headings=self.headings, heading_level=level))
        self._headings.append((level, text))
        self._leave_list("")
        bare = _LEADING_NUMBER.sub("", text).strip(" :.").lower()
        self._in_contents = bare in CONTENTS_HEADINGS

    def paragraph(self, text: str) -> None:
        """A paragraph; one that starts with a typed bullet or "(a)" becomes a list item."""
        text = one_line(text)
        if not text:
            return
        bullet = _BULLET.match(text)
        if bullet:
            self.item(text[bullet.end() :], 1)
        elif _LETTERED.match(text):
            self.item(text, 1)
        elif self._in_contents and _is_contents_line(text):
            self.contents(text)
        else:
            self._in_contents = False
            lead_in, self.next_lead_in = self.next_lead_in, ""
            self._add(Block(BlockKind.PARAGRAPH, text, headings=self.headings, lead_in=lead_in))
            self._leave_list(text)

    def item(self, text: str, level: int) -> None:
        """A list item; `level` counts from 1."""
        text = one_line(text)
        if not text:
            return
        if self._in_contents:
            if len(text.split()) <= CONTENTS_WORDS:
                self.contents(text, level)
                return
            self._in_contents = False
        lead_in = self._open_item(text, level)
        self._add(Block(BlockKind.LIST_ITEM, text, headings=self.headings, lead_in=lead_in, list_level=level))

    def item_paragraph(self, text: str, level: int) -> None:
        """A further paragraph of the list item last given at `level`; the list goes on after it."""
        text = one_line(text)
        if not text:
            return
        opened = next((item for item in reversed(self._items) if item.level <= level), None)
        lead_in = opened.text if opened and _INTRODUCES.search(opened.text) else ""
        self._add(Block(BlockKind.PARAGRAPH, text, headings=self.headings, lead_in=lead_in, list_level=level))
        if opened and _INTRODUCES.search(text):
            self._items.append(replace(opened, text=text))

    def term(self, text: str) -> None:
        """The term of a definition list."""
        text = one_line(text)
        if text:
            self._add(Block(BlockKind.PARAGRAPH, text, headings=self.headings))
            self._leave_list(text)

    def contents(self, text: str, level: int = 0) -> None:
        """A line of a table of contents."""
        text = one_line(text)
        if text:
            self._add(Block(BlockKind.CONTENTS, text, headings=self.headings, list_level=level))
            self._leave_list("")

    def caption(self, text: str) -> None:
        """The caption of a table or picture; a table that follows has it in its lead-in."""
        text = one_line(text)
        if text:
            self._add(Block(BlockKind.CAPTION, text, headings=self.headings))
            self._introduction = one_line(f"{_introduction(self._introduction)} {text}")
            self._items.clear()

    def furniture(self, text: str) -> None:
        """Running head, footer, navigation: kept to be seen, not part of the text around it."""
        text = one_line(text)
        if text:
            self._add(Block(BlockKind.FURNITURE, text))

    def footnote(self, text: str, place: NotePlace | None = None) -> None:
        """A footnote; with `place` it has the headings of its mark, and the sentence there as lead-in."""
        text = one_line(text)
        if not text:
            return
        headings = place.headings if place else self.headings
        lead_in = place.sentence if place else ""
        self._add(Block(BlockKind.FOOTNOTE, text, headings=headings, lead_in=lead_in))

    def table(self, table: Table, lead_in: str | None = None) -> None:
        """A table: one block per paragraph or list item of each cell, row by row."""
        if self._in_contents:
            self._contents_table(table)
            return
        if table.caption:
            self.caption(table.caption)
        elif lead_in is None:
            self._take_caption()
        opening = _introduction(self._introduction) if lead_in is None else lead_in
        number, self._tables = self._tables, self._tables + 1
        for cell, place in labelled_cells(table, number):
            whole = Block(BlockKind.CELL, "", headings=self.headings, lead_in=opening, cell=place)
            self._cell(cell, whole)
        self._leave_list("")

    def _cell(self, cell: GridCell, whole: Block) -> None:
        introduction = ""
        for part in cell.parts:
            if isinstance(part, Table):
                self.table(part, lead_in=one_line(f"{whole.lead_in} {introduction}"))
                continue
            lead_in = whole.lead_in
            if part.list_level and introduction:
                lead_in = one_line(f"{lead_in} {introduction}")
            elif not part.list_level:
                introduction = _introduction(part.text)
            self._add(
                replace(
                    whole,
                    text=part.text,
                    lead_in=lead_in,
                    list_level=part.list_level,
                    page=part.page or self.page,
                )
            )

    def _take_caption(self) -> None:
        """A label alone on its line just above a table is its caption, whatever the file calls it."""
        last = self._blocks[-1] if self._blocks else None
        if last is None or last.kind is not BlockKind.PARAGRAPH or last.text != self._introduction:
            return
        if len(last.text.split()) <= CAPTION_WORDS and not _ENDS_LINE.search(last.text):
            self._blocks[-1] = replace(last, kind=BlockKind.CAPTION, lead_in="")
            opening = _introduction(self._earlier_introduction)
            self._introduction = one_line(f"{opening} {last.text}")

    def _contents_table(self, table: Table) -> None:
        for row in table.rows:
            self.contents(" ".join(cell.text for cell in row))

    def _open_item(self, text: str, level: int) -> str:
        """Close the items this one does not belong to and give its lead-in."""
        closed_sibling = None
        while self._items and self._items[-1].level >= level:
            closed_sibling = self._items.pop()
        if self._items:
            parent = self._items[-1]
            lead_in = one_line(f"{parent.lead_in} {parent.text}")
        elif closed_sibling is not None:
            lead_in = closed_sibling.lead_in
        else:
            lead_in = self.next_lead_in or _introduction(self._introduction)
            self.next_lead_in = ""
        self._items.append(_OpenItem(level, lead_in, text))
        self._introduction = ""
        return lead_in

    def _leave_list(self, introduction: str) -> None:
        self._items.clear()
        self._earlier_introduction = self._introduction if introduction else ""
        self._introduction = introduction

    def _add(self, block: Block) -> None:
        self._blocks.append(block if block.page or not self.page else replace(block, page=self.page))


def _introduction(paragraph: str) -> str:
    """The paragraph if it introduces the list or table after it, else nothing."""
    short = len(paragraph.split()) <= INTRODUCTION_WORDS
    return paragraph if short or _INTRODUCES.search(paragraph) else ""


def _is_contents_line(text: str) -> bool:
    short = len(text.split()) <= CONTENTS_WORDS
    return short and (not text.endswith((".", "!", "?", ":")) or bool(_LINE_END_PAGE.search(text)))
