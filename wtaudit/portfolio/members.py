"""Who is in a portfolio: a folder for each partnership, or what a manifest lists."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from wtaudit.errors import UnreadableError
from wtaudit.model import Kind
from wtaudit.reading import find_documents

Inputs = tuple[tuple[Path, Kind | None], ...]
"""Files and folders with the kind they are declared to be; None is for detection."""
_LONGEST_STEM = 60


@dataclass(frozen=True, slots=True)
class Member:
    """One partnership: `stem` is the start of the names of its files among the results, no two the same."""

    name: str
    stem: str
    inputs: Inputs

    def documents(self) -> list[tuple[Path, Kind | None]]:
        """The files, each once, folders walked; raises OSError for a folder that cannot be listed."""
        found: dict[Path, Kind | None] = {}
        for path, kind in sorted(self.inputs, key=lambda pair: pair[1] is not None):  # a declared kind wins
            found.update(dict.fromkeys(find_documents([path]), kind))
        return list(found.items())


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The members in order, the folder their paths start from, and documents there that belong to nobody."""

    base: Path
    members: tuple[Member, ...]
    loose: tuple[Path, ...] = ()


def relative(path: Path, start: Path) -> str:
    """A path as seen from a folder; its last part alone where there is no way."""
    try:
        return Path(os.path.relpath(path, start)).as_posix()
    except ValueError:  # on another drive
        return path.name


def load_portfolio(source: Path, passed_over: Collection[Path] = ()) -> Portfolio:
    """The portfolio in a folder or a manifest; `passed_over` are files and folders of ours that may lie among them.

    Raises UnreadableError where there is nothing to audit, and ManifestError.
    """
    where = Path(os.path.normpath(source.absolute()))
    if where.is_dir():
        return _from_folder(where, {Path(os.path.normpath(p.absolute())) for p in passed_over})
    if not source.exists():
        raise UnreadableError(f"{source}: no such folder or manifest")
    from wtaudit.portfolio.manifest import load_manifest

    return Portfolio(where.parent, members(load_manifest(source, where.parent)))


def _from_folder(folder: Path, passed_over: Collection[Path]) -> Portfolio:
    try:
        inside = sorted(folder.iterdir(), key=lambda p: (p.name.lower(), p.name))
    except OSError as error:
        raise UnreadableError(f"{folder.name}: cannot be listed ({error.strerror})") from None
    seen = [p for p in inside if not p.name.startswith((".", "wtaudit-")) and p not in passed_over]
    folders = [p for p in seen if p.is_dir() and not p.name.lower().endswith(("_files", ".files"))]
    if not folders:
        raise UnreadableError(
            f"nothing to audit: {folder.name} holds no folders; give each partnership a folder of its own, "
            "or name a manifest"
        )
    own = {p for p in find_documents([folder]) if p.parent == folder}
    return Portfolio(
        folder, members([(p.name, ((p, None),)) for p in folders]), tuple(p for p in seen if p in own)
    )


def members(named: Sequence[tuple[str, Inputs]]) -> tuple[Member, ...]:
    """Members with stems that no other has, whatever the names are made of."""
    plain = [_plain(name) for name, _ in named]
    taken = Counter(plain)
    return tuple(
        Member(name, stem if stem and taken[stem] == 1 else f"{stem}-{_digest(name)}".lstrip("-"), inputs)
        for (name, inputs), stem in zip(named, plain, strict=True)
    )


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", letters)[:_LONGEST_STEM].strip("-")


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
