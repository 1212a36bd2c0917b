"""`wtaudit compare`: what got better or worse between two saved results."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wtaudit.cli.exits import ExitCode, comparison_exit
from wtaudit.cli.options import Color
from wtaudit.cli.output import deliver, targets
from wtaudit.reporting.comparing import ComparisonFormat, comparison_sentence, render_comparison


def compare(
    old: Annotated[Path, typer.Argument(metavar="OLD.json", help="The earlier result, saved with -f json.")],
    new: Annotated[Path, typer.Argument(metavar="NEW.json", help="The later result.")],
    format_: Annotated[
        ComparisonFormat, typer.Option("-f", "--format", help="Format of the comparison.")
    ] = ComparisonFormat.TABLE,
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="PATH", help="Where it goes; - is stdout.")
    ] = "-",
    fail_on_regression: Annotated[
        bool,
        typer.Option(
            "--fail-on-regression",
            help="Exit with 1 if something got worse, with 3 if it can no longer be judged.",
        ),
    ] = False,
    color: Annotated[Color, typer.Option(help="Colour the table.")] = Color.AUTO,
) -> None:
    """Compare two saved results: better, worse, new gaps, resolved, lapsed decisions, evidence that moved."""
    (target,) = targets(format_, output, (), color)
    from wtaudit.decisions.comparison import compare as compared
    from wtaudit.reporting.saved import load_report

    comparison = compared(load_report(old), load_report(new))
    deliver(render_comparison(comparison, format_, target.layout), target)
    if output != "-":
        typer.echo(f"wtaudit: {comparison_sentence(comparison)}", err=True)
    raise typer.Exit(comparison_exit(comparison) if fail_on_regression else ExitCode.OK)
