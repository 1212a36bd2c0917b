"""Where reports go: stdout or files written whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import typer

from wtaudit.cli.options import Color, wants_color
from wtaudit.errors import UsageError
from wtaudit.model import Report
from wtaudit.reporting import Format, Layout, render

PIPE_WIDTH = 120


@dataclass(frozen=True, slots=True)
class Target:
    """One report to write: its format, its path (None is stdout) and its layout."""

    format: Format
    path: Path | None
    layout: Layout


def targets(format_: Format, output: str, further: list[str], color: Color) -> list[Target]:
    """The reports that the options ask for; raises UsageError for a malformed FORMAT=PATH."""
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
        if not equals or not path or name not in {f.value for f in Format}:
            known = ", ".join(f.value for f in Format)
            raise UsageError(f"--report takes FORMAT=PATH with one of {known}, not {pair!r}")
        out.append(Target(Format(name), Path(path), Layout(PIPE_WIDTH)))
    return out


def write_all(report: Report, wanted: list[Target]) -> None:
    """Write every report; raises UsageError for a path that cannot be written."""
    for target in wanted:
        content = render(report, target.format, target.layout)
        if target.path is not None:
            write_file(target.path, content)
        elif isinstance(content, bytes):
            if sys.stdout.isatty():
                raise UsageError(f"{target.format} is not text: name a file with -o")
            sys.stdout.buffer.write(content)
        else:
            typer.echo(content, nl=False)


def write_file(path: Path, content: str | bytes) -> None:
    """Write through a temporary file beside the target, so that a killed run leaves no half-written report."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror})") from None
