"""Load a checklist: its own files over those of the checklist it extends, checked, and kept for later runs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path

from pydantic import TypeAdapter

from wtaudit.checklist.cache import ChecklistCache
from wtaudit.checklist.checking import check_language
from wtaudit.checklist.examples import checked_examples, load_examples
from wtaudit.checklist.folders import built_in_folder, example_files, fingerprint, lineage
from wtaudit.checklist.phrases import REFERENCE, shown
from wtaudit.checklist.schema import SUBSTANCES, ContextRule, Example, Requirement
from wtaudit.checklist.sheets import Sheets, read_folder
from wtaudit.checklist.tailoring import (
    NOT_TAILORED,
    Tailoring,
    affected,
    kept,
    names_in,
    own_requirements,
    patterns_of,
    titles,
    with_phrases,
)
from wtaudit.model import ChecklistIdentity

__all__ = ["BUILT_IN", "Checklist", "built_in_folder", "load_checklist", "names_in", "patterns_of"]

BUILT_IN = "wt2023"


@dataclass(frozen=True)
class Checklist:
    """A loaded checklist: requirements in theme order, one vocabulary, context rules; examples on demand.

    `folders` are its own folder and those of the checklists it extends, nearest first; `concept_titles` name concepts
    to people; `tailoring` says how it differs from the checklist it extends.
    """

    folders: tuple[Path, ...]
    identity: ChecklistIdentity
    theme_titles: dict[str, str]
    requirements: tuple[Requirement, ...]
    vocabulary: dict[str, list[str]]
    concept_titles: dict[str, str]
    context_rules: tuple[ContextRule, ...]
    context_ends: tuple[str, ...]
    tailoring: Tailoring = NOT_TAILORED
    cache: ChecklistCache | None = None

    @property
    def folder(self) -> Path:
        """Its own folder."""
        return self.folders[0]

    def folder_with(self, name: str) -> Path:
        """The nearest of its folders that holds a file; its own where none does."""
        return next((f for f in self.folders if (f / name).is_file()), self.folder)

    def cached(self, part: str) -> str | None:
        """What an earlier run kept of this checklist under a name, if anything."""
        return self.cache.get(self.identity.sha256, part) if self.cache else None

    def keep(self, part: str, text: str) -> None:
        """Keep something made from this checklist for later runs, where there is a cache."""
        if self.cache:
            self.cache.put(self.identity.sha256, part, text)

    @cached_property
    def by_id(self) -> dict[str, Requirement]:
        """Requirements by id."""
        return {r.id: r for r in self.requirements}

    @cached_property
    def examples(self) -> tuple[Example, ...]:
        """All labelled examples, those of a base first, in file and line order; raises ChecklistError."""
        inherited = [
            e for f in reversed(self.folders[1:]) for path in example_files(f) for e in load_examples(path)
        ]
        own = [e for path in example_files(self.folder) for e in checked_examples(path, self.by_id)]
        return (*(e for e in inherited if e.requirement in self.by_id), *own)

    def concept_phrases(self) -> dict[str, list[str]]:
        """The vocabulary with the phrases that stand directly in patterns, each under its quoted self."""
        phrases = dict(self.vocabulary)
        for requirement in self.requirements:
            for pattern in patterns_of(requirement):
                for name in names_in(pattern):
                    if name.startswith("'"):
                        phrases[name] = [name.strip("'")]
        return phrases

    def plain_name(self, name: str) -> str:
        """A concept, substance or quoted phrase as people name it: its title, or its first phrase in quotes."""
        titled = SUBSTANCES.get(name) or self.concept_titles.get(name)
        return titled or f"“{next(self.plain_phrases(name))}”"

    def plain_phrases(self, name: str) -> Iterator[str]:
        """The phrases of a concept as a reader would write them; a substance is named."""

        def referred(found: re.Match[str]) -> str:
            return self.concept_titles.get(found[1]) or next(self.plain_phrases(found[1]))

        if name in SUBSTANCES:
            yield SUBSTANCES[name]
        else:
            for phrase in [name.strip("'")] if name.startswith("'") else self.vocabulary[name]:
                yield REFERENCE.sub(referred, shown(phrase))


def load_checklist(name: str | Path = BUILT_IN, cache: ChecklistCache | None = None) -> Checklist:
    """Load and check a checklist; raises ChecklistError with file and line for the first thing wrong.

    With a cache, a checklist that was checked before, byte for byte the same, is not parsed again.
    """
    folders = lineage(name)
    sha256 = fingerprint(folders)
    text = cache.get(sha256, "checklist") if cache else None
    if text is not None:
        try:
            return replace(_from_json(text), folders=folders, cache=cache)
        except (ValueError, KeyError, TypeError):
            pass  # a damaged cache is as good as none
    sheets = read_folder(folders[0])
    base = load_checklist(folders[1], cache) if len(folders) > 1 else None
    checklist = replace(_combined(base, sheets, sha256), folders=folders, cache=cache)
    checklist.keep("checklist", _to_json(checklist))
    return checklist


def _combined(base: Checklist | None, sheets: Sheets, sha256: str) -> Checklist:
    """A checklist of its own, or one laid over its base."""
    vocabulary = with_phrases(base.vocabulary if base else {}, sheets)
    check_language(sheets, vocabulary)
    theme_titles = titles(base.theme_titles if base else {}, sheets)
    inherited = kept(base.requirements, sheets) if base else []
    own = own_requirements(sheets, base.by_id if base else ())
    order = {theme: place for place, theme in enumerate(theme_titles)}
    concept_titles = {name: concept.title for _, name, concept in sheets.concepts() if concept.title}
    head = sheets.head
    version = f"{head.version}, extends {base.identity.id} {base.identity.version}" if base else head.version
    edition = head.edition or (base.identity.edition if base else "")
    return Checklist(
        (sheets.folder,), ChecklistIdentity(head.id, version, sha256, edition), theme_titles,
        tuple(sorted([*inherited, *own], key=lambda r: (order[r.theme], r.id))), vocabulary,
        {**(base.concept_titles if base else {}), **concept_titles},
        (*(base.context_rules if base else ()), *sheets.context.rules),
        (*(base.context_ends if base else ()), *sheets.context.ends),
        _tailoring(base, sheets, inherited, own, vocabulary) if base else NOT_TAILORED,
    )  # fmt: skip


def _tailoring(
    base: Checklist, sheets: Sheets, inherited: list[Requirement], own: list[Requirement],
    vocabulary: dict[str, list[str]],
) -> Tailoring:  # fmt: skip
    context = bool(sheets.context.rules or sheets.context.ends)
    touched = set(sheets.head.change) | set(affected(inherited, vocabulary, sheets.vocabulary.add_phrases))
    return Tailoring(
        tuple(r.id for r in own),
        tuple(r.id for r in inherited if context or r.id in touched),
        tuple(sorted(set(base.by_id) - {r.id for r in inherited})),
        base.tailoring.concepts | {name for _, name, _ in sheets.concepts()},
    )


def _to_json(checklist: Checklist) -> str:
    tailoring = checklist.tailoring
    return json.dumps(
        {
            "identity": asdict(checklist.identity),
            "theme_titles": checklist.theme_titles,
            "requirements": [r.model_dump(mode="json") for r in checklist.requirements],
            "vocabulary": checklist.vocabulary,
            "concept_titles": checklist.concept_titles,
            "context": [r.model_dump(mode="json") for r in checklist.context_rules],
            "ends": checklist.context_ends,
            "tailoring": [tailoring.added, tailoring.changed, tailoring.left_out, sorted(tailoring.concepts)],
        }
    )


def _from_json(text: str) -> Checklist:
    data = json.loads(text)
    added, changed, left_out, concepts = data["tailoring"]
    return Checklist(
        (), ChecklistIdentity(**data["identity"]), data["theme_titles"],
        TypeAdapter(tuple[Requirement, ...]).validate_python(data["requirements"]), data["vocabulary"],
        data["concept_titles"], TypeAdapter(tuple[ContextRule, ...]).validate_python(data["context"]),
        tuple(data["ends"]), Tailoring(tuple(added), tuple(changed), tuple(left_out), frozenset(concepts)),
    )  # fmt: skip
