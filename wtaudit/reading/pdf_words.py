"""Reads the text of a page through pdfium as runs of words, with box, size, weight and direction."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from ctypes import CFUNCTYPE, byref, c_int, c_uint, c_ushort, c_void_p, cast, create_string_buffer
from dataclasses import dataclass, replace
from typing import Any

from wtaudit.reading.pdf_lines import is_marker
from wtaudit.reading.pdf_page import Box, Word, union

Place = Callable[[float, float], tuple[float, float]]
"""Turns PDF user space into points from the top left of the page as shown."""

_TOKEN = re.compile(r"[^\x00-\x20\ufffe\xa0\u2000-\u200a\u202f\u205f\u3000]+")
_LINE = re.compile(r"[^\r\n]\Z|(?<![^\r\n])[^\r\n]")  # the first character of each line and the very last
_HYPHENS = "\x02\ufffe"  # pdfium puts one where a hyphen ended a line inside a word
INVISIBLE = dict.fromkeys(map(ord, "\xad\u200b\u200c\u200d\u2060\ufeff"))
_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
_ODD = re.compile("[\xad\u200b-\u200d\u2060\ufeff\ufb00-\ufb06]")
_CLEAN = {**INVISIBLE, **_LIGATURES}
_NUMBER = re.compile(r"\(?\d{1,3}[.)]")
_BOLD_NAMES = ("bold", "black", "heavy", "demi")
_PLAIN_NAMES = ("regular", "roman", "light", "book")
_BOLD_WEIGHT = 650


@dataclass(frozen=True, slots=True)
class _Style:
    """What all characters of one text object share."""

    size: float
    bold: bool
    turn: int
    mark: int


class WordReader:
    """Reads one open text page; `place` maps its coordinates, `rotation` is the page's own turn.

    A run is as long as file and line allow: one text object, with space characters between its words.
    """

    def __init__(
        self, text_page: Any, place: Place, rotation: int, fonts: dict[int, bool], tagged: bool
    ) -> None:
        import pypdfium2.raw as raw

        self._raw = raw
        self._handle = text_page.raw
        self._place = place
        self._rotation = rotation
        self._origin = place(0.0, 0.0)
        self._fonts = fonts
        self._tagged = tagged
        self._styles: dict[int, _Style] = {}
        self._rect = raw.FS_RECTF()
        self._matrix = raw.FS_MATRIX()
        self._name = create_string_buffer(128)
        self._object_at = with_plain_pointers(raw.FPDFText_GetTextObject, c_void_p, c_void_p, c_int)
        self._mark_of = with_plain_pointers(raw.FPDFPageObj_GetMarkedContentID, c_int, c_void_p)
        self._mode_of = with_plain_pointers(raw.FPDFTextObj_GetTextRenderMode, c_int, c_void_p)
        self._font_of = with_plain_pointers(raw.FPDFTextObj_GetFont, c_void_p, c_void_p)

    def words(self) -> list[Word]:
        """All runs in the order the file draws them."""
        text = self._text()
        handle, object_at = self._handle, self._object_at
        made_up = self._raw.FPDFText_IsGenerated
        found: list[Word] = []
        start = end = owner = spaces = 0
        apart = False  # no space character stands before the run
        bullet = False  # the run is so far nothing but the sign or number of a list item
        places = [match.span() for match in _TOKEN.finditer(text)]
        holders = [object_at(handle, first) for first, _ in places]
        for number, (first, last) in enumerate(places):
            holder = holders[number]
            one = holders[number + 1 : number + 2] == [holder] or holder == object_at(handle, last - 1)
            real = first > 0 and text[first - 1] not in "\r\n" and made_up(handle, first - 1) != 1
            spaces += real
            if end and real and one and first == end + 1 and holder == owner and not bullet:
                end = last
                continue
            if end:
                self._add(found, text, start, end, apart)
            start, end, owner, apart = first, last, holder if one else 0, not real
            bullet = is_marker(text[start:end])
        if end:
            self._add(found, text, start, end, apart)
        if spaces * 4 < len(found):  # a file without space characters: all its gaps are alike
            return [replace(word, apart=False) if word.apart else word for word in found]
        return found

    def _text(self) -> str:
        """The page's text, one character for each character index of pdfium."""
        raw, handle = self._raw, self._handle
        count = max(0, raw.FPDFText_CountChars(handle))
        units = (c_ushort * (count + 1))()
        written = raw.FPDFText_GetText(handle, 0, count, units)
        # FPDFText_GetText leaves characters out and counts others twice: its text is only used where it fits.
        text = bytes(units).decode("utf-16-le", "replace")[: max(0, written - 1)]
        code_of = raw.FPDFText_GetUnicode
        if len(text) == count and all(
            code_of(handle, match.start()) == ord(text[match.start()]) for match in _LINE.finditer(text)
        ):
            return text
        return "".join([_character(code_of(handle, index)) for index in range(count)])

    def _add(self, found: list[Word], text: str, start: int, end: int, apart: bool) -> None:
        """Add the run at [start, end), cut where the text object changes to another line or size."""
        object_at, handle = self._object_at, self._handle
        hyphen = end < len(text) and text[end] in _HYPHENS
        pieces = [(start, end)]
        if " " not in text[start:end] and object_at(handle, start) != object_at(handle, end - 1):
            pieces = self._cut(start, end)
        for number, (first, last) in enumerate(pieces):
            word = self._word(text[first:last], first, last, len(found), number > 0, apart and not number)
            if word is None:
                continue
            if hyphen and last == end:
                word = replace(word, hyphen=True)
            if number and found:
                word = _settled(found, word)
            found.append(word)

    def _cut(self, start: int, end: int) -> list[tuple[int, int]]:
        pieces = []
        first, current = start, self._object_at(self._handle, start)
        for index in range(start + 1, end):
            holder = self._object_at(self._handle, index)
            if holder != current:
                pieces.append((first, index))
                first, current = index, holder
        pieces.append((first, end))
        return pieces

    def _word(self, text: str, start: int, end: int, order: int, glued: bool, apart: bool) -> Word | None:
        if _ODD.search(text):
            text = text.translate(_CLEAN)
        if not text:
            return None
        style = self._style(start)
        box = self._character_box(start)
        if end - start > 1:
            last = self._character_box(end - 1)
            box = (min(box[0], last[0]), min(box[1], last[1]), max(box[2], last[2]), max(box[3], last[3]))
        return Word(
            text, box, style.size, style.bold, order, glued, False, False, style.turn, style.mark, apart
        )

    def _character_box(self, index: int) -> Box:
        rect = self._rect
        if not self._raw.FPDFText_GetLooseCharBox(self._handle, index, byref(rect)):
            return (0.0, 0.0, 0.0, 0.0)
        if not self._rotation:
            x, y = self._origin
            return (rect.left + x, y - rect.top, rect.right + x, y - rect.bottom)
        x0, y0 = self._place(rect.left, rect.bottom)
        x1, y1 = self._place(rect.right, rect.top)
        return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def _style(self, index: int) -> _Style:
        address = self._object_at(self._handle, index)
        style = self._styles.get(address) if address else None
        if style is None:
            style = self._read_style(index, address)
            if address:
                self._styles[address] = style
        return style

    def _read_style(self, index: int, address: int | None) -> _Style:
        raw, handle, matrix = self._raw, self._handle, self._matrix
        raw.FPDFText_GetMatrix(handle, index, byref(matrix))
        scale = math.hypot(matrix.c, matrix.d) or 1.0
        turn = 0
        if matrix.b or matrix.a < 0 or self._rotation:
            angle = math.degrees(math.atan2(matrix.b, matrix.a)) - self._rotation
            turn = round(angle / 90) * 90 % 360
        size = raw.FPDFText_GetFontSize(handle, index) * scale
        if not math.isfinite(size) or size <= 0 or size > 2000:
            size = 1.0
        mark, bold = -1, False
        if address:
            mark = self._mark_of(address) if self._tagged else -1
            bold = self._mode_of(address) == raw.FPDF_TEXTRENDERMODE_FILL_STROKE
            font = self._font_of(address) or 0
            if font not in self._fonts:
                self._fonts[font] = self._is_bold(index)
            bold = bold or self._fonts[font]
        else:
            bold = self._is_bold(index)
        return _Style(size, bold, turn, mark)

    def _is_bold(self, index: int) -> bool:
        flags = c_int()
        length = self._raw.FPDFText_GetFontInfo(self._handle, index, self._name, 128, byref(flags))
        name = self._name.value.decode("utf-8", "replace").lower() if 0 < length <= 128 else ""
        if any(part in name for part in _BOLD_NAMES):
            return True
        if any(part in name for part in _PLAIN_NAMES):
            return False
        return bool(self._raw.FPDFText_GetFontWeight(self._handle, index) >= _BOLD_WEIGHT)


def fill_colour(raw: Any, pointer: Any) -> int:
    """The fill colour of a page object as 0xRRGGBB, black where it has none."""
    parts = [c_uint() for _ in range(4)]
    if not raw.FPDFPageObj_GetFillColor(pointer, *[byref(part) for part in parts]):
        return 0
    return int(parts[0].value << 16 | parts[1].value << 8 | parts[2].value)


def _settled(found: list[Word], word: Word) -> Word:
    """Settle how a later piece of a word stands to the piece before it: same word, superscript, or apart."""
    before = found[-1]
    if before.turn or word.turn:
        return word if _near(before.box, word.box, before.size) else replace(word, glued=False)
    raised = word.size < before.size * 0.85 and word.box[3] < before.box[3] - before.size * 0.1
    gap = word.box[0] - before.box[2]
    level = abs(word.box[3] - before.box[3]) < max(before.size, word.size) * 0.3
    if raised and -before.size * 0.5 < gap < before.size * 0.5:
        return replace(word, raised=True)
    if not before.glued and _NUMBER.fullmatch(before.text) and word.text[0].isalpha():
        return replace(word, glued=False)  # the number of a list item right before its text
    if not level or gap > before.size * 0.6 or gap < -before.size * 2:
        return replace(word, glued=False)
    if abs(word.size - before.size) < 0.5 and word.bold == before.bold:
        found.pop()
        return replace(
            before, text=before.text + word.text, box=union((before.box, word.box)), hyphen=word.hyphen
        )
    return word


def with_plain_pointers(function: Any, *types: Any) -> Any:
    """The same C function with its pointers given as numbers, which are much quicker to make and compare.

    `types` are the type of its result, then of its parameters.
    """
    return CFUNCTYPE(*types)(cast(function, c_void_p).value or 0)


def _character(code: int) -> str:
    return "\ufffd" if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF else chr(code)


def _near(first: Box, second: Box, size: float) -> bool:
    grown = (first[0] - size, first[1] - size, first[2] + size, first[3] + size)
    return grown[0] <= second[2] and second[0] <= grown[2] and grown[1] <= second[3] and second[1] <= grown[3]
