"""Reading in other processes: order, progress, and files that crash, hang or eat memory."""

from __future__ import annotations

import time
import zlib
from pathlib import Path

import pytest

from wtaudit.model import Kind, ReadStatus
from wtaudit.reading import ReadOptions, read_all
from wtaudit.reading.cache import DocumentCache

# A module that stands in for the Markdown reader of the child and does what hostile files make readers do.
STAND_IN = """
import os, time
from wtaudit.model import Block, BlockKind
from wtaudit.reading.interface import Reading
def read_markdown(text):
    word = text.strip()
    if word == "hang": time.sleep(60)
    if word == "crash": os.abort()
    if word == "exit": os._exit(0)
    if word == "print": print("noise"); os.write(1, b"noise")
    if word == "memory": len(bytearray(3 * 1024**3))
    if word == "bug": raise KeyError("oops")
    if word == "recursion": read_markdown.__wrapped__ = None; recurse(0)
    return Reading((Block(BlockKind.PARAGRAPH, word),))
def recurse(n): recurse(n + 1)
import sys
sys.modules["wtaudit.reading.markdown"] = sys.modules[__name__]
"""


def write(folder: Path, *words: str) -> list[tuple[Path, Kind | None]]:
    for word in words:
        (folder / f"{word}.md").write_text(word, encoding="utf-8")
    return [(folder / f"{word}.md", Kind.PROTOCOL) for word in words]


@pytest.fixture
def misbehaving(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the children use the stand-in."""
    (tmp_path / "stand_in.py").write_text(STAND_IN, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(
        "wtaudit.reading.many._SERVE",
        "import json, sys; sys.path[:] = json.loads(sys.argv[1]); import stand_in; "
        "from wtaudit.reading.worker import serve; serve()",
    )
    return tmp_path


def test_order_is_kept_and_failures_are_documents(tmp_path: Path) -> None:
    tasks = write(tmp_path, "one", "two", "three")
    tasks.insert(1, (tmp_path / "none.md", None))
    found = read_all(tasks)
    assert [Path(document.path).stem for document in found] == ["one", "none", "two", "three"]
    assert [document.status for document in found] == [
        ReadStatus.READ,
        ReadStatus.UNREADABLE,
        ReadStatus.READ,
        ReadStatus.READ,
    ]
    assert (found[1].reason, found[1].blocks) == ("no such file", ())
    assert found[0].blocks[0].text == "one"
    assert read_all([]) == []


def test_paths_stay_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "one")
    monkeypatch.chdir(tmp_path)
    assert read_all([("one.md", "protocol")])[0].path == "one.md"


def test_misbehaving_files_harm_only_themselves(misbehaving: Path) -> None:
    words = ("fine", "crash", "exit", "print", "bug", "memory", "recursion", "good")
    options = ReadOptions(memory_bytes=1024**3)
    found = {
        d.blocks[0].text if d.blocks else Path(d.path).stem: d
        for d in read_all(write(misbehaving, *words), options)
    }
    reasons = {word: found[word].reason for word in words}
    assert reasons["fine"] is reasons["good"] is reasons["print"] is None
    assert "broke down" in str(reasons["crash"])
    assert "broke down" in str(reasons["exit"])
    assert "KeyError" in str(reasons["bug"])
    assert "1024 MB" in str(reasons["memory"])
    assert "deep" in str(reasons["recursion"])


def test_time_limit(misbehaving: Path) -> None:
    start = time.monotonic()
    found = read_all(write(misbehaving, "hang", "fine"), ReadOptions(timeout_seconds=2), workers=1)
    assert time.monotonic() - start < 30
    assert found[0].reason == "took longer than 2 seconds"
    assert found[1].status is ReadStatus.READ


def test_cache_saves_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tasks = write(tmp_path, "one")
    cache = DocumentCache(tmp_path / "cache")
    first = read_all(tasks, cache=cache)
    monkeypatch.setattr("wtaudit.reading.many._start", lambda: pytest.fail("read again"))
    assert read_all(tasks, cache=cache) == first


def test_a_pdf_that_unpacks_to_a_gigabyte_harms_only_itself(tmp_path: Path) -> None:
    packer = zlib.compressobj(9)
    lines = b"".join(packer.compress(b"0 0 m 9 9 l S \n" * 70_000) for _ in range(1000)) + packer.flush()
    stream = zlib.compress(lines, 9)
    head = (
        "%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n"
        "3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>> endobj\n"
        f"4 0 obj <</Length {len(stream)}/Filter[/FlateDecode/FlateDecode]>> stream\n"
    )
    tail = b"\nendstream endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
    (tmp_path / "bomb.pdf").write_bytes(head.encode() + stream + tail)
    tasks = [(tmp_path / "bomb.pdf", Kind.PROTOCOL), *write(tmp_path, "fine")]
    bomb, fine = read_all(tasks, ReadOptions(timeout_seconds=3))
    assert bomb.status is not ReadStatus.READ
    assert fine.status is ReadStatus.READ
