"""JUnit XML: a test suite per theme and a test case per requirement, for any build server."""

from __future__ import annotations

from xml.etree import ElementTree as Xml

from wtaudit.model import Finding, Report, Status
from wtaudit.reporting import Layout
from wtaudit.reporting.alerts import account, quoted
from wtaudit.reporting.wording import (
    LABELS,
    by_theme,
    checklist_line,
    decision_sentence,
    plain,
    report_title,
)


def write(report: Report, layout: Layout) -> str:
    """The report as XML: gaps fail; what could not be judged, or a live decision sets aside, is skipped."""
    root = Xml.Element("testsuites", name=report_title(report))
    for title, findings in by_theme(report.findings, report):
        suite = Xml.SubElement(root, "testsuite", name=title)
        properties = Xml.SubElement(suite, "properties")
        Xml.SubElement(properties, "property", name="checklist", value=checklist_line(report))
        for finding in findings:
            _case(suite, finding, report)
        _count(suite, [suite])
    _count(root, list(root))
    Xml.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{Xml.tostring(root, encoding="unicode")}\n'


def _count(element: Xml.Element, suites: list[Xml.Element]) -> None:
    found = {
        "tests": "testcase", "failures": "testcase/failure", "errors": "testcase/error", "skipped": "testcase/skipped"
    }  # fmt: skip
    for name, path in found.items():
        element.set(name, str(sum(len(suite.findall(path)) for suite in suites)))


def _case(suite: Xml.Element, finding: Finding, report: Report) -> None:
    name = f"{finding.requirement_id} {finding.title}"
    case = Xml.SubElement(suite, "testcase", name=plain(name), classname=f"wtaudit.{plain(finding.theme)}")
    if finding.is_open_gap:
        status = finding.standing or finding.status
        failure = Xml.SubElement(case, "failure", type=status.value, message=_message(finding))
        failure.text = "\n".join(account(finding, report))
    elif finding.status is Status.UNKNOWN or finding.is_gap:
        Xml.SubElement(case, "skipped", message=_why_skipped(finding))
    _out(case, finding, report)


def _message(finding: Finding) -> str:
    return plain(f"{LABELS[finding.status]}: {finding.summary}")


def _why_skipped(finding: Finding) -> str:
    if finding.decision and finding.is_gap:
        return f"{LABELS[finding.status]}. {decision_sentence(finding.decision)}"
    return _message(finding)


def _out(case: Xml.Element, finding: Finding, report: Report) -> None:
    """What a passed or skipped case rests on, so that the build server shows the evidence too."""
    lines = [] if finding.is_open_gap else [quoted(e, report) for e in finding.evidence]
    if finding.decision and not finding.is_open_gap:
        lines.append(f"Decision: {decision_sentence(finding.decision)}")
    if lines:
        Xml.SubElement(case, "system-out").text = "\n".join(lines)
