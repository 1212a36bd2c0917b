"""The text of one Word paragraph: runs, fields, links, tracked changes, text boxes, notes, page breaks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from wtaudit.reading.assembly import is_loose_mark, last_sentence, one_line
from wtaudit.reading.docx_notes import TypedNotes, is_raised
from wtaudit.reading.docx_package import W
from wtaudit.reading.docx_styles import Styles, flag, value

if TYPE_CHECKING:
    from lxml.etree import _Element

LINE_BREAK = "\u2028"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_SKIPPED = frozenset(
    f"{W}{name}"
    for name in "pPr rPr sdtPr sdtEndPr instrText delInstrText delText fldChar rt smartTagPr".split()  # noqa: SIM905
)
_TEXTS = {"tab": " ", "ptab": " ", "cr": LINE_BREAK, "noBreakHyphen": "-", "softHyphen": ""}


# A note: its kind ("footnote", "endnote") and id, or the paragraph of one typed by hand.
NoteKey: TypeAlias = "tuple[str, str] | _Element"


@dataclass(slots=True)
class Oddities:
    """What was met on the way through a file and must be said."""

    insertions: int = 0
    deletions: int = 0
    hidden: int = 0
    struck: int = 0
    pictures: int = 0
    comments: set[str] = field(default_factory=set)
    embedded: int = 0


@dataclass(slots=True)
class ParagraphText:
    """A paragraph as text, and what hangs on it."""

    text: str = ""
    page: int | None = None  # of its first letter
    is_bold: bool = False  # every letter is
    in_contents: bool = False  # inside a table-of-contents field
    notes: list[tuple[NoteKey, str]] = field(default_factory=list)  # with the sentence before the mark
    boxes: list[_Element] = field(default_factory=list)
    diagrams: list[_Element] = field(default_factory=list)


class PageCounter:
    """Estimates the page by the breaks of Word's last layout, or by set page breaks if there are none."""

    def __init__(self, body: _Element) -> None:
        self._rendered = next(body.iter(f"{W}lastRenderedPageBreak"), None) is not None
        breaks = (b for b in body.iter(f"{W}br") if b.get(f"{W}type") == "page")
        self.page: int | None = 1 if self._rendered or next(breaks, None) is not None else None

    def meet(self, element: _Element) -> None:
        """Count the element if it is a break of the sort that is counted."""
        if self.page is None:
            return
        rendered = element.tag == f"{W}lastRenderedPageBreak"
        set_by_hand = element.tag == f"{W}br" and element.get(f"{W}type") == "page"
        if rendered if self._rendered else set_by_hand:
            self.page += 1


class TextReader:
    """Reads paragraphs one after the other; fields may run over several of them."""

    def __init__(self, styles: Styles, pages: PageCounter, typed_notes: TypedNotes) -> None:
        self._styles = styles
        self._pages = pages
        self._typed_notes = typed_notes
        self.oddities = Oddities()
        self._fields: list[str] = []  # instruction of each open field, outermost first
        self._paragraph = ParagraphText()
        self._parts: list[str] = []
        self._all_bold = True
        self._style_bold = False

    def read(self, paragraph: _Element, style_bold: bool = False) -> ParagraphText:
        """The paragraph's text, breaks as `LINE_BREAK`."""
        self._paragraph, self._parts = ParagraphText(page=self._pages.page), []
        self._all_bold, self._style_bold = True, style_bold
        started_in = self._in_contents_field()
        for child in paragraph:
            self._inline(child)
        result = self._paragraph
        result.text = "".join(self._parts)
        result.is_bold = self._all_bold and bool(result.text.strip())
        result.in_contents = started_in or self._in_contents_field()
        return result

    def _in_contents_field(self) -> bool:
        return any(code.split()[:1] == ["TOC"] for code in self._fields)

    def _inline(self, element: _Element) -> None:
        tag = element.tag
        if not isinstance(tag, str):
            return
        if tag == f"{W}r":
            self._run(element)
        elif tag in (f"{W}del", f"{W}moveFrom"):
            self.oddities.deletions += 1
        elif tag in _SKIPPED or is_placeholder(element):
            return
        elif tag == f"{MC}AlternateContent":
            for child in alternative(element):
                self._inline(child)
        elif tag == f"{W}commentReference":
            self.oddities.comments.add(element.get(f"{W}id", ""))
        elif tag == MATH_TEXT:
            self._add(element.text or "", self._style_bold)
        else:
            self.oddities.insertions += tag in (f"{W}ins", f"{W}moveTo")
            if tag == f"{W}fldSimple":
                self._fields.append(element.get(f"{W}instr", ""))
            for child in element:
                self._inline(child)
            if tag == f"{W}fldSimple":
                self._fields.pop()

    def _note(self, key: NoteKey) -> None:
        sentence = last_sentence(one_line("".join(self._parts)))
        self._paragraph.notes.append((key, sentence))

    def _run(self, run: _Element) -> None:
        if run in self._typed_notes.own_marks:
            return
        if run in self._typed_notes.references:
            self._note(self._typed_notes.references[run])
            return
        properties = run.find(f"{W}rPr")
        bold = self._style_bold
        if properties is not None:
            style = self._styles.get(value(properties, "rStyle"))
            bold = flag(properties, "b", bold or style.bold)
            if is_raised(properties) and self._is_loose_mark(run):
                return
            self.oddities.struck += flag(properties, "strike") and bool(run.findtext(f"{W}t"))
            if flag(properties, "vanish", style.hidden):
                self.oddities.hidden += any(t.text for t in run.iter(f"{W}t"))
                return
        for child in run:
            self._run_child(child, bold)

    def _is_loose_mark(self, run: _Element) -> bool:
        """True for a raised number whose note is not in the file: "section 17" must not become 171."""
        text = "".join(t.text or "" for t in run.iter(f"{W}t")).strip()
        before = self._parts[-1] if self._parts else ""
        return is_loose_mark(text, before)

    def _run_child(self, child: _Element, bold: bool) -> None:
        tag = child.tag
        name = tag.removeprefix(W) if isinstance(tag, str) else ""
        if name == "t":
            self._add(child.text or "", bold)
        elif name in _TEXTS:
            self._add(_TEXTS[name], bold)
        elif name in ("br", "lastRenderedPageBreak"):
            self._pages.meet(child)
            if name == "br":
                self._add(LINE_BREAK, bold)
        elif name == "fldChar":
            self._field(child)
        elif name == "instrText" and self._fields:
            self._fields[-1] += child.text or ""
        elif name in ("footnoteReference", "endnoteReference"):
            self._note((name.removesuffix("Reference"), child.get(f"{W}id", "")))
        elif name == "commentReference":
            self.oddities.comments.add(child.get(f"{W}id", ""))
        elif tag == f"{MC}AlternateContent":
            for inner in alternative(child):
                self._run_child(inner, bold)
        elif name in ("drawing", "pict", "object"):
            self._drawing(child)
        elif tag not in _SKIPPED and len(child):
            for inner in child:
                self._inline(inner)

    def _add(self, text: str, bold: bool) -> None:
        if text.strip():
            if not "".join(self._parts).strip():
                self._paragraph.page = self._pages.page
            self._all_bold = self._all_bold and bold
        self._parts.append(text)

    def _field(self, mark: _Element) -> None:
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            self._fields.append("")
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _drawing(self, element: _Element) -> None:
        """Text boxes and diagrams are kept for after the paragraph; pictures are counted."""
        boxes = _text_boxes(element)
        diagrams = list(element.iter(DIAGRAM))
        self._paragraph.boxes += boxes
        self._paragraph.diagrams += diagrams
        if not boxes and not diagrams:
            self.oddities.pictures += next(element.iter(PICTURE), None) is not None
            self.oddities.embedded += element.tag == f"{W}object"


def alternative(element: _Element) -> list[_Element]:
    """Word writes shapes twice, for new and for old readers: the children of the one to take."""
    choice = element.find(f"{MC}Choice")
    fallback = element.find(f"{MC}Fallback")
    has_text = choice is not None and next(choice.iter(f"{W}t"), None) is not None
    taken = choice if has_text or fallback is None else fallback
    return [] if taken is None else list(taken)


def is_placeholder(element: _Element) -> bool:
    """True for a form field that still shows its prompt ("Click here to enter text")."""
    return element.tag == f"{W}sdt" and element.find(f"{W}sdtPr/{W}showingPlcHdr") is not None


def _text_boxes(element: _Element) -> list[_Element]:
    """The outermost text boxes in a drawing, each once even where it is written twice."""
    found: list[_Element] = []
    waiting = [element]
    while waiting:
        here = waiting.pop()
        if here.tag == f"{W}txbxContent":
            found.append(here)
        elif here.tag == f"{MC}AlternateContent":
            waiting += alternative(here)
        else:
            waiting += reversed(here)
    return found
