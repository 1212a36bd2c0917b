"""`wtaudit evaluate`: how right the verdicts are on labelled cases, beside two baselines."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from wtaudit.cli.inputs import load_auditor
from wtaudit.cli.options import ChecklistOption


class By(StrEnum):
    """How figures are broken down."""

    THEME = "theme"
    REQUIREMENT = "requirement"


def evaluate(
    cases: Annotated[
        list[Path],
        typer.Argument(
            metavar="CASES...", help="JSON Lines, KIND.gold.yaml beside its document, or folders."
        ),
    ],
    checklist: ChecklistOption = "wt2023",
    by: Annotated[By, typer.Option(help="Break the figures down by theme or requirement.")] = By.THEME,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Measure the verdicts on labelled passages and documents."""
    from wtaudit.evaluating.cases import load_cases
    from wtaudit.evaluating.run import evaluate as run
    from wtaudit.evaluating.run import tables

    auditor = load_auditor(checklist)
    evaluation = run(auditor, load_cases(cases, auditor.checklist))
    if as_json:
        typer.echo(json.dumps(evaluation.to_dict(), indent=2))
        return
    themes = {r.id: r.theme for r in auditor.checklist.requirements}
    typer.echo("\n\n".join(tables(evaluation, themes, by.value)))
