"""`wtaudit portfolio`: audit many partnerships side by side and write the matrix of requirements and partnerships."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wtaudit.cli.exits import ExitCode, FailOn
from wtaudit.cli.inputs import document_cache_folder
from wtaudit.cli.options import (
    ChecklistOption,
    Color,
    NoCacheOption,
    NoProgressOption,
    OcrOption,
    PasswordOption,
    check_themes,
    wants_progress,
)
from wtaudit.cli.output import deliver, targets
from wtaudit.errors import UsageError
from wtaudit.model import GRAVITY, Level, Status
from wtaudit.portfolio.formats import MatrixFormat, render_matrix
from wtaudit.reporting.wording import LEVELS

if TYPE_CHECKING:
    from wtaudit.checklist.loading import Checklist
    from wtaudit.portfolio.crews import DaskCrew, LocalCrew
    from wtaudit.portfolio.judging import Settings
    from wtaudit.portfolio.matrix import Matrix, Row


def portfolio(
    source: Annotated[
        Path, typer.Argument(metavar="DIR|MANIFEST", help="A folder of folders, or a .yaml or .csv manifest.")
    ],
    results: Annotated[
        Path, typer.Option("--results", metavar="DIR", help="Where each partnership's result is kept.")
    ] = Path("wtaudit-portfolio"),
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Judge all again, whatever results are there.")
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs", metavar="N", min=1, help="Partnerships at a time; default: this machine's cores."
        ),
    ] = None,
    dask: Annotated[
        str | None,
        typer.Option(
            "--dask", metavar="ADDRESS", help="Use a running Dask cluster, such as tcp://host:8786."
        ),
    ] = None,
    checklist: ChecklistOption = "wt2023",
    level: Annotated[Level, typer.Option(help="Report that level and those before it.")] = Level.SUPPORT,
    theme: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Report only this theme (repeatable).")
    ] = None,
    format_: Annotated[
        MatrixFormat, typer.Option("-f", "--format", help="Format of the matrix.")
    ] = MatrixFormat.TABLE,
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="PATH", help="Where the matrix goes; - is stdout.")
    ] = "-",
    report: Annotated[
        list[str] | None,
        typer.Option("--report", metavar="FORMAT=PATH", help="Write the matrix once more (repeatable)."),
    ] = None,
    fail_on: Annotated[
        FailOn, typer.Option("--fail-on", help="Exit with 1 at this status or a graver one.")
    ] = FailOn.PARTIAL,
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
) -> None:
    """Audit many partnerships, a folder each, and report which gaps are common; goes on where it was stopped."""
    from wtaudit.portfolio.auditing import PortfolioAudit
    from wtaudit.portfolio.members import load_portfolio
    from wtaudit.portfolio.store import Store

    if jobs is not None and dask is not None:
        raise UsageError("--jobs is for this machine; a Dask cluster (--dask) has as many as it has")
    wanted = targets(format_, output, report or [], color)
    loaded = load_portfolio(source, [results, *(target.path for target in wanted if target.path)])
    judged_by, settings = _settings(checklist, password, ocr, not no_cache)
    check_themes({requirement.theme for requirement in judged_by.requirements}, theme or [])
    crew = _crew(jobs, dask)
    audit = PortfolioAudit(loaded, judged_by, settings, Store(results), Path.cwd())
    rows: list[Row] = []
    with crew, _progress(wants_progress(no_progress, quiet), len(loaded.members)) as done:
        for row in audit.rows(crew, fresh):
            rows.append(row)
            done(row)
    matrix = audit.matrix(rows).narrowed(LEVELS[: LEVELS.index(level) + 1], theme or [])
    for target in wanted:
        deliver(render_matrix(matrix, target.format, target.layout), target)
    code = portfolio_exit(matrix, fail_on, allow_incomplete)
    if not quiet:
        _sum_up(matrix, results, code)
    raise typer.Exit(code)


def portfolio_exit(matrix: Matrix, fail_on: FailOn, allow_incomplete: bool) -> ExitCode:
    """The exit code of a portfolio: incomplete outranks gaps, unless it is allowed. Reading nothing is never OK."""
    incomplete = bool(matrix.notes) or any(row.is_incomplete for row in matrix.rows)
    if not any(row.read for row in matrix.rows) or (incomplete and not allow_incomplete):
        return ExitCode.INCOMPLETE
    if fail_on is FailOn.NEVER:
        return ExitCode.OK
    grave = GRAVITY[: GRAVITY.index(Status(fail_on.value)) + 1]
    return ExitCode.GAPS if any(row.count(s) for row in matrix.rows for s in grave) else ExitCode.OK


def _settings(name: str, password: str | None, ocr: bool, use_cache: bool) -> tuple[Checklist, Settings]:
    from wtaudit.checklist.cache import ChecklistCache
    from wtaudit.checklist.folders import built_in_folder
    from wtaudit.checklist.loading import load_checklist
    from wtaudit.portfolio.judging import Settings
    from wtaudit.reading import ReadOptions

    cache = document_cache_folder() if use_cache else None
    checklist = load_checklist(name, ChecklistCache(cache) if cache else None)
    # A worker of a cluster has another working folder, and the built-in checklists in another place.
    where = name if checklist.folder.parent == built_in_folder() else str(checklist.folder.absolute())
    options = ReadOptions(password=password, ocr=ocr)
    return checklist, Settings(where, checklist.identity.sha256, options, cache)


def _crew(jobs: int | None, dask: str | None) -> LocalCrew | DaskCrew:
    from wtaudit.portfolio.crews import DaskCrew, LocalCrew

    if dask is not None:
        return DaskCrew(dask)
    return LocalCrew(jobs or _cores())


def _cores() -> int:
    """The cores that this process may use; a container may have fewer than the machine."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def _progress(wanted: bool, total: int) -> Iterator[Callable[[Row], None]]:
    """Called with each row: says what went wrong with it, and moves the bar on where there is one."""
    if not wanted:
        yield _tell
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    with Progress(
        TextColumn("Partnerships"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        TextColumn("{task.description}"), console=Console(stderr=True), transient=True,
    ) as progress:  # fmt: skip
        bar = progress.add_task("", total=total)

        def done(row: Row) -> None:
            from rich.markup import escape

            _tell(row)
            progress.update(bar, advance=1, description=escape(row.name))

        yield done


def _tell(row: Row) -> None:
    from wtaudit.portfolio.wording import remark
    from wtaudit.reporting.wording import plain

    if row.failure or row.troubles:
        typer.echo(f"wtaudit: {plain(row.name)}: {remark(row)}", err=True)


def _sum_up(matrix: Matrix, results: Path, code: ExitCode) -> None:
    kept = sum(row.kept for row in matrix.rows)
    from_before = (
        f" {kept} of the results are from an earlier run (--fresh judges all again)." if kept else ""
    )
    typer.echo(f"wtaudit: {matrix.sentence()}{from_before} Results are in {results}.", err=True)
    if code is ExitCode.INCOMPLETE:
        typer.echo("wtaudit: the audit is incomplete; see what could not be read or judged above", err=True)
