"""Reads web pages: what a page says, without the site's navigation, banners and footers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wtaudit.reading.assembly import BlockAssembler, NotePlace, one_line
from wtaudit.reading.html_furniture import Page, find_page
from wtaudit.reading.html_inline import DROPPED, LINE_BREAK, InlineText, Notes, find_notes, raw_text
from wtaudit.reading.html_parsing import decode, parse_page
from wtaudit.reading.html_tables import is_layout, read_table
from wtaudit.reading.interface import Reading

if TYPE_CHECKING:
    from lxml.etree import _Element

BOLD_HEADING_WORDS = 12
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS | frozenset(
    """address article aside blockquote body center dd details div dl dt fieldset figcaption figure
    footer form header hr html li main nav ol p pre search section summary table ul""".split()  # noqa: SIM905
)
_TOGGLE = re.compile(r"(?i)accordion\S*(?:title|header|heading|trigger|button|toggle)|panel-title")
_TYPED_BULLET = re.compile(r"[•●▪■◦○‣·\uf0b7]|[-–—]\s")


def read_html(data: bytes, charset: str | None = None) -> Reading:
    """Blocks of a saved web page; the title is its <h1>, else its <title>."""
    body, title, date = parse_page(decode(data, charset))
    page = find_page(body)
    walk = _Walk(BlockAssembler(), find_notes(body), page)
    for element in page.before:
        walk.aside(element)
    walk.missing_top_heading(body)
    walk.flow(page.content)
    walk.place_notes()
    for element in page.after:
        walk.aside(element)
    blocks = walk.out.blocks
    top = next((block.text for block in blocks if block.heading_level == 1), "")
    return Reading(blocks=blocks, title=top or title, date=date, notes=_notes(page))


def read_fragment(markup: str, out: BlockAssembler) -> None:
    """Read a piece of HTML into `out`, below the headings that are open there."""
    body, _, _ = parse_page(markup)
    walk = _Walk(out, find_notes(body), Page(body, (), (), frozenset()))
    walk.flow(body)
    walk.place_notes()


def _notes(page: Page) -> tuple[str, ...]:
    notes = []
    around = {inner for outer in page.furniture for inner in outer.iter("img")}
    pictures = sum(1 for e in page.content.iter("img") if e not in around and not _is_icon(e))
    if pictures:
        notes.append(f"{pictures} picture{'s' * (pictures > 1)} on the page not read")
    if next(page.content.iter("iframe", "embed", "object"), None) is not None:
        notes.append("the page shows other pages or files inside it, which were not read")
    return tuple(notes)


def _is_icon(image: _Element) -> bool:
    sizes = [image.get("width", ""), image.get("height", "")]
    return any(size.isdigit() and int(size) < 64 for size in sizes)


class _Walk:
    """Walks a page and tells the assembler what it finds."""

    def __init__(self, out: BlockAssembler, notes: Notes, page: Page) -> None:
        self.out = out
        self._notes = notes
        self._page = page
        self._inline = InlineText(notes)
        self._note_places: dict[_Element, NotePlace] = {}
        self._late_notes: list[tuple[_Element, str]] = []
        self._level = 0  # depth of lists
        self._item_open = False  # the text that comes next is the list item itself
        tabs = page.content.iter("a", "button", "li", "div", "span")
        self._labels = {e.get("id", ""): one_line(raw_text(e)) for e in tabs if e.get("role") == "tab"}
        self._toggle_path: tuple[str, ...] | None = None
        self._bold_headings = next(page.content.iter(*_HEADINGS), None) is None

    def missing_top_heading(self, body: _Element) -> None:
        """Give the page's only <h1> where it stands outside the main part."""
        found = list(body.iter("h1"))
        if len(found) == 1 and self._page.content not in found[0].iterancestors():
            self.out.heading(self._text_of(found[0]), 1)

    def aside(self, element: _Element) -> None:
        """Something around the content: kept as furniture."""
        if isinstance(element.tag, str) and element.tag not in DROPPED:
            self.out.furniture(self._text_of(element))

    def flow(self, element: _Element) -> None:
        """Everything in `element`: runs of inline text become blocks between its block elements."""
        self._inline.text(element.text)
        for child in element:
            if isinstance(child.tag, str):
                self._child(child)
            self._inline.text(child.tail)
        self._flush()

    def _child(self, child: _Element) -> None:
        if child.get("role") == "tabpanel":
            self._flush()
            self._toggle(self._labels.get(child.get("aria-labelledby", ""), ""))
        if child in self._page.furniture:
            self._flush()
            self._furniture(child)
        elif child.tag == "button" and _is_toggle(child):
            self._flush()
            self._toggle(self._text_of(child))
        elif child.tag in DROPPED:
            return
        elif child in self._notes.elements:
            self._flush()
            self._late_notes.append((child, self._text_of(child)))
        elif child.tag in _BLOCKS or _holds_blocks(child):
            self._flush()
            self._block(child)
        else:
            self._inline.element(child)

    def _block(self, element: _Element) -> None:
        tag = str(element.tag)
        if tag in _HEADINGS or element.get("role") == "heading":
            self._heading(element)
        elif tag in ("ul", "ol"):
            self._list(element)
        elif tag == "dl":
            self._definitions(element)
        elif tag == "table":
            self._table(element)
        elif tag == "details":
            self._details(element)
        elif tag == "figcaption":
            self.out.caption(self._text_of(element))
        elif tag == "p" and self._bold_headings and _is_bold_label(element):
            self.out.heading(self._text_of(element), 2)
        elif _TOGGLE.search(element.get("class", "")) and not _holds_blocks(element):
            self._toggle(self._text_of(element))
        else:
            self.flow(element)

    def _heading(self, element: _Element) -> None:
        tag = str(element.tag)
        stated = element.get("aria-level", "")
        level = int(tag[1]) if tag in _HEADINGS else int(stated) if stated in "123456" and stated else 2
        self.out.heading(self._text_of(element), level)

    def _list(self, element: _Element) -> None:
        outer = self._level, self._item_open
        self._level += 1
        is_contents = _links_into_page(element)
        for child in element:
            if not isinstance(child.tag, str):
                continue
            if is_contents:
                self._contents(child)
                continue
            self._item_open = True
            if child.tag == "li":
                if child in self._notes.elements:
                    self._late_notes.append((child, self._text_of(child)))
                else:
                    self.flow(child)
            else:
                self._child(child)
                self._flush()
        self._level, self._item_open = outer[0], False

    def _contents(self, item: _Element) -> None:
        """The lines of a list of links into the page, inner lists too."""
        for link in item.iter("a"):
            self.out.contents(self._text_of(link), self._level)

    def _definitions(self, element: _Element) -> None:
        term = ""
        for child in element.iter("dt", "dd"):
            if child.tag == "dt":
                term = self._text_of(child)
                self.out.term(term)
            else:
                self.out.next_lead_in = term
                self.flow(child)
                self.out.next_lead_in = ""

    def _table(self, element: _Element) -> None:
        if is_layout(element):
            for cell in element.iter("td", "th", "caption"):
                if next(cell.iterancestors("table"), None) is element:
                    self.flow(cell)
            return
        table, marks = read_table(element, self._notes)
        self._remember(marks)
        self.out.table(table)

    def _details(self, element: _Element) -> None:
        """<details>: its summary is a heading one level below, for what is inside only."""
        saved = self.out.save_headings()
        for child in element.iterchildren("summary"):
            self.out.heading(self._text_of(child), self.out.heading_level + 1)
        self._inline.text(element.text)
        for child in element:
            if isinstance(child.tag, str) and child.tag != "summary":
                self._child(child)
            self._inline.text(child.tail)
        self._flush()
        self.out.restore_headings(saved)

    def _toggle(self, text: str) -> None:
        """The bar of an accordion: a heading one level below the one the accordion stands under."""
        same_level = self._toggle_path == self.out.headings
        self.out.heading(text, self.out.heading_level + (not same_level))
        self._toggle_path = self.out.headings

    def _furniture(self, element: _Element) -> None:
        lists = [e for e in element.iter("ul", "ol") if _links_into_page(e)]
        if lists:
            for link in element.iter("a"):
                self.out.contents(self._text_of(link), 1)
        elif element.tag != "a":
            self.out.furniture(self._text_of(element))

    def _flush(self) -> None:
        """Make a block of the inline text gathered so far."""
        text, marks = self._inline.take()
        self._remember(marks)
        for line in _split_lines(text):
            if not one_line(line):
                continue
            if self._level and self._item_open:
                self.out.item(line, self._level)
                self._item_open = False
            elif self._level:
                self.out.item_paragraph(line, self._level)
            else:
                self.out.paragraph(line)

    def _text_of(self, element: _Element) -> str:
        """All text of an element on one line, its own furniture and notes' marks left out."""
        inline = InlineText(self._notes)
        inline.contents(element)
        text, marks = inline.take()
        self._remember(marks)
        return one_line(text)

    def _remember(self, marks: list[tuple[_Element, str]]) -> None:
        for note, sentence in marks:
            self._note_places.setdefault(note, NotePlace(self.out.headings, sentence))

    def place_notes(self) -> None:
        """Give the footnotes, whose marks are all known by now."""
        for element, text in self._late_notes:
            self.out.footnote(text, self._note_places.get(element))


_LABEL = re.compile(r"[A-Z][^.:;!?]{1,40}:\s")


def _split_lines(text: str) -> list[str]:
    """Paragraphs of a run with line breaks: at double breaks; at each, if lines have bullets or labels."""
    lines = text.split(LINE_BREAK)
    if len(lines) > 1 and any(_TYPED_BULLET.match(line.strip()) for line in lines):
        return lines
    if len(lines) > 1 and all(_LABEL.match(line.strip()) for line in lines if line.strip()):
        return lines
    paragraphs: list[str] = [""]
    for line in lines:
        if line.strip():
            paragraphs[-1] += f" {line}"
        elif paragraphs[-1]:
            paragraphs.append("")
    return paragraphs


def _holds_blocks(element: _Element) -> bool:
    return any(e.tag in _BLOCKS for e in element.iterdescendants())


def _is_toggle(button: _Element) -> bool:
    return button.get("aria-expanded") is not None or bool(_TOGGLE.search(button.get("class", "")))


def _is_bold_label(paragraph: _Element) -> bool:
    """True for a paragraph that is one short bold run, as people write headings without the tag."""
    text = one_line(raw_text(paragraph))
    bold = one_line("".join(raw_text(e) for e in paragraph.iterchildren("b", "strong")))
    short = len(text.split()) <= BOLD_HEADING_WORDS and not text.endswith((".", ":", ";", ","))
    return bool(text) and text == bold and short


def _links_into_page(element: _Element) -> bool:
    """True for a list of more than one item in which all text is links to places on the page."""
    items = list(element.iterchildren("li"))
    links = [link for link in element.iter("a") if link.get("href", "").startswith("#")]
    if len(items) < 2 or len(links) < len(items):
        return False
    whole = one_line(" ".join(str(t) for t in element.itertext()))
    linked = one_line(" ".join(str(t) for link in links for t in link.itertext()))
    return whole == linked
