"""GitLab code quality: the JSON that a merge request's widget reads."""

from __future__ import annotations

import json

from wtaudit.model import Report
from wtaudit.reporting import Layout
from wtaudit.reporting.alerts import Alert, Severity, account, alerts, path_of
from wtaudit.reporting.wording import LABELS, decision_mark, plain

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.NOTE: "minor"}
_FIRST_LINE = 1  # the widget wants a line, and documents have pages


def write(report: Report, layout: Layout) -> str:
    """One entry per gap, gravest first; what a live decision sets aside is left out."""
    entries = [_entry(alert, report) for alert in alerts(report) if not alert.set_aside]
    return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"


def _entry(alert: Alert, report: Report) -> dict[str, object]:
    finding = alert.finding
    decided = f" ({decision_mark(finding.decision)})" if finding.decision else ""
    told = f"{LABELS[finding.status]}{decided}: {plain(finding.title)}. " + " ".join(account(finding, report))
    return {
        "description": told,
        "check_name": plain(finding.requirement_id),
        "fingerprint": alert.identity,
        "severity": _SEVERITIES[alert.severity],
        "location": {
            "path": path_of(alert.document) if alert.document else ".",
            "lines": {"begin": _FIRST_LINE},
        },
    }
