"""`wtaudit checklist`: list, show, write, validate, test and compare checklists, and the schema of their files."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wtaudit.cli.exits import ExitCode
from wtaudit.cli.inputs import document_cache_folder
from wtaudit.cli.options import ChecklistOption, NoProgressOption, wants_progress
from wtaudit.cli.output import PIPE_WIDTH, write_file
from wtaudit.cli.progress import show_steps
from wtaudit.errors import UsageError
from wtaudit.nearness import nearest

if TYPE_CHECKING:
    from wtaudit.checklist.difference import Difference
    from wtaudit.checklist.loading import Checklist
    from wtaudit.checklist.schema import Requirement

MOST_SHOWN = 10

checklist_app = typer.Typer(
    help="Look at, write, validate, test and compare checklists.", no_args_is_help=True, rich_markup_mode=None
)
NameArgument = Annotated[str, typer.Argument(metavar="[CHECKLIST]", help="Built-in name or folder.")]


@checklist_app.command("list")
def list_(checklist: NameArgument = "wt2023") -> None:
    """List the requirements."""
    from tabulate import tabulate

    rows = [
        [r.id, r.theme, r.level.value, ", ".join(r.documents), r.title]
        for r in _loaded(checklist).requirements
    ]
    head = ["Id", "Theme", "Level", "Documents", "Title"]
    typer.echo(tabulate(rows, head, disable_numparse=True, maxcolwidths=[None, None, None, 24, 60]))


@checklist_app.command("show")
def show(
    requirement: Annotated[str, typer.Argument(metavar="REQ", help="Id of a requirement.")],
    checklist: ChecklistOption = "wt2023",
) -> None:
    """Show one requirement: statement, elements, patterns, contradictions, wording."""
    from wtaudit.judging.explanation import described

    found = _found(_loaded(checklist), requirement)
    lines = [
        f"{found.id} {found.title} ({found.theme}, {found.level}, {found.strength})",
        found.statement.strip(),
        f"Source: {found.source.place}",
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


@checklist_app.command("new")
def new(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Folder for your own checklist; new or empty.")
    ],
) -> None:
    """Write a small commented folder to start your own checklist from; nothing is ever overwritten."""
    from wtaudit.checklist.starting import start_checklist

    for path in start_checklist(folder):
        typer.echo(f"wrote {path}")
    typer.echo(f"Next: `wtaudit checklist test {folder}`, then change local.yaml and its examples.", err=True)


@checklist_app.command("validate")
def validate(checklist: NameArgument = "wt2023") -> None:
    """Check every file of a checklist: keys, ids, concepts, phrases, examples."""
    loaded = _loaded(checklist)
    elements = sum(len(r.elements) for r in loaded.requirements)
    changes = loaded.tailoring
    own = (
        f" ({len(changes.added)} added, {len(changes.changed)} changed, {len(changes.left_out)} left out)"
        if len(loaded.folders) > 1
        else ""
    )
    typer.echo(
        f"{loaded.identity.id} {loaded.identity.version}: {len(loaded.requirements)} requirements{own}, {elements} elements, "
        f"{len(loaded.vocabulary)} concepts, {len(loaded.examples)} examples; valid"
    )


@checklist_app.command("test")
def run_tests(
    checklist: NameArgument = "wt2023",
    requirement: Annotated[
        list[str] | None,
        typer.Option("--requirement", metavar="REQ", help="Only this requirement (repeatable)."),
    ] = None,
    all_: Annotated[
        bool,
        typer.Option("--all", help="Also what a checklist that extends another neither adds nor changes."),
    ] = False,
    no_progress: NoProgressOption = False,
    verbose: Annotated[bool, typer.Option("-v", "--verbose", help="Show every example that fails.")] = False,
) -> None:
    """Run the labelled examples and suggested wordings; of a checklist that extends another, those of what it adds or changes."""
    from wtaudit.evaluating.selftest import run_examples

    loaded = _loaded(checklist)
    only = _tested(loaded, [r.upper() for r in requirement or ()], all_)
    if only is not None and not only:
        typer.echo("nothing is added or changed; --all tests every requirement")
        return
    with show_steps("examples", wants_progress(no_progress, False)) as progress:
        result = run_examples(loaded, only, os.cpu_count() or 1, progress)
    shown = result.failures if verbose else result.failures[:MOST_SHOWN]
    for failure in shown if verbose or len(loaded.folders) > 1 or requirement else ():
        typer.echo(f"{failure.requirement} {failure.what}: expected {failure.expected}, got {failure.got}")
        typer.echo(f"  “{' '.join(failure.text.split())[:160]}”")
        typer.echo("".join(f"  - {line}\n" for line in failure.why))
    if len(shown) < len(result.failures):
        typer.echo(f"and {len(result.failures) - len(shown)} more; -v shows all")
    typer.echo(result.summary())
    raise typer.Exit(ExitCode.OK if result.acceptable else ExitCode.INVALID)


def _loaded(name: str) -> Checklist:
    """The checklist, with what was compiled of it before."""
    from wtaudit.checklist.cache import ChecklistCache
    from wtaudit.checklist.loading import load_checklist

    return load_checklist(name, ChecklistCache(document_cache_folder()))


def _found(checklist: Checklist, requirement: str) -> Requirement:
    """The requirement of an id in any case; raises UsageError where there is none."""
    found = checklist.by_id.get(requirement.upper())
    if found is None:
        meant = nearest(requirement, list(checklist.by_id))
        asked = f"; did you mean {meant}?" if meant else "; see `wtaudit checklist list`"
        raise UsageError(f"no requirement {requirement!r} in this checklist{asked}")
    return found


def _tested(checklist: Checklist, asked: list[str], everything: bool) -> set[str] | None:
    """The ids of the requirements to test; None for all. Raises UsageError for an unknown id."""
    for wanted in asked:
        _found(checklist, wanted)
    if asked or everything or len(checklist.folders) == 1:
        return set(asked) or None
    changes = checklist.tailoring
    typer.echo(
        f"wtaudit: {len(changes.added)} added and {len(changes.changed)} changed requirements; --all tests every one",
        err=True,
    )
    return {*changes.added, *changes.changed}


@checklist_app.command("schema")
def schema(
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="PATH", help="Where the schema goes; - is stdout.")
    ] = "-",
) -> None:
    """Print the JSON Schema of a checklist's YAML files, for editors."""
    from wtaudit.checklist.published import schema_text

    if output == "-":
        typer.echo(schema_text(), nl=False)
    else:
        write_file(Path(output), schema_text())


class DiffFormat(StrEnum):
    """How differences are written."""

    TABLE = "table"
    JSON = "json"


@checklist_app.command("diff")
def diff(
    old: Annotated[str, typer.Argument(metavar="A", help="Built-in name or folder.")],
    new: Annotated[str, typer.Argument(metavar="B", help="Built-in name or folder.")],
    format_: Annotated[
        DiffFormat, typer.Option("-f", "--format", help="Format of the differences.")
    ] = DiffFormat.TABLE,
) -> None:
    """Say what is different between two checklists, requirement by requirement."""
    from wtaudit.checklist.difference import differences

    before, after = _loaded(old), _loaded(new)
    found = differences(before, after)
    if format_ is DiffFormat.JSON:
        sides = {"old": asdict(before.identity), "new": asdict(after.identity)}
        told = {**sides, "differences": [d.to_dict() for d in found]}
        typer.echo(json.dumps(told, indent=2, ensure_ascii=False))
        return
    typer.echo(_table_of(found))
    typer.echo(
        f"{before.identity.id} {before.identity.version} and {after.identity.id} {after.identity.version}: {_count(found)}"
    )


def _table_of(found: list[Difference]) -> str:
    from tabulate import tabulate

    width = max(20, (shutil.get_terminal_size((PIPE_WIDTH, 24)).columns - 36) // 2)
    rows = [[d.requirement, d.what, d.before, d.after] for d in found]
    head = ["Id", "What", "Before", "After"]
    return tabulate(rows, head, disable_numparse=True, maxcolwidths=[None, 24, width, width]) if rows else ""


def _count(found: list[Difference]) -> str:
    added = sum(d.what == "added" for d in found)
    removed = sum(d.what == "removed" for d in found)
    changed = len({d.requirement for d in found if d.what not in ("added", "removed")})
    return f"{added} requirements added, {changed} changed, {removed} removed"
