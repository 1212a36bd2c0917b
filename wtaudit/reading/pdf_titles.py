"""The title of a PDF and the printed labels of its pages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wtaudit.model import Block, BlockKind
from wtaudit.reading.pdf_furniture import Sheet
from wtaudit.reading.pdf_pages import PageSource

_FILE_NAME = re.compile(
    r"(?i)\.(?:docx?|pdf|indd|pub|odt|rtf|xlsx?|pptx?)$|^microsoft (?:word|powerpoint)|^untitled|^(?:document|slide|title)\s*\d*$|_"
)
_TITLE_WORDS = 30


def document_title(source: PageSource, blocks: Sequence[Block], sheets: Sequence[Sheet]) -> str:
    """The title in the metadata if it reads like one, else the largest text of the first page with text."""
    stated = " ".join((source.pdfium.title() if source.pdfium else "").replace("\x00", "").split())
    if " " in stated and not _FILE_NAME.search(stated) and any(letter.isalpha() for letter in stated):
        return stated
    first = next((block.page for block in blocks if block.kind is not BlockKind.FURNITURE), None)
    sizes = {line.text: line.size for sheet in sheets if sheet.number == first for line in sheet.lines}
    largest = max(sizes.values(), default=0.0)
    candidates = [
        block.text
        for block in blocks
        if block.page == first and block.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH)
        and any(size >= largest * 0.97 and text in block.text for text, size in sizes.items())
    ]  # fmt: skip
    if candidates and len(candidates[0].split()) <= _TITLE_WORDS:
        return candidates[0]
    return stated


def page_labels(source: PageSource, sheets: Sequence[Sheet]) -> dict[int, str]:
    """Printed page numbers that differ from the page's place: as stated by the file, else as printed."""
    labels: dict[int, str] = {}
    for sheet in sheets:
        label = source.pdfium.label(sheet.number) if source.pdfium else None
        label = label or sheet.printed
        if label and label != str(sheet.number):
            labels[sheet.number] = label
    return labels
