"""The terminal table: grouped by theme, gravest first, one line of evidence or of what is missing per finding."""

from __future__ import annotations

from collections.abc import Sequence

from tabulate import tabulate

from wtaudit.model import Finding, ReadStatus, Report, Status
from wtaudit.reporting import Layout
from wtaudit.reporting.wording import (
    LABELS,
    LIMITS,
    gravest_first,
    guidance_place,
    lacking,
    place,
    shortened,
    verdict_sentence,
)

_COLORS = {
    Status.CONTRADICTED: "\033[1;31m",
    Status.MISSING: "\033[31m",
    Status.PARTIAL: "\033[33m",
    Status.UNKNOWN: "\033[35m",
    Status.MET: "\033[32m",
}
_FIXED_COLUMNS = 34  # id, status, paragraph numbers and the rules between columns
_QUOTE = 160


def write(report: Report, layout: Layout) -> str:
    """The report as plain text, at most `layout.width` characters wide."""
    parts = [_documents(report, layout), *_themes(report, layout), _summary(report), verdict_sentence(report)]
    if report.notes:
        parts.append("\n".join(f"Note: {note}" for note in report.notes))
    parts.append(_wrap(LIMITS, layout.width))
    return "\n\n".join(parts) + "\n"


def _documents(report: Report, layout: Layout) -> str:
    rows = []
    for document in report.documents:
        state = document.status.value
        if document.status is not ReadStatus.READ and document.reason:
            state += f": {document.reason}"
        rows.append([_clean(document.path), document.kind or "undecided", document.pages or "", _clean(state)])
    widths = [max(20, layout.width - 60), 14, 6, 30]
    head = ["Document", "Kind", "Pages", "Read"]
    title = f"{report.checklist.edition}, checklist {report.checklist.id} {report.checklist.version}"
    if report.partnership:
        title = f"{_clean(report.partnership)}: {title}"
    return title + "\n\n" + _table(rows, head, widths)


def _themes(report: Report, layout: Layout) -> list[str]:
    themes: dict[str, list[Finding]] = {}
    for finding in report.findings:
        themes.setdefault(finding.theme, []).append(finding)
    text_width = max(40, layout.width - _FIXED_COLUMNS)
    title_width = max(16, text_width * 2 // 5)
    out = []
    for theme, findings in themes.items():
        rows = [
            [f.requirement_id, _colored(f, layout), f.title, _line(f, report)] for f in gravest_first(findings)
        ]
        table = _table(rows, ["Id", "Status", "Requirement", "Evidence or what is missing"],
                       [8, 12, title_width, text_width - title_width])  # fmt: skip
        out.append(f"{theme.replace('-', ' ').capitalize()}\n{table}")
    return out


def _line(finding: Finding, report: Report) -> str:
    """What an officer needs first: the quote that decides, or what is missing."""
    evidence = finding.evidence
    if finding.status is Status.CONTRADICTED and evidence:
        return f"Conflict: “{shortened(_clean(evidence[0].quote), _QUOTE)}” ({place(evidence[0], report.documents)})"
    if finding.status is Status.MET and evidence:
        return f"“{shortened(_clean(evidence[0].quote), _QUOTE)}” ({place(evidence[0], report.documents)})"
    if finding.status in (Status.PARTIAL, Status.MISSING):
        text = " ".join(f"- {t}" for t in lacking(finding)[:2])
        return f"Not evidenced: {text} [{guidance_place(finding.source)}]"
    return finding.summary


def _colored(finding: Finding, layout: Layout) -> str:
    label = LABELS[finding.status]
    if finding.decision:
        label += f" ({finding.decision.decision.replace('_', ' ')})"
    return f"{_COLORS[finding.status]}{label}\033[0m" if layout.color else label


def _summary(report: Report) -> str:
    by_theme: dict[str, list[int]] = {}
    order = [Status.MET, Status.PARTIAL, Status.MISSING, Status.CONTRADICTED, Status.UNKNOWN]
    for finding in report.findings:
        counts = by_theme.setdefault(finding.theme, [0] * len(order))
        counts[order.index(finding.status)] += 1
    rows = [[theme.replace("-", " ").capitalize(), *counts] for theme, counts in by_theme.items()]
    rows.append(["All", *(sum(c[n] for c in by_theme.values()) for n in range(len(order)))])
    return "Summary\n" + _table(rows, ["Theme", *(LABELS[s] for s in order)], None)


def _table(rows: Sequence[Sequence[object]], head: list[str], widths: list[int] | None) -> str:
    return tabulate(rows, head, tablefmt="simple", disable_numparse=True, maxcolwidths=widths)


def _wrap(text: str, width: int) -> str:
    import textwrap

    return textwrap.fill(text, width)


def _clean(text: str) -> str:
    """Text without control characters, which a terminal would obey."""
    return "".join(c if c.isprintable() else " " for c in text)
