"""Where a checklist's files are: its own folder, those of the checklists it extends, and a fingerprint of all of them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from wtaudit.checklist.schema import ChecklistFile
from wtaudit.errors import ChecklistError
from wtaudit.nearness import nearest
from wtaudit.strict_yaml import complaint, load_yaml

HEAD = "checklist.yaml"
SCHEMA_COPY = "checklist.schema.json"
"""A copy of the JSON Schema for editors; no part of the checklist."""


def built_in_folder() -> Path:
    """The folder of checklists: inside the installed package, or at the top of a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "checklists"
    return installed if installed.is_dir() else package.parent / "checklists"


def built_in_names() -> list[str]:
    """The names of the built-in checklists."""
    return sorted(p.name for p in built_in_folder().iterdir() if p.is_dir())


def checklist_folder(name: str | Path, beside: Path = Path()) -> Path:
    """The folder of a built-in checklist's name, or of a path seen from `beside`; raises ChecklistError if there is none."""
    path = beside / name
    if path.name == HEAD and path.is_file():
        return path.parent
    for folder in (path, built_in_folder() / str(name)):
        if (folder / HEAD).is_file():
            return folder
    meant = nearest(str(name), built_in_names())
    told = f"did you mean {meant!r}?" if meant else f"built in: {', '.join(built_in_names())}"
    raise ChecklistError(f"{name}: no checklist there (a folder with {HEAD}); {told}")


def lineage(name: str | Path) -> tuple[Path, ...]:
    """A checklist's folder, then that of the checklist it extends, and so on; raises ChecklistError for a circle."""
    folders = [checklist_folder(name)]
    while (base := load_yaml(folders[-1] / HEAD, ChecklistFile).extends) is not None:
        place = folders[-1] / HEAD
        try:
            folder = checklist_folder(base, folders[-1])
        except ChecklistError as error:
            raise complaint(place, ("extends",), str(error)) from None
        if folder.resolve() in [f.resolve() for f in folders]:
            raise complaint(place, ("extends",), f"{base} extends this checklist in turn; name another base")
        folders.append(folder)
    return tuple(folders)


def example_files(folder: Path) -> list[Path]:
    """The example files of a checklist folder, by name."""
    return sorted(p for p in (folder / "examples").glob("*") if p.suffix in (".jsonl", ".yaml"))


def fingerprint(folders: tuple[Path, ...]) -> str:
    """One sha256 over every file that can change a verdict, in a checklist's folder and in those it extends."""
    digest = hashlib.sha256()
    for folder in folders:
        files = [
            *folder.glob("*.yaml"),
            *folder.glob("*.json"),
            *folder.glob("*.json.gz"),
            *example_files(folder),
        ]
        for path in sorted(p for p in files if p.name != SCHEMA_COPY):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
