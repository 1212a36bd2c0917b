"""What the web page shows, worked out beforehand: bars, quotes with links, findings, filter choices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from wtaudit.model import Document, ElementStatus, Evidence, Finding, Report, Status
from wtaudit.reporting.wording import (
    LABELS,
    LEVELS,
    RAG,
    by_theme,
    decision_sentence,
    file_name,
    guidance_place,
    place,
    plain,
    read_state,
    theme_title,
)

COLUMNS = (Status.MET, Status.PARTIAL, Status.MISSING, Status.CONTRADICTED, Status.UNKNOWN)
_UNDECIDED = "none"
_DECIDED = {_UNDECIDED: "None", "live": "Live", "expired": "Expired", "lapsed": "Lapsed"}
_ELEMENT_LABELS = {
    ElementStatus.EVIDENCED: "Evidenced",
    ElementStatus.NOT_EVIDENCED: "Not evidenced",
    ElementStatus.CONTRADICTED: "In conflict",
}


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a bar; places and widths in per cent."""

    status: Status
    count: int
    start: float
    width: float

    @property
    def middle(self) -> float:
        """Where its number stands."""
        return round(self.start + self.width / 2, 2)


@dataclass(frozen=True, slots=True)
class Bar:
    """A theme's bar, its counts in column order, and the same in words."""

    title: str
    told: str
    counts: tuple[int, ...]
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote, where it stands in words, the headings above it, and a link."""

    text: str
    place: str
    path: str
    href: str


@dataclass(frozen=True, slots=True)
class ElementView:
    """One element with its quotes."""

    status: ElementStatus
    label: str
    text: str
    essential: bool
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class NearMissView:
    """A passage that does not count."""

    reason: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding as shown; `documents` are the numbers of those it quotes."""

    id: str
    title: str
    statement: str
    summary: str
    theme: str
    theme_title: str
    level: str
    status: Status
    label: str
    rag: str
    source: str
    documents: str
    elements: tuple[ElementView, ...]
    near_misses: tuple[NearMissView, ...]
    contradictions: tuple[str, ...]
    advice: str
    wording: str
    decision: str
    decided: str


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One document as shown."""

    name: str
    href: str
    title: str
    kind: str
    pages: str
    read: str
    sha256: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One filter with its values and their names."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]


def bars(report: Report) -> list[Bar]:
    """A bar for every theme and one for all."""
    out = [_bar(theme_title(theme), findings) for theme, findings in by_theme(report.findings).items()]
    return [*out, _bar("All themes", report.findings)] if out else []


def _bar(title: str, findings: Sequence[Finding]) -> Bar:
    found = [f.status for f in findings]
    counts = tuple(found.count(s) for s in COLUMNS)
    segments, before = [], 0
    for status, count in zip(COLUMNS, counts, strict=True):
        if count:
            start, end = (round(100 * n / len(found), 2) for n in (before, before + count))
            segments.append(Segment(status, count, start, round(end - start, 2)))
        before += count
    told = ", ".join(f"{c} {LABELS[s].lower()}" for s, c in zip(COLUMNS, counts, strict=True) if c)
    return Bar(title, f"{title}: {told}", counts, tuple(segments))


def document_view(document: Document) -> DocumentView:
    """A document for the table of documents."""
    kind = f"{document.kind} ({document.kind_source})" if document.kind else "undecided"
    return DocumentView(
        file_name(document), link(document, None), document.title, kind, str(document.pages or "–"),
        read_state(document), document.sha256, document.notes,
    )  # fmt: skip


def finding_view(finding: Finding, report: Report) -> FindingView:
    """A finding for the page."""
    cited = sorted({e.document for e in (*finding.evidence, *(m.evidence for m in finding.near_misses))})
    source = guidance_place(finding.source)
    if finding.source.paragraphs:
        source = f"{source}, “{plain(finding.source.heading)}”"
    return FindingView(
        id=finding.requirement_id, title=finding.title, statement=finding.statement, summary=finding.summary,
        theme=finding.theme, theme_title=theme_title(finding.theme), level=finding.level.value, status=finding.status,
        label=LABELS[finding.status], rag=RAG[finding.status].capitalize(), source=source,
        documents=" ".join(map(str, cited)),
        elements=tuple(
            ElementView(e.status, _ELEMENT_LABELS[e.status], e.text, e.essential, tuple(_quote(q, report) for q in e.evidence))
            for e in finding.elements
        ),
        near_misses=tuple(NearMissView(m.reason, _quote(m.evidence, report)) for m in finding.near_misses),
        contradictions=finding.contradictions, advice=finding.advice, wording=finding.wording,
        decision=decision_sentence(finding.decision) if finding.decision else "", decided=_decided(finding),
    )  # fmt: skip


def _decided(finding: Finding) -> str:
    """What the filter of decisions goes by: the state of the decision, or "none"."""
    return finding.decision.state.value if finding.decision else _UNDECIDED


def _quote(evidence: Evidence, report: Report) -> Quote:
    above = " › ".join(evidence.heading[:-1])
    href = link(report.documents[evidence.document], evidence.page)
    return Quote(evidence.quote, place(evidence, report.documents), f"under {above}" if above else "", href)


def link(document: Document, page: int | None) -> str:
    """A link to the file as it was named, at the page if it is a PDF; never one that a browser would run."""
    path = document.path.replace("\\", "/")
    start = ""
    if re.match(r"[A-Za-z]:/", path):
        start, path = f"file:///{path[:2]}", path[2:]
    elif path.startswith("/"):
        start, path = "file://", "/" + path.lstrip("/")
    at_page = f"#page={page}" if page is not None and document.format == "pdf" else ""
    return start + quote(path.encode("utf-8", "replace"), safe="/") + at_page


def choices(report: Report) -> list[Choice]:
    """The filters, each with the values that occur."""
    themes = tuple((t, theme_title(t)) for t in by_theme(report.findings))
    found = {f.status for f in report.findings}
    statuses = tuple((s.value, LABELS[s]) for s in LABELS if s in found)
    levels = tuple(
        (v.value, v.value.capitalize()) for v in LEVELS if any(f.level is v for f in report.findings)
    )
    documents = tuple((str(n), file_name(d)) for n, d in enumerate(report.documents))
    decided = {_decided(f) for f in report.findings}
    decisions = tuple((state, label) for state, label in _DECIDED.items() if state in decided)
    shown = [Choice("decision", "Decision", decisions)] if decided - {_UNDECIDED} else []
    return [
        Choice("theme", "Theme", themes), Choice("status", "Status", statuses), Choice("level", "Level", levels),
        Choice("document", "Document quoted", documents), *shown,
    ]  # fmt: skip
