"""What every reader must see: titles of themes, dates, where a requirement comes from, which verdicts to doubt."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import lxml.html
import pytest
from sample_reports import finding, mixed, report_of

from wtaudit.model import DateSource, Document, Report, Source, Status
from wtaudit.reporting import Format, Layout, render
from wtaudit.reporting.wording import SURE_ENOUGH, dated, gaps, unsure

FOR_PEOPLE = (Format.TABLE, Format.MARKDOWN, Format.HTML, Format.DOCX)


def shown(report: Report, format_: Format) -> str:
    """What a reader of the report sees, as one line of text."""
    made = render(report, format_, Layout(900))
    if isinstance(made, bytes):
        with zipfile.ZipFile(io.BytesIO(made)) as parts:
            names = [n for n in parts.namelist() if n.endswith(".xml")]
            made = " ".join(re.sub("<[^>]+>", " ", parts.read(n).decode("utf-8")) for n in names)
    elif format_ is Format.HTML:
        made = lxml.html.document_fromstring(made).text_content()
    return " ".join(made.split())


@pytest.mark.parametrize("format_", [f for f in Format if f.value not in ("github", "gitlab")])
def test_themes_have_the_titles_of_the_checklist(format_: Format) -> None:
    report = replace(report_of(mixed()), themes={"governance": "Who leads here"})
    assert "Who leads here" in shown(report, format_)
    if format_ is not Format.SARIF:  # which lists no theme without a gap by its title alone
        assert re.search(r"\bsend\b", shown(report, format_))


def test_two_themes_of_one_title_stay_two() -> None:
    report = replace(report_of(mixed()), themes={"governance": "Same", "send": "Same"})
    page = lxml.html.document_fromstring(str(render(report, Format.HTML)))
    assert page.xpath("//select[@name='theme']/option/text()") == ["All", "Same", "Same"]


@pytest.mark.parametrize("format_", [Format.HTML, Format.DOCX, Format.SARIF, Format.JUNIT, Format.GITHUB])
def test_a_local_requirement_has_a_source_and_not_the_guidance(format_: Format) -> None:
    local = replace(finding("LOC-01", Status.MISSING), source=Source(0, "Fenmarsh plan, page 4"))
    from_guidance = replace(finding("GOV-01", Status.MISSING), source=Source(0, "Introduction", (3,)))
    text = shown(report_of([local]), format_)
    assert re.search(r"Source:\s+Fenmarsh plan, page 4", text.replace("%0A", " "))
    assert "Guidance:" not in text
    assert re.search(r"Guidance:\s+introduction, paragraph 3", shown(report_of([from_guidance]), format_))


@pytest.mark.parametrize("format_", [Format.MARKDOWN, Format.HTML, Format.DOCX, Format.XLSX])
def test_documents_stand_with_their_dates(format_: Format) -> None:
    text = shown(report_of(mixed()), format_)
    assert "April 2025" in text
    assert "not known" in text


@pytest.mark.parametrize(
    ("date", "source", "told"),
    [
        ("2025-04-01", DateSource.STATED, "1 April 2025"),
        ("2025-12", DateSource.STATED, "December 2025"),
        ("2025", DateSource.STATED, "2025"),
        ("2024-03-02", DateSource.FILE, "2 March 2024 (date of the file)"),
        (None, None, "not known"),
    ],
)
def test_dates_in_words(date: str | None, source: DateSource | None, told: str) -> None:
    assert dated(Document("a.md", "markdown", "", (), date=date, date_source=source)) == told


@pytest.mark.parametrize("format_", FOR_PEOPLE)
@pytest.mark.parametrize("status", [Status.MET, Status.PARTIAL, Status.MISSING, Status.CONTRADICTED])
def test_a_verdict_on_weak_ground_says_look_at_this_yourself(format_: Format, status: Status) -> None:
    sure = replace(finding("GOV-01", status), confidence=SURE_ENOUGH)
    weak = replace(finding("GOV-02", status), confidence=SURE_ENOUGH - 0.01)
    for found, times in (([sure], 0), ([sure, weak], 1)):
        assert len(re.findall("(?i)look at this yourself", shown(report_of(found), format_))) == times


def test_what_could_not_be_judged_is_not_doubted() -> None:
    assert unsure(replace(finding("GOV-01", Status.UNKNOWN), confidence=0.0)) == ""


@pytest.mark.parametrize("format_", FOR_PEOPLE)
def test_every_gap_says_what_to_add_with_its_wording(format_: Format) -> None:
    report = report_of(
        [replace(f, advice=f"Add {f.requirement_id}!", wording=f"Say [{f.requirement_id}]") for f in mixed()]
    )
    text = shown(report, format_)
    for gap in gaps(report) if format_ is not Format.TABLE else ():
        assert f"Add {gap.requirement_id}!" in text
        assert f"Say [{gap.requirement_id}]" in text.replace("\\", "")


def test_without_a_known_way_the_page_has_no_link_to_a_document() -> None:
    report = report_of(mixed())
    bare = lxml.html.document_fromstring(str(render(report, Format.HTML)))
    assert [h for h in bare.xpath("//@href") if not h.startswith("#")] == []
    way = {"docs/arrangements 2026.pdf": "../docs/arrangements 2026.pdf"}
    linked = lxml.html.document_fromstring(str(render(report, Format.HTML, Layout(links=way))))
    found = {h for h in linked.xpath("//@href") if not h.startswith("#")}
    assert found == {"../docs/arrangements%202026.pdf", "../docs/arrangements%202026.pdf#page=9"}
