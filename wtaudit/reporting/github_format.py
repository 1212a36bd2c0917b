"""GitHub annotations: workflow commands that a job prints, at most ten of each level, gravest first."""

from __future__ import annotations

from wtaudit.model import Report
from wtaudit.reporting import Layout
from wtaudit.reporting.alerts import Alert, Severity, account, alerts, path_of
from wtaudit.reporting.wording import LABELS, decision_mark, plain, verdict_sentence

MOST_OF_A_LEVEL = 10  # GitHub shows no more of one step
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def write(report: Report, layout: Layout) -> str:
    """One workflow command per line, then the verdict in a sentence; what a decision sets aside is only counted."""
    lines: list[str] = []
    shown = [alert for alert in alerts(report) if not alert.set_aside]
    for severity in Severity:
        lines += _level([alert for alert in shown if alert.severity is severity], severity, report)
    return "\n".join([*lines, verdict_sentence(report)]) + "\n"


def _level(found: list[Alert], severity: Severity, report: Report) -> list[str]:
    if len(found) <= MOST_OF_A_LEVEL:
        return [_annotation(alert, report) for alert in found]
    kept = found[: MOST_OF_A_LEVEL - 1]
    rest = [alert.finding.requirement_id for alert in found[len(kept) :]]
    more = f"{len(rest)} more of this level: {', '.join(rest)}. See the job summary for all of them."
    told = _command(severity, {"title": f"{len(rest)} more"}, more)
    return [*(_annotation(alert, report) for alert in kept), told]


def _annotation(alert: Alert, report: Report) -> str:
    finding = alert.finding
    decided = f" ({decision_mark(finding.decision)})" if finding.decision else ""
    title = f"{finding.requirement_id} {LABELS[finding.status]}{decided}: {plain(finding.title)}"
    properties = {"file": path_of(alert.document)} if alert.document else {}
    return _command(alert.severity, {**properties, "title": title}, "\n".join(account(finding, report)))


def _command(severity: Severity, properties: dict[str, str], message: str) -> str:
    told = ",".join(f"{name}={_property(plain(value))}" for name, value in properties.items())
    return f"::{_COMMANDS[severity]} {told}::{_data(message)}"


def _data(text: str) -> str:
    """A message as GitHub reads it back: per cent, carriage return and line feed are written as escapes."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """A property as GitHub reads it back: besides, colon and comma end a property."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
