"""Reading order, paragraphs, headings, lists, furniture, footnotes and contents of PDFs made here."""

from __future__ import annotations

import io
import random
from typing import Any

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from wtaudit.model import Block, BlockKind
from wtaudit.reading.interface import Reading, ReadOptions
from wtaudit.reading.pdf import read_pdf

WORDS = [
    "the",
    "safeguarding",
    "partners",
    "publish",
    "arrangements",
    "for",
    "children",
    "and",
    "families",
    "in",
    "each",
    "local",
    "area",
    "every",
    "year",
    "so",
    "that",
    "agencies",
    "know",
    "what",
    "working",
    "together",
    "asks",
    "of",
    "schools",
    "colleges",
    "police",
    "and",
    "health",
]


def made(draw: Any, pages: int = 1, **options: Any) -> Reading:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, **options)
    for number in range(pages):
        canvas.setFont("Helvetica", 10)
        draw(canvas) if pages == 1 else draw(canvas, number + 1)
        canvas.showPage()
    canvas.save()
    return read_pdf(buffer.getvalue(), ReadOptions())


def prose(count: int, seed: int) -> str:
    chooser = random.Random(seed)
    text = " ".join(chooser.choice(WORDS) for _ in range(count))
    return text[0].upper() + text[1:] + "."


def wrapped(canvas: Canvas, text: str, left: float, top: float, width: float, size: float = 10) -> float:
    from reportlab.lib.utils import simpleSplit

    canvas.setFont("Helvetica", size)
    for line in simpleSplit(text, "Helvetica", size, width):
        canvas.drawString(left, top, line)
        top -= size * 1.25
    return top - size * 0.7


def texts(reading: Reading, kind: BlockKind) -> list[str]:
    return [block.text for block in reading.blocks if block.kind is kind]


def block(reading: Reading, start: str) -> Block:
    return next(block for block in reading.blocks if block.text.startswith(start))


def test_paragraph_lines_are_joined_with_single_spaces() -> None:
    text = prose(60, 1)
    reading = made(lambda canvas: wrapped(canvas, text, 60, 750, 300))
    assert texts(reading, BlockKind.PARAGRAPH) == [text]
    assert reading.blocks[0].page == 1


def test_two_columns_are_read_one_after_the_other_under_a_wide_title() -> None:
    left, right = [prose(60, n) for n in range(3)], [prose(60, n) for n in range(10, 13)]

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 20)
        canvas.drawString(50, 780, "A title across both of the columns of it")
        for start, column in ((50, left), (310, right)):
            top = 740.0
            for text in column:
                top = wrapped(canvas, text, start, top, 230)

    assert texts(made(draw), BlockKind.PARAGRAPH) == [*left, *right]


def test_two_columns_drawn_line_by_line_are_not_interleaved() -> None:
    def draw(canvas: Canvas) -> None:
        for row in range(30):
            canvas.drawString(50, 740 - row * 12.5, f"left {row:02} and more words to fill the whole line")
            canvas.drawString(310, 740 - row * 12.5, f"right {row:02} and more words to fill the whole line")

    text = " ".join(block.text for block in made(draw).blocks)
    assert text.index("left 29") < text.index("right 00")


def test_three_columns() -> None:
    def draw(canvas: Canvas) -> None:
        for column in range(3):
            top = 740.0
            for part in range(2):
                top = wrapped(canvas, f"C{column}{part} " + prose(40, column), 40 + column * 180, top, 160)

    starts = [text[:3] for text in texts(made(draw), BlockKind.PARAGRAPH)]
    assert starts == ["C00", "C01", "C10", "C11", "C20", "C21"]


def test_sidebar_is_read_apart_and_its_heading_holds_only_there() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 18)
        canvas.drawString(50, 790, "Early help")
        top = 760.0
        for number in range(3):
            top = wrapped(canvas, f"M{number} " + prose(60, number), 50, top, 320)
        canvas.setFillGray(0.9)
        canvas.rect(400, 560, 150, 200, stroke=0, fill=1)
        canvas.setFillGray(0)
        canvas.setFont("Helvetica-Bold", 12)
        canvas.drawString(410, 740, "Key message")
        wrapped(canvas, "S " + prose(25, 9), 410, 720, 130)
        wrapped(canvas, "F " + prose(90, 5), 50, min(top, 540), 490)

    reading = made(draw)
    assert [text[:2] for text in texts(reading, BlockKind.PARAGRAPH)] == ["M0", "M1", "M2", "S ", "F "]
    assert block(reading, "S ").headings == ("Early help", "Key message")
    assert block(reading, "F ").headings == ("Early help",)


def test_paragraph_over_a_page_end_is_one_block_on_its_first_page() -> None:
    def draw(canvas: Canvas, page: int) -> None:
        if page == 1:
            wrapped(canvas, prose(200, 3), 60, 780, 460)
            canvas.drawString(
                60, 80, "The delegated partners meet every month and they also review the whole of the"
            )
        else:
            canvas.drawString(60, 780, "budget with the lead partners each quarter.")

    reading = made(draw, 2)
    joined = block(reading, "The delegated partners")
    assert joined.text.endswith("the whole of the budget with the lead partners each quarter.")
    assert joined.page == 1


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("arrange-", "ments for arrangements", "arrangements for arrangements"),
        ("multi-", "agency work", "multi-agency work"),
        ("self-", "harm is rising", "self-harm is rising"),
        ("inter-", "vention", "intervention"),
        ("co-", "ordinator", "co-ordinator"),
        ("social-work-", "qualified", "social-work-qualified"),
        ("pre-", "birth plans before birth", "pre-birth plans"),
        ("the NHS-", "Wide plan", "the NHS-Wide plan"),
    ],
)
def test_hyphen_at_a_line_end(first: str, second: str, expected: str) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 750, f"The partners of the whole county say of {first}")
        canvas.drawString(60, 738, second)

    assert expected in made(draw).blocks[0].text


def test_headings_give_path_and_level() -> None:
    def draw(canvas: Canvas) -> None:
        for top, size, text in ((780, 20, "Chapter one"), (740, 14, "4.2 Scope"), (640, 14, "4.3 Funding")):
            canvas.setFont("Helvetica-Bold", size)
            canvas.drawString(60, top, text)
            wrapped(canvas, prose(50, top), 60, top - 22, 460)

    reading = made(draw)
    assert [(b.text, b.heading_level) for b in reading.blocks if b.kind is BlockKind.HEADING] == [
        ("Chapter one", 1),
        ("4.2 Scope", 2),
        ("4.3 Funding", 2),
    ]
    assert reading.blocks[-1].headings == ("Chapter one", "4.3 Funding")
    assert reading.title == "Chapter one"


def test_numbered_clause_is_a_paragraph_with_its_number() -> None:
    text = "2.3.1 The Council shall " + prose(30, 2)
    reading = made(lambda canvas: wrapped(canvas, text, 60, 750, 400))
    assert texts(reading, BlockKind.PARAGRAPH) == [text]


def test_number_at_the_start_of_a_wrapped_line_is_no_new_item() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(
            60, 750, "Every child who is in need of help is assessed by a practitioner under section"
        )
        canvas.drawString(
            60, 738, "17. The assessment is finished within the time that the partners have agreed."
        )

    assert len(made(draw).blocks) == 1


def test_lists_nest_wrap_and_know_what_introduces_them() -> None:
    lines = [
        (60, "The partners will:"),
        (70, "\u2022 publish a report that is long enough to need another line of text"),
        (78, "which wraps here;"),
        (70, "\u2022 make sure that:"),
        (90, "\u2013 schools are heard"),
        (90, "\u2013 colleges are heard"),
        (70, "\u2022 meet often."),
    ]

    def draw(canvas: Canvas) -> None:
        for number, (left, text) in enumerate(lines):
            canvas.drawString(left, 750 - number * 12.5, text)

    found = [(b.text, b.list_level, b.lead_in) for b in made(draw).blocks if b.kind is BlockKind.LIST_ITEM]
    assert found == [
        (
            "publish a report that is long enough to need another line of text which wraps here;",
            1,
            "The partners will:",
        ),
        ("make sure that:", 1, "The partners will:"),
        ("schools are heard", 2, "The partners will: make sure that:"),
        ("colleges are heard", 2, "The partners will: make sure that:"),
        ("meet often.", 1, "The partners will:"),
    ]


def test_running_heads_and_page_numbers_are_furniture_and_give_labels() -> None:
    def draw(canvas: Canvas, page: int) -> None:
        canvas.drawString(60, 815, f"Wold Partnership v9 page {page + 4}")
        wrapped(canvas, f"P{page} " + prose(80, page), 60, 740, 460)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(290, 30, str(page + 4))

    reading = made(draw, 5)
    assert all(text[0] == "P" and text[1].isdigit() for text in texts(reading, BlockKind.PARAGRAPH))
    assert len(texts(reading, BlockKind.FURNITURE)) == 10
    assert [block(reading, f"P{n}").page_label for n in (1, 5)] == ["5", "9"]


def test_footnote_is_apart_and_its_mark_is_not_in_the_text() -> None:
    def draw(canvas: Canvas) -> None:
        wrapped(canvas, prose(60, 1), 60, 760, 460)
        canvas.drawString(60, 660, "They follow Working Together 2023")
        width = canvas.stringWidth("They follow Working Together 2023", "Helvetica", 10)
        canvas.setFont("Helvetica", 6)
        canvas.drawString(60 + width, 664, "1")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(60 + width + 6, 660, "and the Act.")
        canvas.setFont("Helvetica", 7)
        canvas.drawString(60, 70, "1 Guidance of December 2023.")

    reading = made(draw)
    assert block(reading, "They follow").text == "They follow Working Together 2023 and the Act."
    assert texts(reading, BlockKind.FOOTNOTE) == ["1 Guidance of December 2023."]


def test_contents_lines_are_no_headings() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 16)
        canvas.drawString(60, 780, "Contents")
        for number, title in enumerate(("Foreword", "How the arrangements will be funded", "Review")):
            canvas.setFont("Helvetica-Bold", 12)
            canvas.drawString(
                60, 750 - number * 18, f"{number + 1}. {title} {'.' * (70 - len(title))} {number + 3}"
            )

    reading = made(draw)
    assert texts(reading, BlockKind.CONTENTS) == [
        "1. Foreword 3",
        "2. How the arrangements will be funded 4",
        "3. Review 5",
    ]


def test_boxes_are_in_points_from_the_top_left() -> None:
    reading = made(lambda canvas: canvas.drawString(72, 742, "Partners meet"))
    box = reading.blocks[0].box
    assert box is not None
    left, top, right, bottom = box
    assert left == pytest.approx(72, abs=1)
    assert 85 < top < 100 < bottom < 106
    assert right > left


def test_text_of_other_scripts_is_kept() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))

    def draw(canvas: Canvas) -> None:
        canvas.setFont("HeiseiMin-W3", 12)
        canvas.drawString(72, 700, "\u5b50\u3069\u3082\u3068\u5bb6\u65cf")

    assert made(draw).blocks[0].text == "\u5b50\u3069\u3082\u3068\u5bb6\u65cf"


def test_raised_marks_part_neither_lines_nor_words() -> None:
    """As reportlab and other writers set them: each mark a piece of its own, the text after it another."""
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    buffer, style = io.BytesIO(), getSampleStyleSheet()["BodyText"]
    texts = [
        "The delegated partners<super>1</super> meet every month<super>2</super>. They agree the budget.",
        "The board<super>3</super>, which all partners attend, decides on money<super>4</super> and posts.",
    ]
    SimpleDocTemplate(buffer).build([Paragraph(text, style) for text in texts])
    blocks = read_pdf(buffer.getvalue(), ReadOptions()).blocks
    assert {block.kind for block in blocks} == {BlockKind.PARAGRAPH}
    assert " ".join(block.text for block in blocks) == (
        "The delegated partners meet every month. They agree the budget. "
        "The board, which all partners attend, decides on money and posts."
    )
