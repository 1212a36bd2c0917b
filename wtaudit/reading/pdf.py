"""Reads a PDF into blocks in reading order, and says which of its pages could not be read."""

from __future__ import annotations

import gc

from wtaudit.errors import UnreadableError
from wtaudit.reading.interface import PageProgress, Reading, ReadOptions
from wtaudit.reading.pdf_layout import lay_out
from wtaudit.reading.pdf_pages import PageSource


def read_pdf(data: bytes, options: ReadOptions, progress: PageProgress | None = None) -> Reading:
    """Read the file; raises UnreadableError if it is encrypted, broken, empty or too long."""
    source = PageSource(data, options)
    collecting = gc.isenabled()
    gc.disable()  # hundreds of thousands of small values and no cycles among them: a sixth of the time
    try:
        return lay_out(source, progress)
    except RecursionError as error:
        raise UnreadableError("the PDF is damaged: its parts contain each other") from error
    finally:
        if collecting:
            gc.enable()
        source.close()
