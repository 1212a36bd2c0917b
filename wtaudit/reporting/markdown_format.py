"""Markdown for a pull request comment or a wiki: summary first, details folded away, within GitHub's size limit."""

from __future__ import annotations

import re

from wtaudit.model import ElementStatus, Evidence, Finding, Report, Status
from wtaudit.reporting import Layout
from wtaudit.reporting.wording import (
    LABELS,
    LIMITS,
    RAG,
    by_theme,
    checklist_line,
    dated,
    decision_mark,
    decision_sentence,
    file_name,
    gaps,
    guidance_place,
    place,
    plain,
    read_state,
    report_title,
    shortened,
    unsure,
    verdict_sentence,
    with_status,
)

MOST_CHARACTERS = 60_000  # a GitHub comment may hold 65,536
_COLUMNS = (Status.MET, Status.PARTIAL, Status.MISSING, Status.CONTRADICTED, Status.UNKNOWN)
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~$])")
_LINKS_ITSELF = re.compile(r"([@#])(?=\w)|(?<=[A-Za-z])(:)(?=//)|(?<=www)(\.)", re.IGNORECASE)
_BREAK = "&#8288;"  # a word joiner: seen by no reader, but GitHub makes no link and calls nobody
_QUOTE, _TITLE = 300, 120


def write(report: Report, layout: Layout) -> str:
    """The report as Markdown; gaps that no longer fit are shown in one line each, never dropped without a word."""
    found = gaps(report)
    head = [f"# {escape(report_title(report))}", "", f"**{verdict_sentence(report)}**", ""]
    head += [escape(checklist_line(report)), "", *_documents(report), "", *_summary(report), ""]
    if found:
        head += ["## Gaps, gravest first", ""]
    tail = [*_listed(report), *(f"- {escape(note)}" for note in report.notes), "", f"*{LIMITS}*", ""]
    room = MOST_CHARACTERS - sum(len(line) + 1 for line in (*head, *tail))
    return "\n".join([*head, *_fitted(found, report, room), *tail])


def escape(text: str | None) -> str:
    """Text that Markdown shows as it is: no markup, no link, no mention, on one line."""
    safe = _SPECIAL.sub(r"\\\1", plain(text).replace("&", "&amp;"))
    return _LINKS_ITSELF.sub(lambda m: (m[1] or "") + _BREAK + (m[2] or m[3] or ""), safe)


def _fitted(found: list[Finding], report: Report, room: int) -> list[str]:
    """Every gap: whole while there is room, in one line each after that."""
    whole = ["\n".join(_gap(finding, report)) for finding in found]
    short = [_heading(finding) for finding in found]
    needed = sum(len(line) + 3 for line in short)
    out: list[str] = []
    for number, text in enumerate(whole):
        needed -= len(short[number]) + 3
        if len(text) + 1 + needed > room:
            return [
                *out,
                "",
                "*No room for the details of these; see the HTML or Word report:*",
                "",
                *(f"- {s}" for s in short[number:]),
            ]
        out.append(text)
        room -= len(text) + 1
    return out


def _documents(report: Report) -> list[str]:
    lines = ["| Document | Kind | Dated | Pages | Read |", "| --- | --- | --- | ---: | --- |"]
    for document in report.documents:
        cells = (
            file_name(document),
            document.kind or "undecided",
            dated(document),
            str(document.pages or ""),
            read_state(document),
        )
        lines.append(f"| {' | '.join(escape(cell) for cell in cells)} |")
    return lines


def _summary(report: Report) -> list[str]:
    lines = [
        "| Theme | " + " | ".join(LABELS[s] for s in _COLUMNS) + " |",
        "| --- |" + " ---: |" * len(_COLUMNS),
    ]
    for title, findings in by_theme(report.findings, report):
        found = [f.status for f in findings]
        lines.append(f"| {escape(title)} | " + " | ".join(str(found.count(s)) for s in _COLUMNS) + " |")
    return lines


def _listed(report: Report) -> list[str]:
    lines: list[str] = []
    for status, title in ((Status.UNKNOWN, "Could not be judged"), (Status.MET, "Met")):
        found = with_status(report, status)
        if found or status is Status.MET:
            ids = ", ".join(escape(f.requirement_id) + _doubt(f) + _decided(f) for f in found)
            lines += ["", f"## {title} ({len(found)})", "", ids or "None."]
    return [*lines, ""]


def _doubt(finding: Finding) -> str:
    return " (unsure: look at this yourself)" if unsure(finding) else ""


def _decided(finding: Finding) -> str:
    return f" ({escape(decision_mark(finding.decision))})" if finding.decision else ""


def _heading(finding: Finding) -> str:
    found = f"<strong>{_html(finding.requirement_id)}</strong> {RAG[finding.status]} {LABELS[finding.status]}"
    decided = f" ({_html(decision_mark(finding.decision))})" if finding.decision else ""
    return f"{found}{_doubt(finding)}{decided}: {_html(shortened(plain(finding.title), _TITLE))}"


def _gap(finding: Finding, report: Report) -> list[str]:
    where = f"{finding.level.value}; {guidance_place(finding.source)}"
    lines = [
        f"<details><summary>{_heading(finding)}</summary>",
        "",
        f"{escape(finding.statement)} *({escape(where)})*",
        "",
    ]
    if finding.decision:
        lines += [f"**Decision:** {escape(decision_sentence(finding.decision))}", ""]
    lines += [f"- **Conflict:** {escape(text)}" for text in finding.contradictions]
    marks = {ElementStatus.EVIDENCED: "evidenced", ElementStatus.CONTRADICTED: "**in conflict**"}
    for element in finding.elements:
        optional = " (optional)" if not element.essential else ""
        lines.append(
            f"- {escape(element.text.rstrip('.'))}{optional}: {marks.get(element.status, '**not evidenced**')}"
        )
        lines += [f"  - {_quoted(evidence, report)}" for evidence in element.evidence[:1]]
    for miss in finding.near_misses[:2]:
        lines.append(f"- Does not count ({escape(miss.reason)}): {_quoted(miss.evidence, report)}")
    lines += ["", f"**To add:** {escape(finding.advice)}", ""]
    if finding.wording:
        lines += [f"> {escape(finding.wording)}", ""]
    return [*lines, "</details>", ""]


def _quoted(evidence: Evidence, report: Report) -> str:
    quote = shortened(plain(evidence.quote), _QUOTE)
    return f"“{escape(quote)}” ({escape(place(evidence, report.documents))})"


def _html(text: str) -> str:
    """Text inside an HTML tag in Markdown, where Markdown's own marks still work."""
    return escape(text).replace("\\<", "&lt;").replace("\\>", "&gt;")
