"""`wtaudit audit`: read the documents, judge them, write the reports, and say by the exit code how it went."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from wtaudit.changes import Comparison
from wtaudit.cli.baseline import (
    BaselineOption,
    RegressionOption,
    WriteBaselineOption,
    ratchet,
    regression_lines,
)
from wtaudit.cli.deciding import read_decisions, with_decisions
from wtaudit.cli.exits import ExitCode, FailOn, audit_exit, regression_exit
from wtaudit.cli.inputs import load_auditor, read_inputs, tell_of, wanted_inputs
from wtaudit.cli.options import (
    ArrangementsOption,
    ChecklistOption,
    Color,
    ConfigOption,
    DecisionsOption,
    NoCacheOption,
    NoConfigOption,
    NoProgressOption,
    OcrOption,
    PasswordOption,
    ProtocolOption,
    ThresholdOption,
    check_themes,
    declared_kinds,
    wants_progress,
)
from wtaudit.cli.output import Target, append_job_summary, targets, write_all
from wtaudit.cli.results import ResultCache
from wtaudit.cli.settings import AuditSettings, settings_table, settled
from wtaudit.errors import UsageError
from wtaudit.model import Level, Report
from wtaudit.reporting import Format
from wtaudit.reporting.comparing import ComparisonFormat, render_comparison
from wtaudit.reporting.wording import LEVELS, verdict_sentence


def audit(
    context: typer.Context,
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
    decisions: DecisionsOption = None,
    baseline: BaselineOption = None,
    fail_on_regression: RegressionOption = False,
    write_baseline: WriteBaselineOption = None,
    partnership: Annotated[str | None, typer.Option(help="Name of the partnership, for the report.")] = None,
    allow_incomplete: Annotated[
        bool,
        typer.Option(
            "--allow-incomplete/--no-allow-incomplete",
            help="Do not exit with 3 because something could not be read.",
        ),
    ] = False,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    show_settings: Annotated[
        bool, typer.Option("--show-settings", help="Print every setting and where it comes from, and stop.")
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
    given = AuditSettings(
        documents=(
            *((path, None) for path in paths or ()), *declared_kinds(arrangements, threshold, protocol)
        ),
        partnership=partnership, checklist=checklist, level=level, themes=tuple(theme or ()), fail_on=fail_on,
        reports=tuple(report or ()), decisions=decisions, baseline=baseline,
        fail_on_regression=fail_on_regression, allow_incomplete=allow_incomplete,
    )  # fmt: skip
    settings, origins = settled(given, context, config, no_config)
    if show_settings:
        typer.echo(settings_table(settings, origins))
        raise typer.Exit
    if baseline is not None and write_baseline is not None:
        raise UsageError(
            "--write-baseline takes what is there now as good, so it does not go with --baseline"
        )
    wanted = targets(format_, output, settings.reports, color)
    held = ratchet(settings.baseline, settings.fail_on_regression, write_baseline)
    decided = read_decisions(settings.decisions)
    results = ResultCache(password, ocr, settings.partnership)
    audited = None
    if not (no_cache or verbose):
        audited = results.get(wanted_inputs(settings.undeclared, settings.declared), settings.checklist)
    if audited is not None:
        tell_of(audited.documents, quiet=quiet)
    else:
        with ThreadPoolExecutor(1) as pool:  # other processes read while this one loads
            loading = pool.submit(load_auditor, settings.checklist, not no_cache)
            documents = read_inputs(
                settings.undeclared, settings.declared, password=password, ocr=ocr, use_cache=not no_cache,
                progress=wants_progress(no_progress, quiet), quiet=quiet, verbose=verbose,
            )  # fmt: skip
            audited = loading.result().audit(documents, settings.partnership)
        if not no_cache:
            results.put(audited)
    if settings.decisions is not None:
        audited = with_decisions(
            audited, settings.decisions, decided, {f.requirement_id for f in audited.findings}
        )
    selected = select(audited, settings.level, settings.themes)
    compared = held.turn(audited, selected)
    finish(selected, wanted, settings, compared, quiet)


def select(report: Report, level: Level, themes: Sequence[str]) -> Report:
    """The report narrowed to a level (and those before it) and to themes; raises UsageError for an unknown theme."""
    check_themes({f.theme for f in report.findings}, themes)
    levels = LEVELS[: LEVELS.index(level) + 1]
    kept = tuple(f for f in report.findings if f.level in levels and (not themes or f.theme in themes))
    return replace(report, findings=kept)


def finish(
    report: Report,
    wanted: list[Target[Format]],
    settings: AuditSettings,
    compared: Comparison | None,
    quiet: bool,
) -> None:
    """Write the reports, print the summary on stderr, and exit."""
    write_all(report, wanted)
    if compared is not None and Format.GITHUB in [target.format for target in wanted]:
        append_job_summary(render_comparison(compared, ComparisonFormat.MARKDOWN))
    if compared is not None and settings.fail_on_regression:
        code = regression_exit(report, compared, settings.allow_incomplete)
    else:
        code = audit_exit(report, settings.fail_on, settings.allow_incomplete)
    if not quiet:
        typer.echo(f"wtaudit: {verdict_sentence(report)}", err=True)
        for line in regression_lines(compared) if compared else ():
            typer.echo(f"wtaudit: {line}", err=True)
        if code is ExitCode.INCOMPLETE:
            typer.echo(
                "wtaudit: the audit is incomplete; see what could not be read or judged above", err=True
            )
    raise typer.Exit(code)
