"""`wtaudit audit`: read the documents, judge them, write the reports, and say by the exit code how it went."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from wtaudit.cli.exits import ExitCode, FailOn, audit_exit
from wtaudit.cli.inputs import load_auditor, read_inputs
from wtaudit.cli.options import (
    ArrangementsOption,
    ChecklistOption,
    Color,
    NoCacheOption,
    NoProgressOption,
    OcrOption,
    PasswordOption,
    ProtocolOption,
    ThresholdOption,
    declared_kinds,
    wants_progress,
)
from wtaudit.cli.output import Target, targets, write_all
from wtaudit.errors import UsageError
from wtaudit.model import Level, Report
from wtaudit.reporting import Format
from wtaudit.reporting.wording import LEVELS, verdict_sentence


def audit(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[PATHS]...", help="Files or folders; kinds are detected.")
    ] = None,
    arrangements: ArrangementsOption = None,
    threshold: ThresholdOption = None,
    protocol: ProtocolOption = None,
    checklist: ChecklistOption = "wt2023",
    level: Annotated[Level, typer.Option(help="Report that level and those before it.")] = Level.SUPPORT,
    theme: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Report only this theme (repeatable).")
    ] = None,
    format_: Annotated[Format, typer.Option("-f", "--format", help="Format of the report.")] = Format.TABLE,
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="PATH", help="Where the report goes; - is stdout.")
    ] = "-",
    report: Annotated[
        list[str] | None,
        typer.Option("--report", metavar="FORMAT=PATH", help="Write a further report (repeatable)."),
    ] = None,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="Exit with 1 at this status or a graver one.")
    ] = FailOn.PARTIAL,
    partnership: Annotated[str | None, typer.Option(help="Name of the partnership, for the report.")] = None,
    allow_incomplete: Annotated[
        bool,
        typer.Option("--allow-incomplete", help="Do not exit with 3 because something could not be read."),
    ] = False,
    password: PasswordOption = None,
    ocr: OcrOption = False,
    no_cache: NoCacheOption = False,
    color: Annotated[Color, typer.Option(help="Colour the table.")] = Color.AUTO,
    no_progress: NoProgressOption = False,
    quiet: Annotated[
        bool, typer.Option("-q", "--quiet", help="No summary and no progress on stderr.")
    ] = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Say what was read, and how.")] = False,
) -> None:
    """Audit documents against the checklist and report the gaps with evidence."""
    wanted = targets(format_, output, report or [], color)
    documents = read_inputs(
        paths or [], declared_kinds(arrangements, threshold, protocol), password=password, ocr=ocr,
        use_cache=not no_cache, progress=wants_progress(no_progress, quiet), quiet=quiet, verbose=verbose,
    )  # fmt: skip
    auditor = load_auditor(checklist, not no_cache)
    selected = select(auditor.audit(documents, partnership), level, theme or [])
    finish(selected, wanted, fail_on, allow_incomplete, quiet)


def select(report: Report, level: Level, themes: list[str]) -> Report:
    """The report narrowed to a level (and those before it) and to themes; raises UsageError for an unknown theme."""
    known = {f.theme for f in report.findings}
    for theme in themes:
        if theme not in known:
            raise UsageError(f"no theme {theme!r} in this checklist (themes: {', '.join(sorted(known))})")
    levels = LEVELS[: LEVELS.index(level) + 1]
    kept = tuple(f for f in report.findings if f.level in levels and (not themes or f.theme in themes))
    return replace(report, findings=kept)


def finish(
    report: Report, wanted: list[Target], fail_on: FailOn, allow_incomplete: bool, quiet: bool
) -> None:
    """Write the reports, print the one-line summary on stderr, and exit."""
    write_all(report, wanted)
    code = audit_exit(report, fail_on, allow_incomplete)
    if not quiet:
        typer.echo(f"wtaudit: {verdict_sentence(report)}", err=True)
        if code is ExitCode.INCOMPLETE:
            typer.echo(
                "wtaudit: the audit is incomplete; see what could not be read or judged above", err=True
            )
    raise typer.Exit(code)
