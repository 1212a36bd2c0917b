"""The terminal table: grouped by theme, gravest first, one line of evidence or of what is missing per finding."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from tabulate import tabulate

from wtaudit.model import Finding, Report, Status
from wtaudit.reporting import Layout
from wtaudit.reporting.wording import (
    LABELS,
    LIMITS,
    by_theme,
    checklist_line,
    decision_mark,
    decision_sentence,
    file_name,
    gravest_first,
    guidance_place,
    lacking,
    place,
    plain,
    read_state,
    shortened,
    unsure,
    verdict_sentence,
)

_COLORS = {
    Status.CONTRADICTED: "\033[1;31m",
    Status.MISSING: "\033[31m",
    Status.PARTIAL: "\033[33m",
    Status.UNKNOWN: "\033[35m",
    Status.MET: "\033[32m",
}
_COLUMNS = (Status.MET, Status.PARTIAL, Status.MISSING, Status.CONTRADICTED, Status.UNKNOWN)
_ID, _STATUS, _GUTTERS = 8, 14, 6
_QUOTE, _DECISION = 160, 240


def write(report: Report, layout: Layout) -> str:
    """The report as plain text, at most `layout.width` characters wide (from 72 on)."""
    parts = [_documents(report, layout), *_themes(report, layout), _summary(report)]
    parts.append(_wrap(verdict_sentence(report), layout))
    if report.notes:
        parts.append("\n".join(_wrap(f"Note: {plain(note)}", layout) for note in report.notes))
    parts.append(_wrap(LIMITS, layout))
    return "\n\n".join(parts) + "\n"


def _documents(report: Report, layout: Layout) -> str:
    rows = [[file_name(d), d.kind or "undecided", d.pages or "-", read_state(d)] for d in report.documents]
    room = max(40, layout.width - 12 - 5 - _GUTTERS)
    widths = [room // 2, 12, 5, room - room // 2]
    title = checklist_line(report)
    if report.partnership:
        title = f"{plain(report.partnership)}: {title}"
    return _wrap(title, layout) + "\n\n" + _table(rows, ["Document", "Kind", "Pages", "Read"], widths)


def _themes(report: Report, layout: Layout) -> list[str]:
    room = max(40, layout.width - _ID - _STATUS - _GUTTERS)
    title_width = min(44, room * 2 // 5)
    widths = [_ID, _STATUS, title_width, room - title_width]
    head = ["Id", "Status", "Requirement", "Evidence or what is missing"]
    out = []
    for title, findings in by_theme(report.findings, report):
        rows = [
            [plain(f.requirement_id), _label(f, layout), plain(f.title), _account(f, report, widths[3])]
            for f in gravest_first(findings)
        ]
        out.append(f"{title}\n{_table(rows, head, widths)}")
    return out


def _account(finding: Finding, report: Report, width: int) -> str:
    """What an officer needs first, in lines: whether to doubt it, the decision if there is one, what the verdict rests on."""
    said = [unsure(finding)]
    if finding.decision:
        said.append(shortened(decision_sentence(finding.decision), _DECISION))
    return "\n".join(
        [*(textwrap.fill(text, width) for text in said if text), _grounds(finding, report, width)]
    )


def _grounds(finding: Finding, report: Report, width: int) -> str:
    """The quote that decides, or what is missing."""
    evidence = finding.evidence
    if finding.status in (Status.CONTRADICTED, Status.MET) and evidence:
        said = f"“{shortened(plain(evidence[0].quote), _QUOTE)}” ({place(evidence[0], report.documents)})"
        conflict = "Conflict: " if finding.status is Status.CONTRADICTED else ""
        return textwrap.fill(conflict + said, width)
    lacks = lacking(finding)
    if finding.is_gap and lacks:
        lines = ["Not evidenced:", *(textwrap.fill(f"- {t}", width, subsequent_indent="  ") for t in lacks)]
        return "\n".join([*lines, textwrap.fill(f"({guidance_place(finding.source)})", width)])
    return textwrap.fill(plain(finding.summary), width)


def _label(finding: Finding, layout: Layout) -> str:
    label = LABELS[finding.status]
    if layout.color:
        label = f"{_COLORS[finding.status]}{label}\033[0m"
    marks = [decision_mark(finding.decision)] if finding.decision else []
    marks += ["unsure"] if unsure(finding) else []
    return "\n".join([label, *(f"({mark})" for mark in marks)])


def _summary(report: Report) -> str:
    rows = []
    for title, findings in by_theme(report.findings, report):
        found = [f.status for f in findings]
        rows.append([title, *(found.count(s) for s in _COLUMNS)])
    every = [f.status for f in report.findings]
    rows.append(["All", *(every.count(s) for s in _COLUMNS)])
    return "Summary\n" + _table(
        rows, ["Theme", *(LABELS[s] for s in _COLUMNS)], [24] + [None] * len(_COLUMNS)
    )


def _table(rows: Sequence[Sequence[object]], head: list[str], widths: Sequence[int | None]) -> str:
    align = ["right" if name in {"Pages", *(LABELS[s] for s in _COLUMNS)} else "left" for name in head]
    made = tabulate(
        rows,
        head,
        tablefmt="simple",
        disable_numparse=True,
        maxcolwidths=widths,
        colalign=align if rows else None,
    )
    return "\n".join(line.rstrip() for line in made.splitlines())


def _wrap(text: str, layout: Layout) -> str:
    return textwrap.fill(text, max(40, layout.width))
