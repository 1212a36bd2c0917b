"""HTML: one page that holds all it needs, works without JavaScript, and asks for nothing from anywhere."""

from __future__ import annotations

from markupsafe import Markup

from wtaudit.model import Report, Status
from wtaudit.reporting import Layout
from wtaudit.reporting.html_page import asset, policy, template
from wtaudit.reporting.html_view import COLUMNS, bars, choices, document_view, finding_view
from wtaudit.reporting.wording import (
    LABELS,
    LIMITS,
    METHOD,
    by_theme,
    checklist_line,
    gaps,
    report_title,
    verdict_sentence,
    with_status,
)


def write(report: Report, layout: Layout) -> str:
    """The page as text."""
    style, script = asset("report.css"), asset("report.js")
    met = with_status(report, Status.MET)
    return template("report.html.jinja").render(
        title=report_title(report), answer=verdict_sentence(report), checklist=checklist_line(report),
        checklist_hash=report.checklist.sha256, generator=f"wtaudit {report.tool_version}".strip(),
        policy=policy(style, script), style=Markup(style), script=Markup(script),
        columns=[{"status": s.value, "label": LABELS[s]} for s in COLUMNS], bars=bars(report),
        documents=[document_view(d, layout.links) for d in report.documents], notes=report.notes, choices=choices(report),
        gaps=[finding_view(f, report, layout.links) for f in gaps(report)],
        unknown=[finding_view(f, report, layout.links) for f in with_status(report, Status.UNKNOWN)], met_count=len(met),
        met=[(title, [finding_view(f, report, layout.links) for f in found]) for title, found in by_theme(met, report)],
        method=(*METHOD, LIMITS),
    )  # fmt: skip
