"""Matrices painted in columns or bands: every cell comes back with its row and its column."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from wtaudit import read_document
from wtaudit.model import BlockKind
from wtaudit.reading.interface import Reading, ReadOptions
from wtaudit.reading.pdf import read_pdf

ROOT = Path(__file__).resolve().parents[2]


def painted(columns: list[list[list[str]]], head: str = "", gap: float = 9) -> Reading:
    """Columns filled from top to bottom under one band; a column is a list of cells, a cell a list of lines."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, A4)
    canvas.setFillColor(HexColor("#2e5f4d"))
    canvas.rect(50, 700, 120 * len(columns), 20, stroke=0, fill=1)
    for number, cells in enumerate(columns):
        canvas.setFillColor(HexColor(("#eeeeee", "#d6efd6", "#fff3c4", "#f9c7c1")[number]))
        canvas.rect(50 + 120 * number, 400, 120, 300, stroke=0, fill=1)
        canvas.setFillColor(HexColor("#000000"))
        canvas.setFont("Helvetica", 9)
        canvas.drawString(54 + 120 * number, 706, "" if head else f"Level {number}")
        for row, lines in enumerate(cells):
            tallest = [max(len(other[above]) for other in columns) for above in range(row)]
            top = 688 - sum(11 * count + gap for count in tallest)
            for place, line in enumerate(lines):
                canvas.drawString(54 + 120 * number, top - 11 * place, line)
    canvas.setFont("Helvetica", 9)
    canvas.drawString(54, 706, head)
    canvas.save()
    return read_pdf(buffer.getvalue(), ReadOptions())


def placed(reading: Reading) -> dict[tuple[int, int], str]:
    cells = [(b.cell, b.text) for b in reading.blocks if b.kind is BlockKind.CELL]
    return {(c.row, c.column): text for c, text in cells if c is not None}


def test_columns_painted_in_one_piece_fall_into_rows() -> None:
    found = placed(
        painted(
            [
                [["Health"], ["Learning"], ["Home"]],
                [["Jabs are kept"], ["Makes progress", "in class"], ["Secure home"]],
                [["Some are missed", "now and then"], ["Needs help", "in class", "each day"], ["Arrears"]],
            ]
        )
    )
    assert found[0, 1] == "Level 1"
    assert found[1, 2] == "Some are missed now and then"
    assert found[2, 2] == "Needs help in class each day"
    assert found[3, 0] == "Home"
    assert len(found) == 12


def test_paragraphs_of_one_cell_stay_in_it() -> None:
    found = placed(
        painted(
            [
                [["Health"]],
                [["Jabs are kept.", "", "Checks too."]],
                [["Some are missed.", "", "Now and then."]],
            ]
        )
    )
    assert found[1, 0] == "Health"
    assert {row for row, _ in found} == {0, 1}


def test_a_band_with_one_sentence_is_one_cell() -> None:
    head = "Signs that a child may need more help than their family and school can give"
    found = placed(painted([[["Health"]], [["Jabs are kept"]], [["Some are missed"]]], head))
    assert found[0, 0] == head


def test_side_by_side_panels_are_not_cut() -> None:
    found = placed(painted([[["What we do"], ["We listen"]], [["What you do"], ["You speak"]]]))
    assert (2, 0) not in found


@pytest.mark.parametrize(
    "area", ["ellerbrook/threshold.pdf", "harrowmoor/threshold.html", "oldcastle/threshold.md"]
)
def test_every_cell_of_the_fixtures_matrices_knows_its_level_and_domain(area: str, fixtures: Path) -> None:
    sys.path.insert(0, str(fixtures))
    from source import Table, load_source

    source = load_source(fixtures / "source" / area.split("/")[0] / "threshold.md")
    matrices = [p.rows for p in source.parts if isinstance(p, Table) and len(p.rows[0]) >= 4]
    blocks = [b for b in read_document(fixtures / area, kind="threshold").blocks if b.cell]
    found = {(b.cell.row_header, b.cell.column_header, b.text) for b in blocks if b.cell}
    wanted = {(row[0], level, text) for head, *rows in matrices for row in rows
              for level, text in zip(head[1:], row[1:], strict=True) if text}  # fmt: skip
    assert len(wanted) >= 40
    assert wanted - found == set()
