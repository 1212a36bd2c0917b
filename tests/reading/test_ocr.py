"""Scans: named without --ocr, read with it, within limits, and marked as OCR wherever their evidence is shown."""

from __future__ import annotations

import io
import random
import re
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from wtaudit.auditor import Auditor
from wtaudit.model import ReadStatus, Report, Status
from wtaudit.reading import pdf_ocr, read_document
from wtaudit.reading.interface import ReadOptions
from wtaudit.reading.pdf import read_pdf
from wtaudit.reporting import Format, render

needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
LINES = (
    "Fennmouth multi-agency safeguarding arrangements",
    "The three safeguarding partners for Fennmouth are Fennmouth Council,",
    "NHS Fenn Integrated Care Board and Fennshire Police.",
    "These arrangements cover the local authority area of Fennmouth.",
)


def scanned(pages: int = 1) -> bytes:
    """Pages of text as pictures, a little askew and grainy, as from an office scanner."""
    import pypdfium2

    buffer = io.BytesIO()
    canvas = Canvas(buffer, A4)
    canvas.setFont("Helvetica", 13)
    for number, line in enumerate(LINES):
        canvas.drawString(72, 740 - 30 * number, line)
    canvas.save()
    picture = pypdfium2.PdfDocument(buffer.getvalue())[0].render(scale=2.2, grayscale=True).to_pil()
    picture = picture.rotate(0.5, fillcolor=255)
    chance = random.Random(4)
    for _ in range(1500):
        picture.putpixel((chance.randrange(picture.width), chance.randrange(picture.height)), 90)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, A4)
    for _ in range(pages):
        canvas.drawImage(ImageReader(picture), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scan") / "scan.pdf"
    path.write_bytes(scanned())
    return path


@pytest.fixture(scope="module")
def report(scan: Path, auditor: Auditor) -> Report:
    document = read_document(scan, "arrangements", options=ReadOptions(ocr=True))
    return auditor.audit([replace(document, path="scan.pdf")], only=("GOV-01", "GOV-02"))


def test_without_ocr_the_verdict_is_unknown_and_the_way_out_is_told(scan: Path, auditor: Auditor) -> None:
    document = read_document(scan, "arrangements")
    assert document.status is ReadStatus.PARTLY_READ
    assert document.unreadable_pages == (1,)
    assert any("--ocr" in note and "tesseract" in note for note in document.notes)
    (finding,) = auditor.audit([document], only=["GOV-02"]).findings
    assert finding.status is Status.UNKNOWN


@needs_tesseract
def test_words_of_a_scan_askew_are_read(scan: Path) -> None:
    document = read_document(scan, "arrangements", options=ReadOptions(ocr=True))
    found = re.findall(r"\w+", " ".join(block.text for block in document.blocks))
    wanted = re.findall(r"\w+", " ".join(LINES))
    assert sum(word in found for word in wanted) >= 0.95 * len(wanted)
    assert all(block.ocr for block in document.blocks)
    assert document.status is ReadStatus.READ


@needs_tesseract
@pytest.mark.parametrize("format_", [f for f in Format if f not in (Format.DOCX, Format.XLSX)])
def test_every_report_says_what_rests_on_ocr(report: Report, format_: Format) -> None:
    evidence = [e for f in report.findings for e in f.evidence]
    assert evidence
    assert all(e.ocr for e in evidence)
    text = str(render(report, format_))
    if format_ in (Format.JSON,):
        assert '"ocr": true' in text
    elif evidence[0].quote[:30] in text:
        assert "OCR" in text


@needs_tesseract
@pytest.mark.parametrize("format_", [Format.DOCX, Format.XLSX])
def test_every_file_report_says_what_rests_on_ocr(report: Report, format_: Format) -> None:
    import zipfile

    data = render(report, format_)
    assert isinstance(data, bytes)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = "".join(archive.read(n).decode("utf-8") for n in archive.namelist() if n.endswith(".xml"))
    if report.findings[1].evidence[0].quote[:30] in text:
        assert "OCR" in text


@needs_tesseract
def test_only_so_many_pages_are_read_by_ocr() -> None:
    reading = read_pdf(scanned(2), ReadOptions(ocr=True, max_ocr_pages=1))
    assert reading.unreadable_pages == (2,)
    assert "no more than 1 pages" in reading.notes[0]


def test_a_page_takes_only_so_long(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    slow = tmp_path / "tesseract"
    slow.write_text(f"#!{sys.executable}\nimport time\ntime.sleep(20)\n", encoding="utf-8")
    slow.chmod(0o755)
    monkeypatch.setattr(pdf_ocr.shutil, "which", lambda _: str(slow))
    reading = read_pdf(scanned(), ReadOptions(ocr=True, ocr_page_seconds=0.5))
    assert reading.unreadable_pages == (1,)
    assert "longer than" in reading.notes[0]


def test_tesseract_runs_on_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, Any] = {}

    def run(command: list[str], **options: Any) -> Any:
        seen.update(options["env"])
        raise OSError("not run")

    monkeypatch.setattr(pdf_ocr.shutil, "which", lambda _: "tesseract")
    monkeypatch.setattr(pdf_ocr.subprocess, "run", run)
    read_pdf(scanned(), ReadOptions(ocr=True))
    assert seen["OMP_THREAD_LIMIT"] == "1"


def test_a_file_with_ocr_may_take_longer() -> None:
    assert ReadOptions().most_seconds == 120
    assert ReadOptions(ocr=True, max_ocr_pages=10, ocr_page_seconds=30).most_seconds == 420
