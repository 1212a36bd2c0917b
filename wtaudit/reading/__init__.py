"""From files to documents: a reader per format, kind detection, limits and a cache."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wtaudit.reading.document import read_document
from wtaudit.reading.finding import find_documents
from wtaudit.reading.interface import PageProgress, Reading, ReadOptions

if TYPE_CHECKING:
    from wtaudit.reading.cache import DocumentCache, user_cache_folder
    from wtaudit.reading.many import FileProgress, read_all

__all__ = [
    "DocumentCache",
    "FileProgress",
    "PageProgress",
    "ReadOptions",
    "Reading",
    "find_documents",
    "read_all",
    "read_document",
    "user_cache_folder",
]


def __getattr__(name: str) -> Any:
    """Load what only a parent process needs on first use: a reading process starts without it."""
    if name in ("DocumentCache", "user_cache_folder"):
        from wtaudit.reading import cache

        return getattr(cache, name)
    if name in ("FileProgress", "read_all"):
        from wtaudit.reading import many

        return getattr(many, name)
    raise AttributeError(f"module 'wtaudit.reading' has no attribute {name!r}")
