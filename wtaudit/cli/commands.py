"""The commands by name, each built when it is asked for: a run pays for one of them, and `--help` for none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

HELP = {
    "audit": "Audit documents against the checklist: the gaps, with evidence.",
    "explain": "Explain one verdict: what was found, and what does not count.",
    "read": "Show what was read: every block with its page and headings.",
    "report": "Write a saved result in another format.",
    "compare": "Compare two saved results: what got better or worse.",
    "review": "Walk the findings of a saved result and record decisions.",
    "init": "Write a commented wtaudit.toml for a folder.",
    "evaluate": "Measure the verdicts on labelled passages and documents.",
    "portfolio": "Audit many partnerships, a folder each.",
    "checklist": "Look at, write, validate, test and compare checklists.",
    "decisions": "Check and list what people have decided on findings.",
    "cache": "The cache of read documents and results.",
}
"""The command `name` is `name` in the module `wtaudit.cli.name`, or the group `name_app` there."""


class Commands(Mapping[str, Any]):
    """Typer's commands by name, in the order of the help."""

    def __init__(self) -> None:
        self._built: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        """The command, built at its first use; raises KeyError."""
        if name not in self._built:
            self._built[name] = _build(name, HELP[name])
        return self._built[name]

    def __iter__(self) -> Iterator[str]:
        return iter(HELP)

    def __len__(self) -> int:
        return len(HELP)


class CommandGroup(TyperGroup):
    """The program's commands, built one by one."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = Commands()  # type: ignore[assignment]

    def list_commands(self, ctx: Any) -> list[str]:
        """The names, in the order of the help."""
        return list(self.commands)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write a line for each command, without building it."""
        with formatter.section("Commands"):
            formatter.write_dl(list(HELP.items()))


def _build(name: str, line: str) -> Any:
    module = import_module(f"wtaudit.cli.{name}")
    group = getattr(module, f"{name}_app", None)
    if group is not None:
        return typer.main.get_group(group)
    single = typer.Typer(add_completion=False, rich_markup_mode=None)
    single.command(name, short_help=line)(getattr(module, name))
    return typer.main.get_command(single)
