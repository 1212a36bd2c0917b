"""Keeps documents that were read, so that an unchanged file is not read again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from wtaudit.model import Document, ReadStatus
from wtaudit.reading.codec import document_from_json, document_to_json
from wtaudit.reading.interface import ReadOptions
from wtaudit.shelf import Shelf

READER_VERSION = "2"
"""To be raised with every change of a reader that changes what is read."""


def user_cache_folder(environment: Mapping[str, str], platform: str, home: Path) -> Path:
    """Where caches belong: `platform` is `sys.platform`, `environment` `os.environ`."""
    if environment.get("XDG_CACHE_HOME"):
        return Path(environment["XDG_CACHE_HOME"]) / "wtaudit"
    if platform == "win32":
        local = environment.get("LOCALAPPDATA")
        return (Path(local) if local else home / "AppData" / "Local") / "wtaudit" / "Cache"
    if platform == "darwin":
        return home / "Library" / "Caches" / "wtaudit"
    return home / ".cache" / "wtaudit"


class DocumentCache:
    """Documents by the bytes of their file, the reader's version and the options."""

    def __init__(self, folder: Path) -> None:
        self._shelf = Shelf(folder / "documents")

    def get(self, data: bytes, options: ReadOptions, suffix: str) -> Document | None:
        """The document that was read from these bytes under a name with this suffix, if it is kept.

        Path and kind are those of the file that was read first; the caller sets its own.
        """
        text = self._shelf.get(_name(data, options, suffix))
        if text is None:
            return None
        try:
            return document_from_json(json.loads(text))
        except (ValueError, KeyError, TypeError, RecursionError):
            return None  # damaged: it will be written anew

    def put(self, data: bytes, options: ReadOptions, suffix: str, document: Document) -> None:
        """Keep a document, unless it could not be read. No text of a protected file is kept."""
        if document.status is ReadStatus.UNREADABLE or options.password:
            return
        bare = replace(document, path="", kind=None, kind_source="detected", kind_reason="")
        text = json.dumps(document_to_json(bare), ensure_ascii=False, separators=(",", ":"))
        self._shelf.put(_name(data, options, suffix), text)

    def clear(self) -> int:
        """Forget all documents; the number of them."""
        return self._shelf.clear()


def _name(data: bytes, options: ReadOptions, suffix: str) -> str:
    # Limits of time and memory change whether a file is read, not what is read.
    asked = [READER_VERSION, suffix.lower(), options.ocr, options.max_pages]
    return hashlib.sha256(data).hexdigest() + hashlib.sha256(repr(asked).encode()).hexdigest()[:16]
