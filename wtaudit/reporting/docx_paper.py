"""A Word document being written: headings with a table of contents, tables with repeated heads, fields, page numbers."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_FONT = "Arial"  # on every machine that opens Word files, or a face of the same widths
_INK, _MUTED, _HEAD_FILL, _MARK_FILL = "1F3A4D", "50606B", "DCE6EC", "FFF2B3"
_UPDATE_NOTE = (
    "(For page numbers, click in this list and press F9.)"  # part of the field: gone once it is updated
)
_TITLE_SIZES = {"Title": 26, "Subtitle": 14, "Heading 1": 18, "Heading 2": 14, "Heading 3": 11.5}


@dataclass(frozen=True, slots=True)
class Shaded:
    """A table cell's text on a colour (RRGGBB)."""

    text: str
    fill: str


@dataclass(frozen=True, slots=True)
class Lines:
    """Several paragraphs in one table cell; `small` ones are set in a smaller, greyer hand."""

    texts: tuple[str, ...]
    small: tuple[str, ...] = ()


CellText = str | Shaded | Lines


class Paper:
    """A4 paper that is written from top to bottom; every text given must be free of control characters."""

    def __init__(self, title: str) -> None:
        from docx import Document

        self._document: Any = Document()
        self._headings: list[tuple[int, str, str]] = []
        self._contents: Any = None
        self._title = title
        self._set_styles()
        self._style_ids = {style.name: style.style_id for style in self._document.styles}
        self._set_page(self._document.sections[0], landscape=False)
        self._number_pages()

    def title(self, title: str, subtitle: str) -> None:
        """The title page's two lines."""
        self._paragraph("Title").add_run(title)
        self._paragraph("Subtitle").add_run(subtitle)

    def heading(self, level: int, text: str, *, listed: bool = True, new_page: bool = False) -> None:
        """A real heading; levels 1 and 2 come into the table of contents."""
        paragraph = self._paragraph(f"Heading {level}")
        paragraph.paragraph_format.page_break_before = new_page or None
        if level <= 2 and listed:
            name = f"_Toc{len(self._headings) + 1:08d}"
            self._headings.append((level, text, name))
            number = str(len(self._headings))
            paragraph._p.append(_element("w:bookmarkStart", {"w:id": number, "w:name": name}))
            paragraph.add_run(text)
            paragraph._p.append(_element("w:bookmarkEnd", {"w:id": number}))
        else:
            paragraph.add_run(text)

    def text(self, text: str, style: str = "Normal", lead: str = "", *, keep: bool = False) -> None:
        """A paragraph, with a bold beginning if there is a lead."""
        paragraph = self._paragraph(style)
        if lead:
            paragraph.add_run(f"{lead} ").bold = True
        paragraph.add_run(text)
        paragraph.paragraph_format.keep_with_next = keep or None

    def contents(self) -> None:
        """The place of the table of contents; `finish` fills it."""
        self._contents = self._paragraph("toc 1")

    def turn(self, *, landscape: bool) -> None:
        """Go on on a new page in landscape or portrait."""
        from docx.enum.section import WD_SECTION

        self._set_page(self._document.add_section(WD_SECTION.NEW_PAGE), landscape=landscape)

    def table(
        self, head: Sequence[str], rows: Sequence[Sequence[CellText]], widths: Sequence[float], about: str
    ) -> None:
        """A table with a head that repeats on every page; widths in centimetres; `about` is its alternative text."""
        from docx.shared import Cm

        table = self._document.add_table(rows=1 + len(rows), cols=len(head), style="Table Grid")
        table.autofit = False
        _describe(table, about)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        for row, texts in zip(table.rows, [[Shaded(t, _HEAD_FILL) for t in head], *rows], strict=True):
            row._tr.get_or_add_trPr().append(_element("w:cantSplit"))
            for cell, content, width in zip(row.cells, texts, widths, strict=True):
                cell.width = Cm(width)
                self._write_cell(cell, content)
        first = table.rows[0]
        first._tr.get_or_add_trPr().append(_element("w:tblHeader"))
        for cell in first.cells:
            for run in cell.paragraphs[0].runs:
                run.bold = True
        self._paragraph("After table")

    def _paragraph(self, style: str) -> Any:
        return self._styled(self._document.add_paragraph(), style)

    def _styled(self, paragraph: Any, style: str) -> Any:
        """The paragraph in a style; python-docx itself goes through all styles for every one that it sets."""
        paragraph._p.style = self._style_ids[style]
        return paragraph

    def _write_cell(self, cell: Any, content: CellText) -> None:
        if isinstance(content, Shaded):
            cell._tc.get_or_add_tcPr().append(_shading(content.fill))
            content = content.text
        lines = content if isinstance(content, Lines) else Lines((content,))
        written = [(text, "Cell") for text in lines.texts] + [(text, "Cell small") for text in lines.small]
        for number, (text, style) in enumerate(written or [("", "Cell")]):
            paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            self._styled(paragraph, style).add_run(text)

    def finish(self) -> bytes:
        """The document's bytes, with the table of contents filled."""
        if self._contents is not None:
            _write_contents(self._contents, self._headings, self._style_ids)
        file = io.BytesIO()
        self._document.save(file)
        return file.getvalue()

    def _set_styles(self) -> None:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
        from docx.shared import Cm, Pt, RGBColor

        styles = self._document.styles
        normal: Any = styles["Normal"]
        normal.font.name, normal.font.size = _FONT, Pt(10)
        normal.paragraph_format.space_after = Pt(6)
        normal.element.get_or_add_rPr().append(_element("w:lang", {"w:val": "en-GB"}))
        for name, size in _TITLE_SIZES.items():
            style: Any = styles[name]
            style.font.size, style.font.color.rgb = Pt(size), RGBColor.from_string(_INK)
            style.font.name, style.font.italic = _FONT, False
            fonts = style.element.rPr.rFonts
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(_name(f"w:{theme}"), None)
        for level in (1, 2):
            entry: Any = styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH)
            entry.base_style = normal
            entry.paragraph_format.left_indent = Cm(0.6 * (level - 1))
            entry.paragraph_format.space_after = Pt(2)
            entry.paragraph_format.tab_stops.add_tab_stop(Cm(17), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        styles["Heading 3"].paragraph_format.space_after = Pt(3)
        for name, size, after in (("Cell", 8.5, 2), ("Cell small", 7, 2), ("After table", 4, 4)):
            made: Any = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            made.base_style = normal
            made.font.size, made.paragraph_format.space_after = Pt(size), Pt(after)
        mark: Any = styles.add_style("Mark", WD_STYLE_TYPE.PARAGRAPH)
        mark.base_style, mark.font.bold = normal, True
        mark.element.get_or_add_pPr().append(_shading(_MARK_FILL))
        styles["Cell small"].font.color.rgb = RGBColor.from_string(_MUTED)
        quote: Any = styles["Quote"]
        quote.font.italic, quote.font.color.rgb = True, RGBColor.from_string("000000")
        quote.paragraph_format.left_indent = quote.paragraph_format.right_indent = Cm(0.6)

    @staticmethod
    def _set_page(section: Any, *, landscape: bool) -> None:
        from docx.enum.section import WD_ORIENT
        from docx.shared import Cm

        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        short, long = Cm(21), Cm(29.7)
        section.page_width, section.page_height = (long, short) if landscape else (short, long)
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)

    def _number_pages(self) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        paragraph = self._document.sections[0].footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(f"{self._title} · page ")
        _add_field(paragraph._p, "PAGE", "1")
        paragraph.add_run(" of ")
        _add_field(paragraph._p, "NUMPAGES", "1")


def _shading(fill: str) -> Any:
    return _element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": fill})


def _describe(table: Any, about: str) -> None:
    table._tbl.tblPr.append(_element("w:tblCaption", {"w:val": about}))
    table._tbl.tblPr.append(_element("w:tblDescription", {"w:val": about}))


def _write_contents(
    paragraph: Any, headings: Sequence[tuple[int, str, str]], style_ids: Mapping[str, str]
) -> None:
    """A TOC field that already holds its entries, so that it can be read before anyone updates it."""
    from copy import deepcopy

    first = paragraph._p
    place = first
    for number, (level, text, name) in enumerate(headings):
        entry = place if number == 0 else deepcopy(first)
        if number:
            for child in list(entry):
                entry.remove(child)
            entry.append(_element("w:pPr"))
            entry[0].append(_element("w:pStyle", {"w:val": style_ids[f"toc {level}"]}))
            place.addnext(entry)
            place = entry
        else:
            _field_marks(entry, ' TOC \\o "1-2" \\h \\z \\u ')
        link = _element("w:hyperlink", {"w:anchor": name, "w:history": "1"})
        link.append(_run(text))
        entry.append(link)
    note = _element("w:p")
    note.append(_run(_UPDATE_NOTE))
    note.append(_field_mark("end"))
    place.addnext(note)


def _add_field(parent: Any, instruction: str, shown: str) -> None:
    _field_marks(parent, f" {instruction} ")
    parent.append(_run(shown))
    parent.append(_field_mark("end"))


def _field_marks(parent: Any, instruction: str) -> None:
    parent.append(_field_mark("begin"))
    run = _element("w:r")
    text = _element("w:instrText", {"xml:space": "preserve"})
    text.text = instruction
    run.append(text)
    parent.append(run)
    parent.append(_field_mark("separate"))


def _field_mark(kind: str) -> Any:
    run = _element("w:r")
    run.append(_element("w:fldChar", {"w:fldCharType": kind}))
    return run


def _run(text: str) -> Any:
    run = _element("w:r")
    content = _element("w:t", {"xml:space": "preserve"})
    content.text = text
    run.append(content)
    return run


def _name(tag: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(tag))


def _element(tag: str, attributes: dict[str, str] | None = None) -> Any:
    from docx.oxml import OxmlElement

    made: Any = OxmlElement(tag)
    for name, value in (attributes or {}).items():
        made.set(_name(name), value)
    return made
