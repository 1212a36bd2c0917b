"""A manifest: which partnerships there are and where their documents lie, as YAML or as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from wtaudit.errors import ManifestError
from wtaudit.model import Kind
from wtaudit.nearness import nearest
from wtaudit.portfolio.members import Inputs
from wtaudit.strict_yaml import load_yaml

_COLUMNS = ("name", "path", "kind")


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


_Paths = Annotated[list[str], BeforeValidator(_as_list)]


class Entry(BaseModel):
    """One partnership: a folder, files of a kind to be detected, and files of each declared kind."""

    model_config = ConfigDict(extra="forbid")
    name: Annotated[str, Field(min_length=1)]
    folder: _Paths = []
    files: _Paths = []
    arrangements: _Paths = []
    threshold: _Paths = []
    protocol: _Paths = []

    def inputs(self, base: Path) -> Inputs:
        """The paths from the folder `base` on, with their kinds."""
        undeclared = [(base / path, None) for path in (*self.folder, *self.files)]
        declared = [(base / path, kind) for kind in Kind for path in getattr(self, kind.value)]
        return (*undeclared, *declared)


class Manifest(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid")
    partnerships: Annotated[list[Entry], Field(min_length=1)]


def load_manifest(path: Path, base: Path) -> list[tuple[str, Inputs]]:
    """Names and inputs in the manifest's order, paths from `base` on; raises ManifestError with file and line."""
    suffix = path.suffix.lower()
    if suffix == ".csv":
        return _from_csv(path, base)
    if suffix not in (".yaml", ".yml"):
        raise ManifestError(f"{path}: neither a folder nor a manifest (.yaml or .csv)")
    entries = load_yaml(path, Manifest, ManifestError).partnerships
    seen: set[str] = set()
    for entry in entries:
        if entry.name in seen:
            raise ManifestError(f"{path}: the partnership {entry.name!r} stands twice")
        seen.add(entry.name)
        if not entry.inputs(base):
            raise ManifestError(
                f"{path}: {entry.name!r} has no documents; give it a folder, files, arrangements, "
                "threshold or protocol"
            )
    return [(entry.name, entry.inputs(base)) for entry in entries]


def _from_csv(path: Path, base: Path) -> list[tuple[str, Inputs]]:
    found: dict[str, Inputs] = {}
    for line, row in _csv_rows(path):
        name, where = (row["name"] or "").strip(), (row["path"] or "").strip()
        if not name or not where:
            raise ManifestError(f"{path}:{line}: {'path' if name else 'name'} is empty")
        kind = _kind((row.get("kind") or "").strip().lower(), f"{path}:{line}")
        found[name] = (*found.get(name, ()), (base / where, kind))
    if not found:
        raise ManifestError(f"{path}: no partnership in it")
    return list(found.items())


def _csv_rows(path: Path) -> Iterator[tuple[int, dict[str, str | None]]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ManifestError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise ManifestError(f"{path}:1: not UTF-8 text; save it as “CSV UTF-8”") from None
    reader = csv.DictReader(io.StringIO(text, newline=""), skipinitialspace=True, strict=True)
    try:
        _check_columns(path, list(reader.fieldnames or ()))
        for row in reader:
            if None in row:
                raise ManifestError(f"{path}:{reader.line_num}: more cells than columns")
            if any(row.values()):
                yield reader.line_num, row
    except csv.Error as error:
        raise ManifestError(f"{path}:{reader.line_num}: not valid CSV ({error})") from None


def _check_columns(path: Path, columns: list[str]) -> None:
    for column in columns:
        if column not in _COLUMNS:
            meant = nearest(column, list(_COLUMNS))
            told = f"did you mean {meant!r}?" if meant else f"there are {', '.join(_COLUMNS)}"
            raise ManifestError(f"{path}:1: no such column {column!r}; {told}")
    for column in _COLUMNS[:2]:
        if column not in columns:
            raise ManifestError(f"{path}:1: the column {column!r} is missing")


def _kind(word: str, where: str) -> Kind | None:
    if word and word not in list(Kind):
        raise ManifestError(
            f"{where}: no such kind {word!r} (there are {', '.join(Kind)}; empty is detected)"
        )
    return Kind(word) if word else None
