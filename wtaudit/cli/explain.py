"""`wtaudit explain`: why this verdict, element by element: patterns, passages, context rules, nearest examples."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wtaudit.cli.exits import ExitCode
from wtaudit.cli.inputs import load_auditor, read_inputs
from wtaudit.cli.options import (
    ArrangementsOption,
    ChecklistOption,
    ConfigOption,
    NoCacheOption,
    NoConfigOption,
    NoProgressOption,
    OcrOption,
    PasswordOption,
    ProtocolOption,
    ThresholdOption,
    declared_kinds,
    wants_progress,
)
from wtaudit.cli.settings import AuditSettings, settled
from wtaudit.errors import UsageError


def explain(
    context: typer.Context,
    requirement: Annotated[str, typer.Argument(metavar="REQ", help="Id of a requirement, such as GOV-07.")],
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[PATHS]...", help="Files or folders.")
    ] = None,
    arrangements: ArrangementsOption = None,
    threshold: ThresholdOption = None,
    protocol: ProtocolOption = None,
    checklist: ChecklistOption = "wt2023",
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    password: PasswordOption = None,
    ocr: OcrOption = False,
    no_cache: NoCacheOption = False,
    no_progress: NoProgressOption = False,
) -> None:
    """Explain one verdict: what was looked for, what was found, and what does not count."""
    given = AuditSettings(
        (*((path, None) for path in paths or ()), *declared_kinds(arrangements, threshold, protocol)),
        checklist=checklist,
    )
    settings, _ = settled(given, context, config, no_config)
    auditor = load_auditor(settings.checklist, not no_cache)
    wanted = requirement.upper()
    if wanted not in auditor.checklist.by_id:
        raise UsageError(_unknown(wanted, list(auditor.checklist.by_id)))
    documents = read_inputs(
        settings.undeclared, settings.declared, password=password, ocr=ocr, use_cache=not no_cache,
        progress=wants_progress(no_progress, False),
    )  # fmt: skip
    typer.echo("\n".join(auditor.explain(wanted, documents)))
    raise typer.Exit(ExitCode.OK)


def _unknown(wanted: str, known: list[str]) -> str:
    from rapidfuzz import process

    nearest = [name for name, _, _ in process.extract(wanted, known, limit=3)]
    return f"no requirement {wanted!r} in this checklist; nearest: {', '.join(nearest)}"
