"""Inline text of a web page: what to join, what to leave out, and where footnote marks stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wtaudit.reading.assembly import is_loose_mark, last_sentence, one_line

if TYPE_CHECKING:
    from lxml.etree import _Element

LINE_BREAK = "\u2028"
DROPPED = frozenset(
    """script style template svg math iframe object embed canvas audio video map input select
    textarea button option datalist progress meter link meta head title noscript""".split()  # noqa: SIM905
)
SEPARATED = frozenset("p li div td th tr dt dd h1 h2 h3 h4 h5 h6 ul ol table section".split())  # noqa: SIM905
_UNSEEN = re.compile(r"(?i)(?:^|\s)(?:sr-only|screen-?reader\S*|visually-?hidden\S*)(?:\s|$)")
_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[a-z]|[ivx]{1,5}|[*†‡§¶]{1,3})[\])]?")
_NOTE_NAME = re.compile(r"(?i)foot|note|ftn|^fn|^_?edn|^sd(?:foot|end)")
_NOTE_BLOCKS = ("li", "p", "dd", "aside", "td", "div", "section")


@dataclass(slots=True)
class Notes:
    """Footnotes of a page: the blocks they are, and the marks in the text that point to them."""

    references: dict[_Element, _Element] = field(default_factory=dict)
    back_links: set[_Element] = field(default_factory=set)
    elements: set[_Element] = field(default_factory=set)
    typed_marks: dict[str, _Element] = field(default_factory=dict)


def raw_text(element: _Element) -> str:
    """All text of an element and below, as it stands."""
    return "".join(str(text) for text in element.itertext())


def find_notes(body: _Element) -> Notes:
    """Pair links that are just a mark ("1", "[a]") with the blocks they point to further down."""
    order = {element: number for number, element in enumerate(body.iter())}
    targets = {e.get(name): e for e in order for name in ("name", "id") if e.get(name)}
    notes = Notes()
    for link in body.iter("a"):
        href = link.get("href", "")
        target = targets.get(href[1:]) if href.startswith("#") else None
        if target is None or not _is_note_link(link):
            continue
        block = _block_of(target)
        if order[target] < order[link]:
            notes.back_links.add(link)
        elif block is not None:
            notes.references[link] = block
    found = {*notes.references.values(), *_named_notes(body)}
    notes.elements = found - {outer for e in found for outer in e.iterancestors()}
    for element in notes.elements:
        mark = _typed_mark(element)
        if mark:
            notes.typed_marks.setdefault(mark, element)
    return notes


def _is_note_link(link: _Element) -> bool:
    """True for a link that is only a mark, and raised or named like a footnote's."""
    text = one_line(raw_text(link))
    arrow = text in ("↩", "↩︎", "^", "↑", "⏎", "Back")
    if not arrow and not _MARK.fullmatch(text):
        return False
    raised = any(e.tag == "sup" for e in (*link.iterancestors(), *link.iterdescendants()))
    names = (
        link.get("class", ""),
        link.get("role", ""),
        link.get("name", ""),
        link.get("href", ""),
    )
    return raised or any(_NOTE_NAME.search(name.removeprefix("#")) for name in names)


def _block_of(target: _Element) -> _Element | None:
    if target.tag in _NOTE_BLOCKS:
        return target
    return next(target.iterancestors(*_NOTE_BLOCKS), None)


def _named_notes(body: _Element) -> list[_Element]:
    """Blocks that class or role says are notes; of a container, the items or paragraphs in it."""
    named = [
        e
        for e in body.iter("p", "li", "ol", "ul", "div", "section", "aside")
        if re.search(r"(?i)foot-?note|end-?note", f"{e.get('class', '')} {e.get('role', '')}")
    ]
    found: list[_Element] = []
    for element in named:
        inner = list(element.iter("li")) or list(element.iter("p")) or [element]
        found += inner if element.tag not in ("p", "li") else [element]
    return found


def _typed_mark(element: _Element) -> str:
    """The raised mark a note starts with, or nothing."""
    first = element[0] if len(element) and not (element.text or "").strip() else None
    if first is None or first.tag != "sup":
        return ""
    return one_line(raw_text(first))


@dataclass(slots=True)
class InlineText:
    """Gathers the inline text of one block; `take` gives it and starts anew."""

    notes: Notes
    _parts: list[str] = field(default_factory=list)
    _marks: list[tuple[_Element, int]] = field(default_factory=list)

    def text(self, text: str | None) -> None:
        """Text between tags."""
        if text:
            self._parts.append(text)

    def element(self, element: _Element) -> None:
        """An inline element with all it holds, without its tail."""
        if not isinstance(element.tag, str) or _is_dropped(element) or _is_unseen(element):
            return
        note = self._note_of(element)
        if note is not None:
            self._marks.append((note, len(self._parts)))
            return
        if element in self.notes.back_links or self._is_own_mark(element):
            return
        if element.tag == "sup" and self._is_loose_mark(element):
            return
        if element.tag == "br":
            self._parts.append(LINE_BREAK)
            return
        breaks = element.tag in SEPARATED
        self.text(" " if breaks else None)
        self.contents(element)
        self.text(" " if breaks else None)

    def contents(self, element: _Element) -> None:
        """What stands inside an element, whatever the element itself is."""
        self.text(element.text)
        for child in element:
            self.element(child)
            self.text(child.tail)

    def take(self) -> tuple[str, list[tuple[_Element, str]]]:
        """The text with breaks as `LINE_BREAK`, and for each footnote mark the sentence before it."""
        text = "".join(self._parts)
        marks = [(note, last_sentence(one_line("".join(self._parts[:place])))) for note, place in self._marks]
        self._parts.clear()
        self._marks.clear()
        return text, marks

    def _note_of(self, element: _Element) -> _Element | None:
        """The footnote that a link or a raised mark stands for."""
        if element in self.notes.references:
            return self.notes.references[element]
        if element.tag != "sup":
            return None
        for link in element.iter("a"):
            if link in self.notes.references:
                return self.notes.references[link]
        note = self.notes.typed_marks.get(one_line(raw_text(element)))
        inside = note is None or note is element or note in element.iterancestors()
        return None if inside else note

    def _is_loose_mark(self, element: _Element) -> bool:
        """True for a raised number whose note is not on the page: "section 17" must not become 171."""
        before = self._parts[-1] if self._parts else ""
        return is_loose_mark(raw_text(element), before)

    def _is_own_mark(self, element: _Element) -> bool:
        """True for the raised mark that a footnote itself starts with."""
        parent = element.getparent()
        return element.tag == "sup" and parent in self.notes.elements and parent[0] is element


def _is_dropped(element: _Element) -> bool:
    """True for what is no text of the page; a button inside a heading is (an accordion's bar)."""
    if element.tag == "button":
        return next(element.iterancestors("h1", "h2", "h3", "h4", "h5", "h6"), None) is None
    return element.tag in DROPPED


def _is_unseen(element: _Element) -> bool:
    """True for inline texts made for screen readers or for icons, which no reader of the page sees."""
    hidden = element.get("aria-hidden") == "true" and element.tag in ("span", "i")
    return hidden or bool(_UNSEEN.search(element.get("class", "")))
