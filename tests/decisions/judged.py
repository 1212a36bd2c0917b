"""Results made by hand, to be held against one another."""

from __future__ import annotations

from wtaudit.model import (
    ChecklistIdentity,
    Decision,
    DecisionKind,
    DecisionState,
    Document,
    ElementFinding,
    ElementStatus,
    Evidence,
    Finding,
    Kind,
    Level,
    Report,
    Source,
    Status,
)

A_QUOTE = "The chair is a delegated safeguarding partner."
CHECKLIST = ChecklistIdentity("wt2023", "2026.11", "b" * 64, "Working Together to Safeguard Children 2023")
MASA = Document("docs/masa.md", "markdown", "a" * 64, (), kind=Kind.ARRANGEMENTS)
WAIVED = Decision(DecisionKind.WAIVED, "Agreed.", "Ann", "2026-01-01", "2026-12-31", DecisionState.LIVE)


def judged(
    status: Status,
    evidenced: str = "",
    *,
    name: str = "GOV-01",
    quote: str = A_QUOTE,
    page: int | None = None,
    heading: tuple[str, ...] = ("Chair",),
    decision: Decision | None = None,
    elements: str = "abo",
) -> Finding:
    """A finding whose elements are letters; o is optional, and `evidenced` lists the letters found."""
    made = tuple(
        ElementFinding(
            f"element-{letter}", letter != "o", f"Says {letter}.",
            ElementStatus.EVIDENCED if letter in evidenced else ElementStatus.NOT_EVIDENCED, 0.9,
            (Evidence(0, quote, page, None, heading),) if letter in evidenced else (),
        )
        for letter in elements
    )  # fmt: skip
    return Finding(
        name, f"{name} title", "Statement.", "governance", Level.CORE, "should", Source(2, "Box", (61,)), status, 0.9,
        "In one sentence.", made, (), "Add it.", decision=decision,
    )  # fmt: skip


def result(
    *findings: Finding, checklist: ChecklistIdentity = CHECKLIST, documents: tuple[Document, ...] = (MASA,)
) -> Report:
    return Report(checklist, documents, findings, "Fennmouth", (), "0.1.0")
