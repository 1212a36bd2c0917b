"""Damaged PDFs: whatever the bytes, a Reading or an UnreadableError comes out."""

from __future__ import annotations

import io
import random

import pytest
from reportlab.pdfgen.canvas import Canvas

from wtaudit.errors import UnreadableError
from wtaudit.reading.interface import Reading, ReadOptions
from wtaudit.reading.pdf import read_pdf

INPUTS = 1000
PARTS = 5


def tiny(compressed: bool, encrypt: str | None = None) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pageCompression=compressed, encrypt=encrypt)
    canvas.setFont("Helvetica-Bold", 14)
    canvas.drawString(72, 770, "1. Heading")
    canvas.setFont("Helvetica", 10)
    for number, text in enumerate(("The partners will:", "\u2022 publish", "\u2022 review")):
        canvas.drawString(72, 740 - number * 13, text)
    for row in range(3):
        for column in range(2):
            canvas.rect(72 + column * 100, 600 + row * 20, 100, 20)
            canvas.drawString(75 + column * 100, 605 + row * 20, f"cell {row}{column}")
    canvas.showPage()
    canvas.drawString(72, 770, "Page two")
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


BASES = (tiny(False), tiny(True), tiny(True, "secret"))


def test_a_circle_of_references_ends() -> None:
    data = b"%PDF-1.4\n1 0 obj\n1 0 R\nendobj\ntrailer\n<< /Root 1 0 R /Info 1 0 R >>\n%%EOF\n"
    with pytest.raises(UnreadableError):
        read_pdf(data, ReadOptions(timeout_seconds=1.0))


def damaged(chooser: random.Random) -> bytes:
    data = bytearray(chooser.choice(BASES))
    way = chooser.random()
    place = chooser.randrange(len(data))
    if way < 0.25:
        return bytes(data[:place])
    if way < 0.8:
        for _ in range(chooser.choice((1, 3, 10, 60))):
            data[chooser.randrange(len(data))] ^= 1 << chooser.randrange(8)
    elif way < 0.9:
        del data[place : place + chooser.randrange(200)]
    else:
        other = chooser.randrange(len(data))
        data[place:place] = data[other : other + chooser.randrange(300)]
    return bytes(data)


@pytest.mark.parametrize("part", range(PARTS))
def test_damaged_files(part: int) -> None:
    chooser = random.Random(part)
    for _ in range(INPUTS // PARTS):
        data = damaged(chooser)
        try:
            reading = read_pdf(data, ReadOptions(max_pages=50, timeout_seconds=1.0))
        except UnreadableError as error:
            lines = str(error).count("\n")
        else:
            lines = 0
            assert isinstance(reading, Reading)
        assert lines == 0
