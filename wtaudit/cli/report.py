"""`wtaudit report`: any report from a saved JSON result, without reading the documents again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wtaudit.cli.deciding import checklist_ids, read_decisions, with_decisions
from wtaudit.cli.options import ChecklistOption, Color, DecisionsOption
from wtaudit.cli.output import targets, write_all
from wtaudit.reporting import Format


def report(
    result: Annotated[Path, typer.Argument(metavar="RESULT.json", help="A result saved with -f json.")],
    format_: Annotated[Format, typer.Option("-f", "--format", help="Format of the report.")] = Format.TABLE,
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="PATH", help="Where the report goes; - is stdout.")
    ] = "-",
    further: Annotated[
        list[str] | None,
        typer.Option("--report", metavar="FORMAT=PATH", help="Write a further report (repeatable)."),
    ] = None,
    decisions: DecisionsOption = None,
    checklist: ChecklistOption = "wt2023",
    color: Annotated[Color, typer.Option(help="Colour the table.")] = Color.AUTO,
) -> None:
    """Write a saved result in another format; exits with 0 once it is written, whatever the result says."""
    wanted = targets(format_, output, further or [], color)
    from wtaudit.reporting.saved import load_report

    loaded = load_report(result)
    if decisions is not None:
        known = checklist_ids(checklist)
        loaded = with_decisions(loaded, decisions, read_decisions(decisions), known)
    write_all(loaded, wanted)
