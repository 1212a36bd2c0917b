"""What every format's reader takes and gives back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from wtaudit.model import Block

PageProgress = Callable[[int, int], None]
"""Called with (pages done, pages in all) while a file is read."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read: password of an encrypted file, OCR of pages without text, and limits against hostile files.

    A file may take `timeout_seconds`, and `ocr_page_seconds` more for each of `max_ocr_pages` pages with OCR.
    """

    password: str | None = None
    ocr: bool = False
    max_pages: int = 2000
    max_ocr_pages: int = 200
    max_unpacked_bytes: int = 512 * 1024 * 1024
    timeout_seconds: float = 120.0
    ocr_page_seconds: float = 30.0
    memory_bytes: int = 2 * 1024 * 1024 * 1024

    @property
    def most_seconds(self) -> float:
        """The time that one file may take."""
        return self.timeout_seconds + self.ocr * self.max_ocr_pages * self.ocr_page_seconds


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found in one file, before its kind is known. Pages count from 1.

    `date` is what the file's own properties call its date, as they write it.
    """

    blocks: tuple[Block, ...]
    title: str = ""
    date: str = ""
    pages: int | None = None
    unreadable_pages: tuple[int, ...] = ()
    notes: tuple[str, ...] = field(default=())
