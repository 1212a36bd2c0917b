"""Lays recorded decisions over a report, and says of each whether it still holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from wtaudit.decisions.fingerprint import fingerprint
from wtaudit.decisions.schema import RecordedDecision
from wtaudit.model import Decision, DecisionState, Finding, Report


def lay_over(report: Report, decided: Mapping[str, RecordedDecision], today: date) -> Report:
    """The report with exactly these decisions on its findings; statuses stay as they were found."""
    findings = (
        replace(f, decision=decision_on(f, decided.get(f.requirement_id), today)) for f in report.findings
    )
    return replace(report, findings=tuple(findings))


def decision_on(finding: Finding, recorded: RecordedDecision | None, today: date) -> Decision | None:
    """What a recorded decision is to this finding today."""
    if recorded is None:
        return None
    return Decision(
        decision=recorded.decision, justification=recorded.justification, decided_by=recorded.decided_by,
        decided_on=recorded.decided_on.isoformat(),
        expires=recorded.expires.isoformat() if recorded.expires else None,
        state=_state(finding, recorded, today), status=recorded.status,
    )  # fmt: skip


def _state(finding: Finding, recorded: RecordedDecision, today: date) -> DecisionState:
    made_on = recorded.fingerprint
    if made_on is not None and made_on != fingerprint(finding, recorded.decision):
        return DecisionState.LAPSED
    return state_by_date(recorded, today)


def state_by_date(recorded: RecordedDecision, today: date) -> DecisionState:
    """Live or expired; whether it has lapsed takes the finding."""
    expired = recorded.expires is not None and recorded.expires < today
    return DecisionState.EXPIRED if expired else DecisionState.LIVE
