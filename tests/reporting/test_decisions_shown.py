"""Decisions in reports: every finding keeps its status and carries its mark, in every format."""

from __future__ import annotations

import csv
import io
import re
import zipfile

import lxml.html
import openpyxl
import pytest
from sample_reports import finding, report_of

from wtaudit.model import Decision, DecisionKind, DecisionState, Finding, Status
from wtaudit.reporting import Format, Layout, render
from wtaudit.reporting.saved import parse_report
from wtaudit.reporting.wording import decision_sentence, decisions_sentence, priority

WAIVED, OVERRULED = DecisionKind.WAIVED, DecisionKind.OVERRULED
EXPIRED, LAPSED = DecisionState.EXPIRED, DecisionState.LAPSED


def decision(
    kind: DecisionKind,
    state: DecisionState = DecisionState.LIVE,
    status: Status | None = None,
    why: str = "Agreed in May.",
) -> Decision:
    return Decision(kind, why, "Ann Ash", "2026-11-02", "2027-03-31", state, status)


FINDINGS: list[Finding] = [
    finding("GOV-01", Status.MET, decision=decision(DecisionKind.CONFIRMED)),
    finding("GOV-02", Status.PARTIAL, decision=decision(WAIVED)),
    finding("GOV-03", Status.MISSING, decision=decision(OVERRULED, status=Status.MET)),
    finding("GOV-04", Status.CONTRADICTED, decision=decision(WAIVED, LAPSED)),
    finding("GOV-05", Status.MISSING, decision=decision(DecisionKind.NOT_APPLICABLE, EXPIRED)),
    finding("GOV-06", Status.UNKNOWN, decision=decision(DecisionKind.NOT_APPLICABLE)),
    finding(
        "GOV-07",
        Status.MET,
        decision=decision(OVERRULED, status=Status.MISSING, why="Page 9 is out of date."),
    ),
    finding("GOV-08", Status.PARTIAL),
]
REPORT = report_of(FINDINGS)
MARKS = {
    "GOV-01": "confirmed",
    "GOV-02": "waived",
    "GOV-03": "overruled as met",
    "GOV-04": "waived, lapsed",
    "GOV-05": "not applicable, expired",
    "GOV-06": "not applicable",
    "GOV-07": "overruled as missing",
}


def shown(format_: Format) -> str:
    """What a reader of the report sees, as one line of text."""
    made = render(REPORT, format_, Layout(900))
    if isinstance(made, str):
        text = lxml.html.document_fromstring(made).text_content() if format_ is Format.HTML else made
    else:
        with zipfile.ZipFile(io.BytesIO(made)) as parts:
            names = [n for n in parts.namelist() if n.endswith(".xml")]
            text = " ".join(re.sub("<[^>]+>", " ", parts.read(n).decode("utf-8")) for n in names)
    return " ".join(text.split())


@pytest.mark.parametrize("format_", [Format.HTML, Format.DOCX, Format.MARKDOWN, Format.TABLE])
@pytest.mark.parametrize("identity", MARKS)
def test_every_decision_is_marked(format_: Format, identity: str) -> None:
    text = shown(format_)
    assert identity in text
    if format_ is Format.TABLE:  # the mark stands in a narrow column, line by line
        rows = re.split(r"(?=GOV-\d\d  )", str(render(REPORT, format_)))
        (row,) = [r for r in rows if r.startswith(identity)]
        cells = " ".join(line[8:24].strip() for line in row.splitlines())
        assert f"({MARKS[identity]})" in cells
    else:
        assert re.search(MARKS[identity].replace(", ", r"(, | \()"), text.lower())


@pytest.mark.parametrize(
    "format_", [f for f in Format if f.value in ("table", "html", "docx", "csv", "xlsx", "markdown")]
)
def test_one_that_no_longer_holds_says_so(format_: Format) -> None:
    text = shown(format_)
    assert "The text has changed since, so it no longer holds." in text
    assert "Its date has passed, so it no longer holds." in text


def test_rows_of_the_action_plan() -> None:
    text = str(render(REPORT, Format.CSV)).removeprefix("\ufeff")
    rows = {row["Id"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    assert set(rows) == {"GOV-02", "GOV-03", "GOV-04", "GOV-05", "GOV-07", "GOV-08"}
    settled = {name for name, row in rows.items() if row["Priority"] == "Settled"}
    assert settled == {"GOV-02", "GOV-03"}
    assert rows["GOV-02"]["Finding"] == "Partial"  # never replaced
    assert rows["GOV-02"]["Decision"].startswith(
        "Waived, by Ann Ash, 2026-11-02, until 2027-03-31: Agreed in May."
    )
    assert rows["GOV-07"]["What to add"] == "Page 9 is out of date."


def test_the_workbook_marks_what_could_not_be_judged_too() -> None:
    made = render(REPORT, Format.XLSX)
    assert isinstance(made, bytes)
    sheet = openpyxl.load_workbook(io.BytesIO(made))["Not assessed"]
    assert [str(cell.value) for cell in sheet["F"]][1].startswith("Not applicable, by Ann Ash")


def test_the_page_can_be_filtered_by_decision_only_where_there_are_any() -> None:
    page = lxml.html.document_fromstring(str(render(REPORT, Format.HTML)))
    options = page.xpath("//select[@name='decision']/option/@value")
    assert options == ["", "none", "live", "expired", "lapsed"]
    assert page.xpath("//*[@id='GOV-04']/@data-decision") == ["lapsed"]
    bare = lxml.html.document_fromstring(str(render(report_of([finding("GOV-01", Status.MET)]), Format.HTML)))
    assert not bare.xpath("//select[@name='decision']")


def test_the_answer_counts_statuses_as_found_and_adds_the_decisions() -> None:
    assert decisions_sentence(REPORT) == (
        "People have decided on 7 findings (gaps set aside: 2; overruled as a gap: 1; expired: 1; "
        "lapsed because the text changed: 1)."
    )
    assert "2 of 8 requirements are met; 5 are gaps" in shown(Format.TABLE)
    assert decisions_sentence(report_of([FINDINGS[7]])) == ""
    assert decisions_sentence(report_of([FINDINGS[0]])) == "People have decided on 1 finding."


def test_the_result_keeps_every_key_and_comes_back_the_same() -> None:
    text = str(render(REPORT, Format.JSON))
    loaded = parse_report(text.encode())
    assert loaded == parse_report(str(render(loaded, Format.JSON)).encode())
    assert loaded.to_dict() == REPORT.to_dict()
    first = loaded.findings[2].to_dict()["decision"]
    assert isinstance(first, dict)
    assert list(first) == [
        "decision",
        "justification",
        "decided_by",
        "decided_on",
        "expires",
        "state",
        "status",
    ]
    assert [f.standing for f in loaded.findings] == [f.standing for f in REPORT.findings]


def test_sentences_without_a_reason_or_with_an_end_of_their_own() -> None:
    bare = decision(DecisionKind.CONFIRMED, why=" ")
    assert decision_sentence(bare) == "Confirmed, by Ann Ash, 2026-11-02, until 2027-03-31."
    asked = decision(WAIVED, EXPIRED, why="Who knows?")
    assert decision_sentence(asked).endswith("Who knows? Its date has passed, so it no longer holds.")
    assert priority(FINDINGS[3]) == "High"
