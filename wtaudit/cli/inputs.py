"""From paths on the command line to documents; what cannot be read stays in the list with its reason."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from wtaudit.cli.progress import show_progress
from wtaudit.errors import UnreadableError
from wtaudit.model import Document, Kind, ReadStatus

if TYPE_CHECKING:
    from wtaudit.auditor import Auditor
    from wtaudit.reading.cache import DocumentCache


def read_inputs(
    paths: list[Path], declared: list[tuple[Path, Kind | None]], *, password: str | None, ocr: bool,
    use_cache: bool, progress: bool, quiet: bool = False, verbose: bool = False, needs_kind: bool = True,
) -> list[Document]:  # fmt: skip
    """All documents, in the order given; raises UnreadableError when there is nothing to read at all."""
    from wtaudit.reading import ReadOptions, read_all

    wanted = wanted_inputs(paths, declared)
    options = ReadOptions(password=password, ocr=ocr)
    with show_progress(progress) as reporter:
        cache = document_cache() if use_cache else None
        read = read_all(wanted.items(), options, reporter, workers=os.cpu_count() or 1, cache=cache)
    seen = [replace(document, path=shown_path(document.path)) for document in read]
    documents = [_settled(document) if needs_kind else document for document in seen]
    tell_of(documents, quiet=quiet, verbose=verbose)
    return documents


def wanted_inputs(paths: list[Path], declared: list[tuple[Path, Kind | None]]) -> dict[Path, Kind | None]:
    """The files to read with the kinds declared for them, in the order given; raises UnreadableError if there are none."""
    from wtaudit.reading import find_documents

    wanted: dict[Path, Kind | None] = dict.fromkeys(find_documents(paths))
    for path, kind in declared:
        wanted.update(dict.fromkeys(find_documents([path]), kind))
    if not wanted:
        raise UnreadableError(
            "nothing to audit: give files or folders with PDF, Word, web page, Markdown or text documents, "
            "or name them in wtaudit.toml (`wtaudit init` writes one)"
        )
    return wanted


def tell_of(documents: Sequence[Document], *, quiet: bool, verbose: bool = False) -> None:
    """Say on stderr what could not be read and what was odd."""
    for document in documents:
        if document.status is not ReadStatus.READ:
            typer.echo(f"wtaudit: {document.path}: {document.reason}", err=True)
        elif verbose:
            typer.echo(f"wtaudit: {document.path}: read as {document.kind} ({_how(document)})", err=True)
        for note in document.notes if not quiet else ():
            typer.echo(f"wtaudit: {document.path}: {note}", err=True)


def shown_path(path: str | Path) -> str:
    """A path as seen from the working folder, so that no result tells of the machine; unchanged where there is no way."""
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:  # on another drive
        return str(path)


def document_cache() -> DocumentCache:
    """The user's cache of read documents."""
    from wtaudit.reading.cache import DocumentCache

    return DocumentCache(document_cache_folder())


def load_auditor(name: str, use_cache: bool = True) -> Auditor:
    """The auditor for a checklist's name or path, with what was compiled of it before."""
    from wtaudit.auditor import Auditor
    from wtaudit.checklist.cache import ChecklistCache
    from wtaudit.checklist.loading import load_checklist

    return Auditor(load_checklist(name, ChecklistCache(document_cache_folder()) if use_cache else None))


def document_cache_folder() -> Path:
    """The folder that holds the user's cache."""
    from wtaudit.reading.cache import user_cache_folder

    return user_cache_folder(os.environ, sys.platform, Path.home())


def _settled(document: Document) -> Document:
    """A document of no kind cannot be judged: it counts as unreadable, with how to declare it."""
    from wtaudit.reading.document import failure

    if document.status is ReadStatus.UNREADABLE or document.kind is not None:
        return document
    reason = (
        f"cannot tell which kind of document this is ({document.kind_reason}); "
        "declare it with --arrangements, --threshold or --protocol"
    )
    return failure(Path(document.path), None, reason, document.sha256)


def _how(document: Document) -> str:
    blocks = f"{document.format}, {len(document.blocks)} blocks"
    return f"{blocks}; {document.kind_reason}" if document.kind_reason else f"{blocks}; declared"
