"""The cache gives back what was put, for the same bytes and options only, and survives damage."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from wtaudit.model import Block, BlockKind, Cell, Document, Kind, ReadStatus
from wtaudit.reading.cache import DocumentCache, user_cache_folder
from wtaudit.reading.codec import document_from_json, document_to_json
from wtaudit.reading.interface import ReadOptions

DOCUMENT = Document(
    path="",
    format="pdf",
    sha256="00",
    blocks=(
        Block(BlockKind.HEADING, "A – é", page=1, page_label="i", heading_level=1),
        Block(
            BlockKind.CELL, "x", headings=("A",), lead_in="They:", cell=Cell(0, 1, 2, "r", "c", True),
            box=(1.0, 2.0, 3.5, 4.0), ocr=True,
        ),
    ),
    title="T",
    pages=3,
    unreadable_pages=(2,),
    status=ReadStatus.PARTLY_READ,
    reason="page 2",
    notes=("note",),
)  # fmt: skip
OPTIONS = ReadOptions()


def test_json_and_back_is_the_same() -> None:
    document = replace(DOCUMENT, kind=Kind.THRESHOLD, path="a/b.pdf")
    assert document_from_json(document_to_json(document)) == document


def test_put_and_get(tmp_path: Path) -> None:
    cache = DocumentCache(tmp_path)
    assert cache.get(b"1", OPTIONS, ".pdf") is None
    cache.put(b"1", OPTIONS, ".pdf", replace(DOCUMENT, path="x", kind=Kind.PROTOCOL))
    assert cache.get(b"1", OPTIONS, ".pdf") == DOCUMENT
    assert cache.get(b"2", OPTIONS, ".pdf") is None
    assert cache.get(b"1", OPTIONS, ".txt") is None
    assert cache.get(b"1", ReadOptions(ocr=True), ".pdf") is None
    assert cache.clear() == 1
    assert cache.get(b"1", OPTIONS, ".pdf") is None


@pytest.mark.parametrize("damage", [b"", b"not gzip", b"\x1f\x8b\x08\x00", None])
def test_damage_is_ignored_and_mended(tmp_path: Path, damage: bytes | None) -> None:
    cache = DocumentCache(tmp_path)
    cache.put(b"1", OPTIONS, ".pdf", DOCUMENT)
    file = next(tmp_path.rglob("*.gz"))
    file.write_bytes(file.read_bytes()[:-20] if damage is None else damage)
    assert cache.get(b"1", OPTIONS, ".pdf") is None
    cache.put(b"1", OPTIONS, ".pdf", DOCUMENT)
    assert cache.get(b"1", OPTIONS, ".pdf") == DOCUMENT


def test_unreadable_and_protected_documents_are_not_kept(tmp_path: Path) -> None:
    cache = DocumentCache(tmp_path)
    cache.put(b"1", OPTIONS, ".pdf", replace(DOCUMENT, status=ReadStatus.UNREADABLE))
    cache.put(b"1", ReadOptions(password="x"), ".pdf", DOCUMENT)
    assert not list(tmp_path.rglob("*.gz"))


def test_folder_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    DocumentCache(tmp_path / "file").put(b"1", OPTIONS, ".pdf", DOCUMENT)
    assert DocumentCache(tmp_path / "file").get(b"1", OPTIONS, ".pdf") is None


def test_cache_folder_of_each_system() -> None:
    home = Path("/home/u")
    assert user_cache_folder({"XDG_CACHE_HOME": "/c"}, "linux", home) == Path("/c/wtaudit")
    assert user_cache_folder({}, "linux", home) == home / ".cache" / "wtaudit"
    assert user_cache_folder({}, "darwin", home) == home / "Library" / "Caches" / "wtaudit"
    assert user_cache_folder({}, "win32", home) == home / "AppData" / "Local" / "wtaudit" / "Cache"
