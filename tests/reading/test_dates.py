from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from wtaudit.model import Block, BlockKind, Cell, DateSource
from wtaudit.reading import read_document
from wtaudit.reading.codec import document_from_json, document_to_json
from wtaudit.reading.dates import property_date, stated_date


def stated(*texts: str) -> str | None:
    return stated_date([Block(BlockKind.PARAGRAPH, text) for text in texts])


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Version 4.1. In force from 28 April 2025.", "2025-04-28"),
        ("Published 2nd June 2025", "2025-06-02"),
        ("Third edition, September 2018, amended May 2019", "2019-05"),
        ("v2 | 03/11/2024", "2024-11-03"),
        ("Date of issue: 2025-01-31", "2025-01-31"),
        ("March 2024", "2024-03"),
        ("Approved: Sept. 2023", "2023-09"),
        ("Published May 2025. Next review May 2027.", "2025-05"),
        ("Review date: March 2027", None),
        ("This replaces the version of May 2021.", None),
        ("It replaces the version of May 2021, and was published in June 2025.", "2025-06"),
        ("Working Together to Safeguard Children, published December 2018 guidance", "2018-12"),
        ("The Board met on 3 May 2025.", None),
        ("Effective 2024/25", None),
        ("Founded in May 1999, version 2", None),
        (f"Published on 3 May 2025 {'and so on ' * 20}", None),
    ],
)
def test_the_first_page_states_the_date(text: str, date: str | None) -> None:
    assert stated("A title", text) == date


def test_only_the_first_page_counts_and_a_cell_knows_its_row() -> None:
    first = Block(BlockKind.HEADING, "Title", page=1)
    later = Block(BlockKind.PARAGRAPH, "Version 2, published May 2025", page=2)
    foot = Block(BlockKind.FURNITURE, "Issue 5, March 2019", page=1)
    assert stated_date([first, later]) is None
    assert stated_date([first, later, foot]) == "2019-03"
    due = Block(BlockKind.CELL, "by 1 May 2027", cell=Cell(0, 1, 1, row_header="Next review"))
    done = Block(BlockKind.CELL, "on 1 May 2025", cell=Cell(0, 0, 1, row_header="Published"))
    assert stated_date([done, due]) == "2025-05-01"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("D:20250401093000+01'00'", "2025-04-01"),
        ("2025-04-01T09:30:00Z", "2025-04-01"),
        ("12 May 2025", "2025-05-12"),
        ("D:20000101000000", None),
        ("D:20251399", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_as_files_write_them(text: str, date: str | None) -> None:
    assert property_date(text) == date


BODY = "<h1>Arrangements</h1><p>The partners meet every month to agree what to do next.</p>"


@pytest.mark.parametrize(
    ("name", "content", "date", "source"),
    [
        ("a.html", f'<meta property="article:modified_time" content="2025-02-03T10:00">{BODY}', "2025-02-03", DateSource.FILE),
        ("a.html", f'<meta name="DC.date" content="2024-02-03">{BODY}<p>Version 2, May 2025</p>', "2025-05", DateSource.STATED),
        ("a.html", BODY, None, None),
        ("a.md", "---\ndate: 2025-06-07\n---\n# Arrangements\n\nThe partners meet.\n", "2025-06-07", DateSource.FILE),
    ],
)  # fmt: skip
def test_text_before_properties(
    name: str, content: str, date: str | None, source: DateSource | None, tmp_path: Path
) -> None:
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    document = read_document(file, kind="arrangements")
    assert (document.date, document.date_source) == (date, source)
    assert document_from_json(document_to_json(document)) == document


def test_word_files_tell_when_they_were_saved(tmp_path: Path) -> None:
    import datetime

    made, file = docx.Document(), io.BytesIO()
    made.add_paragraph("The partners meet every month.")
    made.core_properties.modified = datetime.datetime(2024, 3, 2, 1)
    made.save(file)
    path = tmp_path / "a.docx"
    path.write_bytes(file.getvalue())
    document = read_document(path, kind="arrangements")
    assert (document.date, document.date_source) == ("2024-03-02", DateSource.FILE)


def test_every_fixture_states_its_date(fixtures: Path) -> None:
    expected = {
        "ellerbrook": ("2025-04-01", "2025-06-02", "2025-04-01"), "harrowmoor": ("2025-04-28", "2025-09-15", "2025-06-02"),
        "oldcastle": ("2024-03", "2019-03", "2019-05"),
    }  # fmt: skip
    for area, dates in expected.items():
        files = [
            fixtures / "source" / area / f"{kind}.md" for kind in ("arrangements", "protocol", "threshold")
        ]
        assert tuple(read_document(file).date for file in files) == dates
