"""Tables of PDFs: ruled, coloured without rules, without either, over pages; and what is no table."""

from __future__ import annotations

import io
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

from wtaudit.model import Block, BlockKind
from wtaudit.reading.interface import Reading, ReadOptions
from wtaudit.reading.pdf import read_pdf

STYLE = getSampleStyleSheet()["Normal"]
LEVELS = ("Level 1 Universal", "Level 2 Early help", "Level 3 Targeted", "Level 4 Statutory")
DOMAINS = ("Health", "Education", "Family", "Home")


def made(draw: Any, size: tuple[float, float] = A4) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def read(data: bytes) -> Reading:
    return read_pdf(data, ReadOptions())


def cells(reading: Reading) -> list[Block]:
    return [block for block in reading.blocks if block.kind is BlockKind.CELL]


def grid(reading: Reading) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    for block in cells(reading):
        assert block.cell is not None
        place = (block.cell.row, block.cell.column)
        found[place] = f"{found[place]} {block.text}" if place in found else block.text
    return found


def flow(*parts: Any) -> Reading:
    buffer = io.BytesIO()
    SimpleDocTemplate(buffer, pagesize=A4).build(list(parts))
    return read(buffer.getvalue())


def ruled(rows: list[list[Any]], *styles: Any, **options: Any) -> Table:
    table = Table(rows, **options)
    table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, HexColor("#000000")), *styles]))
    return table


def matrix(canvas: Canvas, gap: float = 4) -> None:
    """A coloured matrix without rules: levels across, domains down, the domain's name turned."""
    _width, height = landscape(A4)
    colours = ("#2e7d32", "#f9a825", "#ef6c00", "#c62828")
    canvas.setFont("Helvetica-Bold", 16)
    canvas.drawString(40, height - 40, "Threshold matrix")
    top = height - 70
    for number, level in enumerate(LEVELS):
        canvas.setFillColor(HexColor(colours[number]))
        canvas.rect(110 + number * (165 + gap), top - 24, 165, 24, stroke=0, fill=1)
        canvas.setFillColor(HexColor("#ffffff"))
        canvas.setFont("Helvetica-Bold", 11)
        canvas.drawString(116 + number * (165 + gap), top - 16, level)
    for row, domain in enumerate(DOMAINS):
        bottom = top - 28 - (row + 1) * (95 + gap)
        canvas.setFillColor(HexColor("#455a64"))
        canvas.rect(60, bottom, 46, 95, stroke=0, fill=1)
        canvas.saveState()
        canvas.setFillColor(HexColor("#ffffff"))
        canvas.translate(85, bottom + 47)
        canvas.rotate(90)
        canvas.setFont("Helvetica-Bold", 11)
        canvas.drawCentredString(0, 0, domain)
        canvas.restoreState()
        for column in range(4):
            left = 110 + column * (165 + gap)
            canvas.setFillColor(HexColor(colours[column] + "55", hasAlpha=True))
            canvas.rect(left, bottom, 165, 95, stroke=0, fill=1)
            canvas.setFillColor(HexColor("#000000"))
            canvas.setFont("Helvetica", 9)
            for item in range(2):
                canvas.drawString(
                    left + 4,
                    bottom + 80 - item * 30,
                    f"\u2022 {domain} sign {column + 1}.{item} of a child with",
                )
                canvas.drawString(left + 11, bottom + 69 - item * 30, "needs that go on")


def assert_matrix(reading: Reading) -> None:
    body = [block for block in cells(reading) if "sign" in block.text]
    assert len(body) == 32
    for block in body:
        assert block.cell is not None
        domain, _, number = block.text.split()[:3]
        assert block.cell.row_header == domain
        assert block.cell.column_header == LEVELS[int(number[0]) - 1]
        assert block.text.endswith("needs that go on")


def test_coloured_matrix_without_rules_knows_level_and_domain() -> None:
    assert_matrix(read(made(matrix, landscape(A4))))


def test_coloured_matrix_whose_cells_touch() -> None:
    assert_matrix(read(made(lambda canvas: matrix(canvas, gap=0), landscape(A4))))


def test_page_turned_by_the_file() -> None:
    import pypdfium2

    for angle in (90, 180, 270):
        document = pypdfium2.PdfDocument(made(matrix, landscape(A4)))
        document[0].set_rotation(angle)
        buffer = io.BytesIO()
        document.save(buffer)
        assert_matrix(read(buffer.getvalue()))


def test_ruled_table_over_pages_keeps_header_and_lead_in() -> None:
    rows: list[list[Any]] = [["Partner", "Cash", "In kind"]]
    rows += [
        [f"Agency {n}", f"\u00a3{n},000", Paragraph("office space and staff time " * 3, STYLE)]
        for n in range(1, 61)
    ]
    reading = flow(
        Paragraph("The partners contribute as follows:", STYLE),
        ruled(rows, ("FONT", (0, 0), (-1, 0), "Helvetica-Bold"), repeatRows=1, colWidths=[120, 80, 250]),
        Paragraph("After the table.", STYLE),
    )
    body = cells(reading)
    assert reading.pages == 3
    assert sum(block.text == "Cash" for block in body) == 1
    assert {block.cell.table for block in body if block.cell} == {0}
    amount = next(block for block in body if block.text == "\u00a360,000")
    assert amount.cell is not None
    assert (amount.cell.column_header, amount.lead_in) == ("Cash", "The partners contribute as follows:")
    assert amount.page == 3
    assert reading.blocks[-1].text == "After the table."


def test_merged_cells() -> None:
    rows = [
        ["Group", "When", ""],
        ["", "First", "Then"],
        ["Executive", "May", "June"],
        ["", "July", "August"],
    ]
    reading = flow(
        ruled(
            rows,
            ("SPAN", (0, 0), (0, 1)),
            ("SPAN", (1, 0), (2, 0)),
            ("SPAN", (0, 2), (0, 3)),
            ("FONT", (0, 0), (-1, 1), "Helvetica-Bold"),
        )
    )
    august = next(block for block in cells(reading) if block.text == "August")
    assert august.cell is not None
    assert august.cell.column_header == "When / Then"
    assert grid(reading)[2, 0] == "Executive"
    assert august.cell.row == 3
    assert august.cell.column == 2


def test_table_without_rules_or_colours() -> None:
    rows = [
        ["Role", "Who", "Since"],
        [
            "Chair",
            Paragraph("The delegated partner of the council, who is the director of services", STYLE),
            "2024",
        ],
        ["Scrutineer", Paragraph("Somebody independent of all the partners and agencies", STYLE), "2025"],
        ["Manager", Paragraph("The head of the business unit", STYLE), "2023"],
    ]
    table = Table(rows, colWidths=[90, 200, 60])
    table.setStyle(
        TableStyle([("FONT", (0, 0), (-1, 0), "Helvetica-Bold"), ("VALIGN", (0, 0), (-1, -1), "TOP")])
    )
    found = grid(flow(Paragraph("Who does what", STYLE), table))
    assert found[1, 1] == "The delegated partner of the council, who is the director of services"
    assert found[3, 2] == "2023"
    assert len(found) == 12


def test_columns_that_stand_close_are_told_by_the_missing_space() -> None:
    rows = [
        ("Level", "What it means", "Who helps"),
        ("1", "Needs met by all", "Everybody"),
        ("2", "Some help", "Schools"),
    ]
    rows.append(("3", "Several needs of one family", "Targeted help"))

    def draw(canvas: Canvas) -> None:
        for number, row in enumerate(rows):
            canvas.setFont("Helvetica-Bold" if number == 0 else "Helvetica", 10)
            for left, text in zip((60, 88, 214.5), row, strict=True):
                canvas.drawString(left, 700 - number * 14, text)

    found = grid(read(made(draw)))
    assert [found[0, column] for column in range(3)] == ["Level", "What it means", "Who helps"]
    assert found[3, 1] == "Several needs of one family"


def test_header_parted_from_its_table_by_the_page_end() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.setFont("Helvetica", 10)
    for number in range(40):
        canvas.drawString(
            60, 760 - number * 14, f"Line {number} of the text before the table, long enough to be prose."
        )
    canvas.setFont("Helvetica-Bold", 10)
    canvas.drawString(60, 160, "Service")
    canvas.drawString(260, 160, "Contact")
    canvas.showPage()
    canvas.setFont("Helvetica", 10)
    for number, row in enumerate((("Help desk", "01632 960 100"), ("Night team", "01632 960 111"))):
        for left, text in zip((60, 260), row, strict=True):
            canvas.drawString(left, 760 - number * 16, text)
    canvas.save()
    night = next(block for block in cells(read(buffer.getvalue())) if block.text == "01632 960 111")
    assert night.cell is not None
    assert (night.cell.column_header, night.cell.row_header) == ("Contact", "Night team")


def test_text_of_a_table_stands_only_in_its_cells() -> None:
    reading = flow(
        Paragraph("Before.", STYLE), ruled([["Post", "Name"], ["Chair", "vacant"], ["Clerk", "found"]])
    )
    assert sum("vacant" in block.text for block in reading.blocks) == 1


def test_box_around_text_is_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(60, 600, 400, 100)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(70, 680, "A child in danger now: dial 999 and say where the child is at this")
        canvas.drawString(70, 668, "moment and who is with the child.")

    reading = read(made(draw))
    assert [block.kind for block in reading.blocks] == [BlockKind.PARAGRAPH]
    assert reading.blocks[0].text.endswith("at this moment and who is with the child.")


def test_plot_is_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        for step in range(20):
            canvas.line(60, 400 + step * 10, 460, 400 + step * 10)
            canvas.line(60 + step * 20, 400, 60 + step * 20, 590)
        canvas.setFont("Helvetica", 8)
        canvas.drawString(62, 402, "0")
        canvas.drawString(442, 582, "9")

    assert not cells(read(made(draw)))
