"""What the web page reader keeps, leaves out, and knows about each block."""

from __future__ import annotations

import pytest

from wtaudit.errors import UnreadableError
from wtaudit.model import Block, BlockKind
from wtaudit.reading.html import read_html
from wtaudit.reading.html_parsing import decode
from wtaudit.reading.mhtml import read_mhtml


def blocks(body: str) -> tuple[Block, ...]:
    return read_html(f"<!doctype html><html><body>{body}</body></html>".encode()).blocks


def texts(body: str, *, furniture: bool = False) -> list[str]:
    return [b.text for b in blocks(body) if (b.kind is BlockKind.FURNITURE) is furniture]


LONG = "<p>" + "The three partners agree the plan for the year. " * 20 + "</p>"


def test_navigation_and_banners_are_furniture() -> None:
    page = (
        '<a href="#main">Skip to main content</a><header><a href="/">Council</a></header>'
        '<nav><ul><li><a href="/a">Home</a></li></ul></nav>'
        '<div id="cookie-banner"><p>We use cookies.</p><button>Accept</button></div>'
        f"<div><h1>Arrangements</h1>{LONG}</div><footer><p>© Council</p></footer>"
    )
    kept = texts(page)
    assert kept[0] == "Arrangements"
    assert len(kept) == 2
    assert texts(page, furniture=True) == ["Council", "Home", "We use cookies.", "© Council"]


def test_main_is_the_content_and_the_rest_furniture() -> None:
    page = f"<div><h1>Title</h1><p>Share this</p></div><main>{LONG}</main><p>Related pages</p>"
    assert texts(page)[0] == "Title"
    assert "Related pages" in texts(page, furniture=True)


def test_an_almost_empty_main_does_not_hide_the_page() -> None:
    assert len(texts(f"<main><p>Home</p></main><div>{LONG}{LONG}</div>")) == 3


def test_unclosed_navigation_does_not_swallow_the_page() -> None:
    assert len(texts(f"<nav><a href='/'>Home</a>{LONG}{LONG}")) >= 2


@pytest.mark.parametrize("name", ["information-sharing", "consent", "social-care", "feedback"])
def test_sections_named_like_widgets_are_kept(name: str) -> None:
    body = f'<div id="{name}" class="{name}"><h2>Heading</h2><p>They share it.</p></div>'
    assert texts(body) == ["Heading", "They share it."]


def test_asides_and_hidden_panels_are_kept() -> None:
    assert texts("<aside><p>A note.</p></aside><div hidden><p>A panel.</p></div>") == [
        "A note.",
        "A panel.",
    ]


def test_nested_lists_and_further_paragraphs() -> None:
    found = blocks(
        "<p>Within a day:</p><ul><li>told;</li><li>a manager decides:"
        "<ol><li>advice;</li><li>help.</li></ol></li><li><p>seen.</p><p>At home.</p></li></ul>"
    )
    assert [(b.text, b.list_level, b.lead_in) for b in found[1:]] == [
        ("told;", 1, "Within a day:"),
        ("a manager decides:", 1, "Within a day:"),
        ("advice;", 2, "Within a day: a manager decides:"),
        ("help.", 2, "Within a day: a manager decides:"),
        ("seen.", 1, "Within a day:"),
        ("At home.", 1, ""),
    ]


def test_table_headers_spans_and_groups() -> None:
    found = blocks(
        "<table><caption>Shares</caption><tr><th>Who</th><th colspan=2>Pays</th></tr>"
        "<tr><th colspan=3>Statutory</th></tr>"
        "<tr><th scope=row rowspan=2>Council</th><td>cash</td><td>£10</td></tr>"
        "<tr><td colspan=2>rooms</td></tr></table>"
    )
    cells = {b.text: b.cell for b in found if b.cell}
    assert len([b for b in found if b.text == "rooms"]) == 1
    ten, rooms = cells["£10"], cells["rooms"]
    assert ten is not None
    assert rooms is not None
    assert (ten.row_header, ten.column_header) == ("Statutory / Council", "Pays")
    assert (rooms.row, rooms.column, rooms.row_header) == (3, 1, "Statutory / Council")
    assert found[0].kind is BlockKind.CAPTION
    assert found[1].lead_in == "Shares"


def test_lists_in_cells_are_blocks_of_the_cell() -> None:
    found = blocks(
        "<table><tr><th>Level 1</th><th>Level 2</th></tr>"
        "<tr><td>Signs:<ul><li>happy</li><li>fed</li></ul></td><td>sad</td></tr></table>"
    )
    fed = next(b for b in found if b.text == "fed")
    assert fed.kind is BlockKind.CELL
    assert (fed.list_level, fed.lead_in) == (1, "Signs:")
    assert fed.cell is not None
    assert fed.cell.column_header == "Level 1"


def test_nested_table_is_a_table_of_its_own() -> None:
    found = blocks(
        "<table><tr><th>A</th><th>B</th></tr><tr><td>x</td><td>y"
        "<table><tr><th>C</th><th>D</th></tr><tr><td>p</td><td>q</td></tr></table></td></tr></table>"
    )
    assert [b.cell.table for b in found if b.cell] == [0, 0, 0, 0, 1, 1, 1, 1]


def test_layout_table_is_text() -> None:
    found = blocks("<table><tr><td><h2>Heading</h2><p>Text.</p></td><td><p>Side.</p></td></tr></table>")
    assert [b.kind for b in found] == [BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]


def test_accordions_become_headings() -> None:
    found = blocks(
        "<h2>Levels</h2><details><summary>Level 1</summary><p>One.</p></details>"
        "<details><summary>Level 2</summary><p>Two.</p></details><p>After.</p>"
    )
    paths = {b.text: b.headings for b in found}
    assert paths["One."] == ("Levels", "Level 1")
    assert paths["Two."] == ("Levels", "Level 2")
    assert paths["After."] == ("Levels",)
    found = blocks(
        "<h2>Levels</h2><button aria-expanded=false>Level 1</button><div><p>One.</p></div>"
        "<button aria-expanded=false>Level 2</button><div><p>Two.</p></div>"
    )
    assert {b.text: b.headings for b in found}["Two."] == ("Levels", "Level 2")


def test_tabs_become_headings() -> None:
    found = blocks(
        "<h2>Levels</h2><div role=tablist><a role=tab id=t1>Level 1</a><a role=tab id=t2>Level 2</a></div>"
        "<div role=tabpanel aria-labelledby=t1><p>One.</p></div>"
        "<div role=tabpanel aria-labelledby=t2 hidden><p>Two.</p></div>"
    )
    assert {b.text: b.headings for b in found}["Two."] == ("Levels", "Level 2")


def test_definitions_have_their_term_as_lead_in() -> None:
    found = blocks("<dl><dt>Chair</dt><dd>The director.</dd><dt>Term</dt><dd>Two years.</dd></dl>")
    assert [(b.text, b.lead_in) for b in found] == [
        ("Chair", ""),
        ("The director.", "Chair"),
        ("Term", ""),
        ("Two years.", "Term"),
    ]


def test_footnotes_are_told_from_text_and_placed() -> None:
    found = blocks(
        '<h2>Money</h2><p>Paid. It is settled.<sup><a href="#n1">1</a></sup> Yes.</p><h2>Notes</h2>'
        '<ol class="footnotes"><li id="n1">By all. <a href="#r1">↩</a></li></ol>'
    )
    note = found[-1]
    assert note.kind is BlockKind.FOOTNOTE
    assert (note.headings, note.lead_in) == (("Money",), "It is settled.")
    assert found[1].text == "Paid. It is settled. Yes."


def test_raised_numbers_without_a_note_do_not_spoil_the_word_before() -> None:
    assert texts("<p>under section 17<sup>1</sup> of 5 km<sup>2</sup></p>") == ["under section 17 of 5 km2"]


def test_buttons_in_headings_are_headings() -> None:
    found = blocks("<h2><button aria-expanded=false>Level 1</button></h2><div hidden><p>One.</p></div>")
    assert found[1].headings == ("Level 1",)


def test_contents_lists() -> None:
    found = blocks(
        '<nav><ul><li><a href="#a">Funding</a></li><li><a href="#b">Chair</a></li></ul></nav>'
        '<h2 id="a">Funding</h2><p>Text.</p>'
    )
    assert [b.kind for b in found[:2]] == [BlockKind.CONTENTS] * 2


def test_white_space_breaks_and_invisible_characters() -> None:
    body = "<p>Lead\n  <b>safe</b>guarding&nbsp;part&shy;ners<br>meet</p>"
    assert texts(body) == ["Lead safeguarding partners meet"]
    assert texts("<p>• one<br>• two</p>") == ["one", "two"]
    assert texts("<p>one<br><br>two</p>") == ["one", "two"]


def test_text_outside_paragraphs_is_kept() -> None:
    assert texts("<div>Loose <b>text</b><p>Para.</p>tail</div>") == ["Loose text", "Para.", "tail"]
    assert texts("<a href='/x'><div><p>Linked block.</p></div></a>") == ["Linked block."]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("£ – é".encode(), "£ – é"),
        ("£ – é".encode("cp1252"), "£ – é"),
        ("£ – é".encode("utf-16"), "£ – é"),
        (b"\xef\xbb\xbf" + "£".encode(), "£"),
        (b'<meta charset="iso-8859-1">' + "£ –".encode("cp1252"), '<meta charset="iso-8859-1">£ –'),
        (b'<meta charset="no-such">' + b"x", '<meta charset="no-such">x'),
    ],
)
def test_encodings(data: bytes, expected: str) -> None:
    assert decode(data) == expected


def test_stacked_elements_are_read_and_too_deep_ones_said() -> None:
    assert texts("<div>" * 1500 + "<p>deep text</p>" + "</div>" * 1500 + "<p>after</p>") == [
        "deep text",
        "after",
    ]
    for much in ("<div>" * 5000, "<ul><li>" * 900):
        with pytest.raises((UnreadableError, RecursionError), match=r"deep|depth"):
            texts(much + "deep text")


def test_web_archive() -> None:
    data = (
        b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; boundary="x"\r\n\r\n--x\r\nContent-Type: text/html; '
        b"charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"<h1>Title</h1><p>=C2=A310</p>\r\n--x--\r\n"
    )
    assert [b.text for b in read_mhtml(data).blocks] == ["Title", "£10"]
    with pytest.raises(UnreadableError):
        read_mhtml(b"MIME-Version: 1.0\r\n\r\nplain")
