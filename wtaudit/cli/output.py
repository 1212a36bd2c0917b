"""Where reports go: stdout or files written whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Generic, TypeVar

import typer

from wtaudit.cli.options import Color, wants_color
from wtaudit.errors import UsageError
from wtaudit.files import write_whole
from wtaudit.model import Report
from wtaudit.reporting import Format, Layout, render

PIPE_WIDTH = 120
F = TypeVar("F", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Target(Generic[F]):
    """One report to write: its format, its path (None is stdout) and its layout."""

    format: F
    path: Path | None
    layout: Layout


def targets(format_: F, output: str, further: Sequence[str], color: Color) -> list[Target[F]]:
    """The reports that the options ask for, all in formats like the first; raises UsageError for a malformed FORMAT=PATH."""
    formats = type(format_)
    terminal = sys.stdout.isatty()
    width = (
        shutil.get_terminal_size((PIPE_WIDTH, 24)).columns
        if terminal or "COLUMNS" in os.environ
        else PIPE_WIDTH
    )
    out = [
        Target(format_, None, Layout(width, wants_color(color, terminal)))
        if output == "-"
        else Target(format_, Path(output), Layout(PIPE_WIDTH))
    ]
    for pair in further:
        name, equals, path = pair.partition("=")
        if not equals or not path or name not in {f.value for f in formats}:
            known = ", ".join(f.value for f in formats)
            raise UsageError(f"--report takes FORMAT=PATH with one of {known}, not {pair!r}")
        out.append(Target(formats(name), Path(path), Layout(PIPE_WIDTH)))
    return out


def write_all(report: Report, wanted: Sequence[Target[Format]]) -> None:
    """Write every report; raises UsageError for a path that cannot be written."""
    for target in wanted:
        layout = target.layout
        if target.path is not None:
            layout = replace(layout, links=links_from(target.path, report))
        deliver(render(report, target.format, layout), target)
    if Format.GITHUB in [target.format for target in wanted]:
        append_job_summary(str(render(report, Format.MARKDOWN)))


def links_from(page: Path, report: Report) -> dict[str, str]:
    """The ways from the folder of a page to the report's documents, by their paths as shown.

    One that would name folders which the path does not, such as those of the machine, is left out.
    """
    out: dict[str, str] = {}
    for document in report.documents:
        try:
            way = Path(os.path.relpath(document.path, page.parent))
        except ValueError:  # on another drive
            continue
        named = [part for part in way.parts if part != ".."]
        if list(Path(document.path).parts[-len(named) :]) == named:
            out[document.path] = way.as_posix()
    return out


def append_job_summary(markdown: str) -> None:
    """Add to the page that GitHub shows for a job, where there is one; raises UsageError."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if not path:
        return
    try:
        with Path(path).open("a", encoding="utf-8", newline="\n") as page:
            page.write(f"{markdown}\n")
    except OSError as error:
        raise UsageError(f"GITHUB_STEP_SUMMARY ({path}): cannot be written ({error.strerror})") from None


def deliver(content: str | bytes, target: Target[F]) -> None:
    """Put a report where it belongs; raises UsageError for a path that cannot be written."""
    if target.path is not None:
        write_file(target.path, content)
    elif isinstance(content, bytes):
        if sys.stdout.isatty():
            raise UsageError(f"{target.format} is not text: name a file with -o")
        sys.stdout.buffer.write(content)
    else:
        typer.echo(content, nl=False)


def write_file(path: Path, content: str | bytes) -> None:
    """Write a report whole or not at all; raises UsageError for a path that cannot be written."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        write_whole(path, data)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror})") from None
