"""Draws a page of a PDF with its blocks boxed and numbered, to see what was read where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wtaudit.errors import UnreadableError
from wtaudit.model import Block, BlockKind

if TYPE_CHECKING:
    from PIL.Image import Image

SCALE = 1.5  # pixels per point
_COLOURS = {
    BlockKind.HEADING: "#c00000",
    BlockKind.PARAGRAPH: "#0050c0",
    BlockKind.LIST_ITEM: "#008040",
    BlockKind.CELL: "#a05000",
    BlockKind.CAPTION: "#8000a0",
    BlockKind.FOOTNOTE: "#606060",
    BlockKind.CONTENTS: "#008080",
    BlockKind.FURNITURE: "#a0a0a0",
}


def draw_page(data: bytes, page: int, blocks: Sequence[Block], password: str | None = None) -> Image:
    """The picture of page `page` (from 1) with the blocks that begin on it, numbered by their place in `blocks`.

    Raises UnreadableError if pdfium cannot open the file or has no such page.
    """
    from PIL import ImageDraw

    picture = _rendered(data, page, password)
    draw = ImageDraw.Draw(picture)
    for number, block in enumerate(blocks):
        if block.page != page or block.box is None:
            continue
        left, top, right, bottom = (round(edge * SCALE) for edge in block.box)
        colour = _COLOURS[block.kind]
        draw.rectangle((left, min(top, bottom), max(left, right), max(top, bottom)), outline=colour, width=2)
        label = str(number)
        width = draw.textlength(label)
        draw.rectangle((left - width - 4, top, left - 2, top + 12), fill="white")
        draw.text((left - width - 3, top), label, fill=colour)
    return picture


def _rendered(data: bytes, page: int, password: str | None) -> Image:
    from wtaudit.reading.pdf_engine import Pdfium

    try:
        pdf = Pdfium(data, password)
    except OSError as error:
        raise UnreadableError(f"the PDF cannot be drawn: {error}") from error
    try:
        if not 1 <= page <= pdf.count:
            raise UnreadableError(f"the PDF has {pdf.count} pages, so there is no page {page}")
        return pdf.picture(page, SCALE)
    except OSError as error:
        raise UnreadableError(f"page {page} cannot be drawn: {error}") from error
    finally:
        pdf.close()
