"""Reads pages that are images with the `tesseract` program, if it is on the machine."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess

from wtaudit.reading.pdf_engine import Pdfium
from wtaudit.reading.pdf_page import Page, Word

DOTS_PER_INCH = 200
_LEAST_CONFIDENCE = 20.0
_POINTS = 72.0


def read_by_ocr(pdf: Pdfium, page: Page, timeout: float) -> list[Word]:
    """The words that OCR finds on the page; raises OSError with the reason if there are none."""
    program = shutil.which("tesseract")
    if program is None:
        raise OSError(
            "it needs the program tesseract, which is not installed: install tesseract-ocr (Linux), tesseract"
            " (Homebrew) or the Windows installer, or make the file searchable with ocrmypdf"
        )
    picture, scale = _picture(pdf, page)
    command = [program, "stdin", "stdout", "-l", "eng", "--dpi", str(DOTS_PER_INCH), "tsv"]
    try:
        # One thread: tesseract's own threads make it several times slower on small machines.
        run = subprocess.run(
            command,
            input=picture,
            capture_output=True,
            timeout=timeout,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise OSError(f"tesseract took longer than {timeout:.0f} seconds") from error
    if run.returncode:
        lines = run.stderr.decode("utf-8", "replace").strip().splitlines()
        raise OSError(lines[-1] if lines else f"tesseract ended with {run.returncode}")
    return _words(run.stdout.decode("utf-8", "replace"), 1 / scale)


def _picture(pdf: Pdfium, page: Page) -> tuple[bytes, float]:
    """The page as PNG and its pixels per point."""
    image = pdf.picture(page.number, DOTS_PER_INCH / _POINTS, grey=True)
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=1)
    return buffer.getvalue(), image.width / max(1.0, page.width)


def _words(table: str, points: float) -> list[Word]:
    """Words of tesseract's TSV table; `points` is the length of a pixel."""
    words: list[Word] = []
    line_key: tuple[str, ...] = ()
    height = 0.0
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        level, text = row.get("level"), (row.get("text") or "").strip()
        if level == "4":
            height = float(row["height"]) * points
        if level != "5" or not text or float(row["conf"]) < _LEAST_CONFIDENCE:
            continue
        left, top = float(row["left"]) * points, float(row["top"]) * points
        right, bottom = left + float(row["width"]) * points, top + float(row["height"]) * points
        key = (row["block_num"], row["par_num"], row["line_num"])
        if key != line_key:
            line_key, line_top, line_bottom = key, top, bottom
        line_top, line_bottom = min(line_top, top), max(line_bottom, bottom)
        # All words of a line stand on one box, so that letters without stems do not look smaller.
        size = round(max(4.0, height / 1.1))
        middle = (line_top + line_bottom) / 2
        box = (left, middle - size * 0.55, right, middle + size * 0.55)
        words.append(Word(text, box, size, False, len(words)))
    return words
