"""What was made from a checklist, kept for later runs: parsing and compiling cost seconds, reading them back a fraction."""

from __future__ import annotations

from pathlib import Path

from wtaudit import __version__
from wtaudit.shelf import Shelf


class ChecklistCache:
    """Texts by the checklist's hash and a name."""

    def __init__(self, folder: Path) -> None:
        self._shelf = Shelf(folder / "checklists")

    def get(self, sha256: str, part: str) -> str | None:
        """What was kept, or None."""
        return self._shelf.get(_name(sha256, part))

    def put(self, sha256: str, part: str, text: str) -> None:
        """Keep a text."""
        self._shelf.put(_name(sha256, part), text)

    def clear(self) -> int:
        """Delete everything kept; the number of texts."""
        return self._shelf.clear()


def _name(sha256: str, part: str) -> str:
    return f"{part}-{__version__}-{sha256[:32]}"
