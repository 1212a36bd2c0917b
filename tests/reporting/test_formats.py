"""What holds for every format: the same gaps, inert text, the same bytes, decisions as marks."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from xml.etree import ElementTree as Xml

import docx
import lxml.html
import openpyxl
import pytest
from markdown_it import MarkdownIt
from sample_reports import mixed, report_of

from wtaudit.model import Report
from wtaudit.reporting import Format, Layout, render
from wtaudit.reporting.markdown_format import MOST_CHARACTERS
from wtaudit.reporting.wording import gaps, plain

ID = re.compile(r"\b[A-Z0-9]+-\d{2,}\b")
IN_ORDER = ["GOV-04", "GOV-03", "GOV-02", "SEND-01", "SEND-03"]


def text(report: Report, format_: Format) -> str:
    made = render(report, format_)
    assert isinstance(made, str)
    return made


def data(report: Report, format_: Format) -> bytes:
    made = render(report, format_)
    assert isinstance(made, bytes)
    return made


def rows_of_csv(report: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text(report, Format.CSV).removeprefix("\ufeff"), newline="")))


def in_table(report: Report) -> list[str]:
    found = re.findall(
        r"^([A-Z0-9]+-\d\d)  (?:Missing|Partial|Contradicted)\b", text(report, Format.TABLE), re.MULTILINE
    )
    return list(found)


def in_markdown(report: Report) -> list[str]:
    body = text(report, Format.MARKDOWN).split("## Met")[0].split("## Could not")[0]
    return [
        m
        for line in body.splitlines()
        if "<strong>" in line
        for m in re.findall(r"<strong>([^<]+)</strong>", line)
    ]


def in_html(report: Report) -> list[str]:
    return [str(i) for i in lxml.html.document_fromstring(text(report, Format.HTML)).xpath("//article/@id")]


def in_docx_headings(report: Report) -> list[str]:
    document = docx.Document(io.BytesIO(data(report, Format.DOCX)))
    titles = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Heading 3"]
    return [t.split()[0] for t in titles if ID.match(t)]


def in_docx_plan(report: Report) -> list[str]:
    document = docx.Document(io.BytesIO(data(report, Format.DOCX)))
    (plan,) = [t for t in document.tables if t.cell(0, 0).text == "Gap"]
    return [cell.text.split()[0] for cell in plan.columns[0].cells[1:]]


def in_csv(report: Report) -> list[str]:
    return [row["Id"] for row in rows_of_csv(report)]


def in_xlsx(report: Report) -> list[str]:
    sheet = openpyxl.load_workbook(io.BytesIO(data(report, Format.XLSX)))["Action plan"]
    return [str(cell.value) for cell in sheet["A"][1:]]


def in_sarif(report: Report) -> list[str]:
    return [r["ruleId"] for r in json.loads(text(report, Format.SARIF))["runs"][0]["results"]]


def in_junit(report: Report) -> list[str]:
    failed = Xml.fromstring(text(report, Format.JUNIT)).iterfind(".//testcase[failure]")
    return [case.attrib["name"].split()[0] for case in failed]


def in_gitlab(report: Report) -> list[str]:
    return [entry["check_name"] for entry in json.loads(text(report, Format.GITLAB))]


def in_github(report: Report) -> list[str]:
    """The gap of each annotation; the last of a full level names those that GitHub would not show."""
    found: list[str] = []
    for line in text(report, Format.GITHUB).splitlines():
        told = re.match(r"::\w+ (?:file=[^,]*,)?title=(\d+ more::.*|\S+)", line)
        found += re.findall(ID, told[1]) if told else []
    return found


def in_json(report: Report) -> list[str]:
    findings = json.loads(text(report, Format.JSON))["findings"]
    return [f["requirement"]["id"] for f in findings if f["status"] in ("partial", "missing", "contradicted")]


LISTED: list[Callable[[Report], list[str]]] = [
    in_table, in_markdown, in_html, in_docx_headings, in_docx_plan, in_csv, in_xlsx, in_sarif, in_junit, in_gitlab,
    in_github, in_json,
]  # fmt: skip


@pytest.mark.parametrize("listed", LISTED)
def test_every_format_lists_the_gaps_of_the_json_and_no_other(
    listed: Callable[[Report], list[str]], audited: Report, plain_report: Report
) -> None:
    for report in (audited, plain_report):
        found = listed(report)
        assert sorted(found) == sorted(f.requirement_id for f in report.findings if f.is_gap)


def test_no_format_is_left_out_of_that_comparison() -> None:
    asked = {listed.__name__.removeprefix("in_").split("_")[0] for listed in LISTED}
    assert asked == {format_.value for format_ in Format}


@pytest.mark.parametrize("listed", [in_markdown, in_html, in_docx_plan, in_csv, in_xlsx, in_sarif, in_gitlab])
def test_gravest_first(listed: Callable[[Report], list[str]], plain_report: Report) -> None:
    assert listed(plain_report) == IN_ORDER


@pytest.mark.parametrize("format_", list(Format))
def test_same_report_same_bytes_whatever_the_clock_says(
    format_: Format, plain_report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = render(plain_report, format_)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *_: (2033, 5, 18, 3, 33, 20, 2, 138, 0))
    assert render(plain_report, format_) == first


@pytest.mark.parametrize("format_", [f for f in Format if f is not Format.JSON])
def test_a_decision_is_a_mark_and_never_hides_a_finding(format_: Format, plain_report: Report) -> None:
    made = render(plain_report, format_)
    shown = made if isinstance(made, str) else unpacked(made)
    assert re.search(r"[Ww]aived\s\(expired\)|\(waived,[\s\S]{0,60}expired\)", shown)
    assert "GOV-02" in shown


def unpacked(package: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(package)) as parts:
        return "\n".join(parts.read(n).decode("utf-8") for n in parts.namelist() if n.endswith(".xml"))


@pytest.mark.parametrize("format_", [f for f in Format if f is not Format.JSON])
def test_no_control_character_survives(format_: Format, hostile_report: Report) -> None:
    made = render(hostile_report, format_)
    shown = made if isinstance(made, str) else unpacked(made)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202e\ud800-\udfff\uffff]", shown)
    shown.encode("utf-8")


def test_json_of_any_text_is_utf_8_on_lines_of_its_own(hostile_report: Report) -> None:
    made = text(hostile_report, Format.JSON)
    assert not re.search("[\x00-\x09\x0b-\x1f]", made)
    loaded = json.loads(made.encode("utf-8"))
    assert len(loaded["findings"]) == 7


def test_html_has_no_element_or_attribute_from_a_document(hostile_report: Report) -> None:
    links = {document.path: document.path for document in hostile_report.documents}
    made = render(hostile_report, Format.HTML, Layout(links=links))
    assert isinstance(made, str)
    page = lxml.html.document_fromstring(made)
    assert len(page.xpath("//script")) == 1
    assert not page.xpath("//img | //iframe | //object | //link | //@onerror | //@onclick | //@style")
    hrefs = [str(h) for h in page.xpath("//@href")]
    assert all(h.startswith("#") or ":" not in h for h in hrefs)
    assert "docs/arrangements%202026.pdf#page=9" in hrefs


def test_markdown_has_no_link_image_or_mention_from_a_document(hostile_report: Report) -> None:
    made = text(hostile_report, Format.MARKDOWN)
    rendered = MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(made)
    page = lxml.html.fragment_fromstring(rendered, create_parent="div")
    assert not page.xpath("//a | //img | //script | //code | //pre | //hr")
    assert not re.search(r"[@#](?=nobody|12)|https://|www\.evil", page.text_content())


def test_spreadsheets_take_nothing_for_a_formula(hostile_report: Report) -> None:
    cells = [cell for row in rows_of_csv(hostile_report) for cell in row.values()]
    book = openpyxl.load_workbook(io.BytesIO(data(hostile_report, Format.XLSX)))
    xlsx = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in xlsx} <= {"s", "n"}
    for value in (*cells, *(str(cell.value) for cell in xlsx if cell.value is not None)):
        assert not value.lstrip().startswith(("=", "+", "-", "@", "＝"))
    assert "<f>" not in unpacked(data(hostile_report, Format.XLSX))


def test_word_shows_hostile_text_as_text(hostile_report: Report) -> None:
    document = docx.Document(io.BytesIO(data(hostile_report, Format.DOCX)))
    assert plain(hostile_report.findings[1].title) in " ".join(p.text for p in document.paragraphs)
    instructions = re.findall(r"<w:instrText[^>]*>([^<]*)<", unpacked(data(hostile_report, Format.DOCX)))
    assert {i.strip().split()[0] for i in instructions} == {"TOC", "PAGE", "NUMPAGES"}


@pytest.mark.parametrize("width", [80, 120, 160])
def test_the_table_keeps_to_the_width(width: int, audited: Report) -> None:
    made = render(audited, Format.TABLE, Layout(width))
    assert isinstance(made, str)
    assert max(len(line) for line in made.splitlines()) <= width


def test_markdown_stays_under_the_size_of_a_comment_and_still_names_every_gap(audited: Report) -> None:
    long = [f for n in range(1, 40) for f in mixed("word " * 200)]
    crowded = report_of(long)
    for report in (audited, crowded):
        made = text(report, Format.MARKDOWN)
        assert len(made) <= MOST_CHARACTERS + 1000
        assert in_markdown(report) == [f.requirement_id for f in gaps(report)]


def test_a_report_without_findings_or_documents_can_be_written() -> None:
    empty = report_of([])
    for format_ in Format:
        assert render(empty, format_)


def test_every_style_of_the_word_file_is_defined_in_it(plain_report: Report) -> None:
    with zipfile.ZipFile(io.BytesIO(data(plain_report, Format.DOCX))) as parts:
        body, styles = (parts.read(f"word/{name}.xml").decode("utf-8") for name in ("document", "styles"))
    used = set(re.findall(r'<w:(?:p|r|tbl)Style w:val="([^"]+)"', body))
    assert {"Heading1", "Heading2", "Heading3"} <= used <= set(re.findall(r'w:styleId="([^"]+)"', styles))
