"""Reads pages through pdfplumber: slow, but it reads some files and fonts that pdfium does not."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from wtaudit.reading.pdf_deadline import Deadline
from wtaudit.reading.pdf_engine import password_error
from wtaudit.reading.pdf_page import Fill, Page, Rule, Word
from wtaudit.reading.pdf_shapes import THIN
from wtaudit.reading.pdf_words import INVISIBLE

_SPACE = 0.15  # share of the type size that parts two words
_BOLD = ("bold", "black", "heavy", "demi")


class Plumber:
    """A PDF opened with pdfplumber; raises OSError if it cannot be, or takes longer than `seconds`."""

    def __init__(self, data: bytes, password: str | None, seconds: float) -> None:
        import logging

        import pdfplumber
        from pdfminer.pdfdocument import PDFPasswordIncorrect

        logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it warns on stderr of every flaw
        self._seconds = seconds
        try:
            with Deadline(seconds):
                self._document = pdfplumber.open(BytesIO(data), password=password, unicode_norm="NFKC")
                self.count = len(self._document.pages)
        except Exception as error:  # pdfminer raises errors of every kind on damaged files
            causes = (error, error.__cause__, error.__context__, *error.args)
            if any(isinstance(cause, PDFPasswordIncorrect) for cause in causes):
                raise password_error(password) from error
            raise OSError(f"{type(error).__name__}: {error}") from error

    def close(self) -> None:
        """Give the memory back."""
        self._document.close()

    def page(self, number: int) -> Page | None:
        """Page `number` (from 1), None if it cannot be read."""
        try:
            with Deadline(self._seconds):
                source = self._document.pages[number - 1]
                try:
                    return _read(source, number)
                finally:
                    source.close()
        except Exception:  # as above; a deadline that passed is among them
            return None


def _read(source: Any, number: int) -> Page:
    page = Page(number, float(source.width), float(source.height))
    words = source.extract_words(
        use_text_flow=True,
        x_tolerance=1,
        x_tolerance_ratio=_SPACE,
        extra_attrs=["fontname", "size", "upright"],
    )
    left, top = float(source.bbox[0]), float(source.bbox[1])
    for order, word in enumerate(words):
        text = word["text"].translate(INVISIBLE).strip()
        if not text:
            continue
        box = (word["x0"] - left, word["top"] - top, word["x1"] - left, word["bottom"] - top)
        bold = any(part in word["fontname"].lower() for part in _BOLD)
        turn = 0 if word["upright"] else 90
        page.words.append(Word(text, box, float(word["size"]), bold, order, turn=turn))
    for shape in (*source.rects, *source.lines):
        _add_shape(page, shape, left, top)
    page.images = [(i["x0"] - left, i["top"] - top, i["x1"] - left, i["bottom"] - top) for i in source.images]
    page.drawn = sum(len(curve.get("pts") or ()) for curve in source.curves)
    return page


def _add_shape(page: Page, shape: dict[str, Any], left: float, top: float) -> None:
    box = (shape["x0"] - left, shape["top"] - top, shape["x1"] - left, shape["bottom"] - top)
    if box[3] - box[1] <= THIN:
        page.across.append(Rule((box[1] + box[3]) / 2, box[0], box[2]))
    elif box[2] - box[0] <= THIN:
        page.down.append(Rule((box[0] + box[2]) / 2, box[1], box[3]))
    elif shape.get("stroke"):
        page.across += [Rule(box[1], box[0], box[2]), Rule(box[3], box[0], box[2])]
        page.down += [Rule(box[0], box[1], box[3]), Rule(box[2], box[1], box[3])]
    elif shape.get("fill"):
        page.fills.append(Fill(box, 0))
