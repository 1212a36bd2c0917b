"""What was made from a checklist, kept for later runs: parsing and compiling cost seconds, reading them back a fraction."""

from __future__ import annotations

import gzip
import os
import tempfile
from pathlib import Path

from wtaudit import __version__


class ChecklistCache:
    """Texts by the checklist's hash and a name, one file each.

    A cache that cannot be read or written is as good as none: nothing here raises for that.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "checklists"

    def get(self, sha256: str, part: str) -> str | None:
        """What was kept, or None."""
        try:
            return gzip.decompress(self._file(sha256, part).read_bytes()).decode("utf-8")
        except (OSError, EOFError, ValueError):
            return None

    def put(self, sha256: str, part: str, text: str) -> None:
        """Keep a text, written whole or not at all, so that runs at the same time do not disturb one another."""
        target = self._file(sha256, part)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._folder)
            with os.fdopen(handle, "wb") as file:
                file.write(gzip.compress(text.encode("utf-8"), compresslevel=1, mtime=0))
            Path(name).replace(target)
        except OSError:
            return

    def clear(self) -> int:
        """Delete everything kept; the number of files."""
        files = [p for p in self._folder.glob("*") if p.is_file()] if self._folder.is_dir() else []
        for file in files:
            file.unlink(missing_ok=True)
        return len(files)

    def _file(self, sha256: str, part: str) -> Path:
        return self._folder / f"{part}-{__version__}-{sha256[:32]}.json.gz"
