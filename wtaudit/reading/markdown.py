"""Reads Markdown: CommonMark with tables and footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from wtaudit.reading.assembly import BlockAssembler, NotePlace, last_sentence, one_line
from wtaudit.reading.interface import Reading
from wtaudit.reading.tables import CellText, GridCell, Table

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

MAX_NESTING = 40
BOLD_HEADING_WORDS = 12
LABEL_BREAK = "\u2029"  # before a line that starts with a bold label: "**Quorum:** …"
_LISTS = ("bullet_list", "ordered_list")
_NOTE = re.compile(r"^\[\^([^\]\s]{1,40})\]:[ \t]*(.*(?:\n[ \t]+\S.*)*)", re.MULTILINE)
_NOTE_MARK = re.compile(r"\[\^([^\]\s]{1,40})\]")
_TASK_BOX = re.compile(r"^\[[ xX]\] ")
_FRONT_MATTER = re.compile(r"\A---\n(?:[\w-]+:.*\n|[ \t]+.*\n|- .*\n)*---\n")
_TITLE_LINE = re.compile(r"^title:[ \t]*[\"']?(.*?)[\"']?[ \t]*$", re.MULTILINE)
_DATE_LINE = re.compile(r"^date:[ \t]*[\"']?(.*?)[\"']?[ \t]*$", re.MULTILINE)
_HEADING_LINE = re.compile(r"^ {0,3}#{1,6}\s|^ {0,3}\S.*\n {0,3}(?:=+|-+)[ \t]*$", re.MULTILINE)


def read_markdown(text: str) -> Reading:
    """Blocks of a Markdown text; the title is the front matter's, or the first top-level heading."""
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

    text = text.replace("\r\n", "\n").replace("\r", "\n")
    title, date, text = _split_front_matter(text)
    notes = [(mark, one_line(body)) for mark, body in _NOTE.findall(text)]
    text = _NOTE.sub("", text)
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable("table")
    walk = _Walk(bold_headings=not _HEADING_LINE.search(text))
    walk.children(SyntaxTreeNode(parser.parse(text)), 0)
    for mark, body in notes:
        walk.out.footnote(body, walk.note_places.get(mark))
    blocks = walk.out.blocks
    heading = next((block.text for block in blocks if block.heading_level == 1), "")
    return Reading(blocks=blocks, title=title or heading, date=date)


def _split_front_matter(text: str) -> tuple[str, str, str]:
    """Title and date in the YAML lines at the top, if there are any, and the text after them."""
    front = _FRONT_MATTER.match(text)
    if not front:
        return "", "", text
    title, date = (line.search(front.group()) for line in (_TITLE_LINE, _DATE_LINE))
    return one_line(title.group(1)) if title else "", date.group(1) if date else "", text[front.end() :]


class _Walk:
    """Walks the syntax tree and tells the assembler what it finds."""

    def __init__(self, *, bold_headings: bool) -> None:
        self.out = BlockAssembler()
        self.note_places: dict[str, NotePlace] = {}
        self._bold_headings = bold_headings

    def children(self, node: SyntaxTreeNode, level: int) -> None:
        """Every child of `node`; `level` is the depth of the list they stand in."""
        for child in node.children:
            self._block(child, level)

    def _block(self, node: SyntaxTreeNode, level: int) -> None:
        if node.type == "heading":
            self.out.heading(self._text(node), int(node.tag[1]))
        elif node.type == "paragraph":
            self._paragraph(node, level)
        elif node.type in _LISTS:
            is_contents = _links_into_page(node)
            for item in node.children:
                self._item(item, level + 1, is_contents)
        elif node.type == "table":
            self.out.table(self._table(node))
        elif node.type in ("code_block", "fence"):
            self.out.paragraph(node.content)
        elif node.type == "html_block":
            self._html(node.content)
        else:
            self.children(node, level)

    def _paragraph(self, node: SyntaxTreeNode, level: int) -> None:
        lines = [one_line(line) for line in self._raw(node).split(LABEL_BREAK)]
        for text in lines:
            if level:
                self.out.item_paragraph(text, level)
            elif self._bold_headings and _is_bold_label(node, text):
                self.out.heading(text, 2)
            else:
                self.out.paragraph(text)

    def _item(self, item: SyntaxTreeNode, level: int, is_contents: bool) -> None:
        """The first paragraph is the item itself; lists inside it are one level deeper."""
        for index, child in enumerate(item.children):
            if index or child.type != "paragraph":
                self._block(child, level)
            elif is_contents:
                self.out.contents(self._text(child), level)
            else:
                self.out.item(_TASK_BOX.sub("", self._text(child)), level)

    def _html(self, content: str) -> None:
        """HTML inside Markdown: its blocks stand below the headings that are open here."""
        from wtaudit.reading.html import read_fragment

        read_fragment(content, self.out)

    def _table(self, node: SyntaxTreeNode) -> Table:
        rows: list[tuple[GridCell, ...]] = []
        for part in node.children:
            rows += [tuple(self._cell(cell) for cell in row.children) for row in part.children]
        has_header = bool(rows) and any(cell.text for cell in rows[0])
        return Table(tuple(rows), header_rows=int(has_header))

    def _cell(self, node: SyntaxTreeNode) -> GridCell:
        lines = [one_line(line) for line in self._raw(node).split("\n")]
        return GridCell(tuple(CellText(line) for line in lines if line))

    def _text(self, node: SyntaxTreeNode) -> str:
        return one_line(self._raw(node))

    def _raw(self, node: SyntaxTreeNode) -> str:
        """Inline text with hard breaks as newlines; marks of footnotes are taken out and remembered."""
        text = "".join(_inline_texts(node))
        for mark in _NOTE_MARK.finditer(text):
            before = one_line(_NOTE_MARK.sub("", text[: mark.start()]))
            place = NotePlace(self.out.headings, last_sentence(before))
            self.note_places.setdefault(mark.group(1), place)
        return _NOTE_MARK.sub("", text)


def _inline_texts(node: SyntaxTreeNode) -> Iterator[str]:
    for child in node.children:
        if child.type in ("text", "code_inline"):
            yield child.content
        elif child.type in ("softbreak", "hardbreak") and _starts_label(child.next_sibling):
            yield LABEL_BREAK
        elif child.type == "softbreak":
            yield " "
        elif child.type == "hardbreak" or (child.type == "html_inline" and _is_break(child.content)):
            yield "\n"
        elif child.type not in ("html_inline", "image"):
            yield from _inline_texts(child)


def _starts_label(node: SyntaxTreeNode | None) -> bool:
    """True for bold text that ends in a colon, or has one right after it."""
    while node is not None and node.type == "text" and not node.content:
        node = node.next_sibling
    if node is None or node.type != "strong":
        return False
    after = node.next_sibling
    following = after.content if after is not None and after.type == "text" else ""
    return "".join(_inline_texts(node)).endswith(":") or following.startswith(":")


def _is_break(tag: str) -> bool:
    return tag.lower().startswith("<br")


def _is_bold_label(node: SyntaxTreeNode, text: str) -> bool:
    """True for a paragraph that is one short bold run, as people write headings without the sign."""
    inline = node.children[0].children if node.children else []
    parts = [part for part in inline if part.type != "text" or part.content.strip()]
    short = len(text.split()) <= BOLD_HEADING_WORDS and not text.endswith((".", ":", ";", ","))
    return len(parts) == 1 and parts[0].type == "strong" and short


def _links_into_page(node: SyntaxTreeNode) -> bool:
    """True for a list whose every item is just a link to a place on the same page."""
    paragraphs = [item.children[0] for item in node.children if item.children]
    return len(paragraphs) > 1 and all(_is_page_link(paragraph) for paragraph in paragraphs)


def _is_page_link(node: SyntaxTreeNode) -> bool:
    inline = node.children[0].children if node.children else []
    return (
        len(inline) == 1 and inline[0].type == "link" and str(inline[0].attrs.get("href", "")).startswith("#")
    )
