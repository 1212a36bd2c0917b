"""The action plan: one row per gap, the same in CSV, in Excel and in Word."""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields

from wtaudit.model import ElementStatus, Finding, Report
from wtaudit.reporting.wording import (
    LABELS,
    decision_sentence,
    gravest_first,
    guidance_place,
    lacking,
    place,
    plain,
    priority,
    theme_title,
)

STATES = ("Not started", "In progress", "Done", "Not accepted")
"""What the Progress column offers."""

OWNERS = (
    "Local authority",
    "Integrated care board",
    "Police",
    "Education",
    "Independent scrutineer",
    "Partnership business unit",
    "All statutory partners",
)
"""What the Owner column offers; a partnership may type any other name."""

_STARTS_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_MOST_NEAR_MISSES = 2  # the web page shows all
_MOST_IN_CELL = 32_000  # Excel holds 32,767 characters in a cell


@dataclass(frozen=True, slots=True)
class Action:
    """One gap as a row: what to act on, four columns for people to fill in, then what the finding rests on."""

    id: str
    priority: str
    finding: str
    requirement: str
    what_to_add: str
    guidance: str
    owner: str = ""
    due_date: str = ""
    progress: str = ""
    notes: str = ""
    theme: str = ""
    level: str = ""
    not_evidenced: str = ""
    conflict: str = ""
    evidence_found: str = ""
    does_not_count: str = ""
    suggested_wording: str = ""
    decision: str = ""

    def cells(self) -> tuple[str, ...]:
        """The row's texts, none of which a spreadsheet takes for a formula."""
        return tuple(guarded(text) for text in astuple(self))


HEADINGS = tuple(field.name.replace("_", " ").capitalize() for field in fields(Action))


def actions(report: Report) -> list[Action]:
    """The action plan of a report, gravest gap first; what a person made a gap of by a decision is one too."""
    return [_action(f, report) for f in gravest_first(report.findings) if f.is_gap or f.is_open_gap]


def guarded(text: str) -> str:
    """Text that a spreadsheet shows as it is: a start that would make a formula stands behind an apostrophe."""
    kept = text if len(text) <= _MOST_IN_CELL else text[: _MOST_IN_CELL - 1] + "…"
    return f"'{kept}" if kept.lstrip().startswith(_STARTS_FORMULA) else kept


def _action(finding: Finding, report: Report) -> Action:
    found = [
        f"“{plain(evidence.quote)}” ({place(evidence, report.documents)})"
        for element in finding.elements
        if element.status is not ElementStatus.NOT_EVIDENCED
        for evidence in element.evidence[:1]
    ]
    misses = [
        f"“{plain(miss.evidence.quote)}” ({place(miss.evidence, report.documents)}): {plain(miss.reason)}"
        for miss in finding.near_misses[:_MOST_NEAR_MISSES]
    ]
    return Action(
        id=plain(finding.requirement_id), priority=priority(finding), finding=LABELS[finding.status],
        theme=theme_title(finding, report), level=finding.level.value.capitalize(), requirement=plain(finding.title),
        guidance=_sentence(guidance_place(finding.source)), not_evidenced=_listed(lacking(finding)),
        conflict=_listed([plain(text) for text in finding.contradictions]),
        evidence_found=_listed(list(dict.fromkeys(found))), does_not_count=_listed(misses),
        what_to_add=plain(finding.advice or (finding.decision.justification if finding.decision else "")), suggested_wording=plain(finding.wording),
        decision=decision_sentence(finding.decision) if finding.decision else "",
    )  # fmt: skip


def _listed(texts: list[str]) -> str:
    return texts[0] if len(texts) == 1 else "\n".join(f"• {text}" for text in texts)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
