"""`wtaudit decisions`: check a decisions file, and list what is in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wtaudit.cli.clock import today
from wtaudit.cli.deciding import checklist_ids, read_decisions
from wtaudit.cli.exits import ExitCode
from wtaudit.cli.options import ChecklistOption
from wtaudit.model import DecisionKind, DecisionState, Finding

if TYPE_CHECKING:
    from wtaudit.decisions.schema import RecordedDecision

decisions_app = typer.Typer(
    help="Check and list what people have decided on findings.", no_args_is_help=True, rich_markup_mode=None
)
FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="A decisions file.")]
ResultOption = Annotated[
    Path | None,
    typer.Option("--result", metavar="RESULT.json", help="A saved result, to see which have lapsed."),
]
SOON = timedelta(days=30)


@decisions_app.command("lint")
def lint(file: FileArgument, result: ResultOption = None, checklist: ChecklistOption = "wt2023") -> None:
    """Check a decisions file: keys, ids, dates; and with a result, which decisions still fit the text."""
    from wtaudit.decisions.loading import check_ids

    decided = read_decisions(file)
    check_ids(file, decided, checklist_ids(checklist))
    day, findings = today(), _findings(result)
    states = _states(decided, findings, day)
    for requirement, recorded in decided.items():
        for remark in _remarks(recorded, states[requirement], findings.get(requirement), day):
            typer.echo(f"{file}: {requirement}: {remark}")
    lost = sum(state is not DecisionState.LIVE for state in states.values())
    many = "1 decision" if len(decided) == 1 else f"{len(decided)} decisions"
    typer.echo(f"{file}: {many}, {len(decided) - lost} live, {lost} expired or lapsed")
    raise typer.Exit(ExitCode.GAPS if lost else ExitCode.OK)


@decisions_app.command("list")
def list_(file: FileArgument, result: ResultOption = None) -> None:
    """List the decisions in a file, and which of them hold today."""
    from tabulate import tabulate

    from wtaudit.reporting.wording import plain

    decided = read_decisions(file)
    states = _states(decided, _findings(result), today())
    rows = [
        [requirement, _named(d), states[requirement].value, plain(d.decided_by), d.decided_on.isoformat(),
         d.expires.isoformat() if d.expires else "", plain(d.justification)]
        for requirement, d in decided.items()
    ]  # fmt: skip
    head = ["Id", "Decision", "State", "By", "On", "Until", "Why"]
    typer.echo(tabulate(rows, head, disable_numparse=True, maxcolwidths=[None, 14, None, 20, None, None, 40]))


def _findings(result: Path | None) -> dict[str, Finding]:
    """The findings of a saved result by requirement id; none without a result."""
    if result is None:
        return {}
    from wtaudit.reporting.saved import load_report

    return {f.requirement_id: f for f in load_report(result).findings}


def _states(
    decided: Mapping[str, RecordedDecision], findings: Mapping[str, Finding], day: date
) -> dict[str, DecisionState]:
    """The state of each decision; only a finding shows whether one has lapsed."""
    from wtaudit.decisions.applying import decision_on, state_by_date

    states = {}
    for requirement, recorded in decided.items():
        finding = findings.get(requirement)
        made = decision_on(finding, recorded, day) if finding else None
        states[requirement] = made.state if made else state_by_date(recorded, day)
    return states


def _remarks(
    recorded: RecordedDecision, state: DecisionState, finding: Finding | None, day: date
) -> Iterator[str]:
    if state is DecisionState.EXPIRED:
        yield f"expired on {recorded.expires}; decide again with `wtaudit review`"
    if state is DecisionState.LAPSED:
        yield "lapsed, because the text has changed since; decide again with `wtaudit review`"
    if recorded.expires is not None and day <= recorded.expires <= day + SOON:
        yield f"expires on {recorded.expires}"
    if recorded.decided_on > day:
        yield f"decided on {recorded.decided_on}, which lies ahead"
    if recorded.fingerprint is None:
        yield "carries no fingerprint, so it will not lapse when the text changes"
    if finding and not finding.is_gap and recorded.decision is DecisionKind.WAIVED:
        yield f"waives what is found {finding.status.value}; it may no longer be needed"


def _named(recorded: RecordedDecision) -> str:
    ruled = f" as {recorded.status.value}" if recorded.status else ""
    return recorded.decision.value.replace("_", " ") + ruled
