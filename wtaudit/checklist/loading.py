"""Find a checklist folder, read its files strictly, and say file and line for every error."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from wtaudit.checklist.cache import ChecklistCache
from wtaudit.checklist.phrases import parse_phrase
from wtaudit.checklist.schema import (
    CONCEPT_NAME,
    SUBSTANCES,
    ChecklistFile,
    ContextFile,
    ContextRule,
    Contradiction,
    Element,
    Example,
    Pattern,
    Requirement,
    ThemeFile,
    VocabularyFile,
)
from wtaudit.checklist.strict_yaml import line_of, load_yaml
from wtaudit.errors import ChecklistError
from wtaudit.model import ChecklistIdentity

BUILT_IN = "wt2023"
_FIXED = ("checklist.yaml", "vocabulary.yaml", "context.yaml")


def built_in_folder() -> Path:
    """The folder of checklists: inside the installed package, or at the top of a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "checklists"
    return installed if installed.is_dir() else package.parent / "checklists"


def checklist_folder(name: str | Path) -> Path:
    """The folder of a built-in checklist's name, or of a path; raises ChecklistError when there is none."""
    for folder in (Path(name), built_in_folder() / str(name)):
        if (folder / "checklist.yaml").is_file():
            return folder
    if Path(name).is_file() and Path(name).name == "checklist.yaml":
        return Path(name).parent
    known = ", ".join(sorted(p.name for p in built_in_folder().iterdir() if p.is_dir()))
    raise ChecklistError(f"{name}: no checklist there (a folder with checklist.yaml; built in: {known})")


@dataclass(frozen=True)
class Checklist:
    """A loaded checklist: requirements in theme order, one vocabulary, context rules; examples on demand."""

    folder: Path
    identity: ChecklistIdentity
    theme_titles: dict[str, str]
    requirements: tuple[Requirement, ...]
    vocabulary: dict[str, list[str]]
    context_rules: tuple[ContextRule, ...]
    context_ends: tuple[str, ...]
    cache: ChecklistCache | None = None

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
        """All labelled examples, in file and line order."""
        return tuple(e for path in example_files(self.folder) for e in load_examples(path, self))

    def concept_phrases(self) -> dict[str, list[str]]:
        """The vocabulary with the phrases that stand directly in patterns, each under its quoted self."""
        phrases = dict(self.vocabulary)
        for requirement in self.requirements:
            for pattern in patterns_of(requirement):
                for name in names_in(pattern):
                    if name.startswith("'"):
                        phrases[name] = [name.strip("'")]
        return phrases


def patterns_of(requirement: Requirement) -> list[Pattern]:
    """Every pattern of a requirement, elements first, then contradictions."""
    holders: list[Element | Contradiction] = [*requirement.elements, *requirement.contradictions]
    return [pattern for holder in holders for pattern in holder.patterns]


def names_in(pattern: Pattern) -> list[str]:
    """Every concept name and quoted phrase that a pattern uses."""
    groups = [*pattern.all, *pattern.unless, *pattern.own]
    names = [name for group in groups for name in group]
    return names + (list(pattern.count.of) if pattern.count else [])


def load_checklist(name: str | Path = BUILT_IN, cache: ChecklistCache | None = None) -> Checklist:
    """Load and check a checklist; raises ChecklistError with file and line for the first thing wrong.

    With a cache, a checklist that was checked before, byte for byte the same, is not parsed again.
    """
    folder = checklist_folder(name)
    sha256 = _sha256(folder)
    kept = cache.get(sha256, "checklist") if cache else None
    if kept is not None:
        try:
            return replace(_from_json(kept), folder=folder, cache=cache)
        except (ValueError, KeyError, TypeError):
            pass  # a damaged cache is as good as none
    checklist = replace(_from_files(folder, sha256), cache=cache)
    checklist.keep("checklist", _to_json(checklist))
    return checklist


def _to_json(checklist: Checklist) -> str:
    return json.dumps(
        {
            "identity": asdict(checklist.identity),
            "theme_titles": checklist.theme_titles,
            "requirements": [r.model_dump(mode="json") for r in checklist.requirements],
            "vocabulary": checklist.vocabulary,
            "context": [r.model_dump(mode="json") for r in checklist.context_rules],
            "ends": checklist.context_ends,
        }
    )


def _from_json(text: str) -> Checklist:
    data = json.loads(text)
    return Checklist(
        Path(), ChecklistIdentity(**data["identity"]), data["theme_titles"],
        TypeAdapter(tuple[Requirement, ...]).validate_python(data["requirements"]), data["vocabulary"],
        TypeAdapter(tuple[ContextRule, ...]).validate_python(data["context"]), tuple(data["ends"]),
    )  # fmt: skip


def _from_files(folder: Path, sha256: str) -> Checklist:
    head = load_yaml(folder / "checklist.yaml", ChecklistFile)
    vocabulary = dict(load_yaml(folder / "vocabulary.yaml", VocabularyFile).concepts)
    context = load_yaml(folder / "context.yaml", ContextFile)
    titles: dict[str, str] = {}
    requirements: list[Requirement] = []
    places: dict[str, Path] = {}
    for path in sorted(folder.glob("*.yaml")):
        if path.name not in _FIXED:
            theme = load_yaml(path, ThemeFile)
            if theme.theme not in head.themes:
                raise ChecklistError(f"{path}:1: theme {theme.theme!r} is not in checklist.yaml")
            titles[theme.theme] = theme.title
            _add_concepts(path, theme, vocabulary)
            requirements += _add_requirements(path, theme, places)
    order = {theme: place for place, theme in enumerate(head.themes)}
    requirements.sort(key=lambda r: (order[r.theme], r.id))
    _check_names(folder, vocabulary, requirements, places)
    identity = ChecklistIdentity(head.id, head.version, sha256, head.edition)
    return Checklist(
        folder, identity, {t: titles[t] for t in head.themes if t in titles}, tuple(requirements),
        vocabulary, tuple(context.rules), tuple(context.ends),
    )  # fmt: skip


def _add_concepts(path: Path, theme: ThemeFile, vocabulary: dict[str, list[str]]) -> None:
    for concept, phrases in theme.concepts.items():
        if concept in vocabulary:
            raise ChecklistError(f"{path}:{line_of(path, concept)}: concept {concept!r} is defined twice")
        vocabulary[concept] = phrases


def _add_requirements(path: Path, theme: ThemeFile, places: dict[str, Path]) -> list[Requirement]:
    for requirement in theme.requirements:
        if requirement.id in places:
            line = line_of(path, requirement.id)
            raise ChecklistError(f"{path}:{line}: {requirement.id} stands also in {places[requirement.id]}")
        places[requirement.id] = path
    return [r.model_copy(update={"theme": theme.theme}) for r in theme.requirements]


def _check_names(
    folder: Path, vocabulary: dict[str, list[str]], requirements: list[Requirement], places: dict[str, Path]
) -> None:
    """Every name used in a pattern must be a concept or a well-formed quoted phrase."""
    for concept, phrases in vocabulary.items():
        for phrase in phrases:
            try:
                parse_phrase(phrase)
            except ChecklistError as error:
                raise ChecklistError(f"{folder}: concept {concept!r}: {error}") from None
    for requirement in requirements:
        names = {name for pattern in patterns_of(requirement) for name in names_in(pattern)}
        for name in sorted(names):
            problem = _name_problem(name, vocabulary)
            if problem:
                path = places[requirement.id]
                raise ChecklistError(f"{path}:{line_of(path, requirement.id)}: {requirement.id}: {problem}")


def _name_problem(name: str, vocabulary: dict[str, list[str]]) -> str | None:
    """What is wrong with a name in a pattern, if anything."""
    if not name.startswith("'"):
        known = CONCEPT_NAME.fullmatch(name) and (name in vocabulary or name in SUBSTANCES)
        return None if known else f"unknown concept {name!r}"
    if not (name.endswith("'") and len(name) > 2):
        return f"phrase {name} lacks a quote"
    try:
        parse_phrase(name.strip("'"))
    except ChecklistError as error:
        return str(error)
    return None


def example_files(folder: Path) -> list[Path]:
    """The example files of a checklist folder, by name."""
    return sorted((folder / "examples").glob("*.jsonl"))


def load_examples(path: Path, checklist: Checklist | None = None) -> list[Example]:
    """The examples of one JSON Lines file; raises ChecklistError with file and line."""
    examples = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            example = Example.model_validate(json.loads(line))
        except (ValidationError, ValueError) as error:
            text = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
            raise ChecklistError(f"{path}:{number}: {text}") from None
        if checklist is not None:
            _check_example(example, checklist, f"{path}:{number}")
        examples.append(example)
    return examples


def _check_example(example: Example, checklist: Checklist, where: str) -> None:
    requirement = checklist.by_id.get(example.requirement)
    if requirement is None:
        raise ChecklistError(f"{where}: unknown requirement {example.requirement!r}")
    known = {element.id for element in requirement.elements}
    for element in [*([example.element] if example.element else []), *(example.evidenced or [])]:
        if element not in known:
            raise ChecklistError(f"{where}: {example.requirement} has no element {element!r}")
    about_element = example.expected in ("evidenced", "not-evidenced")
    if about_element != (example.element is not None):
        raise ChecklistError(f"{where}: expected {example.expected!r} goes with an element, and only then")


def _sha256(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted([*folder.glob("*.yaml"), *folder.glob("*.json"), *example_files(folder)]):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
