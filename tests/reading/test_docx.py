"""What the Word reader finds where a plain reading of paragraphs would lose or garble text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from wtaudit.errors import UnreadableError
from wtaudit.model import Block, BlockKind
from wtaudit.reading.docx import read_docx
from wtaudit.reading.interface import Reading

W = nsdecls("w")


def saved(document: WordDocument) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def made(*bodies: str) -> Reading:
    """A file with python-docx's own styles and the given XML as its body."""
    document = docx.Document()
    for body in bodies:
        namespaces = (
            f'{W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
            'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
            'xmlns:v="urn:schemas-microsoft-com:vml"'
        )
        root = parse_xml(f"<w:body {namespaces}>{body}</w:body>")
        for element in list(root):
            document.element.body.insert(len(document.element.body) - 1, element)
    return read_docx(saved(document))


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def texts(reading: Reading) -> list[str]:
    return [block.text for block in reading.blocks]


def test_order_of_headings_paragraphs_lists_and_tables() -> None:
    document = docx.Document()
    document.add_heading("Money", 1)
    document.add_paragraph("The partners will:")
    document.add_paragraph("pay", style="List Bullet")
    document.add_paragraph("monthly", style="List Bullet 2")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ["Partner", "Share", "Council", "£10"], strict=True):
        cell.text = text
    document.add_paragraph("Last.")
    found = read_docx(saved(document)).blocks
    assert [(b.kind, b.text, b.list_level, b.lead_in) for b in found] == [
        (BlockKind.HEADING, "Money", 0, ""),
        (BlockKind.PARAGRAPH, "The partners will:", 0, ""),
        (BlockKind.LIST_ITEM, "pay", 1, "The partners will:"),
        (BlockKind.LIST_ITEM, "monthly", 2, "The partners will: pay"),
        (BlockKind.CELL, "Partner", 0, ""),
        (BlockKind.CELL, "Share", 0, ""),
        (BlockKind.CELL, "Council", 0, ""),
        (BlockKind.CELL, "£10", 0, ""),
        (BlockKind.PARAGRAPH, "Last.", 0, ""),
    ]
    cell = found[7].cell
    assert cell is not None
    assert (cell.row_header, cell.column_header) == ("Council", "Share")


def test_tracked_changes_content_controls_links_and_fields() -> None:
    reading = made(
        "<w:p><w:r><w:t>keep </w:t></w:r><w:ins w:id='1'><w:r><w:t>new </w:t></w:r></w:ins>"
        "<w:del w:id='2'><w:r><w:delText>old </w:delText></w:r></w:del>"
        "<w:sdt><w:sdtContent><w:r><w:t>control </w:t></w:r></w:sdtContent></w:sdt>"
        "<w:smartTag><w:r><w:t>tag </w:t></w:r></w:smartTag>"
        "<w:fldSimple w:instr='DATE'><w:r><w:t>today </w:t></w:r></w:fldSimple>"
        "<w:hyperlink w:anchor='x'><w:r><w:t>link</w:t></w:r></w:hyperlink>"
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t> 7</w:t></w:r>"
        "<w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>block control</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    assert texts(reading) == ["keep new control tag today link 7", "block control"]
    assert any("tracked changes" in note for note in reading.notes)


def test_text_boxes_are_read_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>In the box.</w:t></w:r></w:p></w:txbxContent>"
    reading = made(
        "<w:p><w:r><w:t>Before.</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'>"
        f"<w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f"<v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert texts(reading) == ["Before.", "In the box."]
    reading = made(f"<w:p><w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r></w:p>")
    assert texts(reading) == ["In the box."]


def test_merged_nested_and_headed_tables() -> None:
    def cell(text: str, properties: str = "", extra: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}{extra}</w:tc>"

    restart, wide = "<w:vMerge w:val='restart'/>", "<w:gridSpan w:val='3'/>"
    nested = (
        f"<w:tbl><w:tr>{cell('n1')}{cell('n2')}</w:tr><w:tr>{cell('n3')}{cell('n4')}</w:tr></w:tbl><w:p/>"
    )
    reading = made(
        "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>"
        f"{cell('Sector')}{cell('Group')}{cell('Lead')}</w:tr>"
        f"<w:tr>{cell('Health', restart)}{cell('Acute')}{cell('Dr A')}</w:tr>"
        f"<w:tr>{cell('', '<w:vMerge/>')}{cell('Dental', '', nested)}{cell('Dr B')}</w:tr>"
        f"<w:tr>{cell('All of them', wide)}</w:tr>"
        f"<w:tr>{cell('Police')}{cell('Force')}{cell('Det C')}</w:tr></w:tbl>"
    )
    cells = {b.text: b.cell for b in reading.blocks}
    assert (cells["Dr B"].row_header, cells["Dr B"].column_header) == ("Health / Dental", "Lead")  # type: ignore[union-attr]
    assert cells["Det C"].row_header == "All of them / Police / Force"  # type: ignore[union-attr]
    assert cells["n4"].table == 1  # type: ignore[union-attr]
    assert texts(reading).count("All of them") == 1


def test_single_cell_frame_is_text() -> None:
    body = "<w:tbl><w:tr><w:tc>" + paragraph("Heading", '<w:pStyle w:val="Heading2"/>')
    reading = made(body + paragraph("Text.") + "</w:tc></w:tr></w:tbl>")
    assert [b.kind for b in reading.blocks] == [BlockKind.HEADING, BlockKind.PARAGRAPH]


def test_heading_by_outline_level_and_by_bold() -> None:
    reading = made(paragraph("Chair", '<w:outlineLvl w:val="1"/>') + paragraph("Text."))
    assert reading.blocks[0].heading_level == 2
    bold = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Funding</w:t></w:r></w:p>"
    assert made(bold + paragraph("Text.")).blocks[1].headings == ("Funding",)
    with_style = made(paragraph("A", '<w:pStyle w:val="Heading1"/>') + bold)
    assert with_style.blocks[1].kind is BlockKind.PARAGRAPH


NUMBERING = (
    "<w:abstractNum {w} w:abstractNumId='90'><w:lvl w:ilvl='0'><w:numFmt w:val='decimal'/>"
    "<w:lvlText w:val='%1.'/></w:lvl><w:lvl w:ilvl='1'><w:numFmt w:val='decimal'/>"
    "<w:lvlText w:val='%1.%2'/></w:lvl></w:abstractNum>"
)


def numbered(level: int) -> Block:
    document = docx.Document()
    root = document.part.numbering_part.element
    root.insert(0, parse_xml(NUMBERING.format(w=W)))
    root.append(parse_xml(f"<w:num {W} w:numId='90'><w:abstractNumId w:val='90'/></w:num>"))
    body = paragraph("text", f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='90'/></w:numPr>")
    document.element.body.insert(0, parse_xml(body.replace("<w:p>", f"<w:p {W}>")))
    return read_docx(saved(document)).blocks[0]


def test_numbered_clauses_are_paragraphs_and_numbered_lists_items() -> None:
    assert numbered(0).kind is BlockKind.LIST_ITEM
    assert numbered(1).kind is BlockKind.PARAGRAPH


def test_contents_field_and_styles() -> None:
    reading = made(
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> TOC \\o </w:instrText>"
        "</w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>Funding 4</w:t></w:r></w:p>"
        + paragraph("Chair 5")
        + "<w:p><w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>"
        + paragraph("Text.")
    )
    assert [b.kind for b in reading.blocks] == [
        BlockKind.CONTENTS,
        BlockKind.CONTENTS,
        BlockKind.PARAGRAPH,
    ]


def test_pages_are_estimated_or_unknown() -> None:
    reading = made(
        paragraph("one")
        + "<w:p><w:r><w:br w:type='page'/></w:r><w:r><w:t>two</w:t></w:r></w:p>"
        + paragraph("still two")
    )
    assert [b.page for b in reading.blocks] == [1, 2, 2]
    assert reading.pages == 2
    assert made(paragraph("one")).pages is None


def test_headers_and_footers_are_furniture() -> None:
    document = docx.Document()
    document.add_paragraph("Body.")
    document.sections[0].footer.paragraphs[0].text = "Version 3"
    found = read_docx(saved(document)).blocks
    assert [(b.kind, b.text) for b in found] == [
        (BlockKind.PARAGRAPH, "Body."),
        (BlockKind.FURNITURE, "Version 3"),
    ]


def rewritten(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The package with each member passed through `change`; None leaves it out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return out.getvalue()


def with_footnote() -> bytes:
    document = docx.Document()
    document.add_heading("Money", 1)
    mark = f"<w:r {W}><w:footnoteReference w:id='2'/></w:r>"
    one = document.add_paragraph("Paid. It is settled.")
    one._p.append(parse_xml(mark))
    one.add_run(" Yearly.")
    notes = (
        f"<w:footnotes {W}><w:footnote w:type='separator' w:id='0'><w:p/></w:footnote>"
        "<w:footnote w:id='2'><w:p><w:r><w:t>By all three.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    link = (
        '<Relationship Id="rIdF" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/footnotes" Target="footnotes.xml"/></Relationships>'
    )

    def change(name: str, content: bytes) -> bytes:
        if name == "word/_rels/document.xml.rels":
            return content.replace(b"</Relationships>", link.encode())
        return content

    data = rewritten(saved(document), change)
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/footnotes.xml", notes)
    return out.getvalue()


def test_footnotes_have_the_place_of_their_mark() -> None:
    note = read_docx(with_footnote()).blocks[-1]
    assert (note.kind, note.text) == (BlockKind.FOOTNOTE, "By all three.")
    assert (note.headings, note.lead_in) == (("Money",), "It is settled.")


def test_strict_variant_is_read() -> None:
    def strict(name: str, content: bytes) -> bytes:
        usual = b"http://schemas.openxmlformats.org/"
        root = b"http://purl.oclc.org/ooxml/"
        for old, new in (
            (b"wordprocessingml/2006/main", b"wordprocessingml/main"),
            (b"officeDocument/2006/relationships", b"officeDocument/relationships"),
        ):
            content = content.replace(usual + old, root + new)
        return content

    found = read_docx(rewritten(with_footnote(), strict)).blocks
    assert [b.kind for b in found] == [BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.FOOTNOTE]


def test_missing_styles_and_numbering_do_no_harm() -> None:
    bare = ("word/document.xml", "_rels/.rels", "[Content_Types].xml")
    data = rewritten(with_footnote(), lambda name, c: c if name in bare else None)
    assert [b.text for b in read_docx(data).blocks] == ["Money", "Paid. It is settled. Yearly."]


def test_entities_and_bombs_are_refused() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    data = rewritten(with_footnote(), lambda name, c: bomb if name == "word/document.xml" else c)
    with pytest.raises(UnreadableError):
        read_docx(data)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("word/document.xml", b" " * 20_000_000)
    with pytest.raises(UnreadableError, match="bomb"):
        read_docx(out.getvalue())
    deep = b"<x>" * 400 + b"</x>" * 400
    data = rewritten(with_footnote(), lambda name, c: deep if name == "word/document.xml" else c)
    with pytest.raises(UnreadableError, match=r"deep|damaged"):
        read_docx(data)
