"""Measures reading PDFs against `pdftotext -layout`, pypdfium2's plain text and pdfplumber, all in one run.

    python benchmarks/reading.py FILE.pdf ... [--rounds 3] [--pages 20] [--json]

Each figure is CPU time per page, the least of the rounds, each file opened anew. pdfplumber reads only the first
--pages pages (0 = all), as it is slow. Ratios are wtaudit's time over the other's: 0.1 is ten times quicker.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

METHODS = ("wtaudit", "pdftotext", "pypdfium2", "pdfplumber", "pdfplumber+tables")


def cpu_seconds(work: Callable[[], int]) -> float:
    """CPU seconds per page, of this process and its children; `work` gives the pages it did."""
    before = _cpu()
    pages = work()
    return (_cpu() - before) / max(1, pages)


def _cpu() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def by_wtaudit(path: Path, _: int) -> int:
    from wtaudit.reading.interface import ReadOptions
    from wtaudit.reading.pdf import read_pdf

    return read_pdf(path.read_bytes(), ReadOptions()).pages or 0


def by_pdftotext(path: Path, _: int) -> int:
    subprocess.run(["pdftotext", "-layout", str(path), "-"], stdout=subprocess.DEVNULL, check=True)
    return _count(path)


def by_pypdfium2(path: Path, _: int) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(path.read_bytes())
    for page in document:
        text_page = page.get_textpage()
        text_page.get_text_range()
        text_page.close()
        page.close()
    count = len(document)
    document.close()
    return count


def by_pdfplumber(path: Path, limit: int, *, tables: bool = False) -> int:
    import pdfplumber

    with pdfplumber.open(path) as document:
        pages = document.pages[: limit or None]
        for page in pages:
            page.extract_text()
            if tables:
                page.extract_tables()
            page.close()
    return len(pages)


def by_pdfplumber_with_tables(path: Path, limit: int) -> int:
    return by_pdfplumber(path, limit, tables=True)


def _count(path: Path) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()


WORK = dict(
    zip(
        METHODS,
        (by_wtaudit, by_pdftotext, by_pypdfium2, by_pdfplumber, by_pdfplumber_with_tables),
        strict=True,
    )
)


def measure(path: Path, rounds: int, limit: int) -> dict[str, object]:
    """All methods on one file, their rounds interleaved so that a busy moment hits all alike."""
    methods = [name for name in METHODS if name != "pdftotext" or shutil.which("pdftotext")]
    times: dict[str, float] = {}
    for name in methods:
        WORK[name](path, 1)  # imports do not count
    for _ in range(rounds):
        for name in methods:
            seconds = cpu_seconds(lambda name=name: WORK[name](path, limit))
            times[name] = min(seconds, times.get(name, seconds))
    return {
        "file": path.name,
        "pages": _count(path),
        "ms_per_page": {name: round(value * 1000, 2) for name, value in times.items()},
        "ratio": {
            name: round(times["wtaudit"] / value, 3) for name, value in times.items() if name != "wtaudit"
        },
    }


def peak_megabytes(path: Path) -> float | None:
    """Peak memory of a fresh process that reads the file, None where there is no /proc."""
    if not Path("/proc/self/status").exists():
        return None
    code = (
        "import sys;from pathlib import Path;from wtaudit.reading.interface import ReadOptions;"
        "from wtaudit.reading.pdf import read_pdf;read_pdf(Path(sys.argv[1]).read_bytes(),ReadOptions());"
        "print(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(path.resolve())],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).resolve().parent.parent,
    )
    return round(int(run.stdout) / 1024, 1)


def table(rows: list[dict[str, object]]) -> str:
    """The results as text: one line per file, ms per page and ratios."""
    lines = [f"{'file':32} {'pages':>5} {'MB':>6} " + " ".join(f"{name:>18}" for name in METHODS)]
    for row in rows:
        times, ratios = row["ms_per_page"], row["ratio"]
        assert isinstance(times, dict)
        assert isinstance(ratios, dict)
        cells = []
        for name in METHODS:
            ratio = f" ({ratios[name]:.3f})" if name in ratios else ""
            cells.append(f"{(f'{times[name]:.2f}' if name in times else '-') + ratio:>18}")
        lines.append(
            f"{str(row['file'])[:32]:32} {row['pages']:>5} {row['peak_mb'] or '-':>6} " + " ".join(cells)
        )
    return "\n".join(["CPU ms per page (ratio: wtaudit / this)", *lines])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rows = []
    for path in options.files:
        row = measure(path, options.rounds, options.pages)
        row["peak_mb"] = peak_megabytes(path)
        rows.append(row)
    print(json.dumps(rows, indent=2) if options.json else table(rows))


if __name__ == "__main__":
    main()
