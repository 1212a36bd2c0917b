"""Reports: one writer per format behind one interface."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
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
    """How a report for a terminal is laid out: width in characters, and whether it may be coloured."""

    width: int = 100
    color: bool = False


Writer = Callable[[Report, Layout], str | bytes]


def render(report: Report, format_: Format, layout: Layout | None = None) -> str | bytes:
    """The report in one format: text, or bytes for a binary format. The same report gives the same result."""
    module = import_module(f"wtaudit.reporting.{format_.value}_format")
    writer: Writer = module.write
    return writer(report, layout or Layout())
