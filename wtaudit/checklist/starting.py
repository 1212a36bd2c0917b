"""Write a small folder to start a checklist of one's own from: commented, valid, and passing its own test."""

from __future__ import annotations

import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from string import Template

from wtaudit.checklist.folders import SCHEMA_COPY
from wtaudit.errors import UsageError


def start_checklist(folder: Path) -> list[Path]:
    """The files written, the head first; raises UsageError, and writes nothing, where one of them is there already."""
    texts = {folder / name: text for name, text in _starter(folder.resolve().name).items()}
    taken = [path for path in texts if path.exists()]
    if taken:
        raise UsageError(
            f"{taken[0]} is there already, and nothing was written; name a folder that is new or empty"
        )
    for path, text in texts.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8") as file:
                file.write(text)
        except OSError as error:
            raise UsageError(f"{path}: cannot be written ({error.strerror})") from None
    return list(texts)


def _starter(name: str) -> dict[str, str]:
    """The text of every file by its place in the folder; the checklist's id is made of the folder's name."""
    package = files("wtaudit.checklist")
    identity = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "own"
    texts = {"checklist.yaml": ""} | {
        path: item.read_text("utf-8") for path, item in _inside(package / "starter")
    }
    texts["checklist.yaml"] = Template(texts["checklist.yaml"]).safe_substitute(id=identity)
    return texts | {SCHEMA_COPY: (package / SCHEMA_COPY).read_text("utf-8")}


def _inside(folder: Traversable, above: str = "") -> list[tuple[str, Traversable]]:
    """Every file under a folder, with its path below it."""
    found: list[tuple[str, Traversable]] = []
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        found += _inside(item, f"{above}{item.name}/") if item.is_dir() else [(f"{above}{item.name}", item)]
    return found
