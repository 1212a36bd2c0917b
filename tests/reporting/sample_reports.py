"""Reports made by hand: every status, a decision, and texts that try to be something else."""

from __future__ import annotations

from wtaudit.model import (
    ChecklistIdentity,
    DateSource,
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
    NearMiss,
    ReadStatus,
    Report,
    Source,
    Status,
)

SCRIPT = "<script>document.title='owned'</script><img src=x onerror=alert(1)>"
FORMULA = "=cmd|' /C calc'!A0"
MARKUP = "](javascript:alert(1)) **bold** `code` | # head @nobody https://evil.example www.evil.example #12"
CONTROL = "bell\x07 null\x00 escape\x1b[31m tab\t bidi\u202etxt half\ud800 last\uffff"
HOSTILE = (SCRIPT, FORMULA, MARKUP, CONTROL, "+1", "-1", "@SUM(1)", "\t=1+1", "＝1+1")


def finding(
    identity: str,
    status: Status,
    level: Level = Level.CORE,
    text: str = "Plain.",
    decision: Decision | None = None,
) -> Finding:
    found = status in (Status.MET, Status.PARTIAL, Status.CONTRADICTED)
    quote = Evidence(0, text, 9, "7", (text, "Chair"), 3)
    first = ElementStatus.CONTRADICTED if status is Status.CONTRADICTED else ElementStatus.EVIDENCED
    elements = (
        ElementFinding(
            "first",
            True,
            text,
            first if found else ElementStatus.NOT_EVIDENCED,
            0.9,
            (quote,) if found else (),
        ),
        ElementFinding("second", status is not Status.MET, text, ElementStatus.NOT_EVIDENCED, 0.8),
    )
    return Finding(
        identity, f"{text} title", text, "governance" if identity < "M" else "send", level, "should",
        Source(2, text, (61, 62)), status, 0.9, text, elements,
        (NearMiss("second", text, Evidence(1, text, None, None, (text,))),) if status is not Status.MET else (),
        "" if status is Status.MET else text, "" if status is Status.MET else text,
        (text,) if status is Status.CONTRADICTED else (), decision,
    )  # fmt: skip


def report_of(findings: list[Finding], text: str = "Plain") -> Report:
    documents = (
        Document(
            "docs/arrangements 2026.pdf",
            "pdf",
            "a" * 64,
            (),
            text,
            Kind.ARRANGEMENTS,
            pages=12,
            date="2025-04",
            date_source=DateSource.STATED,
        ),
        Document(
            f"{text}.docx", "docx", "", (), "", None, status=ReadStatus.UNREADABLE, reason=text, notes=(text,)
        ),
    )
    identity = ChecklistIdentity("wt2023", "2026.11", "b" * 64, "Working Together to Safeguard Children 2023")
    themes = {"governance": f"{text} of the partnership"}  # the other theme has no title
    return Report(identity, documents, tuple(findings), text, (text,), "0.1.0", themes)


def mixed(text: str = "Plain.") -> list[Finding]:
    decision = Decision(DecisionKind.WAIVED, text, text, "2026-11-02", "2027-01-01", DecisionState.EXPIRED)
    return [
        finding("GOV-01", Status.MET, text=text),
        finding("GOV-02", Status.PARTIAL, text=text, decision=decision),
        finding("GOV-03", Status.MISSING, text=text),
        finding("GOV-04", Status.CONTRADICTED, Level.SUPPORT, text),
        finding("SEND-01", Status.MISSING, Level.SUPPORT, text),
        finding("SEND-02", Status.UNKNOWN, text=text, decision=decision),
        finding("SEND-03", Status.PARTIAL, Level.DERIVED, text),
    ]
