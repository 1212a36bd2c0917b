"""Gives the pages of a PDF one by one, by the engine that can read each, and notes those that none can."""

from __future__ import annotations

import gc
import re
from collections.abc import Sequence

from wtaudit.errors import UnreadableError
from wtaudit.reading.interface import ReadOptions
from wtaudit.reading.pdf_engine import Pdfium
from wtaudit.reading.pdf_page import Page, area, overlap

_GARBLED_FONTS = "the fonts of the page do not say which letters they show"
_GARBLED = 0.05  # share of characters that are control, private or unknown
_FEW_CHARACTERS = 20
_SCAN_AREA = 0.3
_FULL_SCAN = 0.6
_DRAWN = 400  # points of curves: about as many as a few words drawn as outlines
_DRAWING = 2500  # points of curves beside text that may be words drawn as outlines
_LARGE_PICTURE = 0.25
_LEAST_VOWELS = 0.17
_FEW_VOWELS = 0.28  # so few and not one of the commonest words: the letters are others than they seem
_COMMON_WORDS = re.compile(r"(?i)\b(?:the|of|and|to|in|for|a|is|with|or|y|yn|ac|o|ar)\b")
_PLUMBER_SECONDS = 30.0
_BAD = re.compile(r"[\x00-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]|\(cid:\d+\)")
_NO_LATIN = re.compile(r"[^A-Za-z]+")


class PageSource:
    """An open PDF; raises UnreadableError if no engine opens it or it is beyond the limits."""

    def __init__(self, data: bytes, options: ReadOptions) -> None:
        self.unreadable: list[int] = []
        self.reasons: dict[str, list[int]] = {}
        self.scanned: list[int] = []
        self._drawings: list[int] = []
        self._pictures: list[int] = []
        self._data = data
        self._options = options
        self._cut_off = b"%%EOF" not in data[-2048:]
        self._plumber_tried = False
        self._plumber: object | None = None
        if not data.strip():
            raise UnreadableError("the file is empty")
        self.pdfium = _open_pdfium(data, options.password)
        self.count = self.pdfium.count if self.pdfium else self._plumber_count()
        if self.count > options.max_pages:
            self.close()
            raise UnreadableError(
                f"the PDF has {self.count} pages, more than the limit of {options.max_pages}"
            )
        if self.count == 0:
            self.close()
            raise UnreadableError("the PDF has no pages")

    def close(self) -> None:
        """Close all engines."""
        if self.pdfium:
            self.pdfium.close()
        if self._plumber is not None:
            self._plumber.close()  # type: ignore[attr-defined]

    def page(self, number: int) -> Page:
        """Page `number` (from 1) as well as it can be read; an unreadable one is noted and comes with what it has."""
        page = self._by_pdfium(number)
        share = 1.0 if page is None else garbled_share(page)
        if share > _GARBLED:
            other = self._by_plumber(number)
            if other is not None and (page is None or garbled_share(other) < share):
                page, share = other, garbled_share(other)
        if page is None:
            self._note(number, "the page is damaged")
            return Page(number, 595.0, 842.0)
        garbled = share > _GARBLED
        reason = _GARBLED_FONTS if garbled else why_unreadable(page)
        if self._cut_off and not (page.words or page.images or page.drawn or page.fills or page.across):
            reason = "the page is empty in a file that is cut off"
        if reason is None:
            self._note_pictures(page)
            return page
        if self._options.ocr and self.pdfium:
            return self._by_ocr(page, reason)
        self._note(number, reason)
        if garbled:
            page.words = []
        return page

    def notes(self) -> tuple[str, ...]:
        """Plain sentences about pages that could not be read, and pages read by OCR."""
        notes = [f"{_pages(numbers)}: {reason}." for reason, numbers in self.reasons.items()]
        if (
            self.unreadable
            and not self._options.ocr
            and any("image" in r or "drawn" in r for r in self.reasons)
        ):
            notes.append(
                "Run with --ocr and the program tesseract to read pages that are images, or make them searchable with ocrmypdf."
            )
        if self._drawings:
            notes.append(
                f"{_pages(self._drawings)}: drawings, whose words are read only where they are text."
            )
        if self._pictures and len(self._pictures) < max(2, 0.5 * self.count):  # else they are the background
            notes.append(f"{_pages(self._pictures)}: large pictures, whose words are not read.")
        if self._cut_off:
            notes.append("The file has no end mark: it may be cut off, and text may be missing.")
        if self.scanned:
            notes.append(f"{_pages(self.scanned)}: read by OCR, so words may be wrong.")
        return tuple(notes)

    def _note_pictures(self, page: Page) -> None:
        """Remember a page that is read but has more on it than its text."""
        if page.drawn >= _DRAWING:
            self._drawings.append(page.number)
        if _picture_share(page) >= _LARGE_PICTURE:
            self._pictures.append(page.number)

    def _note(self, number: int, reason: str) -> None:
        self.unreadable.append(number)
        self.reasons.setdefault(reason, []).append(number)

    def _by_pdfium(self, number: int) -> Page | None:
        if not self.pdfium:
            return None
        try:
            return self.pdfium.page(number)
        except OSError:
            return None

    def _by_plumber(self, number: int) -> Page | None:
        from wtaudit.reading.pdf_plumber import Plumber

        plumber = self._open_plumber()
        if not isinstance(plumber, Plumber):
            return None
        page = plumber.page(number)
        gc.collect()  # its pages hold themselves
        return page

    def _open_plumber(self) -> object | None:
        if not self._plumber_tried:
            from wtaudit.reading.pdf_plumber import Plumber

            self._plumber_tried = True
            try:
                seconds = min(_PLUMBER_SECONDS, self._options.timeout_seconds / 2)
                self._plumber = Plumber(self._data, self._options.password, seconds)
            except OSError:
                self._plumber = None
        return self._plumber

    def _plumber_count(self) -> int:
        from wtaudit.reading.pdf_plumber import Plumber

        plumber = self._open_plumber()
        if isinstance(plumber, Plumber):
            return plumber.count
        raise UnreadableError("the file is not a PDF, or is damaged beyond repair: open it and save it anew")

    def _by_ocr(self, page: Page, reason: str) -> Page:
        from wtaudit.reading.pdf_ocr import read_by_ocr

        assert self.pdfium is not None
        if len(self.scanned) == self._options.max_ocr_pages:
            self._note(page.number, f"{reason}; OCR reads no more than {len(self.scanned)} pages of a file")
            return page
        try:
            words = read_by_ocr(self.pdfium, page, self._options.ocr_page_seconds)
        except OSError as error:
            self._note(page.number, f"{reason}; OCR failed: {error}")
            return page
        if sum(len(word.text) for word in words) < 3:
            self._note(page.number, f"{reason}; OCR found no text on it")
            return page
        page.words, page.ocr, page.tags = words, True, {}
        page.fills, page.across, page.down = [], [], []
        self.scanned.append(page.number)
        return page


def why_unreadable(page: Page) -> str | None:
    """Why the page's text cannot be read, None if it can or there is none."""
    characters = sum(len(word.text) for word in page.words)
    pictures = _picture_share(page)
    if characters < _FEW_CHARACTERS and pictures >= _SCAN_AREA:
        return "the page is an image without text"
    if characters < 5 * _FEW_CHARACTERS and pictures >= _FULL_SCAN:
        return "the page is an image with hardly any text"
    if characters < _FEW_CHARACTERS and page.drawn >= _DRAWN:
        return "the page is drawn as lines without text"
    return None


def _picture_share(page: Page) -> float:
    """Share of the page that images cover."""
    whole = (0.0, 0.0, page.width, page.height)
    return min(1.0, sum(overlap(box, whole) for box in page.images) / max(1.0, area(whole)))


def garbled_share(page: Page) -> float:
    """Share of characters that stand for no letter; 1.0 where letters are there but cannot be words."""
    text = " ".join(word.text for word in page.words if len(word.text) > 1)
    if not text:
        return 0.0
    share = len(_BAD.findall(text)) / len(text)
    letters = len(_NO_LATIN.sub("", text))
    if letters > 200 and letters > 0.4 * len(text):
        vowels = sum(map(text.count, "aeiouyAEIOUY"))
        few = vowels < _FEW_VOWELS * letters and not _COMMON_WORDS.search(text)
        return 1.0 if few or vowels < _LEAST_VOWELS * letters else share
    return share


def _open_pdfium(data: bytes, password: str | None) -> Pdfium | None:
    try:
        return Pdfium(data, password)
    except OSError:
        return None


def _pages(numbers: Sequence[int]) -> str:
    """Page numbers as a person writes them: "Page 3", "Pages 2–4 and 9"."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    texts = [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
    word = "Page" if len(set(numbers)) == 1 else "Pages"
    joined = texts[0] if len(texts) == 1 else ", ".join(texts[:-1]) + " and " + texts[-1]
    return f"{word} {joined}"
