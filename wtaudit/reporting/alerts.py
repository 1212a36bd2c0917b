"""The gaps as other programs take them: severity, one file, a place in it, a lasting identity, and plain words."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from wtaudit.model import Document, ElementStatus, Evidence, Finding, Report, Status
from wtaudit.reporting.wording import (
    decision_sentence,
    gravest_first,
    lacking,
    place,
    plain,
    shortened,
    source_line,
)

_QUOTE = 300


class Severity(StrEnum):
    """How loudly a gap is told: each status has a level of its own, so that none drowns another."""

    ERROR = "error"  # contradicted
    WARNING = "warning"  # missing
    NOTE = "note"  # partial


SEVERITIES = {
    Status.CONTRADICTED: Severity.ERROR,
    Status.MISSING: Severity.WARNING,
    Status.PARTIAL: Severity.NOTE,
}


@dataclass(frozen=True, slots=True)
class Alert:
    """One gap: what it is, where to look, and whether a live human decision answers it.

    `document` is the file to look in, `evidence` the passage in it that comes nearest, where there is one. `identity` is
    the same for the same requirement, checklist and partnership, whatever page or words the gap is on.
    """

    finding: Finding
    severity: Severity
    document: Document | None
    evidence: Evidence | None
    set_aside: bool
    identity: str


def alerts(report: Report) -> list[Alert]:
    """Every gap, gravest first: those found, and those that a person found where the program did not."""
    shown = [f for f in gravest_first(report.findings) if f.is_gap or f.is_open_gap]
    return [_alert(finding, report) for finding in shown]


def account(finding: Finding, report: Report) -> list[str]:
    """The gap in plain lines: what is wrong, what was found or does not count, what to add, who decided what."""
    lines = [f"Conflict: {plain(text)}" for text in finding.contradictions]
    lines += [f"Not evidenced: {text}" for text in lacking(finding)]
    if not lines:
        lines = [plain(finding.summary)]
    for element in finding.elements:
        if element.status is ElementStatus.CONTRADICTED:
            lines += [f"The text says: {quoted(e, report)}" for e in element.evidence[:1]]
    lines += [
        f"Does not count ({plain(miss.reason)}): {quoted(miss.evidence, report)}"
        for miss in finding.near_misses[:1]
    ]
    if finding.advice:
        lines.append(f"To add: {plain(finding.advice)}")
    lines.append(source_line(finding.source))
    if finding.decision:
        lines.append(f"Decision: {decision_sentence(finding.decision)}")
    return lines


def quoted(evidence: Evidence, report: Report) -> str:
    """A quote and where it stands."""
    return f"“{shortened(plain(evidence.quote), _QUOTE)}” ({place(evidence, report.documents)})"


def path_of(document: Document) -> str:
    """A document's path as other programs expect it: with forward slashes."""
    return plain(document.path.replace("\\", "/"))


def _alert(finding: Finding, report: Report) -> Alert:
    counts_as = finding.standing if finding.standing in SEVERITIES else finding.status
    evidence = _nearest(finding)
    document = report.documents[evidence.document] if evidence else _home(finding, report)
    return Alert(
        finding, SEVERITIES[counts_as or finding.status], document, evidence,
        finding.is_gap and not finding.is_open_gap, _identity(finding, report),
    )  # fmt: skip


def _nearest(finding: Finding) -> Evidence | None:
    """The passage in conflict, else what is evidenced, else the first near-miss."""
    elements = sorted(finding.elements, key=lambda e: e.status is not ElementStatus.CONTRADICTED)
    found = [e for element in elements for e in element.evidence]
    return next(iter([*found, *(miss.evidence for miss in finding.near_misses)]), None)


def _home(finding: Finding, report: Report) -> Document | None:
    """The document that speaks most of the finding's theme, else the first: a gap has to be told somewhere."""
    spoken = Counter(
        e.document for f in report.findings if f.theme == finding.theme for e in f.evidence
    ).most_common(1)
    if spoken:
        return report.documents[spoken[0][0]]
    return next(iter(report.documents), None)


def _identity(finding: Finding, report: Report) -> str:
    parts = (report.checklist.id, finding.requirement_id, report.partnership or "")
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
