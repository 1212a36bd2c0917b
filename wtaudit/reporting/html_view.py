"""What the web page shows, worked out beforehand: bars, quotes with links, findings, filter choices."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from wtaudit.model import Document, ElementFinding, ElementStatus, Evidence, Finding, Report, Status
from wtaudit.reporting.wording import (
    LABELS,
    LEVELS,
    RAG,
    by_theme,
    dated,
    decision_sentence,
    file_name,
    place,
    read_state,
    source_line,
    theme_title,
    unsure,
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

    element: ElementFinding
    label: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class NearMissView:
    """A passage that does not count."""

    reason: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding with what is shown in other words; `documents` are the numbers of those it quotes."""

    finding: Finding
    theme_title: str
    label: str
    rag: str
    source: str
    documents: str
    elements: tuple[ElementView, ...]
    near_misses: tuple[NearMissView, ...]
    unsure: str
    decision: str
    decided: str


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One document with what is shown in other words."""

    document: Document
    name: str
    href: str
    kind: str
    dated: str
    read: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One filter with its values and their names."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]


def bars(report: Report) -> list[Bar]:
    """A bar for every theme and one for all."""
    out = [_bar(title, findings) for title, findings in by_theme(report.findings, report)]
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


def document_view(document: Document, links: Mapping[str, str]) -> DocumentView:
    """A document for the table of documents."""
    kind = f"{document.kind} ({document.kind_source})" if document.kind else "undecided"
    href = _href(document, None, links)
    return DocumentView(document, file_name(document), href, kind, dated(document), read_state(document))


def finding_view(finding: Finding, report: Report, links: Mapping[str, str]) -> FindingView:
    """A finding for the page."""

    def quoted(evidence: Evidence) -> Quote:
        document = report.documents[evidence.document]
        above = " › ".join(evidence.heading[:-1])
        href = _href(document, evidence.page, links)
        return Quote(
            evidence.quote, place(evidence, report.documents), f"under {above}" if above else "", href
        )

    cited = sorted({e.document for e in (*finding.evidence, *(m.evidence for m in finding.near_misses))})
    return FindingView(
        finding, theme_title(finding, report), LABELS[finding.status], RAG[finding.status].lower(),
        source=source_line(finding.source, heading=True), documents=" ".join(map(str, cited)),
        elements=tuple(
            ElementView(e, _ELEMENT_LABELS[e.status], tuple(map(quoted, e.evidence))) for e in finding.elements
        ),
        near_misses=tuple(NearMissView(m.reason, quoted(m.evidence)) for m in finding.near_misses),
        unsure=unsure(finding), decision=decision_sentence(finding.decision) if finding.decision else "",
        decided=_decided(finding),
    )  # fmt: skip


def _decided(finding: Finding) -> str:
    """What the filter of decisions goes by: the state of the decision, or "none"."""
    return finding.decision.state.value if finding.decision else _UNDECIDED


def _href(document: Document, page: int | None, links: Mapping[str, str]) -> str:
    """A link to the document, at the page if it is a PDF; empty where the page does not know the way."""
    if document.path not in links:
        return ""
    at_page = f"#page={page}" if page is not None and document.format == "pdf" else ""
    return address(links[document.path]) + at_page


def address(path: str) -> str:
    """A path as the address of a link; never one that a browser would run."""
    path = path.replace("\\", "/")
    start = ""
    if re.match(r"[A-Za-z]:/", path):
        start, path = f"file:///{path[:2]}", path[2:]
    elif path.startswith("/"):
        start, path = "file://", "/" + path.lstrip("/")
    return start + quote(path.encode("utf-8", "replace"), safe="/")


def choices(report: Report) -> list[Choice]:
    """The filters, each with the values that occur."""
    themes = tuple((held[0].theme, title) for title, held in by_theme(report.findings, report))
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
