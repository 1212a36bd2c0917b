"""The folder of results: one JSON result for each partnership, and what it was made from, so that it is not made twice."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from wtaudit.errors import UsageError
from wtaudit.files import write_whole
from wtaudit.model import Kind
from wtaudit.portfolio.members import Member
from wtaudit.reading.document import MAX_FILE_BYTES

_MADE_FROM = ".made-from"
"""The subfolder that says, for each result, what it was made from and which bytes it has."""


class Store:
    """Results by partnership. Every file is written whole or not at all, and the result before the note about it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, member: Member) -> Path:
        """Where a partnership's result lies, or will lie."""
        return self.folder / f"{member.stem}.json"

    def kept(self, member: Member, origin: str) -> dict[str, Any] | None:
        """The result, if it is there, was made from just this, and has not been touched since."""
        try:
            note = json.loads(self._note(member).read_bytes())
            data = self.path(member).read_bytes()
            if note == {"origin": origin, "sha256": hashlib.sha256(data).hexdigest()}:
                result: dict[str, Any] = json.loads(data)
                return result
        except (OSError, ValueError):  # gone or damaged is as good as never made
            pass
        return None

    def keep(self, member: Member, origin: str, result: str) -> None:
        """Write a result; raises UsageError where that cannot be."""
        data = result.encode("utf-8")
        note = {"origin": origin, "sha256": hashlib.sha256(data).hexdigest()}
        try:
            self._note(member).parent.mkdir(parents=True, exist_ok=True)
            write_whole(self.path(member), data)
            write_whole(self._note(member), json.dumps(note).encode("ascii"))
        except OSError as error:
            raise UsageError(f"{self.path(member)}: cannot be written ({error.strerror})") from None

    def forget(self, member: Member) -> None:
        """Take away an older result of a partnership that could not be judged this time; raises UsageError."""
        try:
            self.path(member).unlink(missing_ok=True)
            self._note(member).unlink(missing_ok=True)
        except OSError as error:
            raise UsageError(f"{self.path(member)}: cannot be removed ({error.strerror})") from None

    def _note(self, member: Member) -> Path:
        return self.folder / _MADE_FROM / f"{member.stem}.json"


def origin_of(
    name: str, files: Sequence[tuple[str, Kind | str | None, str]], checklist: str, tool: str, ocr: bool
) -> str:
    """One hash of all that decides a result: files as (path, declared kind, sha256), checklist's hash, tool's version."""
    parts = [name, [list(file) for file in files], checklist, tool, ocr]
    return hashlib.sha256(json.dumps(parts).encode("ascii")).hexdigest()


def file_hash(path: Path) -> str:
    """The sha256 of a file as its result will state it: empty for one that cannot be opened."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return ""
