"""The YAML files of one checklist folder, each read strictly into its model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from wtaudit.checklist.folders import HEAD
from wtaudit.checklist.schema import (
    ChecklistFile,
    Concept,
    ContextFile,
    ThemeFile,
    VocabularyFile,
)
from wtaudit.errors import ChecklistError
from wtaudit.strict_yaml import complaint, load_yaml

VOCABULARY = "vocabulary.yaml"
CONTEXT = "context.yaml"


@dataclass(frozen=True, slots=True)
class Sheets:
    """What stands in one folder, themes by file."""

    folder: Path
    head: ChecklistFile
    vocabulary: VocabularyFile
    context: ContextFile
    themes: dict[Path, ThemeFile]

    def concepts(self) -> Iterator[tuple[Path, str, Concept]]:
        """Every concept that the folder defines, with the file it stands in."""
        for name, concept in self.vocabulary.concepts.items():
            yield self.folder / VOCABULARY, name, concept
        for path, theme in self.themes.items():
            for name, concept in theme.concepts.items():
                yield path, name, concept


def read_folder(folder: Path) -> Sheets:
    """All files of a folder; a checklist that extends another may leave vocabulary and context out.

    Raises ChecklistError for the first file that is missing or wrong.
    """
    head = load_yaml(folder / HEAD, ChecklistFile)
    extends = head.extends is not None
    for name in (VOCABULARY, CONTEXT):
        if not extends and not (folder / name).is_file():
            raise ChecklistError(
                f"{folder / HEAD}:1: a checklist of its own needs {name} beside it; or add a line such as extends: wt2023"
            )
    vocabulary = folder / VOCABULARY
    context = folder / CONTEXT
    sheets = Sheets(
        folder,
        head,
        load_yaml(vocabulary, VocabularyFile) if vocabulary.is_file() else VocabularyFile(),
        load_yaml(context, ContextFile) if context.is_file() else ContextFile(),
        {p: load_yaml(p, ThemeFile) for p in sorted(folder.glob("*.yaml")) if p.name not in (HEAD, VOCABULARY, CONTEXT)},
    )  # fmt: skip
    if not extends and sheets.vocabulary.add_phrases:
        raise complaint(
            vocabulary, ("add_phrases",), "goes with `extends`; add the phrases to the concept itself"
        )
    _check_themes(sheets)
    return sheets


def _check_themes(sheets: Sheets) -> None:
    """Themes listed and theme files must agree; a checklist that extends another need not list its own."""
    listed = sheets.head.themes
    held = {sheet.theme for sheet in sheets.themes.values()}
    for number, theme in enumerate(listed):
        if theme not in held:
            raise complaint(
                sheets.folder / HEAD,
                ("themes", number),
                f"no file here has `theme: {theme}`; take it out, or add the file",
            )
    for path, sheet in sheets.themes.items():
        if sheets.head.extends is None and sheet.theme not in listed:
            raise complaint(
                path, ("theme",), f"theme {sheet.theme!r} is not in {HEAD}; list it there under themes"
            )
