"""Texts kept for later runs, such as documents that were read: one compressed file each, in one folder."""

from __future__ import annotations

import contextlib
import gzip
import os
import zlib
from pathlib import Path


class Shelf:
    """Texts by name in a folder.

    What cannot be read is not there, and what cannot be written is not kept: nothing here raises for that.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, name: str) -> str | None:
        """The text, or None where none is kept or it is damaged."""
        try:
            return gzip.decompress(self._file(name).read_bytes()).decode("utf-8")
        except (OSError, EOFError, zlib.error, ValueError):
            return None

    def put(self, name: str, text: str) -> None:
        """Keep a text, written beside and renamed, so that runs at the same time never find half a file."""
        with contextlib.suppress(OSError):
            self._write(self._file(name), gzip.compress(text.encode("utf-8"), compresslevel=1, mtime=0))

    def clear(self) -> int:
        """Delete everything kept; the number of texts."""
        files = list(self._folder.glob("*.gz"))
        for file in (*files, *self._folder.glob("*.tmp")):
            with contextlib.suppress(OSError):
                file.unlink()
        return len(files)

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.json.gz"

    def _write(self, file: Path, content: bytes) -> None:
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
