"""Compares two results: what got better or worse, what moved, which decisions no longer hold."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from wtaudit.changes import (
    Change,
    Comparison,
    DocumentChange,
    DocumentOutcome,
    LapsedDecision,
    Move,
    Outcome,
)
from wtaudit.decisions.fingerprint import fingerprint, words
from wtaudit.model import (
    GRAVITY,
    DecisionKind,
    DecisionState,
    Document,
    ElementFinding,
    ElementStatus,
    Evidence,
    Finding,
    Report,
    Status,
)

_ORDER = tuple(Outcome)
_GAPS_FIRST = tuple(status for status in GRAVITY if status is not Status.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a comparison remembers of a requirement: status, essential elements evidenced (ids), and the words."""

    status: Status
    evidenced: frozenset[str]
    fingerprint: str

    @classmethod
    def of(cls, finding: Finding) -> Standing:
        """What there is to remember of a finding."""
        evidenced = frozenset(
            e.element_id for e in finding.elements if e.essential and e.status is ElementStatus.EVIDENCED
        )
        return cls(finding.status, evidenced, fingerprint(finding, DecisionKind.CONFIRMED))


def compare(old: Report, new: Report) -> Comparison:
    """Everything that is different in the new result."""
    before = {f.requirement_id: f for f in old.findings}
    asked = {f.requirement_id for f in new.findings}
    changes = [
        change_of(f, Standing.of(before[f.requirement_id]) if f.requirement_id in before else None)
        for f in new.findings
    ]
    changes += [_removed(f) for f in old.findings if f.requirement_id not in asked]
    found = [change for change in changes if change]
    documents = tuple(_documents(old.documents, new.documents))
    return Comparison(
        partnership=new.partnership, old_checklist=old.checklist, new_checklist=new.checklist,
        old_documents=old.documents, new_documents=new.documents, changes=gravest_first(found),
        moved=tuple(_moved(before, new.findings, _Places(old.documents, documents), _Places(new.documents))),
        lapsed=tuple(_lapsed(old.findings, new.findings)), documents=documents,
        unchanged=len(changes) - len(found),
    )  # fmt: skip


def gravest_first(changes: Collection[Change]) -> tuple[Change, ...]:
    """The changes by outcome, then by how grave the new status is, then in the order given."""

    def order(change: Change) -> tuple[int, int]:
        status = change.after or change.before or Status.MET
        return _ORDER.index(change.outcome), GRAVITY.index(status)

    return tuple(sorted(changes, key=order))


def change_of(finding: Finding, before: Standing | None) -> Change | None:
    """What became of one requirement; None where nothing did."""
    now = Standing.of(finding)
    essential = [e for e in finding.elements if e.essential]
    lost: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()
    if before is not None and Status.UNKNOWN not in (before.status, now.status):
        lost = _texts(essential, before.evidenced - now.evidenced)
        gained = _texts(essential, now.evidenced - before.evidenced)
    outcome = _outcome(before, now, lost=bool(lost), gained=bool(gained))
    if outcome is None:
        return None
    return Change(
        finding.requirement_id, finding.title, finding.theme, finding.level, outcome,
        before.status if before else None, finding.status, finding.summary, lost, gained,
        set_aside=finding.standing is not finding.status and not finding.is_open_gap,
    )  # fmt: skip


def _outcome(before: Standing | None, now: Standing, *, lost: bool, gained: bool) -> Outcome | None:
    if before is None:
        return Outcome.NEW_GAP if now.status in _GAPS_FIRST[:-1] else Outcome.ADDED
    if before.status is Status.UNKNOWN or now.status is Status.UNKNOWN:
        if before.status is now.status:
            return None
        return Outcome.NOW_JUDGED if before.status is Status.UNKNOWN else Outcome.NO_LONGER_JUDGED
    graver = _GAPS_FIRST.index(before.status) - _GAPS_FIRST.index(now.status)
    if graver > 0:
        return Outcome.NEW_GAP if before.status is Status.MET else Outcome.WORSE
    if lost:
        return Outcome.WORSE
    if graver < 0:
        return Outcome.RESOLVED if now.status is Status.MET else Outcome.BETTER
    if gained:
        return Outcome.BETTER
    return Outcome.REWORDED if before.fingerprint != now.fingerprint else None


def _texts(elements: Sequence[ElementFinding], wanted: frozenset[str]) -> tuple[str, ...]:
    return tuple(e.text for e in elements if e.element_id in wanted)


def _removed(finding: Finding) -> Change:
    return Change(
        finding.requirement_id, finding.title, finding.theme, finding.level, Outcome.REMOVED,
        finding.status, None, finding.summary,
    )  # fmt: skip


class _Places:
    """Where quotes stand, in words that can be held against another result: a renamed document is no move."""

    def __init__(self, documents: Sequence[Document], changes: Sequence[DocumentChange] = ()) -> None:
        renamed = {c.earlier_path: c.path for c in changes if c.outcome is DocumentOutcome.RENAMED}
        self._paths = [renamed.get(d.path, d.path) for d in documents]

    def of(self, evidence: Evidence) -> tuple[str, str, int | None, tuple[str, ...]]:
        return words(evidence.quote), self._paths[evidence.document], evidence.page, evidence.heading


def _moved(
    old: Mapping[str, Finding], new: Sequence[Finding], old_places: _Places, new_places: _Places
) -> Iterator[Move]:
    """The quotes of an element that stand elsewhere now; one that also stands where it was has not moved."""
    for finding in new:
        earlier = old.get(finding.requirement_id)
        before = {e.element_id: e.evidence for e in earlier.elements} if earlier else {}
        for element in finding.elements:
            there = {old_places.of(e): e for e in before.get(element.element_id, ())}
            here = {new_places.of(e): e for e in element.evidence}
            gone = [(place[0], e) for place, e in there.items() if place not in here]
            for place, evidence in here.items():
                was = next((e for quoted, e in gone if quoted == place[0]), None)
                if was is not None and place not in there:
                    yield Move(finding.requirement_id, element.element_id, was, evidence)


def _lapsed(old: Sequence[Finding], new: Sequence[Finding]) -> Iterator[LapsedDecision]:
    """The decisions that do not hold now, unless they already did not hold before."""
    before = {f.requirement_id: f.decision for f in old}
    for finding in new:
        decision = finding.decision
        if decision is None or decision.state is DecisionState.LIVE:
            continue
        earlier = before.get(finding.requirement_id)
        if earlier is None or earlier.state is DecisionState.LIVE:
            yield LapsedDecision(finding.requirement_id, finding.title, decision)


def _documents(old: Sequence[Document], new: Sequence[Document]) -> Iterator[DocumentChange]:
    before = {d.path: d.sha256 for d in old}
    now = {d.path: d.sha256 for d in new}
    gone = {digest: path for path, digest in before.items() if path not in now and digest}
    renamed = set()
    for path, digest in now.items():
        if path in before:
            if before[path] != digest:
                yield DocumentChange(DocumentOutcome.CHANGED, path)
        elif digest in gone:
            renamed.add(gone[digest])
            yield DocumentChange(DocumentOutcome.RENAMED, path, gone[digest])
        else:
            yield DocumentChange(DocumentOutcome.ADDED, path)
    for path in before:
        if path not in now and path not in renamed:
            yield DocumentChange(DocumentOutcome.REMOVED, path)
