"""Damaged Word files and web pages: a document or an UnreadableError comes out, never anything else."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wtaudit.errors import UnreadableError
from wtaudit.model import Document, Kind
from wtaudit.reading.document import document_from_bytes
from wtaudit.reading.interface import ReadOptions

OPTIONS = ReadOptions(max_unpacked_bytes=16 * 1024 * 1024)
PAGE = (
    b"<!doctype html><html><head><title>T</title></head><body><nav><a href='#a'>A</a></nav><main>"
    b"<h1>Title</h1><p>They will:<sup><a href='#n'>1</a></sup></p><ul><li>pay<ol><li>now</li></ol></li>"
    b"</ul><table><tr><th colspan=2>Who</th></tr><tr><td rowspan=2>a</td><td>b</td></tr></table><dl>"
    b"<dt>t</dt><dd>d</dd></dl><details><summary>s</summary>x</details><p id=n class=footnote>note</p>"
    b"</main></body></html>"
)


def word_file() -> bytes:
    """A small Word file without the parts that do not matter, so that damage hits what does."""
    document = docx.Document()
    document.add_heading("Title", 1)
    document.add_paragraph("They will:")
    document.add_paragraph("pay", style="List Bullet")
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Who"
    table.cell(1, 0).text = "a"
    stream, small = io.BytesIO(), io.BytesIO()
    document.save(stream)
    wanted = (
        "[Content_Types].xml",
        "_rels/.rels",
        "word/document.xml",
        "word/_rels/document.xml.rels",
    )
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(small, "w") as new:
        for name in wanted:
            new.writestr(name, old.read(name))
    return small.getvalue()


WORD = word_file()


def read(data: bytes, suffix: str) -> None:
    reason = "read"
    try:
        document = document_from_bytes(data, Path(f"x{suffix}"), Kind.PROTOCOL, options=OPTIONS)
    except UnreadableError as error:
        reason = str(error)
    else:
        assert isinstance(document, Document)
    assert reason
    assert "\n" not in reason


@pytest.mark.parametrize(("whole", "suffix"), [(WORD, ".docx"), (PAGE, ".html"), (PAGE, ".md")])
def test_cut_short(whole: bytes, suffix: str) -> None:
    for length in range(0, len(whole), max(1, len(whole) // 150)):
        read(whole[:length], suffix)


@pytest.mark.parametrize(("whole", "suffix"), [(WORD, ".docx"), (PAGE, ".html"), (PAGE, ".md")])
def test_flipped_bits(whole: bytes, suffix: str) -> None:
    chance = random.Random(7)
    for _ in range(250):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 1, 3, 20))):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        read(bytes(data), suffix)


def test_shuffled_xml_in_a_whole_archive() -> None:
    """Flips inside the XML that leave the archive whole reach the reader itself."""
    chance = random.Random(11)
    with zipfile.ZipFile(io.BytesIO(WORD)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    xml = members["word/document.xml"].decode()
    start = xml.index("<w:body>") + 8
    words = [
        "<w:p>",
        "</w:p>",
        "<w:tbl>",
        "</w:tbl>",
        "<w:tr>",
        "</w:tr>",
        "<w:tc>",
        "</w:tc>",
        "w:val='x'",
    ]
    for _ in range(250):
        place = chance.randrange(start, len(xml))
        end = place + chance.choice((0, 0, 5, 40))
        members["word/document.xml"] = (xml[:place] + chance.choice(words) + xml[end:]).encode()
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            for name, content in members.items():
                archive.writestr(name, content)
        read(stream.getvalue(), ".docx")


@settings(max_examples=100, deadline=None)
@given(
    st.binary(max_size=200),
    st.sampled_from([".docx", ".odt", ".html", ".mhtml", ".md", ".txt", ""]),
)
def test_any_bytes(data: bytes, suffix: str) -> None:
    read(data, suffix)


TAGS = st.sampled_from(
    "p div ul ol li table tr td th thead h1 h2 dl dt dd details summary nav main article aside sup a b br button".split()  # noqa: SIM905
)
TREES = st.recursive(
    st.text(max_size=12),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag} class=footnote href='#n' id=n rowspan=9>{''.join(parts)}</{tag}>",
        TAGS,
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(TREES)
def test_any_nesting_of_elements(markup: str) -> None:
    read(f"<html><body>{markup}</body></html>".encode("utf-8", "replace"), ".html")


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="#-*|>`[]()^:\n 1.abc<&~=_!\\", max_size=120))
def test_any_markdown(text: str) -> None:
    read(text.encode(), ".md")
