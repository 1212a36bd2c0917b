"""From files to documents: a reader per format, kind detection, limits and a cache."""

from wtaudit.reading.cache import DocumentCache, user_cache_folder
from wtaudit.reading.document import read_document
from wtaudit.reading.finding import find_documents
from wtaudit.reading.interface import PageProgress, Reading, ReadOptions
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
