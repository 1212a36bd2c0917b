"""What an audit goes by: the command line, then the settings file, then the defaults, and where each value is from."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from wtaudit.cli.exits import FailOn
from wtaudit.errors import UsageError
from wtaudit.model import Kind, Level

if TYPE_CHECKING:
    from wtaudit.cli.settings_file import SettingsFile

COMMAND_LINE, DEFAULT = "command line", "default"
_OPTIONS = {
    "documents": ("paths", "arrangements", "threshold", "protocol"),
    "themes": ("theme",),
    "reports": ("report",),
}
"""The parameters of `audit` behind a setting, where they are not of the same name."""


@dataclass(frozen=True, slots=True)
class AuditSettings:
    """The settings of one audit, by the names that a settings file gives them.

    `documents` are paths with the kinds declared for them; `reports` are FORMAT=PATH; `baseline` and `decisions` are files.
    """

    documents: tuple[tuple[Path, Kind | None], ...] = ()
    partnership: str | None = None
    checklist: str = "wt2023"
    level: Level = Level.SUPPORT
    themes: tuple[str, ...] = ()
    fail_on: FailOn = FailOn.PARTIAL
    reports: tuple[str, ...] = ()
    decisions: Path | None = None
    baseline: Path | None = None
    fail_on_regression: bool = False
    allow_incomplete: bool = False

    @property
    def undeclared(self) -> list[Path]:
        """The files and folders whose kind is to be found by reading."""
        return [path for path, kind in self.documents if kind is None]

    @property
    def declared(self) -> list[tuple[Path, Kind | None]]:
        """The files and folders of a declared kind."""
        return [(path, kind) for path, kind in self.documents if kind is not None]


NAMES = tuple(field.name for field in fields(AuditSettings))


def settled(
    given: AuditSettings, context: typer.Context, config: Path | None, no_config: bool
) -> tuple[AuditSettings, dict[str, str]]:
    """The settings that hold for a command, and where each is from; raises SettingsError for an invalid settings file."""
    first = given.documents[0][0] if given.documents else None
    file = settings_file(first, config, no_config)
    return _merged(given, _on_command_line(context), file)


def settings_file(first: Path | None, config: Path | None, no_config: bool) -> SettingsFile | None:
    """The settings file named with --config, or the nearest one, or none; raises SettingsError."""
    if config is not None and no_config:
        raise UsageError("--config and --no-config exclude one another: give one of them")
    if no_config:
        return None
    from wtaudit.cli.settings_file import find_settings, load_settings

    path = config or find_settings(first)
    return load_settings(path) if path else None


def _on_command_line(context: typer.Context) -> set[str]:
    def given(option: str) -> bool:
        source = context.get_parameter_source(option)
        return source is not None and source.name == "COMMANDLINE"

    return {name for name in NAMES if any(given(option) for option in _OPTIONS.get(name, (name,)))}


def _merged(
    given: AuditSettings, named: Collection[str], file: SettingsFile | None
) -> tuple[AuditSettings, dict[str, str]]:
    origins = {name: COMMAND_LINE if name in named else DEFAULT for name in NAMES}
    if file is None:
        return given, origins
    said = _said(file)
    taken = {name: value for name, value in said.items() if name not in named}
    origins |= {name: file.origin(name.replace("_", "-")) for name in taken}
    return replace(given, **taken), origins


def _said(file: SettingsFile) -> dict[str, Any]:
    """What the file says, with its paths as seen from the working folder."""
    table = file.table
    said: dict[str, Any] = {
        name: getattr(table, name)
        for name in ("partnership", "level", "fail_on", "fail_on_regression", "allow_incomplete")
    }
    said |= {
        name: file.resolved(path) for name in ("decisions", "baseline") if (path := getattr(table, name))
    }
    if table.themes is not None:
        said["themes"] = tuple(table.themes)
    if table.checklist is not None:
        own = file.resolved(table.checklist)
        said["checklist"] = str(own) if own.exists() else table.checklist
    if table.reports is not None:
        said["reports"] = tuple(f"{name}={file.report(name)}" for name in table.reports)
    if table.documents is not None:
        said["documents"] = tuple(
            (file.resolved(path), kind)
            for kind, paths in (
                (None, table.documents.detect),
                (Kind.ARRANGEMENTS, table.documents.arrangements),
                (Kind.THRESHOLD, table.documents.threshold),
                (Kind.PROTOCOL, table.documents.protocol),
            )
            for path in paths
        )
    return {name: value for name, value in said.items() if value is not None}


def settings_table(settings: AuditSettings, origins: dict[str, str]) -> str:
    """Every setting, its value and where it is from, as a table for people."""
    from tabulate import tabulate

    rows = [[name.replace("_", "-"), _told(getattr(settings, name)), origins[name]] for name in NAMES]
    return tabulate(rows, ["Setting", "Value", "From"], disable_numparse=True, maxcolwidths=[None, 60, None])


def _told(value: object) -> str:
    if value is None or value == ():
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "\n".join(_told_part(part) for part in value)
    return str(value)


def _told_part(part: object) -> str:
    if isinstance(part, tuple):
        path, kind = part
        return f"{path} ({kind or 'kind detected'})"
    return str(part)
