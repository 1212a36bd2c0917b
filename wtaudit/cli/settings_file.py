"""The settings file: where it is found, what may stand in it, and on which line each key does."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, ValidationError

from wtaudit.cli.exits import FailOn
from wtaudit.cli.inputs import shown_path
from wtaudit.errors import SettingsError
from wtaudit.model import Level
from wtaudit.reporting import Format
from wtaudit.validation import plain_problem

NAMES = ("wtaudit.toml", ".wtaudit.toml")
PYPROJECT = "pyproject.toml"
_KEY = r"(?:[\w-]+|\"[^\"]*\"|'[^']*')"


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _as_detected(value: object) -> object:
    """`documents = ["docs"]` says only where they are; their kinds are detected."""
    return {"detect": value} if isinstance(value, str | list) else value


Texts = Annotated[list[str], BeforeValidator(_as_list)]


class _Table(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        alias_generator=lambda name: name.replace("_", "-"),
        populate_by_name=False,
    )


class DocumentsTable(_Table):
    """Files and folders by kind; `detect` holds those whose kind is found by reading."""

    arrangements: Texts = []
    threshold: Texts = []
    protocol: Texts = []
    detect: Texts = []


class SettingsTable(_Table):
    """Every key of a settings file. None: the file does not say."""

    partnership: str | None = None
    documents: Annotated[DocumentsTable, BeforeValidator(_as_detected)] | None = None
    checklist: str | None = None
    level: Level | None = None
    themes: Texts | None = None
    fail_on: FailOn | None = None
    reports: dict[Format, Annotated[str, Field(min_length=1)]] | None = None
    decisions: str | None = None
    baseline: str | None = None
    fail_on_regression: StrictBool | None = None
    allow_incomplete: StrictBool | None = None


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """A settings file as read. `lines` tells the line of each dotted key."""

    path: Path
    table: SettingsTable
    lines: dict[str, int]

    def origin(self, key: str) -> str:
        """Where a key stands, for people: "wtaudit.toml:4"."""
        return f"{shown_path(self.path)}:{self.lines.get(key, 1)}"

    def report(self, format_: Format) -> Path:
        """Where a report goes; raises SettingsError for a place outside the file's folder.

        A settings file may lie beside documents that came from anywhere: it must not choose what is overwritten elsewhere.
        """
        path = (self.table.reports or {})[format_]
        folder = self.path.parent.resolve()
        if not (folder / path).resolve().is_relative_to(folder):
            raise SettingsError(
                f"{self.origin(f'reports.{format_}')}: reports.{format_}: {path} lies outside the folder of this file; "
                "write it with --report"
            )
        return self.resolved(path)

    def resolved(self, path: str) -> Path:
        """A path of the file, which counts from the file's folder, as seen from the working folder."""
        return Path(shown_path(self.path.parent / path))


def find_settings(first: Path | None) -> Path | None:
    """The nearest settings file, from the first input (or the working folder) up to the repository's top or the root."""
    start = Path(os.path.abspath(first or Path.cwd()))  # noqa: PTH100 - resolve() would leave the folder of a symlink
    for folder in (start, *start.parents):
        found = settings_in(folder)
        if found is not None:
            return found
        if (folder / ".git").exists():
            return None
    return None


def settings_in(folder: Path) -> Path | None:
    """The settings file that a folder itself holds, if any."""
    for name in NAMES:
        if (folder / name).is_file():
            return folder / name
    return folder / PYPROJECT if _holds_settings(folder / PYPROJECT) else None


def _holds_settings(pyproject: Path) -> bool:
    try:
        return "wtaudit" in tomllib.loads(pyproject.read_text(encoding="utf-8")).get("tool", {})
    except (OSError, ValueError):  # none, or nothing that this program has to judge
        return False


def load_settings(path: Path) -> SettingsFile:
    """The settings in a file; raises SettingsError with file and line for the first thing wrong."""
    name = shown_path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
        data: dict[str, Any] = tomllib.loads(text)
    except OSError as error:
        raise SettingsError(f"{name}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{name}:1: not UTF-8 text; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(_broken(name, str(error), text)) from None
    prefix = ""
    if path.name == PYPROJECT:
        prefix = "tool.wtaudit."
        data = data.get("tool", {}).get("wtaudit")
        if data is None:
            raise SettingsError(f"{name}: holds no settings of wtaudit; they stand under [tool.wtaudit]")
    lines = {
        key.removeprefix(prefix): line for key, line in key_lines(text).items() if key.startswith(prefix)
    }
    try:
        return SettingsFile(path, SettingsTable.model_validate(data), lines)
    except ValidationError as error:
        location, problem = plain_problem(error, SettingsTable)
        where = ".".join(map(str, location))
        raise SettingsError(f"{name}:{_nearest_line(location, lines)}: {where}: {problem}") from None


def _broken(name: str, problem: str, text: str) -> str:
    line = re.search(r"line (\d+)", problem)
    told = re.sub(r" \(at .*\)$", "", problem)
    return f"{name}:{line[1] if line else text.count(chr(10)) + 1}: not valid TOML ({told[:1].lower() + told[1:]})"


def key_lines(text: str) -> dict[str, int]:
    """The line of every table and key, by dotted name. It looks at the start of lines only, which is enough to point."""
    lines: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        head = re.match(r"\s*\[([^\[\]]+)\]\s*(?:#.*)?$", line)
        key = re.match(rf"\s*({_KEY}(?:\.{_KEY})*)\s*=", line)
        if head:
            table = _bare(head[1]) + "."
            lines.setdefault(table[:-1], number)
        elif key:
            dotted = table + _bare(key[1])
            lines.setdefault(dotted, number)
            if "." in dotted:
                lines.setdefault(dotted.rpartition(".")[0], number)
    return lines


def _bare(key: str) -> str:
    return re.sub(r"[\"'\s]", "", key)


def _nearest_line(location: tuple[int | str, ...], lines: dict[str, int]) -> int:
    parts = [str(part) for part in location]
    names = (".".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((lines[name] for name in names if name in lines), 1)
