"""HTML: one page that holds all it needs, works without JavaScript, and asks for nothing from anywhere."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from wtaudit.model import Report, Status
from wtaudit.reporting import Layout
from wtaudit.reporting.html_view import COLUMNS, bars, choices, document_view, finding_view
from wtaudit.reporting.wording import (
    LABELS,
    LIMITS,
    METHOD,
    by_theme,
    checklist_line,
    gaps,
    plain,
    report_title,
    theme_title,
    verdict_sentence,
    with_status,
)


def write(report: Report, layout: Layout) -> str:
    """The page as text."""
    style, script = _asset("report.css"), _asset("report.js")
    met = with_status(report, Status.MET)
    return _template().render(
        title=report_title(report), answer=verdict_sentence(report), checklist=checklist_line(report),
        checklist_hash=report.checklist.sha256, generator=f"wtaudit {report.tool_version}".strip(),
        policy=_policy(style, script), style=Markup(style), script=Markup(script),
        columns=[{"status": s.value, "label": LABELS[s]} for s in COLUMNS], bars=bars(report),
        documents=[document_view(d) for d in report.documents], notes=report.notes, choices=choices(report),
        gaps=[finding_view(f, report) for f in gaps(report)],
        unknown=[finding_view(f, report) for f in with_status(report, Status.UNKNOWN)], met_count=len(met),
        met=[(theme_title(t), [finding_view(f, report) for f in found]) for t, found in by_theme(met).items()],
        method=(*METHOD, LIMITS),
    )  # fmt: skip


def _policy(style: str, script: str) -> str:
    """A Content-Security-Policy that allows this style and this script and nothing else."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"


@cache
def _asset(name: str) -> str:
    """A style sheet or script of the package, with line ends as a browser sees them when it checks the hash."""
    text = files("wtaudit.reporting").joinpath("templates", name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("wtaudit.reporting", "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, finalize=_inert,
    )  # fmt: skip
    environment.filters["capitalize_first"] = lambda text: text[:1].upper() + text[1:]
    return environment.get_template("report.html.jinja")


def _inert(value: Any) -> Any:
    """Every text that comes into the page goes through here first; what is Markup is ours."""
    return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value
