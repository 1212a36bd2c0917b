"""Joins the words of a page into line pieces: runs of words on one baseline without a wide gap."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from wtaudit.reading.pdf_page import Box, Tag, Word, union

BULLETS = "•●▪■◆◦○‣⁃∙·➢➤►✓✔❖✗✘➔→\uf0a7\uf0b7\uf0d8\uf0fc\uf076\uf02d\uf0e0\uf06e\uf071\uf0be"
DASHES = "-–—‒"
MARKER = re.compile(
    rf"(?:[{BULLETS}{re.escape(DASHES)}]|\*|o|(?:\(?\d{{1,3}}(?:\.\d{{1,3}}){{0,4}}[.):]?\)?)|\(?(?:[a-zA-Z]|[ivxIVX]{{1,5}})[.)])$"
)
_WIDE_GAP = 1.6  # times the type size: a wider gap parts two pieces
_APART_GAP = 0.33  # where the file has no space character, a gap wider than a space parts them
_MARKER_GAP = 6.0  # a bullet or number may stand this far from its text
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_CLOSING = tuple(".,;:!?)]’”")


@dataclass(frozen=True, slots=True)
class Line:
    """A line or a piece of one. `box` is as shown on the page; `hyphen`: its last word goes on in the next line."""

    text: str
    box: Box
    size: float
    bold: bool
    words: tuple[Word, ...]
    hyphen: bool = False
    turn: int = 0
    tag: Tag | None = None

    @property
    def order(self) -> int:
        """Its place in the order the file draws."""
        return self.words[0].order

    @property
    def middle(self) -> float:
        """Height of the middle of the line."""
        return (self.box[1] + self.box[3]) / 2


def turned(box: Box, turn: int) -> Box:
    """The box in a frame in which text of that turn runs from left to right."""
    left, top, right, bottom = box
    if turn == 90:
        return (-bottom, left, -top, right)
    if turn == 270:
        return (top, -right, bottom, -left)
    if turn == 180:
        return (-right, -bottom, -left, -top)
    return box


def make_lines(words: Iterable[Word], tags: dict[int, Tag] | None = None) -> list[Line]:
    """Line pieces in the order the file draws them."""
    lines: list[Line] = []
    current: list[Word] = []
    for word in words:
        if current and not _goes_on(current, word):
            lines.append(make_line(current, tags))
            current = []
        current.append(word)
    if current:
        lines.append(make_line(current, tags))
    return lines


def make_line(words: Sequence[Word], tags: dict[int, Tag] | None = None) -> Line:
    """One line of words given in reading order; superscript note marks inside it are left out of its text."""
    kept = [w for n, w in enumerate(words) if not (n and w.raised and is_note_mark(w.text))] or list(words)
    after_mark = {id(w) for mark, w in pairwise(words) if mark.raised and w.text[:1] in _CLOSING}
    text = "".join(
        ("" if word.glued or not n or id(word) in after_mark else " ") + word.text
        for n, word in enumerate(kept)
    )
    text = _PRIVATE.sub("•", text[:1]) + _PRIVATE.sub("", text[1:])
    letters = sum(len(word.text) for word in kept) or 1
    bold = sum(len(word.text) for word in kept if word.bold) * 10 > letters * 8
    main = max(kept, key=lambda word: len(word.text))
    sizes: dict[float, int] = {}
    for word in kept:
        sizes[word.size] = sizes.get(word.size, 0) + len(word.text)
    size = max(sizes, key=lambda value: sizes[value])
    box = union(word.box for word in kept)
    hyphen = words[-1].hyphen
    tag = tags.get(main.mark) if tags else None
    return Line(text, box, size, bold, tuple(words), hyphen, main.turn, tag)


def join_lines(first: Line, second: Line) -> Line:
    """Two pieces of one line as one."""
    line = make_line((*first.words, *second.words))
    return replace(line, tag=first.tag or second.tag)


def is_note_mark(text: str) -> bool:
    """True for what stands raised after a word to point at a footnote: digits or a star."""
    return bool(re.fullmatch(r"[\[(]?(?:\d{1,3}|[*†‡§¹²³⁴-⁹⁰])(?:,\s?\d{1,3})*[\])]?", text))


def is_marker(text: str) -> bool:
    """True if the text is nothing but a bullet, number or letter of a list."""
    return len(text) <= 16 and bool(MARKER.match(_PRIVATE.sub("•", text)))


def _goes_on(current: list[Word], word: Word) -> bool:
    last = current[-1]
    if word.glued:
        return True
    if word.turn != last.turn or last.hyphen:
        return False
    before, box = turned(last.box, last.turn), turned(word.box, word.turn)
    size = max(last.size, word.size)
    level = next((turned(w.box, w.turn) for w in reversed(current) if not w.raised), before)
    if abs((level[1] + level[3]) - (box[1] + box[3])) > size * 0.8:
        return False
    gap = box[0] - before[2]
    marked = len(current) == 1 and is_marker(last.text) and not last.text[-1].isalnum()
    wide = _MARKER_GAP if marked or last.text == "o" else _APART_GAP if word.apart else _WIDE_GAP
    return -0.6 * size < gap < wide * size
