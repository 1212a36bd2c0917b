"""Markdown for a pull request comment or a wiki: summary first, details folded away, within GitHub's size limit."""

from __future__ import annotations

import re

from wtaudit.model import ElementStatus, Finding, ReadStatus, Report, Status
from wtaudit.reporting import Layout
from wtaudit.reporting.wording import (
    LABELS,
    LIMITS,
    RAG,
    gravest_first,
    guidance_place,
    place,
    shortened,
    verdict_sentence,
)

MOST_CHARACTERS = 60_000  # a GitHub comment may hold 65,536
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~@$])")
_QUOTE = 300


def write(report: Report, layout: Layout) -> str:
    """The report as Markdown; gaps that no longer fit are counted, never dropped without a word."""
    title = f"# {escape(report.partnership)}: safeguarding documents audit" if report.partnership else "# Safeguarding documents audit"
    head = [title, "", f"**{verdict_sentence(report)}**", "", *_documents(report), "", *_summary(report), ""]
    tail = ["", f"*{LIMITS}*", ""]
    gaps = [f for f in gravest_first(report.findings) if f.is_gap]
    body: list[str] = ["## Gaps, gravest first", ""] if gaps else []
    room = MOST_CHARACTERS - sum(len(line) + 1 for line in (*head, *tail))
    for number, finding in enumerate(gaps):
        text = "\n".join(_gap(finding, report))
        short = f"- **{finding.requirement_id}** {LABELS[finding.status]}: {escape(finding.title)}"
        rest = sum(len(f.title) + 40 for f in gaps[number:])
        if room - len(text) < rest:
            body += [short]
            room -= len(short)
        else:
            body += [text]
            room -= len(text)
    met = [f for f in report.findings if f.status is Status.MET]
    listed = ["", f"## Met ({len(met)})", "", ", ".join(f"{f.requirement_id}" for f in met) or "None.", ""]
    unknown = [f for f in report.findings if f.status is Status.UNKNOWN]
    if unknown:
        listed += [f"## Could not be judged ({len(unknown)})", "", ", ".join(f.requirement_id for f in unknown), ""]
    return "\n".join([*head, *body, *listed, *tail])


def escape(text: str | None) -> str:
    """Text that Markdown shows as it is: special characters escaped, control characters and line breaks as spaces."""
    plain = "".join(c if c.isprintable() else " " for c in text or "")
    return _SPECIAL.sub(r"\\\1", plain)


def _documents(report: Report) -> list[str]:
    lines = ["| Document | Kind | Pages | Read |", "| --- | --- | --- | --- |"]
    for document in report.documents:
        state = document.status.value + (f": {document.reason}" if document.status is not ReadStatus.READ and document.reason else "")
        lines.append(f"| {escape(document.path)} | {document.kind or 'undecided'} | {document.pages or ''} | {escape(state)} |")
    return lines


def _summary(report: Report) -> list[str]:
    order = (Status.MET, Status.PARTIAL, Status.MISSING, Status.CONTRADICTED, Status.UNKNOWN)
    lines = ["| Theme | " + " | ".join(LABELS[s] for s in order) + " |", "| --- " * (len(order) + 1) + "|"]
    themes = dict.fromkeys(f.theme for f in report.findings)
    for theme in themes:
        found = [f.status for f in report.findings if f.theme == theme]
        lines.append(f"| {theme.replace('-', ' ').capitalize()} | " + " | ".join(str(found.count(s)) for s in order) + " |")
    return lines


def _gap(finding: Finding, report: Report) -> list[str]:
    decided = f" ({finding.decision.decision.replace('_', ' ')}, {finding.decision.state})" if finding.decision else ""
    lines = [
        f"<details><summary><strong>{finding.requirement_id}</strong> {RAG[finding.status]} {LABELS[finding.status]}{decided}: "
        f"{_html(finding.title)}</summary>",
        "",
        f"{escape(finding.statement)} *({finding.level.value}; {escape(guidance_place(finding.source))})*",
        "",
    ]
    for element in finding.elements:
        mark = {"evidenced": "evidenced", "contradicted": "in conflict"}.get(element.status, "**not evidenced**")
        optional = "" if element.essential else " (optional)"
        lines.append(f"- {escape(element.text)}{optional} {mark}")
        if element.status is not ElementStatus.NOT_EVIDENCED:
            for evidence in element.evidence[:2]:
                lines.append(f"  - “{escape(shortened(evidence.quote, _QUOTE))}” ({escape(place(evidence, report.documents))})")
    for miss in finding.near_misses[:3]:
        lines.append(
            f"- Does not count ({escape(miss.reason)}): “{escape(shortened(miss.evidence.quote, _QUOTE))}” "
            f"({escape(place(miss.evidence, report.documents))})"
        )
    return [*lines, "", f"**To add:** {escape(finding.advice)}", "", "</details>", ""]


def _html(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
