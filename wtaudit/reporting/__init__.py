"""Reports: one writer per format behind one interface."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import import_module

from wtaudit.model import Report


class Format(StrEnum):
    """The formats a report can be written in."""

    TABLE = "table"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"
    DOCX = "docx"
    CSV = "csv"
    XLSX = "xlsx"
    SARIF = "sarif"
    JUNIT = "junit"
    GITHUB = "github"
    GITLAB = "gitlab"


@dataclass(frozen=True, slots=True)
class Layout:
    """How a report is laid out for where it goes.

    For a terminal: width in characters, and whether it may be coloured. For a web page: `links` lead from the page's own
    folder to the documents, by their paths; a document that has none is not linked.
    """

    width: int = 100
    color: bool = False
    links: Mapping[str, str] = field(default_factory=dict)


Writer = Callable[[Report, Layout], str | bytes]


def render(report: Report, format_: Format, layout: Layout | None = None) -> str | bytes:
    """The report in one format: text, or bytes for a binary format. The same report gives the same result."""
    module = import_module(f"wtaudit.reporting.{format_.value}_format")
    writer: Writer = module.write
    return writer(report, layout or Layout())
