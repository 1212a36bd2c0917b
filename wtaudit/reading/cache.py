"""Keeps documents that were read, so that an unchanged file is not read again."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from wtaudit.model import Document, ReadStatus
from wtaudit.reading.codec import document_from_json, document_to_json
from wtaudit.reading.interface import ReadOptions

READER_VERSION = "1"
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
    """Documents by the bytes of their file, the reader's version and the options, one small file each.

    A cache that cannot be read or written is as good as none: nothing here raises for that.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "documents"

    def get(self, data: bytes, options: ReadOptions, suffix: str) -> Document | None:
        """The document that was read from these bytes under a name with this suffix, if it is kept.

        Path and kind are those of the file that was read first; the caller sets its own.
        """
        file = self._file(data, options, suffix)
        try:
            content = json.loads(gzip.decompress(file.read_bytes()))
            return document_from_json(content)
        except FileNotFoundError:
            return None
        except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, RecursionError):
            with contextlib.suppress(OSError):  # damaged: it will be written anew
                file.unlink()
            return None

    def put(self, data: bytes, options: ReadOptions, suffix: str, document: Document) -> None:
        """Keep a document, unless it could not be read. No text of a protected file is kept."""
        if document.status is ReadStatus.UNREADABLE or options.password:
            return
        file = self._file(data, options, suffix)
        bare = replace(document, path="", kind=None, kind_source="detected", kind_reason="")
        text = json.dumps(document_to_json(bare), ensure_ascii=False, separators=(",", ":"))
        with contextlib.suppress(OSError):
            self._write(file, gzip.compress(text.encode("utf-8"), compresslevel=5, mtime=0))

    def clear(self) -> int:
        """Forget all documents; the number of them."""
        files = list(self._folder.glob("*.json.gz"))
        for file in files:
            with contextlib.suppress(OSError):
                file.unlink()
        return len(files)

    def _file(self, data: bytes, options: ReadOptions, suffix: str) -> Path:
        # Limits of time and memory change whether a file is read, not what is read.
        asked = [READER_VERSION, suffix.lower(), options.ocr, options.max_pages]
        key = hashlib.sha256(data).hexdigest() + hashlib.sha256(repr(asked).encode()).hexdigest()[:16]
        return self._folder / f"{key}.json.gz"

    def _write(self, file: Path, content: bytes) -> None:
        """Write beside and rename, so that nobody ever finds half a file."""
        import tempfile  # brings half a dozen modules, and most runs write nothing

        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=self._folder, suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
            os.replace(name, file)  # noqa: PTH105 - the counterpart of mkstemp
        except OSError:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise
