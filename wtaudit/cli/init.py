"""`wtaudit init`: write a settings file by looking at a folder, and ask only what cannot be seen there."""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from wtaudit.cli.inputs import read_inputs
from wtaudit.cli.options import NoCacheOption, NoProgressOption, OcrOption, PasswordOption, wants_progress
from wtaudit.cli.output import write_file
from wtaudit.errors import UsageError
from wtaudit.model import Document, Kind, ReadStatus
from wtaudit.reporting.wording import plain

OPENING_BLOCKS = 60
_PLACE = r"[A-Z][\w’'-]{1,30}(?: (?:of |upon |on |the ){0,2}[A-Z][\w’'-]{1,30}){0,5}?"  # bounded, for the sake of hostile text
_PARTNERSHIP = re.compile(
    rf"(?:(?:{_PLACE}, ){{0,4}}{_PLACE},? (?:and|&) )?{_PLACE} (?:Local )?"
    r"(?:Children[’']?s?[’']? Safeguarding|Safeguarding Children[’']?s?[’']?)(?: and \w+)? (?:Partnership|Board)\b"
)

_TEMPLATE = """# Settings of wtaudit for the documents of this folder. `wtaudit audit` finds this file by itself;
# `wtaudit audit --show-settings` shows what holds and why. Paths count from the folder of this file.

# The partnership's name, for the reports.
{partnership}

# Requirements up to this level: "core", "support" or "derived".
level = "support"

# Only these themes; all of them without this line. `wtaudit checklist list` names them.
# themes = ["governance"]

# Exit with 1 at this status or a graver one: "contradicted", "missing", "partial" or "never".
fail-on = "partial"

# The checklist: a built-in one, or the folder of one of your own.
# checklist = "wt2023"

# What people have decided on findings; `wtaudit review` writes the file.
{decisions}

# Do not exit with 3 because something could not be read or judged.
# allow-incomplete = false

# The documents by kind. `detect` takes files and folders whose kind wtaudit finds by reading.
[documents]
{documents}

# Reports to write with every audit, by format.
[reports]
# html = "wtaudit-report.html"
# json = "wtaudit-result.json"
"""


def init(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="The folder of the documents.")] = Path(),
    yes: Annotated[
        bool, typer.Option("-y", "--yes", help="Ask nothing; leave open what cannot be seen.")
    ] = False,
    password: PasswordOption = None,
    ocr: OcrOption = False,
    no_cache: NoCacheOption = False,
    no_progress: NoProgressOption = False,
) -> None:
    """Write a commented wtaudit.toml for a folder; asks what it cannot see, and never overwrites one."""
    from wtaudit.cli.settings_file import NAMES
    from wtaudit.decisions.schema import FILE_NAME
    from wtaudit.reading import find_documents

    _refuse_second(folder)
    found = find_documents([folder])
    documents: list[Document] = []
    if found:
        documents = read_inputs(
            found, [], password=password, ocr=ocr, use_cache=not no_cache,
            progress=wants_progress(no_progress, False), needs_kind=False,
        )  # fmt: skip
    asks = _at_terminal() and not yes
    kinds = [(document, _kind(document, asks)) for document in documents]
    name = partnership_name(documents) or (
        _ask("Name of the partnership (Enter to leave open): ") if asks else ""
    )
    decided = "" if (folder / FILE_NAME).is_file() else "# "
    text = _TEMPLATE.format(
        partnership=f"partnership = {_quoted(name)}" if name else '# partnership = "…"',
        decisions=f"{decided}decisions = {_quoted(FILE_NAME)}", documents=_documents(kinds, folder),
    )  # fmt: skip
    target = folder / NAMES[0]
    write_file(target, text)
    typer.echo(_told(target, kinds, name))


def _at_terminal() -> bool:
    return sys.stdin.isatty()


def _refuse_second(folder: Path) -> None:
    """Raises UsageError where there is no folder, or one that holds settings already."""
    from wtaudit.cli.settings_file import settings_in

    if not folder.is_dir():
        raise UsageError(f"{folder} is not a folder; give the folder that holds the documents")
    there = settings_in(folder)
    if there is not None:
        raise UsageError(f"{there} holds settings already and is not overwritten; change it by hand")


def _kind(document: Document, asks: bool) -> Kind | None:
    """The kind that the text shows, or that the person says; None to leave the document out."""
    if document.kind is not None or document.status is ReadStatus.UNREADABLE or not asks:
        return document.kind if document.status is not ReadStatus.UNREADABLE else None
    known = ", ".join(Kind)
    while answer := _ask(
        f"{plain(document.path)}: {document.kind_reason}. Which kind is it? {known} (Enter to leave it out) "
    ):
        for kind in Kind:
            if kind.value.startswith(answer.lower()):
                return kind
    return None


def partnership_name(documents: Sequence[Document]) -> str:
    """The partnership that titles and openings name most often, or the board where none is; empty where neither is."""
    named: Counter[str] = Counter()
    for document in documents:
        for text in (document.title, *(block.text for block in document.blocks[:OPENING_BLOCKS])):
            named.update(match.removeprefix("The ") for match in _PARTNERSHIP.findall(text))
    partnerships = Counter({name: count for name, count in named.items() if name.endswith("Partnership")})
    found = (partnerships or named).most_common(1)
    return found[0][0] if found else ""


def _documents(kinds: Sequence[tuple[Document, Kind | None]], folder: Path) -> str:
    lines = []
    for kind in Kind:
        paths = [_from(folder, document) for document, found in kinds if found is kind]
        lines.append(f"{kind} = [{', '.join(map(_quoted, paths))}]")
    for document, found in kinds:
        if found is None:
            why = document.reason if document.status is ReadStatus.UNREADABLE else document.kind_reason
            lines.append(f"# left out: {plain(_from(folder, document))} ({plain(why)})")
    return "\n".join(lines)


def _from(folder: Path, document: Document) -> str:
    return Path(os.path.relpath(document.path, folder)).as_posix()


def _quoted(text: str) -> str:
    """A TOML string; JSON's escapes are TOML's too, but for one character."""
    return json.dumps(plain(text), ensure_ascii=False)


def _ask(prompt: str) -> str:
    try:
        return input(prompt).strip()
    except EOFError:
        return ""


def _told(target: Path, kinds: Sequence[tuple[Document, Kind | None]], name: str) -> str:
    """What was written, for the person who is going to check it."""
    taken = Counter(kind for _, kind in kinds if kind is not None)
    lines = [f"Wrote {target}."]
    lines += [f"  {document.path}: {kind or 'left out'}" for document, kind in kinds]
    lines.append(f"  partnership: {name or 'not found; fill it in'}")
    missing = [kind.value for kind in Kind if not taken[kind]]
    if missing:
        lines.append(
            f"No document of these kinds: {', '.join(missing)}. Add it under [documents] once there is one."
        )
    lines.append("Look it through, then run `wtaudit audit`.")
    return "\n".join(lines)
