"""The sentences and labels that all formats share."""

from __future__ import annotations

from collections.abc import Sequence

from wtaudit.model import (
    GRAVITY,
    Document,
    ElementStatus,
    Evidence,
    Finding,
    Level,
    Report,
    Source,
    Status,
)

LABELS = {
    Status.CONTRADICTED: "Contradicted",
    Status.MISSING: "Missing",
    Status.PARTIAL: "Partial",
    Status.UNKNOWN: "Unknown",
    Status.MET: "Met",
}
RAG = {
    Status.CONTRADICTED: "RED",
    Status.MISSING: "RED",
    Status.PARTIAL: "AMBER",
    Status.UNKNOWN: "GREY",
    Status.MET: "GREEN",
}
LEVELS = (Level.CORE, Level.SUPPORT, Level.DERIVED)
LIMITS = (
    "This checklist is the 2023 edition of the guidance, which the 2026 edition replaced in March 2026. A clean audit is "
    "not legal advice: it says what the documents evidence, not what happens in practice."
)


def gravest_first(findings: Sequence[Finding]) -> list[Finding]:
    """Findings by gravity, then core before support before derived, then checklist order."""
    places = {id(f): n for n, f in enumerate(findings)}
    return sorted(findings, key=lambda f: (GRAVITY.index(f.status), LEVELS.index(f.level), places[id(f)]))


def guidance_place(source: Source) -> str:
    """Where the guidance says it, in words: "chapter 2, paragraphs 61, 62"."""
    if not source.paragraphs:
        return f"chapter {source.chapter}, {source.heading}"
    many = "s" if len(source.paragraphs) > 1 else ""
    return f"chapter {source.chapter}, paragraph{many} {', '.join(map(str, source.paragraphs))}"


def place(evidence: Evidence, documents: Sequence[Document]) -> str:
    """Where a quote stands: file, page (with the printed number where it differs), last heading."""
    document = documents[evidence.document]
    parts = [document.path.rsplit("/", 1)[-1].rsplit("\\", 1)[-1]]
    if evidence.page is not None:
        estimate = "≈" if document.format in ("docx", "odt") else ""
        label = evidence.page_label
        printed = f" (printed {label})" if label and label != str(evidence.page) else ""
        parts.append(f"p. {estimate}{evidence.page}{printed}")
    if evidence.heading:
        parts.append(f"“{evidence.heading[-1]}”")
    return ", ".join(parts) + (" [OCR]" if evidence.ocr else "")


def lacking(finding: Finding) -> list[str]:
    """The texts of essential elements that are not evidenced."""
    return [e.text for e in finding.elements if e.essential and e.status is ElementStatus.NOT_EVIDENCED]


def verdict_sentence(report: Report) -> str:
    """The answer in one sentence."""
    counts = {status: sum(f.status is status for f in report.findings) for status in Status}
    total = len(report.findings)
    gaps = counts[Status.CONTRADICTED] + counts[Status.MISSING] + counts[Status.PARTIAL]
    told = f"{counts[Status.MET]} of {total} requirements are met"
    if gaps:
        parts = [
            f"{counts[s]} {LABELS[s].lower()}" for s in (Status.CONTRADICTED, Status.MISSING, Status.PARTIAL) if counts[s]
        ]
        told += f"; {gaps} {'is a gap' if gaps == 1 else 'are gaps'} ({', '.join(parts)})"
    if counts[Status.UNKNOWN]:
        told += f"; {counts[Status.UNKNOWN]} could not be judged"
    return told + "."


def shortened(text: str, length: int) -> str:
    """A text cut at a word to at most `length` characters."""
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0] + "…"
