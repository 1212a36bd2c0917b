"""Pages that cannot be read, OCR, passwords, limits, labels and the picture of a page."""

from __future__ import annotations

import io
import shutil

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from wtaudit.errors import UnreadableError
from wtaudit.reading import pdf_ocr
from wtaudit.reading.interface import ReadOptions
from wtaudit.reading.pdf import read_pdf
from wtaudit.reading.pdf_image import SCALE, draw_page

TEXT = "The partners publish their arrangements every year."


def text_page(canvas: Canvas, text: str = TEXT) -> None:
    canvas.setFont("Helvetica", 14)
    canvas.drawString(72, 700, text)
    canvas.showPage()


def plain() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    text_page(canvas)
    canvas.save()
    return buffer.getvalue()


@pytest.fixture(scope="module")
def scan() -> bytes:
    """A page that is an image, one with text, one empty."""
    import pypdfium2

    document = pypdfium2.PdfDocument(plain())
    picture = document[0].render(scale=2.5, grayscale=True).to_pil()
    document.close()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.drawImage(ImageReader(picture), 0, 0, *A4)
    canvas.showPage()
    text_page(canvas)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def test_image_without_text_is_named_and_empty_page_is_not(scan: bytes) -> None:
    reading = read_pdf(scan, ReadOptions())
    assert reading.pages == 3
    assert reading.unreadable_pages == (1,)
    assert reading.notes[0] == "Page 1: the page is an image without text."
    assert "--ocr" in reading.notes[1]
    assert [block.text for block in reading.blocks] == [TEXT]


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_ocr_reads_the_image_and_marks_its_blocks(scan: bytes) -> None:
    reading = read_pdf(scan, ReadOptions(ocr=True))
    assert reading.unreadable_pages == ()
    assert [(block.text, block.ocr) for block in reading.blocks] == [(TEXT, True), (TEXT, False)]
    assert reading.notes == ("Page 1: read by OCR, so words may be wrong.",)
    box = reading.blocks[0].box
    assert box is not None
    assert box[0] == pytest.approx(72, abs=4)


def test_ocr_without_tesseract_says_how(scan: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_ocr.shutil, "which", lambda _: None)
    reading = read_pdf(scan, ReadOptions(ocr=True))
    assert reading.unreadable_pages == (1,)
    assert "install tesseract-ocr" in reading.notes[0]
    assert [block.text for block in reading.blocks] == [TEXT]


def test_ocr_that_fails_leaves_the_page_unreadable(scan: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    program = shutil.which("false") or "/bin/false"
    monkeypatch.setattr(pdf_ocr.shutil, "which", lambda _: program)
    reading = read_pdf(scan, ReadOptions(ocr=True))
    assert reading.unreadable_pages == (1,)
    assert "OCR failed" in reading.notes[0]


def test_outlined_text_is_unreadable() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    for number in range(200):
        path = canvas.beginPath()
        path.moveTo(50 + number, 400)
        path.curveTo(60 + number, 420, 70 + number, 380, 80 + number, 405)
        canvas.drawPath(path, fill=1)
    canvas.showPage()
    text_page(canvas)
    canvas.save()
    assert read_pdf(buffer.getvalue(), ReadOptions()).unreadable_pages == (1,)


def test_pictures_and_drawings_beside_text_are_said(scan: bytes) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(scan)
    picture = document[0].render(scale=1).to_pil()
    document.close()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.drawImage(ImageReader(picture), 60, 100, 470, 400)
    text_page(canvas)
    for number in range(900):
        path = canvas.beginPath()
        path.moveTo(50 + number % 400, 400)
        path.curveTo(60 + number % 400, 420, 70 + number % 400, 380, 80 + number % 400, 405)
        canvas.drawPath(path, fill=1)
    text_page(canvas)
    for _ in range(3):
        text_page(canvas)
    canvas.save()
    reading = read_pdf(buffer.getvalue(), ReadOptions())
    assert reading.unreadable_pages == ()
    assert reading.notes == (
        "Page 2: drawings, whose words are read only where they are text.",
        "Page 1: large pictures, whose words are not read.",
    )


def test_font_without_letters_is_unreadable_with_its_reason() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    text_page(canvas, "WKH VDIHJXDUGLQJ SDUWQHUV SXEOLVK WKHLU SODQV")
    canvas.setFont("Helvetica", 9)
    for row in range(20):
        canvas.drawString(40, 700 - row * 12, "WKH VDIHJXDUGLQJ SDUWQHUV SXEOLVK WKHLU DUUDQJHPHQWV")
    canvas.showPage()
    canvas.save()
    reading = read_pdf(buffer.getvalue(), ReadOptions())
    assert reading.unreadable_pages == (2,)
    assert "fonts" in reading.notes[0]


def test_password() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, encrypt="secret")
    text_page(canvas)
    canvas.save()
    with pytest.raises(UnreadableError, match="--password"):
        read_pdf(buffer.getvalue(), ReadOptions())
    with pytest.raises(UnreadableError, match="does not open"):
        read_pdf(buffer.getvalue(), ReadOptions(password="wrong"))
    assert read_pdf(buffer.getvalue(), ReadOptions(password="secret")).blocks[0].text == TEXT


def test_page_limit_and_progress() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    for _ in range(4):
        text_page(canvas)
    canvas.save()
    with pytest.raises(UnreadableError, match="4 pages, more than the limit of 3"):
        read_pdf(buffer.getvalue(), ReadOptions(max_pages=3))
    seen: list[tuple[int, int]] = []
    read_pdf(buffer.getvalue(), ReadOptions(), lambda done, total: seen.append((done, total)))
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]


@pytest.mark.parametrize("data", [b"", b"  \n", b"not a PDF", b"%PDF-1.7\n"])
def test_what_is_no_pdf_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_pdf(data, ReadOptions())
    assert "\n" not in str(caught.value)


def test_huge_page_is_read_and_drawn_small() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(14000, 14000))
    text_page(canvas)
    canvas.save()
    data = buffer.getvalue()
    reading = read_pdf(data, ReadOptions())
    assert reading.blocks[0].text == TEXT


def test_picture_shows_the_boxes() -> None:
    data = plain()
    reading = read_pdf(data, ReadOptions())
    picture = draw_page(data, 1, reading.blocks, None)
    box = reading.blocks[0].box
    assert box is not None
    assert picture.width == pytest.approx(A4[0] * SCALE, abs=2)
    edge = picture.getpixel((round(box[0] * SCALE), round((box[1] + box[3]) / 2 * SCALE)))
    assert edge == (0x00, 0x50, 0xC0)
    with pytest.raises(UnreadableError, match="no page 2"):
        draw_page(data, 2, reading.blocks, None)


def test_cut_off_file_is_said() -> None:
    data = plain()
    cut = data[: data.rindex(b"%%EOF")]
    assert any("cut off" in note for note in read_pdf(cut, ReadOptions()).notes)
