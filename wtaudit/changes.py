"""What is different between two results, or between a result and a baseline: values that cross a wall."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum

from wtaudit.model import ChecklistIdentity, Decision, Document, Evidence, Level, Status

COMPARISON_VERSION = "1"
"""Version of the JSON of a comparison; a change that could break a reader of it raises the number."""


class Outcome(StrEnum):
    """What became of one requirement; gravest first."""

    WORSE = "worse"  # a gap that is graver now, or has lost an essential element
    NEW_GAP = "new-gap"  # met before, or not asked, and a gap now
    NO_LONGER_JUDGED = "no-longer-judged"
    NOW_JUDGED = "now-judged"
    BETTER = "better"
    RESOLVED = "resolved"  # a gap before, met now
    REWORDED = "reworded"  # the same verdict on other words
    ADDED = "added"  # only in the new result, and no gap
    REMOVED = "removed"  # only in the old result


@dataclass(frozen=True, slots=True)
class Change:
    """One requirement whose verdict, or what it rests on, is different.

    `before` and `after` are the statuses found, None where a side does not have the requirement. `lost` and `gained`
    are the texts of essential elements. `set_aside` says that a live human decision answers what was found.
    """

    requirement_id: str
    title: str
    theme: str
    level: Level
    outcome: Outcome
    before: Status | None
    after: Status | None
    summary: str
    lost: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()
    set_aside: bool = False

    @property
    def is_gap(self) -> bool:
        """Whether a gap was found now."""
        return self.after in (Status.PARTIAL, Status.MISSING, Status.CONTRADICTED)

    @property
    def is_regression(self) -> bool:
        """Whether something that was evidenced no longer is, and nobody has decided that this is right."""
        lost_ground = self.outcome is Outcome.WORSE or (
            self.outcome is Outcome.NEW_GAP and self.before is not None
        )
        return lost_ground and not self.set_aside


@dataclass(frozen=True, slots=True)
class Move:
    """A quote that is now on another page or under another heading; each side counts in its own documents."""

    requirement_id: str
    element_id: str
    before: Evidence
    after: Evidence


@dataclass(frozen=True, slots=True)
class LapsedDecision:
    """A human decision that no longer holds: its day has passed, or the text it was made on is different."""

    requirement_id: str
    title: str
    decision: Decision


class DocumentOutcome(StrEnum):
    """What became of one document."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"  # another content under the same path
    RENAMED = "renamed"  # the same content under another path


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """One document that is different; `earlier_path` is where a renamed one was."""

    outcome: DocumentOutcome
    path: str
    earlier_path: str | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that is different; `changes` gravest first, the rest in the order of the new result.

    A baseline (`against_baseline`) holds no documents, no places and no decisions, and of the checklist only its name,
    so only `changes` and `unchanged` can say anything then.
    """

    partnership: str | None
    old_checklist: ChecklistIdentity | None
    new_checklist: ChecklistIdentity
    old_documents: tuple[Document, ...]
    new_documents: tuple[Document, ...]
    changes: tuple[Change, ...]
    moved: tuple[Move, ...]
    lapsed: tuple[LapsedDecision, ...]
    documents: tuple[DocumentChange, ...]
    unchanged: int
    against_baseline: bool = False

    @property
    def checklist_changed(self) -> bool:
        """Whether another checklist, or another version of it, judged."""
        return self.old_checklist is not None and self.old_checklist != self.new_checklist

    @property
    def regressions(self) -> tuple[Change, ...]:
        """What got worse and is not set aside by a live decision."""
        return tuple(change for change in self.changes if change.is_regression)

    @property
    def no_longer_judged(self) -> tuple[Change, ...]:
        """What was judged before and could not be now, and is not set aside by a live decision."""
        return tuple(change for change in self.of(Outcome.NO_LONGER_JUDGED) if not change.set_aside)

    def of(self, outcome: Outcome) -> tuple[Change, ...]:
        """The changes of one outcome."""
        return tuple(change for change in self.changes if change.outcome is outcome)

    def to_dict(self) -> dict[str, object]:
        """The JSON object of a comparison, keys in fixed order, the same for the same input."""
        return {
            "schema_version": COMPARISON_VERSION,
            "partnership": self.partnership,
            "against": "baseline" if self.against_baseline else "result",
            "checklist": {
                "changed": self.checklist_changed,
                "old": asdict(self.old_checklist) if self.old_checklist else None,
                "new": asdict(self.new_checklist),
            },
            "documents": [asdict(change) for change in self.documents],
            "changes": [{**asdict(change), "regression": change.is_regression} for change in self.changes],
            "evidence_moved": [self._moved(move) for move in self.moved],
            "lapsed_decisions": [asdict(lapsed) for lapsed in self.lapsed],
            "summary": {
                **{outcome.value: len(self.of(outcome)) for outcome in Outcome},
                "unchanged": self.unchanged,
                "regressions": len(self.regressions),
            },
        }

    def _moved(self, move: Move) -> dict[str, object]:
        return {
            "requirement_id": move.requirement_id,
            "element_id": move.element_id,
            "quote": move.after.quote,
            "before": _place(move.before, self.old_documents),
            "after": _place(move.after, self.new_documents),
        }


def _place(evidence: Evidence, documents: tuple[Document, ...]) -> dict[str, object]:
    return {
        "document": documents[evidence.document].path,
        "page": evidence.page,
        "page_label": evidence.page_label,
        "heading": list(evidence.heading),
    }
