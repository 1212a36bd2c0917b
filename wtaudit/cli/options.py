"""Options that several commands share, and what they stand for."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from wtaudit.errors import UsageError
from wtaudit.model import Kind

ChecklistOption = Annotated[
    str,
    typer.Option(
        "--checklist", metavar="NAME|PATH", help="Built-in checklist, or a folder with checklist.yaml."
    ),
]
ArrangementsOption = Annotated[
    list[Path] | None,
    typer.Option("--arrangements", metavar="PATH", help="Declare published arrangements (repeatable)."),
]
ThresholdOption = Annotated[
    list[Path] | None,
    typer.Option("--threshold", metavar="PATH", help="Declare a threshold document (repeatable)."),
]
ProtocolOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--protocol", metavar="PATH", help="Declare an assessment or section 17 protocol (repeatable)."
    ),
]
PasswordOption = Annotated[str | None, typer.Option("--password", help="Password of encrypted files.")]
OcrOption = Annotated[
    bool, typer.Option("--ocr", help="Read scanned pages with Tesseract, if it is installed.")
]
NoCacheOption = Annotated[
    bool, typer.Option("--no-cache", help="Neither use nor fill the cache of documents and results.")
]
ConfigOption = Annotated[
    Path | None, typer.Option("--config", metavar="PATH", help="Settings file to use; default: the nearest.")
]
NoConfigOption = Annotated[bool, typer.Option("--no-config", help="Use no settings file.")]
DecisionsOption = Annotated[
    Path | None,
    typer.Option("--decisions", metavar="FILE", help="Decisions that people have made on the findings."),
]
NoProgressOption = Annotated[bool, typer.Option("--no-progress", help="Show no progress on stderr.")]


class Color(StrEnum):
    """When to colour the terminal table."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


def declared_kinds(
    arrangements: Sequence[Path] | None, threshold: Sequence[Path] | None, protocol: Sequence[Path] | None
) -> list[tuple[Path, Kind | None]]:
    """The declared paths with their kinds, in the order arrangements, threshold, protocol."""
    declared = ((Kind.ARRANGEMENTS, arrangements), (Kind.THRESHOLD, threshold), (Kind.PROTOCOL, protocol))
    return [(path, kind) for kind, paths in declared for path in paths or ()]


def wants_color(choice: Color, to_terminal: bool) -> bool:
    """NO_COLOR wins, then the flag, then FORCE_COLOR, then whether a terminal reads."""
    if os.environ.get("NO_COLOR"):
        return False
    if choice is not Color.AUTO:
        return choice is Color.ALWAYS
    return bool(os.environ.get("FORCE_COLOR")) or to_terminal


def wants_progress(no_progress: bool, quiet: bool) -> bool:
    """Progress only where a person sits before stderr."""
    return sys.stderr.isatty() and not (no_progress or quiet or os.environ.get("CI"))


def check_themes(known: Collection[str], themes: Sequence[str]) -> None:
    """Raises UsageError for a theme that a checklist does not have."""
    for theme in themes:
        if theme not in known:
            raise UsageError(f"no theme {theme!r} in this checklist (themes: {', '.join(sorted(known))})")
