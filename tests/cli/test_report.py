from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from wtaudit.auditor import Auditor
from wtaudit.reading import read_document
from wtaudit.reporting import Format, render

LEDGER = """---
kind: arrangements
---
# Multi-agency safeguarding arrangements

The safeguarding partners for Westmere are Westmere Council, NHS Westmere Integrated Care Board and Westmere Police.
"""


@pytest.fixture(scope="module")
def saved(auditor: Auditor, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("saved")
    source = folder / "arrangements.md"
    source.write_text(LEDGER, encoding="utf-8")
    report = auditor.audit([read_document(source, kind="arrangements")], "Westmere")
    made = render(report, Format.JSON)
    assert isinstance(made, str)
    result = folder / "result.json"
    result.write_text(made, encoding="utf-8")
    source.unlink()  # a saved result needs no document
    return result


def wtaudit(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    command = [
        sys.executable,
        "-c",
        "from wtaudit.cli.main import run; run()",
        "report",
        *map(str, arguments),
    ]
    return subprocess.run(command, capture_output=True, check=False)


@pytest.mark.parametrize("format_", list(Format))
def test_every_format_from_a_saved_result_twice_the_same(
    format_: Format, saved: Path, tmp_path: Path
) -> None:
    made = []
    for name in ("first", "second"):
        done = wtaudit(saved, "-f", format_.value, "-o", tmp_path / name)
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]
    assert made[0]


def test_json_of_a_saved_result_is_the_saved_result(saved: Path) -> None:
    assert wtaudit(saved, "-f", "json").stdout == saved.read_bytes()


def test_several_at_once(saved: Path, tmp_path: Path) -> None:
    done = wtaudit(saved, "-o", tmp_path / "t.txt", "--report", f"html={tmp_path / 'r.html'}")
    assert done.returncode == 0
    assert (tmp_path / "r.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_something_else_is_refused_with_4_in_one_line(tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text(json.dumps({"schema_version": "1"}), encoding="utf-8")
    for path in (other, tmp_path / "nowhere.json"):
        done = wtaudit(path)
        assert done.returncode == 4
        assert done.stdout == b""
        assert done.stderr.count(b"\n") == 1
        assert str(path).encode() in done.stderr


def test_a_report_costs_neither_spacy_nor_a_pdf_reader(saved: Path) -> None:
    code = (
        "import sys; from wtaudit.cli.main import app; app(['report', sys.argv[1], '-f', 'html'], standalone_mode=False); "
        "print([m for m in ('spacy', 'pdfplumber', 'docx', 'openpyxl') if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(saved)], capture_output=True, check=True)
    assert done.stderr.strip() == b"[]"


def links(page: Path) -> list[str]:
    import lxml.html

    found = lxml.html.document_fromstring(page.read_text(encoding="utf-8")).xpath("//@href")
    return sorted({str(h) for h in found if not str(h).startswith("#")})


def test_links_lead_from_the_folder_of_the_page_to_the_documents(
    saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = json.loads(saved.read_text(encoding="utf-8"))
    content["documents"][0]["path"] = "our documents/arrangements.md"
    result = tmp_path / "home" / "result.json"
    (tmp_path / "home" / "reports" / "may").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    result.write_text(json.dumps(content), encoding="utf-8")
    monkeypatch.chdir(tmp_path / "home")
    pages = (
        "page.html",
        "reports/may/page.html",
        "../elsewhere/page.html",
        str(tmp_path / "home/reports/page.html"),
    )
    wanted = [option for page in pages for option in ("--report", f"html={page}")]
    assert wtaudit(result, *wanted, "-o", "table.txt").returncode == 0
    assert links(Path(pages[0])) == ["our%20documents/arrangements.md"]
    assert links(Path(pages[1])) == ["../../our%20documents/arrangements.md"]
    assert links(Path(pages[2])) == []  # the way would tell the name of the working folder
    assert links(Path(pages[3])) == ["../our%20documents/arrangements.md"]
    Path("stdout.html").write_bytes(wtaudit(result, "-f", "html").stdout)
    assert links(Path("stdout.html")) == []
    for page in (*pages, "stdout.html"):
        assert tmp_path.name not in Path(page).read_text(encoding="utf-8")
