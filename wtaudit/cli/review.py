"""`wtaudit review`: walk the findings of a saved result in the terminal and record what people decide."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from wtaudit.cli.clock import today
from wtaudit.cli.deciding import read_decisions
from wtaudit.cli.opening import open_document
from wtaudit.cli.options import ConfigOption, DecisionsOption, NoConfigOption
from wtaudit.cli.settings import settings_file
from wtaudit.model import DecisionKind, DecisionState, Finding, Report, Status
from wtaudit.reporting.finding_text import finding_text, passages
from wtaudit.reporting.wording import LABELS, decision_sentence, gravest_first

if TYPE_CHECKING:
    from wtaudit.decisions.schema import RecordedDecision

T = TypeVar("T")
WIDEST = 100
KEYS = (
    "c confirm · v overrule · w waive · n not applicable · s skip · b back · "
    "o open the document (o 2: at passage 2) · q quit"
)
_DECIDING = {
    "c": DecisionKind.CONFIRMED,
    "v": DecisionKind.OVERRULED,
    "w": DecisionKind.WAIVED,
    "n": DecisionKind.NOT_APPLICABLE,
}
_RULINGS = (Status.MET, Status.PARTIAL, Status.MISSING, Status.CONTRADICTED)


def review(
    result: Annotated[Path, typer.Argument(metavar="RESULT.json", help="A result saved with -f json.")],
    decisions: DecisionsOption = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="Who decides: name and role, for the record.")
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Walk findings again that carry a live decision.")
    ] = False,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
) -> None:
    """Walk the findings of a saved result, gaps first, and record decisions; each is saved at once, so stop at any time."""
    from wtaudit.reporting.saved import load_report

    report = load_report(result)
    path = decisions_path(decisions, result, config, no_config)
    session = Session(report, path, read_decisions(path) if path.exists() else {}, by)
    session.walk([f for f in gravest_first(report.findings) if every or not session.is_decided(f)])


def decisions_path(given: Path | None, near: Path, config: Path | None, no_config: bool) -> Path:
    """The decisions file: as given, else as the settings file says, else the usual name in the working folder."""
    if given is not None:
        return given
    from wtaudit.decisions.schema import FILE_NAME

    file = settings_file(near, config, no_config)
    named = file.table.decisions if file else None
    return file.resolved(named) if file and named else Path(FILE_NAME)


class Session:
    """One sitting of a person before the findings: what is decided so far, and who decides."""

    def __init__(
        self, report: Report, path: Path, decided: dict[str, RecordedDecision], by: str | None
    ) -> None:
        self.report = report
        self.path = path
        self.decided = decided
        self.by = by
        self.today = today()
        self.recorded: set[str] = set()

    def is_decided(self, finding: Finding) -> bool:
        """Whether a decision on it holds today."""
        decision = self._with_decision(finding).decision
        return decision is not None and decision.state is DecisionState.LIVE

    def walk(self, findings: list[Finding]) -> None:
        """Show one finding after the other until the end, or until the person quits."""
        if not findings:
            typer.echo("Every finding carries a decision that holds; --all walks them again.")
        place = 0
        while 0 <= place < len(findings):
            finding = findings[place]
            self._show(finding, f"{place + 1} of {len(findings)}")
            step = self._answered(finding)
            if step is None:
                break
            place = max(0, place + step)
        self._sum_up(findings)

    def _with_decision(self, finding: Finding) -> Finding:
        from wtaudit.decisions.applying import decision_on

        recorded = self.decided.get(finding.requirement_id)
        return replace(finding, decision=decision_on(finding, recorded, self.today))

    def _show(self, finding: Finding, where: str) -> None:
        typer.echo("\n" + f"── {where} ".ljust(_width(), "─") + "\n")
        typer.echo(finding_text(self._with_decision(finding), self.report, _width()))
        typer.echo("\n" + textwrap.fill(KEYS, _width()))

    def _answered(self, finding: Finding) -> int | None:
        """Ask until the person has decided or goes on: how many findings to move by, None to stop."""
        while True:
            answer = _ask("Your decision: ")
            if answer is None or answer.lower() in ("q", "quit"):
                return None
            word, _, number = answer.lower().partition(" ")
            if word in ("s", "b"):
                return 1 if word == "s" else -1
            if word[:1] == "o":
                typer.echo(self._open(finding, number or word[1:]))
            elif word in _DECIDING:
                if self._decide(finding, _DECIDING[word]):
                    return 1
            else:
                typer.echo("Please type one of these letters and Enter:\n" + textwrap.fill(KEYS, _width()))

    def _open(self, finding: Finding, number: str) -> str:
        """Open the document of a numbered passage, or a numbered document where there is no passage; what to tell."""
        found = passages(finding)
        places = [(self.report.documents[p.document], p.page) for p in found]
        places = places or [(document, None) for document in self.report.documents]
        chosen = int(number) if number.strip().isdecimal() else 1
        if not 1 <= chosen <= len(places):
            return (
                f"There are numbers from 1 to {len(places)}." if places else "There is no document to open."
            )
        return open_document(*places[chosen - 1])

    def _decide(self, finding: Finding, kind: DecisionKind) -> bool:
        """Ask what the decision needs and record it; False where the person leaves off or somebody was faster."""
        from wtaudit.decisions.fingerprint import fingerprint
        from wtaudit.decisions.recording import DecidedMeanwhileError, record
        from wtaudit.decisions.schema import RecordedDecision

        status = expires = None
        if kind is DecisionKind.OVERRULED and (status := _ask_ruling(finding.status)) is None:
            return False
        confirms = kind is DecisionKind.CONFIRMED
        why = _ask("Note (Enter for none): " if confirms else "Why? (Enter to leave off) ")
        if why is None or (not why and not confirms):
            return False
        if kind in (DecisionKind.WAIVED, DecisionKind.NOT_APPLICABLE):
            expires = _ask_day("Until which day? (such as 2027-03-31; Enter for no end) ", self.today)
        self.by = self.by or _ask("Who decides? Your name and role: ")
        if not self.by:
            return False
        made = RecordedDecision(
            decision=kind, status=status, justification=why, decided_by=self.by, decided_on=self.today,
            expires=expires, fingerprint=fingerprint(finding, kind),
        )  # fmt: skip
        requirement = finding.requirement_id
        try:
            record(self.path, requirement, made, self.decided.get(requirement))
        except DecidedMeanwhileError:
            self.decided = read_decisions(self.path)
            now = self._with_decision(finding).decision
            told = decision_sentence(now) if now else "The decision was taken out."
            typer.echo(
                f"Not recorded: somebody else has changed the decision on this finding meanwhile. {told}"
            )
            return False
        self.decided = {**self.decided, requirement: made}
        self.recorded.add(requirement)
        typer.echo(f"Recorded in {self.path}.")
        return True

    def _sum_up(self, findings: list[Finding]) -> None:
        left = sum(not self.is_decided(f) for f in findings)
        count = len(self.recorded)
        typer.echo(f"\n{count} {'decision' if count == 1 else 'decisions'} recorded in {self.path}.")
        if left:
            typer.echo(f"{left} of {len(findings)} still to look at; the same command goes on from there.")
        if count:
            typer.echo(
                f"They count in `wtaudit audit --decisions {self.path}`, or name the file in wtaudit.toml."
            )


def _width() -> int:
    return min(WIDEST, shutil.get_terminal_size().columns)


def _ask(prompt: str) -> str | None:
    """A line from the person, None at the end of the input."""
    try:
        return input(prompt).strip()
    except EOFError:
        typer.echo()
        return None


def _ask_ruling(found: Status) -> Status | None:
    """What the status should be, other than the one found; None where the person leaves off."""
    choices = {status.value: status for status in _RULINGS if status is not found}

    def ruling(answer: str) -> Status | None:
        hits = [status for name, status in choices.items() if name.startswith(answer.lower())]
        return hits[0] if len(hits) == 1 else None

    return _ask_until(
        f"Found {LABELS[found].lower()}. What is it then? {', '.join(choices)} (Enter to leave off) ", ruling,
        f"Please type one of {', '.join(choices)}.",
    )  # fmt: skip


def _ask_day(prompt: str, today: date) -> date | None:
    """A day from today on, or None."""

    def day(answer: str) -> date | None:
        try:
            given = date.fromisoformat(answer)
        except ValueError:
            return None
        return given if given >= today else None

    return _ask_until(prompt, day, "Please give a day from today on, as year-month-day.")


def _ask_until(prompt: str, understood: Callable[[str], T | None], hint: str) -> T | None:
    while answer := _ask(prompt):
        given = understood(answer)
        if given is not None:
            return given
        typer.echo(hint)
    return None
