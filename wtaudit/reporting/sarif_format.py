"""SARIF 2.1.0: a rule per requirement, a result per gap, decisions as suppressions."""

from __future__ import annotations

import json
from typing import Any

from wtaudit.model import Document, ElementStatus, Evidence, Finding, ReadStatus, Report, Status
from wtaudit.reporting import Layout
from wtaudit.reporting.alerts import Alert, account, alerts, path_of
from wtaudit.reporting.html_view import address
from wtaudit.reporting.markdown_format import escape
from wtaudit.reporting.wording import (
    decision_mark,
    decision_sentence,
    plain,
    read_state,
    shortened,
    source_line,
    theme_title,
    verdict_sentence,
)

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_QUOTE = 300


def write(report: Report, layout: Layout) -> str:
    """The report as one SARIF run. What could not be read or judged is a notification, not a result."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(report)]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _run(report: Report) -> dict[str, Any]:
    rules = {id(f): n for n, f in enumerate(report.findings)}
    unread = [d for d in report.documents if d.status is not ReadStatus.READ]
    unknown = [f for f in report.findings if f.status is Status.UNKNOWN]
    notifications = [*(_unread(d, report) for d in unread), *(_unknown(f) for f in unknown)]
    return {
        "tool": {
            "driver": {
                "name": "wtaudit",
                **({"version": plain(report.tool_version)} if report.tool_version else {}),
                "rules": [_rule(f, report) for f in report.findings],
            }
        },
        "invocations": [
            {
                "executionSuccessful": not unread,
                "toolExecutionNotifications": notifications,
            }
        ],
        "artifacts": [_artifact(d) for d in report.documents],
        "results": [_result(alert, rules[id(alert.finding)], report) for alert in alerts(report)],
        "properties": {
            "partnership": plain(report.partnership) if report.partnership else None,
            "checklist": {
                "id": plain(report.checklist.id),
                "version": plain(report.checklist.version),
                "sha256": plain(report.checklist.sha256),
                "edition": plain(report.checklist.edition),
            },
            "summary": verdict_sentence(report),
        },
    }


def _rule(finding: Finding, report: Report) -> dict[str, Any]:
    """A requirement as a rule: what is asked, its elements."""
    elements = [(plain(e.text), "" if e.essential else " (optional)") for e in finding.elements]
    source = source_line(finding.source)
    told = [
        plain(finding.statement),
        *(f"- {text}{optional}" for text, optional in elements),
        source,
    ]
    marked = [
        _marked(finding.statement),
        "\n".join(f"- {_marked(text)}{optional}" for text, optional in elements),
        f"*{_marked(source)}*",
    ]
    return {
        "id": plain(finding.requirement_id),
        "shortDescription": {"text": plain(finding.title)},
        "fullDescription": {"text": plain(finding.statement)},
        "help": {"text": "\n".join(told), "markdown": "\n\n".join(marked)},
        "properties": {
            "tags": [plain(finding.theme), finding.level.value],
            "theme": theme_title(finding, report),
            "level": finding.level.value,
            "strength": plain(finding.strength),
        },
    }


def _result(alert: Alert, rule: int, report: Report) -> dict[str, Any]:
    finding = alert.finding
    lines = account(finding, report)
    return {
        "ruleId": plain(finding.requirement_id),
        "ruleIndex": rule,
        "kind": "fail",
        "level": alert.severity.value,
        "message": {
            "text": _sentences([f"{plain(finding.title)}: {plain(finding.summary)}", *lines]),
            "markdown": "\n".join(
                [f"**{_marked(finding.title)}**\n", *(f"- {_marked(line)}" for line in lines)]
            ),
        },
        "locations": [_location(alert.document, alert.evidence, report)] if alert.document else [],
        "relatedLocations": _related(finding, report),
        # One value under two names: ours, and the only one that GitHub code scanning reads.
        "partialFingerprints": {"wtaudit/v1": alert.identity, "primaryLocationLineHash": alert.identity},
        "suppressions": _suppressions(alert),
        "properties": {
            "status": finding.status.value,
            "confidence": finding.confidence,
            "advice": plain(finding.advice),
            "page": alert.evidence.page if alert.evidence else None,
            "pageLabel": alert.evidence.page_label if alert.evidence else None,
            "decision": decision_mark(finding.decision) if finding.decision else None,
        },
    }


def _sentences(lines: list[str]) -> str:
    """Lines as plain text of a message, where a bracket or brace would start a link or a placeholder."""
    text = "\n".join(lines)
    return (
        text.replace("\\", "\\\\")
        .replace("[", "\\[")
        .replace("]", "\\]")
        .replace("{", "{{")
        .replace("}", "}}")
    )


def _marked(text: str) -> str:
    """Markdown that shows a text as it is, without the braces that would start a placeholder."""
    return escape(text).replace("\\{", "&#123;").replace("\\}", "&#125;")


def _suppressions(alert: Alert) -> list[dict[str, Any]]:
    """A live decision that answers the gap; an expired or lapsed one suppresses nothing. All results have the list."""
    decision = alert.finding.decision
    if not alert.set_aside or decision is None:
        return []
    return [{"kind": "external", "justification": decision_sentence(decision)}]


def _location(document: Document, evidence: Evidence | None, report: Report) -> dict[str, Any]:
    """The file, and the headings above the passage. Documents have pages, not lines, so there is no region."""
    place: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(document), "index": report.documents.index(document)}
        }
    }
    if evidence and evidence.heading:
        headings = [plain(h) for h in evidence.heading]
        place["logicalLocations"] = [
            {"name": headings[-1], "fullyQualifiedName": " / ".join(headings), "kind": "section"}
        ]
    return place


def _related(finding: Finding, report: Report) -> list[dict[str, Any]]:
    """Every passage that was evidence or nearly was, with what it is."""
    told = [
        (
            evidence,
            "In conflict"
            if element.status is ElementStatus.CONTRADICTED
            else f"Evidence: {plain(element.text)}",
        )
        for element in finding.elements
        for evidence in element.evidence
    ]
    told += [(miss.evidence, f"Does not count: {plain(miss.reason)}") for miss in finding.near_misses]
    return [
        {
            "id": number,
            **_location(report.documents[evidence.document], evidence, report),
            "message": {"text": _sentences([f"{what}: “{shortened(plain(evidence.quote), _QUOTE)}”"])},
            "properties": {"page": evidence.page, "pageLabel": evidence.page_label},
        }
        for number, (evidence, what) in enumerate(told, 1)
    ]


def _artifact(document: Document) -> dict[str, Any]:
    digest = {"hashes": {"sha-256": document.sha256}} if document.sha256 else {}
    return {
        "location": {"uri": _uri(document)},
        "roles": ["analysisTarget"],
        **digest,
        "properties": {
            "kind": document.kind.value if document.kind else None,
            "pages": document.pages,
            "read": read_state(document),
        },
    }


def _unread(document: Document, report: Report) -> dict[str, Any]:
    return {
        "level": "error",
        "message": {"text": _sentences([f"{path_of(document)}: {read_state(document)}"])},
        "locations": [_location(document, None, report)],
    }


def _unknown(finding: Finding) -> dict[str, Any]:
    decided = f" ({decision_mark(finding.decision)})" if finding.decision else ""
    return {
        "level": "warning",
        "message": {"text": _sentences([f"{plain(finding.title)}{decided}: {plain(finding.summary)}"])},
        "associatedRule": {"id": plain(finding.requirement_id)},
    }


def _uri(document: Document) -> str:
    return address(document.path)
