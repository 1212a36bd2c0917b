"""Reads one file of any format into a Document."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import assert_never

from wtaudit.errors import UnreadableError, UsageError
from wtaudit.model import Document, Kind, ReadStatus
from wtaudit.reading.dates import document_date
from wtaudit.reading.formats import SUFFIXES, Format, detect_format
from wtaudit.reading.interface import PageProgress, Reading, ReadOptions
from wtaudit.reading.kinds import detect_kind

MAX_FILE_BYTES = 1024 * 1024 * 1024


def read_document(
    path: str | Path,
    kind: Kind | str | None = None,
    *,
    options: ReadOptions | None = None,
    progress: PageProgress | None = None,
) -> Document:
    """Read the file at `path`; `kind` declares what it is, else the kind is found in its content.

    Where content and name do not tell the kind, the document's `kind` is None and `kind_reason` says
    why. The file is read in this process; `read_all` reads files that may be hostile in others.

    Raises UnreadableError if nothing can be read, and UsageError for a kind that does not exist.
    """
    declared = declared_kind(kind)
    path = Path(path)
    return document_from_bytes(
        load(path), path, declared, options=options or ReadOptions(), progress=progress
    )


def declared_kind(kind: Kind | str | None) -> Kind | None:
    """The kind as a value. Raises UsageError if there is no such kind."""
    try:
        return None if kind is None else Kind(kind)
    except ValueError as error:
        known = ", ".join(Kind)
        raise UsageError(f"no such kind of document: {kind} (there are {known})") from error


def load(path: Path) -> bytes:
    """The bytes of a file. Raises UnreadableError if there is none or it may not be opened."""
    try:
        if path.is_dir():
            raise UnreadableError("a folder, not a file")
        if path.stat().st_size > MAX_FILE_BYTES:
            raise UnreadableError("larger than 1 GB")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableError("no such file") from error
    except PermissionError as error:
        raise UnreadableError("no permission to open it") from error
    except (OSError, ValueError) as error:
        raise UnreadableError(f"cannot be opened: {error}") from error


def document_from_bytes(
    data: bytes,
    path: Path,
    kind: Kind | None,
    *,
    options: ReadOptions,
    progress: PageProgress | None = None,
) -> Document:
    """The document that the bytes of the file at `path` hold."""
    format_ = detect_format(data, path.suffix)
    try:
        reading = _read(format_, data, options, progress)
    except RecursionError as error:
        raise UnreadableError("its elements are nested too deep") from error
    if not reading.blocks and not reading.unreadable_pages:
        raise UnreadableError("; ".join(["no text in it", *reading.notes]))
    notes = reading.notes
    by_name = SUFFIXES.get(path.suffix.lower())
    if by_name is not None and by_name is not format_:
        notes = (*notes, f"named {path.suffix} but is {format_.value}; read as {format_.value}")
    date, source = document_date(reading)
    document = Document(
        path=str(path),
        format=format_.value,
        sha256=hashlib.sha256(data).hexdigest(),
        blocks=reading.blocks,
        title=reading.title,
        date=date,
        date_source=source,
        pages=reading.pages,
        unreadable_pages=reading.unreadable_pages,
        status=ReadStatus.PARTLY_READ if reading.unreadable_pages else ReadStatus.READ,
        reason=_pages_reason(reading.unreadable_pages),
        notes=notes,
    )
    return with_kind(document, kind)


def with_kind(document: Document, kind: Kind | None) -> Document:
    """The document as the declared kind, or as the kind its content and name show."""
    if kind is not None:
        return replace(document, kind=kind, kind_source="declared", kind_reason="")
    verdict = detect_kind(document.title, document.blocks, Path(document.path).name)
    return replace(document, kind=verdict.kind, kind_source="detected", kind_reason=verdict.reason)


def failure(path: Path, kind: Kind | None, reason: str, sha256: str = "") -> Document:
    """A document that could not be read, as a value: no blocks, and the reason."""
    return Document(
        path=str(path),
        format=SUFFIXES[path.suffix.lower()].value if path.suffix.lower() in SUFFIXES else "unknown",
        sha256=sha256,
        blocks=(),
        kind=kind,
        kind_source="declared" if kind else "detected",
        status=ReadStatus.UNREADABLE,
        reason=reason,
    )


def _pages_reason(pages: tuple[int, ...]) -> str | None:
    if not pages:
        return None
    listed = ", ".join(map(str, pages[:10])) + (" …" if len(pages) > 10 else "")
    return f"no text could be read on page{'s' * (len(pages) > 1)} {listed}"


def _read(format_: Format, data: bytes, options: ReadOptions, progress: PageProgress | None) -> Reading:
    """Readers are imported here: each brings a library that the others do not need."""
    match format_:
        case Format.PDF:
            from wtaudit.reading.pdf import read_pdf

            return read_pdf(data, options, progress)
        case Format.DOCX:
            from wtaudit.reading.docx import read_docx

            return read_docx(data, options)
        case Format.ODT:
            from wtaudit.reading.odt import read_odt

            return read_odt(data, options)
        case Format.HTML:
            from wtaudit.reading.html import read_html

            return read_html(data)
        case Format.MHTML:
            from wtaudit.reading.mhtml import read_mhtml

            return read_mhtml(data)
        case Format.MARKDOWN:
            from wtaudit.reading.html_parsing import decode
            from wtaudit.reading.markdown import read_markdown

            return read_markdown(decode(data))
        case Format.TEXT:
            from wtaudit.reading.html_parsing import decode
            from wtaudit.reading.plain_text import read_plain_text

            return read_plain_text(decode(data))
        case _:
            assert_never(format_)
