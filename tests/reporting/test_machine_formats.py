"""SARIF, JUnit, GitHub and GitLab: shapes, escapes, decisions, identities, and the caps of the platforms."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import jsonschema
import pytest
from sample_reports import finding, mixed, report_of
from sarif_shape import checked

from wtaudit.model import Decision, DecisionKind, DecisionState, Finding, Report, Status
from wtaudit.reporting import Format, render
from wtaudit.reporting.github_format import MOST_OF_A_LEVEL

LIVE = [
    Decision(DecisionKind.WAIVED, "Agreed.", "Ann", "2026-01-01", "2026-12-31", DecisionState.LIVE),
    Decision(DecisionKind.NOT_APPLICABLE, "No port.", "Ann", "2026-01-01", None, DecisionState.LIVE),
    Decision(DecisionKind.OVERRULED, "Page 4.", "Ann", "2026-01-01", None, DecisionState.LIVE, Status.MET),
]
NOT_LIVE = [
    replace(LIVE[0], state=DecisionState.EXPIRED),
    replace(LIVE[2], state=DecisionState.LAPSED),
    replace(LIVE[0], decision=DecisionKind.CONFIRMED),
    replace(LIVE[2], status=Status.PARTIAL),
]


def text(report: Report, format_: Format) -> str:
    made = render(report, format_)
    assert isinstance(made, str)
    return made


def with_decision(decision: Decision | None) -> Report:
    return report_of([finding("GOV-01", Status.MISSING, decision=decision)])


def commands(report: Report) -> list[str]:
    return [line for line in text(report, Format.GITHUB).splitlines() if line.startswith("::")]


def entries(report: Report) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(text(report, Format.GITLAB))
    return found


def results(report: Report) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(text(report, Format.SARIF))["runs"][0]["results"]
    return found


def cases(report: Report) -> list[Xml.Element]:
    return list(Xml.fromstring(text(report, Format.JUNIT)).iter("testcase"))


def test_sarif_is_as_the_standard_wants_it(audited: Report, plain_report: Report) -> None:
    for report in (audited, plain_report, report_of([])):
        run = checked(text(report, Format.SARIF))
        assert len(run.tool.driver.rules) == len(report.findings)


def test_sarif_of_hostile_texts_is_as_the_standard_wants_it(hostile_report: Report) -> None:
    checked(text(hostile_report, Format.SARIF))


@pytest.mark.skipif(
    "SARIF_SCHEMA" not in os.environ, reason="SARIF_SCHEMA names no copy of the standard's schema"
)
def test_sarif_follows_the_standards_own_schema(
    audited: Report, plain_report: Report, hostile_report: Report
) -> None:
    schema = json.loads(Path(os.environ["SARIF_SCHEMA"]).read_text(encoding="utf-8"))
    for report in (audited, plain_report, hostile_report, *map(with_decision, LIVE)):
        jsonschema.Draft7Validator(schema).validate(json.loads(text(report, Format.SARIF)))


def test_sarif_levels_places_and_rules(plain_report: Report) -> None:
    run = checked(text(plain_report, Format.SARIF))
    levels = {result.rule_id: result.level for result in run.results}
    assert levels == {
        "GOV-04": "error", "GOV-03": "warning", "SEND-01": "warning", "GOV-02": "note", "SEND-03": "note"
    }  # fmt: skip
    conflict = run.results[0]
    (place,) = conflict.locations
    assert place.physical_location.artifact_location.uri == "docs/arrangements%202026.pdf"
    assert place.physical_location.region is None  # documents have pages, not lines
    assert place.logical_locations is not None
    assert place.logical_locations[0].fully_qualified_name == "Plain. / Chair"
    assert (conflict.properties["page"], conflict.properties["pageLabel"]) == (9, "7")
    rule = run.tool.driver.rules[0]
    assert rule.help.markdown
    assert "Guidance: chapter 2, paragraphs 61, 62" in rule.help.text


def test_sarif_tells_what_could_not_be_read_or_judged_apart_from_the_gaps(plain_report: Report) -> None:
    (invocation,) = checked(text(plain_report, Format.SARIF)).invocations
    assert not invocation.execution_successful
    unread, unknown = invocation.tool_execution_notifications
    assert (unread.level, unknown.level) == ("error", "warning")
    assert unknown.associated_rule is not None
    assert unknown.associated_rule.id == "SEND-02"


@pytest.mark.parametrize("decision", LIVE, ids=lambda d: d.decision.value)
def test_a_live_decision_sets_a_gap_aside(decision: Decision) -> None:
    report = with_decision(decision)
    (result,) = results(report)
    (suppression,) = result["suppressions"]
    assert decision.justification in suppression["justification"]
    (case,) = cases(report)
    assert [child.tag for child in case] == ["skipped", "system-out"]
    assert decision.justification in case[0].attrib["message"]
    assert commands(report) == []
    assert re.search(r"set aside: 1\b", text(report, Format.GITHUB))
    assert entries(report) == []


@pytest.mark.parametrize("decision", [None, *NOT_LIVE])
def test_any_other_decision_does_not(decision: Decision | None) -> None:
    report = with_decision(decision)
    (result,) = results(report)
    assert result["suppressions"] == []
    (case,) = cases(report)
    assert [child.tag for child in case] == ["failure"]
    assert len(commands(report)) == len(entries(report)) == 1


def test_what_a_person_overruled_to_a_gap_is_told_as_one() -> None:
    overruled = replace(LIVE[2], status=Status.MISSING)
    report = report_of([finding("GOV-01", Status.MET, decision=overruled)])
    assert [r["level"] for r in results(report)] == ["warning"]
    assert cases(report)[0].find("failure") is not None
    assert len(commands(report)) == len(entries(report)) == 1


def moved(report: Report) -> Report:
    """The same findings, each with its evidence on another page and under another heading."""

    def elsewhere(found: Finding) -> Finding:
        elements = tuple(
            replace(e, evidence=tuple(replace(q, page=33, heading=("Elsewhere",)) for q in e.evidence))
            for e in found.elements
        )
        return replace(found, elements=elements)

    return replace(report, findings=tuple(map(elsewhere, report.findings)))


def test_identities_are_unique_and_outlast_a_move(audited: Report) -> None:
    for read in (
        lambda report: [r["partialFingerprints"]["wtaudit/v1"] for r in results(report)],
        lambda report: [e["fingerprint"] for e in entries(report)],
    ):
        before = read(audited)
        assert len(set(before)) == len(before) > 10
        assert read(moved(audited)) == before
        assert not set(read(replace(audited, partnership="Another"))) & set(before)


def test_junit_counts_agree_and_every_requirement_is_a_case(audited: Report, plain_report: Report) -> None:
    for report in (audited, plain_report):
        root = Xml.fromstring(text(report, Format.JUNIT))
        assert len(list(root.iter("testcase"))) == len(report.findings)
        assert root.attrib["failures"] == str(sum(f.is_gap for f in report.findings))
        assert root.attrib["skipped"] == str(sum(f.status is Status.UNKNOWN for f in report.findings))
        for name, tag in (("tests", "testcase"), ("failures", "failure"), ("skipped", "skipped")):
            for part in (root, *root):
                assert part.attrib[name] == str(len(list(part.iter(tag))))
        assert [suite.attrib["name"] for suite in root] == list(dict.fromkeys(s.attrib["name"] for s in root))


def test_junit_is_well_formed_whatever_the_texts(hostile_report: Report) -> None:
    import lxml.etree

    strict = lxml.etree.XMLParser(recover=False, resolve_entities=False)
    root = lxml.etree.fromstring(text(hostile_report, Format.JUNIT).encode("utf-8"), strict)
    assert len(root.findall(".//testcase")) == 7
    allowed = {
        "testsuites",
        "testsuite",
        "properties",
        "property",
        "testcase",
        "failure",
        "skipped",
        "system-out",
    }
    assert {e.tag for e in root.iter()} <= allowed


def read_back(command: str) -> tuple[str, dict[str, str], str]:
    """A workflow command as the runner takes it apart."""
    matched = re.fullmatch(r"::(\w+) ((?:(?!::).)*)::(.*)", command)
    assert matched, command
    properties = dict(pair.split("=", 1) for pair in matched[2].split(","))
    undo = (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%"))
    for name, value in properties.items():
        for escaped, meant in undo:
            value = value.replace(escaped, meant)
        properties[name] = value
    message = matched[3].replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
    return matched[1], properties, message


def test_github_commands_are_read_back_as_meant() -> None:
    odd = "50%, of 100%25: a::b, c=d\r\n::error::owned"
    report = report_of([finding("GOV-01", Status.MISSING, text=odd)])
    (command,) = commands(report)
    level, properties, message = read_back(command)
    assert level == "warning"
    assert properties["title"] == "GOV-01 Missing: 50%, of 100%25: a::b, c=d  ::error::owned title"
    assert properties["file"].endswith(".docx")
    assert "Not evidenced: 50%, of 100%25: a::b, c=d  ::error::owned" in message.splitlines()


def test_no_text_of_a_document_becomes_a_command(hostile_report: Report) -> None:
    lines = text(hostile_report, Format.GITHUB).splitlines()
    assert [line.startswith("::") for line in lines] == [True] * 5 + [False]


def test_github_shows_at_most_ten_of_a_level_and_says_how_many_more() -> None:
    statuses = [Status.MISSING] * 25 + [Status.CONTRADICTED] * 10 + [Status.PARTIAL] * 11
    report = report_of([finding(f"GOV-{n:02}", status) for n, status in enumerate(statuses, 1)])
    told = [read_back(command) for command in commands(report)]
    levels = [level for level, _, _ in told]
    assert levels == ["error"] * 10 + ["warning"] * 10 + ["notice"] * 10
    assert {level: levels.count(level) for level in levels} == dict.fromkeys(levels, MOST_OF_A_LEVEL)
    assert [p["title"] for _, p, _ in told if p["title"].endswith("more")] == ["16 more", "2 more"]
    shown = {i for _, p, m in told for i in re.findall(r"GOV-\d\d", p["title"] + m)}
    assert shown == {f.requirement_id for f in report.findings}


def test_gitlab_entries_have_what_the_widget_reads(audited: Report) -> None:
    for entry in entries(audited):
        assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert entry["location"]["lines"] == {"begin": 1}
        assert entry["location"]["path"].endswith(".md")
        assert "\n" not in entry["description"]


def test_a_gap_without_any_passage_points_at_the_document_of_its_theme(audited: Report) -> None:
    silent = {
        f.requirement_id: f for f in audited.findings if f.is_gap and not f.evidence and f.requirement_id.startswith("THR")
    }  # fmt: skip
    bare = tuple(replace(f, near_misses=()) if f.requirement_id in silent else f for f in audited.findings)
    found = {e["check_name"]: e["location"]["path"] for e in entries(replace(audited, findings=bare))}
    assert silent
    assert all(found[name].endswith("threshold.md") for name in silent)


def test_every_format_still_writes_a_gap_of_a_result_without_documents() -> None:
    bare = replace(report_of([replace(mixed()[2], near_misses=())]), documents=())
    assert results(bare)[0]["locations"] == []
    assert entries(bare)[0]["location"]["path"] == "."
    assert "file=" not in commands(bare)[0]
