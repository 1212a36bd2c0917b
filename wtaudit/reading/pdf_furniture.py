"""Tells running heads, footers and page numbers from the text, and footnotes from the body of a page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from wtaudit.reading.pdf_columns import Frame
from wtaudit.reading.pdf_grid import Grid
from wtaudit.reading.pdf_lines import Line

ZONE = 0.11  # share of the page's height at top and bottom where furniture stands
LEAST_PAGES = 3
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(
    r"(?i)^[\s\-–—|•]*(?:page|p\.?|pg\.?)?\s*(\d{1,4}|[ivxlc]{1,7})\s*(?:(?:of|/)\s*\d{1,4})?[\s\-–—|•]*$"
)
_NOTE_START = re.compile(r"^(?:\d{1,3}|[*†‡§])(?=[\s.A-Z“‘\"'(\[]|$)")
_NOTE_SIZE = 0.92
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(slots=True)
class Sheet:
    """One page cut into tables, frames and lines; `furniture` and `notes` are lines taken out of `lines`."""

    number: int
    width: float
    height: float
    lines: list[Line]
    tables: list[Grid] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    furniture: list[Line] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)
    printed: str | None = None
    turned: int = 0
    ocr: bool = False


def take_out_furniture(sheets: Sequence[Sheet]) -> None:
    """Move running heads, footers and page numbers of all pages from `lines` to `furniture`."""
    places: Counter[tuple[str, int]] = Counter()
    for sheet in sheets:
        places.update({_key(line, sheet) for line in sheet.lines if _in_zone(line, sheet)})
    offset = _number_offset(sheets)
    for sheet in sheets:
        kept = []
        for line in sheet.lines:
            if _in_zone(line, sheet) and (
                _repeats(line, sheet, places, len(sheets)) or _is_number(line, sheet, offset)
            ):
                sheet.furniture.append(line)
                sheet.printed = sheet.printed or _printed(line, offset is not None)
            else:
                kept.append(line)
        sheet.lines = kept


def take_out_notes(sheet: Sheet, body_size: float) -> None:
    """Move the footnotes at the bottom of the page from `lines` to `notes`."""
    small = [line for line in sheet.lines if line.size <= body_size * _NOTE_SIZE and not line.turn]
    if not small:
        return
    lowest = max((line.box[3] for line in sheet.lines if line.size > body_size * _NOTE_SIZE), default=0.0)
    lowest = max([lowest, *(grid.box[3] for grid in sheet.tables), *(frame.box[3] for frame in sheet.frames)])
    below = sorted(
        (line for line in small if line.box[1] > lowest - line.size * 0.5), key=lambda line: line.box[1]
    )
    below = [line for line in below if line.box[1] > sheet.height * 0.4]
    start = next((n for n, line in enumerate(below) if _NOTE_START.match(line.text)), None)
    if start is None or len(below) > 60:
        return
    sheet.notes = below[start:]
    taken = set(map(id, sheet.notes))
    sheet.lines = [line for line in sheet.lines if id(line) not in taken]


def starts_note(text: str) -> bool:
    """True if a line begins with the mark of a footnote."""
    return bool(_NOTE_START.match(text))


def _in_zone(line: Line, sheet: Sheet) -> bool:
    return line.middle < sheet.height * ZONE or line.middle > sheet.height * (1 - ZONE)


def _key(line: Line, sheet: Sheet) -> tuple[str, int]:
    return (_DIGITS.sub("#", line.text.lower()), round(line.middle / 6))


def _repeats(line: Line, sheet: Sheet, places: Counter[tuple[str, int]], pages: int) -> bool:
    text, place = _key(line, sheet)
    if text.strip("# .") == "" and len(line.text) > 8:
        return False
    seen = sum(places[text, near] for near in (place - 1, place, place + 1))
    if seen < LEAST_PAGES:
        return pages == 2 and seen == 2 and bool(re.search(r"\d", line.text)) and line.text[-1].isdigit()
    return seen >= max(LEAST_PAGES, min(0.5 * pages, 12)) or _outermost(line, sheet)


def _outermost(line: Line, sheet: Sheet) -> bool:
    """True if nothing but furniture can stand further out than this line."""
    if line.middle < sheet.height / 2:
        return all(other.middle > line.middle - line.size * 3 for other in sheet.lines)
    return all(other.middle < line.middle + line.size * 3 for other in sheet.lines)


def _number_offset(sheets: Sequence[Sheet]) -> int | None:
    """How much the printed page number differs from the page's place, if most pages agree on it."""
    offsets: Counter[int] = Counter()
    for sheet in sheets:
        found = {_value(line.text) for line in sheet.lines if _in_zone(line, sheet)}
        offsets.update({value - sheet.number for value in found if value is not None})
    if not offsets:
        return None
    offset, seen = offsets.most_common(1)[0]
    return offset if seen >= max(2, 0.3 * len(sheets)) or (len(sheets) <= 2 and offset == 0) else None


def _value(text: str) -> int | None:
    match = _NUMBER.match(text)
    if not match:
        return None
    digits = match.group(1)
    return int(digits) if digits.isdigit() else _roman(digits.lower())


def _roman(text: str) -> int | None:
    total, before = 0, 0
    for letter in reversed(text):
        value = _ROMAN[letter]
        total += value if value >= before else -value
        before = max(before, value)
    return total


def _is_number(line: Line, sheet: Sheet, offset: int | None) -> bool:
    value = _value(line.text)
    return offset is not None and value is not None and value - sheet.number == offset


def _printed(line: Line, consistent: bool) -> str | None:
    match = _NUMBER.match(line.text)
    if not match or not consistent:
        return None
    return match.group(1)
