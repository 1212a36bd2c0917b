"""What `read_document` gives for a file, and what it says of files that cannot be read."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from wtaudit.errors import UnreadableError, UsageError
from wtaudit.model import Kind, ReadStatus
from wtaudit.reading import find_documents, read_document

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def zipped(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return stream.getvalue()


def test_document_of_a_declared_kind(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# Title\n\nText.", encoding="utf-8")
    document = read_document(path, "protocol")
    assert (document.kind, document.kind_source) == (Kind.PROTOCOL, "declared")
    assert (document.title, document.format, document.status) == (
        "Title",
        "markdown",
        ReadStatus.READ,
    )
    assert len(document.sha256) == 64
    with pytest.raises(UsageError, match="nonsense"):
        read_document(path, "nonsense")


def test_undecided_kind_is_none_with_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Nothing to see.", encoding="utf-8")
    document = read_document(str(path))
    assert document.kind is None
    assert document.kind_reason


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.md", b"", "empty"),
        ("a.pdf", b"  \n", "empty"),
        ("a.doc", OLE + "WordDocument".encode("utf-16-le"), "save it as .docx or PDF"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("a.docx", zipped("[Content_Types].xml", "word/document.xml")[:60], "damaged"),
        ("a.docx", b"hello", "damaged"),
        ("a.docx", zipped("[Content_Types].xml", "xl/workbook.xml"), "spreadsheet"),
        ("a.docx", zipped("[Content_Types].xml", "ppt/presentation.xml"), "presentation"),
        ("a.docx", zipped("[Content_Types].xml"), "no text part"),
        ("a.zip", zipped("a.txt"), "unpack"),
        ("a.rtf", b"{\\rtf1 x}", ".docx"),
        ("a.png", b"\x89PNG\r\n", "picture"),
        ("a.xyz", b"hello", "unknown format"),
        ("a.txt", b"a\x00b\x01\x02", "unknown format"),
        ("a.html", b"<html><body></body></html>", "no text"),
    ],
)
def test_reasons_are_one_plain_line(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnreadableError, match=reason) as raised:
        read_document(path)
    assert "\n" not in str(raised.value)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="no such file"):
        read_document(tmp_path / "none.pdf")
    with pytest.raises(UnreadableError, match="folder"):
        read_document(tmp_path)


def test_wrong_suffix_is_read_as_what_it_is_and_said(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"<!DOCTYPE html><html><body><p>Page not found</p></body></html>")
    document = read_document(path)
    assert document.format == "html"
    assert any("named .pdf" in note for note in document.notes)


def test_find_documents(tmp_path: Path) -> None:
    for name in (
        "b.pdf", "A.docx", "old.doc", "x.yaml", ".hidden.md", "~$A.docx", "README.md",
        "page_files/inner.html", "sub/c.html", ".git/d.md",
    ):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    found = find_documents([tmp_path, tmp_path / "b.pdf", tmp_path / "none.pdf"])
    assert [path.relative_to(tmp_path).as_posix() for path in found] == [
        "A.docx", "b.pdf", "old.doc", "sub/c.html", "none.pdf",
    ]  # fmt: skip
