"""`wtaudit checklist`: list, show, validate and test a checklist."""

from __future__ import annotations

from typing import Annotated

import typer

from wtaudit.cli.exits import ExitCode
from wtaudit.cli.options import ChecklistOption
from wtaudit.errors import UsageError

checklist_app = typer.Typer(
    help="Look at, validate and test a checklist.", no_args_is_help=True, rich_markup_mode=None
)
NameArgument = Annotated[str, typer.Argument(metavar="[CHECKLIST]", help="Built-in name or folder.")]


@checklist_app.command("list")
def list_(checklist: NameArgument = "wt2023") -> None:
    """List the requirements."""
    from tabulate import tabulate

    from wtaudit.checklist.loading import load_checklist

    rows = [
        [r.id, r.theme, r.level.value, ", ".join(r.documents), r.title]
        for r in load_checklist(checklist).requirements
    ]
    head = ["Id", "Theme", "Level", "Documents", "Title"]
    typer.echo(tabulate(rows, head, disable_numparse=True, maxcolwidths=[None, None, None, 24, 60]))


@checklist_app.command("show")
def show(
    requirement: Annotated[str, typer.Argument(metavar="REQ", help="Id of a requirement.")],
    checklist: ChecklistOption = "wt2023",
) -> None:
    """Show one requirement: statement, elements, patterns, contradictions, wording."""
    from wtaudit.checklist.loading import load_checklist
    from wtaudit.judging.explanation import described

    loaded = load_checklist(checklist)
    found = loaded.by_id.get(requirement.upper())
    if found is None:
        raise UsageError(f"no requirement {requirement!r} in {checklist}; see `wtaudit checklist list`")
    paragraphs = ", ".join(map(str, found.source.paragraphs)) or "unnumbered box"
    lines = [
        f"{found.id} {found.title} ({found.theme}, {found.level}, {found.strength})",
        found.statement.strip(),
        f"Guidance: chapter {found.source.chapter}, {found.source.heading} (paragraphs {paragraphs})",
        f"Counts in: {', '.join(found.documents)}",
    ]
    for element in found.elements:
        lines += ["", f"[{element.id}] {element.text} ({'essential' if element.essential else 'optional'})"]
        lines += [f"  {described(pattern)}" for pattern in element.patterns]
    for contradiction in found.contradictions:
        lines += ["", f"Conflicts: {contradiction.text}"]
        lines += [f"  {described(pattern)}" for pattern in contradiction.patterns]
    if found.near_misses:
        lines += ["", "Does not count:", *(f"  - {text}" for text in found.near_misses)]
    lines += ["", f"To add: {found.advice.strip()}", f"Wording: {found.wording.strip()}"]
    typer.echo("\n".join(lines))


@checklist_app.command("validate")
def validate(checklist: NameArgument = "wt2023") -> None:
    """Check every file of a checklist: keys, ids, concepts, phrases, examples."""
    from wtaudit.checklist.loading import load_checklist

    loaded = load_checklist(checklist)
    elements = sum(len(r.elements) for r in loaded.requirements)
    typer.echo(
        f"{loaded.identity.id} {loaded.identity.version}: {len(loaded.requirements)} requirements, {elements} elements, "
        f"{len(loaded.vocabulary)} concepts, {len(loaded.examples)} examples; valid"
    )


@checklist_app.command("test")
def run_tests(
    checklist: NameArgument = "wt2023",
    requirement: Annotated[
        list[str] | None,
        typer.Option("--requirement", metavar="REQ", help="Only this requirement (repeatable)."),
    ] = None,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Show every example that fails.")] = False,
) -> None:
    """Run every labelled example and every suggested wording of a checklist."""
    from wtaudit.checklist.loading import load_checklist
    from wtaudit.evaluating.selftest import run_examples

    loaded = load_checklist(checklist)
    only = {r.upper() for r in requirement or ()}
    unknown = only - set(loaded.by_id)
    if unknown:
        raise UsageError(f"no requirement {', '.join(sorted(unknown))} in {checklist}")
    result = run_examples(loaded, only or None)
    for failure in result.failures if verbose else ():
        typer.echo(
            f"{failure.requirement} {failure.what}: expected {failure.expected}, got {failure.got}: {failure.text}"
        )
    typer.echo(result.summary())
    raise typer.Exit(ExitCode.OK if result.acceptable else ExitCode.INVALID)
