"""Tells which format a file has, by its first bytes and its name, and why some cannot be read."""

from __future__ import annotations

import io
import zipfile
from enum import StrEnum

from wtaudit.errors import UnreadableError


class Format(StrEnum):
    """A format that can be read."""

    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    HTML = "html"
    MHTML = "mhtml"
    MARKDOWN = "markdown"
    TEXT = "text"


SUFFIXES = {
    ".pdf": Format.PDF,
    ".docx": Format.DOCX,
    ".docm": Format.DOCX,
    ".dotx": Format.DOCX,
    ".odt": Format.ODT,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".mhtml": Format.MHTML,
    ".mht": Format.MHTML,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
}
REFUSED_SUFFIXES = {
    ".doc": "old Word format (.doc): save it as .docx or PDF",
    ".dot": "old Word format (.dot): save it as .docx or PDF",
    ".rtf": "Rich Text Format: save it as .docx or PDF",
    ".pages": "Apple Pages format: export it as .docx or PDF",
    ".wpd": "WordPerfect format: save it as .docx or PDF",
    ".wps": "Works format: save it as .docx or PDF",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_TEXT_FORMATS = (Format.HTML, Format.MHTML, Format.MARKDOWN, Format.TEXT)


def detect_format(data: bytes, suffix: str) -> Format:
    """The format of a file's bytes; `suffix` decides only where the bytes leave it open.

    Raises UnreadableError with the reason for what cannot be read.
    """
    suffix = suffix.lower()
    if not data.strip(b"\x00 \t\r\n"):
        raise UnreadableError("the file is empty")
    found = _binary_format(data)
    if found is not None:
        return found
    if suffix in REFUSED_SUFFIXES:
        raise UnreadableError(REFUSED_SUFFIXES[suffix])
    by_name = SUFFIXES.get(suffix)
    if by_name in (Format.PDF, Format.DOCX, Format.ODT) and not _is_html(data):
        raise UnreadableError(f"the file is named {suffix} but is damaged or is not one")
    if not _is_text(data):
        raise UnreadableError("unknown format: not a PDF, Word, OpenDocument, web page or text file")
    return _text_format(data, by_name)


def _binary_format(data: bytes) -> Format | None:
    if b"%PDF-" in data[:1024]:
        return Format.PDF
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _zip_format(data)
    if data.startswith(_OLE):
        raise UnreadableError(_ole_reason(data))
    if data.startswith(b"{\\rtf"):
        raise UnreadableError(REFUSED_SUFFIXES[".rtf"])
    if data.startswith(_PICTURES):
        raise UnreadableError("a picture: run OCR on it and save the result as PDF")
    return None


def _ole_reason(data: bytes) -> str:
    if _ENCRYPTED_STREAM in data:
        return "protected by a password: save a copy without it"
    if _WORD_STREAM in data:
        return REFUSED_SUFFIXES[".doc"]
    return "old Office format: save it as .docx or PDF"


def _zip_format(data: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        raise UnreadableError("the file is damaged or cut short (broken zip archive)") from error
    if "[Content_Types].xml" in names:
        for folder, what in (("xl/", "a spreadsheet"), ("ppt/", "a presentation")):
            if any(name.startswith(folder) for name in names):
                raise UnreadableError(f"{what}: save it as PDF")
        return Format.DOCX
    if "content.xml" in names:
        return Format.ODT
    raise UnreadableError("a zip archive, not a document: unpack it first")


def _is_html(data: bytes) -> bool:
    start = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or b"<html" in start


def _is_text(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    sample = data[:65536]
    odd = sum(byte < 9 or 13 < byte < 27 or byte == 27 for byte in sample)
    return b"\x00" not in sample and odd * 50 <= len(sample)


def _text_format(data: bytes, by_name: Format | None) -> Format:
    if by_name in (Format.MARKDOWN, Format.TEXT):
        return by_name
    head = data[:4096].lower()
    if b"\nmime-version:" in head or head.startswith((b"mime-version:", b"from: <saved by")):
        return Format.MHTML
    if _is_html(data):
        return Format.HTML
    if by_name in _TEXT_FORMATS:
        return Format.HTML
    raise UnreadableError(
        "unknown format: name it .md or .txt if it is text, or save it as PDF, .docx or .html"
    )
