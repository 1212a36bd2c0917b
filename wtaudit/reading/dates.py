"""The date of a document: what its first page states, else what the file's own properties say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from wtaudit.model import Block, BlockKind, DateSource
from wtaudit.reading.interface import Reading

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_DATES = tuple(
    re.compile(rf"(?i)(?<![\d/.-]){form}(?![\d/-])")
    for form in (
        rf"(?:{_DAY}(?:st|nd|rd|th)?(?: day of)?\s+)?{_MONTH}\.?,?\s+{_YEAR}",
        rf"{_DAY}[/.](?P<number>0?[1-9]|1[0-2])[/.]{_YEAR}",
        rf"{_YEAR}-(?P<number>0[1-9]|1[0-2])-{_DAY}",
    )
)
_CUE = re.compile(
    r"(?i)\b(?:version|v\.? ?\d|issued?|edition|published?|publication|in force|effective|in use|dated?|updated?"
    r"|revised|revision|amended|approved|agreed|adopted|ratified|signed off|launched|takes? effect)\b"
)
_OTHER = re.compile(
    r"(?i)\b(?:review(?: date| by| due|ed by)?|next|due|expir\w*|until|replac\w+|supersed\w+|withdrawn|born|act|since"
    r"|previous\w*|former\w*|guidance)\b"
)
_PROPERTY = re.compile(r"\A(?:D:)?\s*(\d{4})-?(\d\d)-?(\d\d)")
_FIRST_BLOCKS, _MOST_WORDS = 25, 40  # where a title page stands, and what on it is no running text
_EARLIEST = 2005  # before it there were no such documents: a program's default


def document_date(reading: Reading) -> tuple[str | None, DateSource | None]:
    """An ISO date, without the day or the month where they are not stated, and what tells it; None twice if nothing does."""
    if stated := stated_date(reading.blocks):
        return stated, DateSource.STATED
    if saved := property_date(reading.date):
        return saved, DateSource.FILE
    return None, None


def stated_date(blocks: Sequence[Block]) -> str | None:
    """The latest date that the first page gives with a word such as version, published or in force, or in a line of its own."""
    found = [date for text in _front(blocks) for date in _dates_of_version(text)]
    return max(found, default=None)


def property_date(text: str) -> str | None:
    """The day in a date as PDF, Word and web pages write it: `D:20250401…`, `2025-04-01T…`."""
    found = _PROPERTY.match(text)
    if found is None:
        dates = list(_dates(text))
        return dates[0][1] if dates else None
    year, month, day = found.groups()
    real = int(year) >= _EARLIEST and 1 <= int(month) <= 12 and 1 <= int(day) <= 31
    return f"{year}-{month}-{day}" if real else None


def _front(blocks: Sequence[Block]) -> Iterator[str]:
    """The short texts of the first page with text, its head and foot among them, with the names of their cells."""
    first = next((b.page for b in blocks if b.page is not None), None)
    page = (b for b in blocks if b.page == first and b.kind is not BlockKind.CONTENTS)
    furniture = [b for b in blocks if b.page == first and b.kind is BlockKind.FURNITURE]
    for block in (*islice((b for b in page if b.kind is not BlockKind.FURNITURE), _FIRST_BLOCKS), *furniture):
        if len(block.text.split()) <= _MOST_WORDS:
            cell = block.cell
            yield f"{cell.row_header} {cell.column_header}: {block.text}" if cell else block.text


def _dates_of_version(text: str) -> Iterator[str]:
    """The dates whose own part of a sentence says that they are the document's."""
    dates = list(_dates(text))
    if len(dates) == 1 and dates[0][0].group().strip() == text.strip(" .|()"):
        yield dates[0][1]
        return
    start = 0
    for found, date in dates:
        before = re.split(r"(?<=[.;!?])\s(?=[A-Z])", text[start : found.start()])[-1]
        start = found.end()
        if _CUE.search(before) and not _OTHER.search(before):
            yield date


def _dates(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Every date in a text, in order, with its ISO form."""
    for found in sorted((m for form in _DATES for m in form.finditer(text)), key=lambda m: m.start()):
        parts = found.groupdict()
        year, month = parts["year"], parts.get("month")
        if int(year) < _EARLIEST:
            continue
        number = _MONTHS.index(month[:3].lower()) + 1 if month else int(parts["number"])
        day = parts.get("day")
        yield found, f"{year}-{number:02}" + (f"-{int(day):02}" if day else "")
