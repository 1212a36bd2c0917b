"""A comparison in words, and one writer per format for it behind one interface."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from importlib import import_module

from wtaudit.changes import Change, Comparison, DocumentChange, DocumentOutcome, LapsedDecision, Move, Outcome
from wtaudit.reporting import Layout
from wtaudit.reporting.wording import LABELS, decision_sentence, place, plain

TITLES = {
    Outcome.WORSE: "Worse",
    Outcome.NEW_GAP: "New gaps",
    Outcome.NO_LONGER_JUDGED: "No longer judged",
    Outcome.NOW_JUDGED: "Judged for the first time",
    Outcome.BETTER: "Better",
    Outcome.RESOLVED: "Resolved",
    Outcome.REWORDED: "Same verdict on other words",
    Outcome.ADDED: "Only in the new result",
    Outcome.REMOVED: "Only in the old result",
}
NO_STATUS = "Not asked"


class ComparisonFormat(StrEnum):
    """The formats a comparison can be written in."""

    TABLE = "table"
    MARKDOWN = "markdown"
    JSON = "json"
    HTML = "html"


def render_comparison(comparison: Comparison, format_: ComparisonFormat, layout: Layout | None = None) -> str:
    """The comparison in one format. The same comparison gives the same text."""
    module = import_module(f"wtaudit.reporting.comparison_{format_.value}")
    writer: Callable[[Comparison, Layout], str] = module.write
    return writer(comparison, layout or Layout())


def comparison_title(comparison: Comparison) -> str:
    """What the comparison is called."""
    told = (
        "what changed since the baseline"
        if comparison.against_baseline
        else "what changed since the last audit"
    )
    return (
        f"{plain(comparison.partnership)}: {told}" if comparison.partnership else told[:1].upper() + told[1:]
    )


def comparison_sentence(comparison: Comparison) -> str:
    """The answer in one sentence."""
    counts = (
        (len(comparison.of(Outcome.WORSE)), "worse"),
        (len(comparison.of(Outcome.NEW_GAP)), "new gap"),
        (len(comparison.no_longer_judged), "no longer judged"),
        (len(comparison.of(Outcome.BETTER)), "better"),
        (len(comparison.of(Outcome.RESOLVED)), "resolved"),
        (len(comparison.lapsed), "lapsed decision"),
    )
    plural = {"new gap": "new gaps", "lapsed decision": "lapsed decisions"}
    told = [f"{n} {plural.get(what, what) if n != 1 else what}" for n, what in counts if n]
    return f"{', '.join(told) or 'Nothing better or worse'}; {comparison.unchanged} unchanged."


def checklist_sentence(comparison: Comparison) -> str:
    """Whether the same checklist judged both; a change of verdict may come from the checklist."""
    new, old = comparison.new_checklist, comparison.old_checklist
    told = plain(f"{new.id} {new.version}")
    if old is None:
        return f"Checklist {told}."
    if not comparison.checklist_changed:
        return f"Checklist {told}, the same in both."
    was = plain(f"{old.id} {old.version}")
    if was == told:
        return f"The checklist {told} has other contents now: a verdict may have changed because of that."
    return f"The checklist changed from {was} to {told}: a verdict may have changed because of that."


def standing_words(change: Change) -> str:
    """The verdict then and now: "Met → Partial"."""
    before = LABELS[change.before] if change.before else NO_STATUS
    after = LABELS[change.after] if change.after else NO_STATUS
    return before if before == after else f"{before} → {after}"


def details(change: Change) -> list[str]:
    """What was lost and gained, or why, in plain lines."""
    lines = [f"No longer evidenced: {plain(text)}" for text in change.lost]
    lines += [f"Now evidenced: {plain(text)}" for text in change.gained]
    if not lines or (change.is_regression and not change.lost):
        lines.append(plain(change.summary))
    if change.set_aside:
        lines.append("Set aside by a recorded decision.")
    return lines


def document_sentence(change: DocumentChange) -> str:
    """What became of a document."""
    if change.outcome is DocumentOutcome.RENAMED:
        return f"{plain(change.path)}: renamed from {plain(change.earlier_path)}"
    told = {
        DocumentOutcome.ADDED: "new",
        DocumentOutcome.REMOVED: "no longer there",
        DocumentOutcome.CHANGED: "its content changed",
    }
    return f"{plain(change.path)}: {told[change.outcome]}"


def lapsed_sentence(lapsed: LapsedDecision) -> str:
    """Which decision no longer holds."""
    return f"{plain(lapsed.requirement_id)} {plain(lapsed.title)}: {decision_sentence(lapsed.decision)}"


def move_places(move: Move, comparison: Comparison) -> tuple[str, str]:
    """Where a quote stood and where it stands."""
    return place(move.before, comparison.old_documents), place(move.after, comparison.new_documents)
