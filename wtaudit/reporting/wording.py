"""The sentences and labels that all formats share."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from wtaudit.model import (
    GRAVITY,
    DateSource,
    Decision,
    DecisionState,
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
SURE_ENOUGH = 0.6
"""A verdict of less confidence is marked as one to look at oneself."""
LEVELS = (Level.CORE, Level.SUPPORT, Level.DERIVED)
LIMITS = (
    "This checklist is the 2023 edition of the guidance, which the 2026 edition replaced in March 2026. A clean audit is "
    "not legal advice: it says what the documents evidence, not what happens in practice."
)


MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
METHOD = (
    "The documents were read by a program, offline and by fixed rules: no text left the computer, and the same documents "
    "give the same result. Each requirement of the checklist is split into elements. An element counts as evidenced only "
    "where a document of a kind that counts states it as this area's own present position.",
    "Met: every essential element is evidenced. Partial: at least one, but not all. Missing: none. Contradicted: the text "
    "says something that conflicts with the requirement. Unknown: no document that counts was given, or the pages that "
    "decide could not be read. A passage that restates the guidance, hopes, tells history or speaks of somebody else "
    "does not count, and is shown with the reason.",
    "Every quote is the document's own words. Check each one on its page before relying on it: a program can misread a "
    "page and misjudge a sentence. Page numbers of Word files are estimates.",
)
_TURNS_TEXT_ROUND = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def gravest_first(findings: Sequence[Finding]) -> list[Finding]:
    """Contradicted, then core, support and derived gaps (missing before partial), then unknown, then met."""
    places = {id(f): n for n, f in enumerate(findings)}

    def order(finding: Finding) -> tuple[int, int, int, int]:
        stage = 1 if finding.is_gap else 2 if finding.status is Status.UNKNOWN else 3
        stage = 0 if finding.status is Status.CONTRADICTED else stage
        return stage, LEVELS.index(finding.level), GRAVITY.index(finding.status), places[id(finding)]

    return sorted(findings, key=order)


def gaps(report: Report) -> list[Finding]:
    """The gaps, gravest first: the same list in every format."""
    return [f for f in gravest_first(report.findings) if f.is_gap]


def with_status(report: Report, status: Status) -> list[Finding]:
    """The findings of one status, in checklist order."""
    return [f for f in report.findings if f.status is status]


def by_theme(findings: Sequence[Finding], report: Report) -> list[tuple[str, list[Finding]]]:
    """Findings of a report under the titles of their themes, themes and findings in the order given."""
    themes: dict[str, list[Finding]] = {}
    for finding in findings:
        themes.setdefault(finding.theme, []).append(finding)
    return [(theme_title(held[0], report), held) for held in themes.values()]


def priority(finding: Finding) -> str:
    """How pressing a gap is: high for what conflicts or is missing in the core, medium for the rest of the core.

    Settled: people have decided that it is none.
    """
    if not finding.is_open_gap:
        return "Settled"
    if finding.status is Status.CONTRADICTED:
        return "High"
    if finding.level is not Level.CORE:
        return "Low"
    return "High" if finding.status is Status.MISSING else "Medium"


def plain(text: str | None) -> str:
    """Text on one line without anything that a terminal, an XML reader or the direction of writing would obey."""
    return "".join(_plain_character(c) for c in text or "")


def _plain_character(character: str) -> str:
    if character.isprintable():
        return character
    if character in _TURNS_TEXT_ROUND:
        return ""
    category = unicodedata.category(character)
    if category == "Cs" or ord(character) & 0xFFFE == 0xFFFE:
        return "\N{REPLACEMENT CHARACTER}"
    return " " if category in ("Cc", "Zl", "Zp", "Zs") else character


def theme_title(finding: Finding, report: Report) -> str:
    """The title of a finding's theme; its name where the checklist gives none."""
    return plain(report.themes.get(finding.theme) or finding.theme)


def unsure(finding: Finding) -> str:
    """That a person has to look at the finding, where the verdict stands on weak ground; else empty."""
    if finding.status is Status.UNKNOWN or finding.confidence >= SURE_ENOUGH:
        return ""
    return (
        f"Look at this yourself: the program is unsure of this verdict (confidence {finding.confidence:.2f})."
    )


def decision_mark(decision: Decision) -> str:
    """A human decision in a few words: "waived, expired", "overruled as met"."""
    state = "" if decision.state is DecisionState.LIVE else f", {decision.state.value}"
    return _ruling(decision) + state


def _ruling(decision: Decision) -> str:
    ruled = f" as {decision.status.value}" if decision.status else ""
    return decision.decision.value.replace("_", " ") + ruled


def decision_sentence(decision: Decision) -> str:
    """A human decision in one or two sentences: what, by whom, when, until when, why, and whether it still holds."""
    until = f", until {decision.expires}" if decision.expires else ""
    state = "" if decision.state is DecisionState.LIVE else f" ({decision.state.value})"
    told = f"{_ruling(decision)}{state}, by {decision.decided_by}, {decision.decided_on}{until}"
    told += f": {decision.justification}" if decision.justification.strip() else "."
    if decision.state is not DecisionState.LIVE:
        why = (
            "Its date has passed" if decision.state is DecisionState.EXPIRED else "The text has changed since"
        )
        told += ("" if told.endswith((".", "!", "?")) else ".") + f" {why}, so it no longer holds."
    return plain(told[:1].upper() + told[1:])


def decisions_sentence(report: Report) -> str:
    """On how many findings people have decided, and what became of them; empty without decisions."""
    made = [(f, f.decision.state) for f in report.findings if f.decision]
    if not made:
        return ""
    counts = {
        "gaps set aside": sum(f.is_gap and not f.is_open_gap for f, _ in made),
        "overruled as a gap": sum(f.is_open_gap and not f.is_gap for f, _ in made),
        "expired": sum(state is DecisionState.EXPIRED for _, state in made),
        "lapsed because the text changed": sum(state is DecisionState.LAPSED for _, state in made),
    }
    told = "; ".join(f"{what}: {count}" for what, count in counts.items() if count)
    many = "1 finding" if len(made) == 1 else f"{len(made)} findings"
    return f"People have decided on {many} ({told})." if told else f"People have decided on {many}."


def dated(document: Document) -> str:
    """A document's date in words, "28 April 2025"; where only the file's properties tell it, that is said."""
    if document.date is None:
        return "not known"
    year, month, day = (*map(int, document.date.split("-")), 0, 0)[:3]
    told = " ".join(filter(None, (str(day or ""), MONTHS[month - 1] if month else "", str(year))))
    return told if document.date_source is DateSource.STATED else f"{told} (date of the file)"


def read_state(document: Document) -> str:
    """How far a document was read, and why no further."""
    told = document.status.value.replace("-", " ")
    if document.reason:
        return f"{told}: {plain(document.reason)}"
    lost = ", ".join(map(str, document.unreadable_pages))
    return f"{told}: pages {lost}" if lost else told


def checklist_line(report: Report) -> str:
    """Which checklist judged, in one line."""
    used = report.checklist
    return plain(f"{used.edition}, checklist {used.id} {used.version}")


def report_title(report: Report) -> str:
    """What the report is called."""
    return (
        f"{plain(report.partnership)}: safeguarding documents audit"
        if report.partnership
        else "Safeguarding documents audit"
    )


def guidance_place(source: Source) -> str:
    """Where the guidance says it, in words: "chapter 2, paragraphs 61, 62"; a local requirement has only a heading."""
    chapter = f"chapter {source.chapter}" if source.chapter else "introduction"
    if not source.paragraphs:
        return plain(f"{chapter}, {source.heading}" if source.chapter else source.heading)
    many = "s" if len(source.paragraphs) > 1 else ""
    return f"{chapter}, paragraph{many} {', '.join(map(str, source.paragraphs))}"


def source_line(source: Source, *, heading: bool = False) -> str:
    """Where a requirement comes from, named as what it is; `heading` adds the heading above numbered paragraphs."""
    named = "Guidance" if source.chapter or source.paragraphs else "Source"
    above = f", “{plain(source.heading)}”" if heading and source.paragraphs else ""
    return f"{named}: {guidance_place(source)}{above}"


def file_name(document: Document) -> str:
    """The last part of a document's path."""
    return plain(document.path.rsplit("/", 1)[-1].rsplit("\\", 1)[-1])


def place(evidence: Evidence, documents: Sequence[Document]) -> str:
    """Where a quote stands: file, page (with the printed number where it differs), last heading."""
    document = documents[evidence.document]
    parts = [file_name(document)]
    if evidence.page is not None:
        estimate = "≈" if document.format in ("docx", "odt") else ""
        label = evidence.page_label
        printed = f" (printed {plain(label)})" if label and label != str(evidence.page) else ""
        parts.append(f"p. {estimate}{evidence.page}{printed}")
    if evidence.heading:
        parts.append(f"“{plain(evidence.heading[-1])}”")
    return ", ".join(parts) + (" [OCR]" if evidence.ocr else "")


def lacking(finding: Finding) -> list[str]:
    """The texts of essential elements that are not evidenced."""
    return [
        plain(e.text) for e in finding.elements if e.essential and e.status is ElementStatus.NOT_EVIDENCED
    ]


def verdict_sentence(report: Report) -> str:
    """The answer in one sentence."""
    counts = {status: sum(f.status is status for f in report.findings) for status in Status}
    total = len(report.findings)
    lacks = counts[Status.CONTRADICTED] + counts[Status.MISSING] + counts[Status.PARTIAL]
    told = f"{counts[Status.MET]} of {total} requirements are met"
    if lacks:
        parts = [
            f"{counts[s]} {LABELS[s].lower()}"
            for s in (Status.CONTRADICTED, Status.MISSING, Status.PARTIAL)
            if counts[s]
        ]
        told += f"; {lacks} {'is a gap' if lacks == 1 else 'are gaps'} ({', '.join(parts)})"
    if counts[Status.UNKNOWN]:
        told += f"; {counts[Status.UNKNOWN]} could not be judged"
    return " ".join(filter(None, (told + ".", decisions_sentence(report))))


def shortened(text: str, length: int) -> str:
    """A text cut at a word to at most `length` characters."""
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0] + "…"
