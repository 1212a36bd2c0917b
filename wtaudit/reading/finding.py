"""Finds the documents among files and folders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from wtaudit.reading.formats import REFUSED_SUFFIXES, SUFFIXES

# Files that live beside documents and are none.
NOT_DOCUMENTS = ("readme", "license", "licence", "changelog", "contributing")


def find_documents(paths: Iterable[str | Path]) -> list[Path]:
    """Files as given, and the documents in folders, each once, folders sorted by path.

    In folders, hidden files, the `_files` folders of saved pages, what wtaudit itself writes (`wtaudit-…`),
    and what is no document by its name are passed over. Word's old format and the like are kept, so that they are reported as unreadable
    and not lost. A path that does not exist is kept for the same reason.
    """
    found: dict[Path, None] = {}
    for path in map(Path, paths):
        if path.is_dir():
            found.update(dict.fromkeys(_walk(path)))
        else:
            found[path] = None
    return list(found)


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir(), key=lambda p: (p.is_dir(), p.name.lower(), p.name)):
        if path.name.startswith((".", "~$", "wtaudit-")):
            continue
        if path.is_dir():
            if not path.is_symlink() and not path.name.lower().endswith(("_files", ".files")):
                yield from _walk(path)
        elif _is_document(path):
            yield path


def _is_document(path: Path) -> bool:
    suffix = path.suffix.lower()
    if path.stem.lower() in NOT_DOCUMENTS:
        return False
    return suffix in SUFFIXES or suffix in REFUSED_SUFFIXES
