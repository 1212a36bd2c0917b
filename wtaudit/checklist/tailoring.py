"""What a checklist of one's own makes of the checklist that it extends: which requirements it keeps, changes and adds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from wtaudit.checklist.folders import HEAD
from wtaudit.checklist.phrases import references
from wtaudit.checklist.schema import ChecklistFile, Contradiction, Element, Pattern, Requirement
from wtaudit.checklist.sheets import VOCABULARY, Sheets
from wtaudit.errors import ChecklistError
from wtaudit.model import Level
from wtaudit.nearness import nearest
from wtaudit.strict_yaml import complaint


@dataclass(frozen=True, slots=True)
class Tailoring:
    """How a checklist differs from the one it extends.

    `added`, `changed` and `left_out` are requirement ids; changed are also those whose concepts got further phrases, or
    all where context rules were added. `concepts` are names that the first checklist of the line does not know.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    concepts: frozenset[str] = frozenset()


NOT_TAILORED = Tailoring()


def kept(base: Sequence[Requirement], sheets: Sheets) -> list[Requirement]:
    """The base's requirements that are selected and not deselected, as changed; raises ChecklistError for unknown ids."""
    head, place = sheets.head, sheets.folder / HEAD
    known = {r.id for r in base} | {r.theme for r in base} | set(Level)
    for key, names in (("select", head.select or []), ("deselect", head.deselect)):
        for number, name in enumerate(names):
            if name not in known:
                raise complaint(place, (key, number), _not_there(name, known, head))
    left = [r for r in base if _stays(r, head)]
    ids = {r.id for r in left}
    for name in head.change:
        if name not in {r.id for r in base}:
            raise complaint(place, ("change", name), _not_there(name, {r.id for r in base}, head))
        if name not in ids:
            raise complaint(place, ("change", name), "is deselected; take it out of `change`, or keep it")
    return [_changed(r, head) for r in left]


def _stays(requirement: Requirement, head: ChecklistFile) -> bool:
    names = {requirement.id, requirement.theme, requirement.level.value}
    return (head.select is None or not names.isdisjoint(head.select)) and names.isdisjoint(head.deselect)


def _not_there(name: str, known: Iterable[str], head: ChecklistFile) -> str:
    meant = nearest(name, sorted(known))
    asked = f"did you mean {meant!r}?" if meant else f"see `wtaudit checklist list {head.extends}`"
    return f"{head.extends} has no {name!r}; {asked}"


def _changed(requirement: Requirement, head: ChecklistFile) -> Requirement:
    change = head.change.get(requirement.id)
    if change is None:
        return requirement
    return requirement.model_copy(update=change.model_dump(exclude_none=True))


def with_phrases(vocabulary: Mapping[str, list[str]], sheets: Sheets) -> dict[str, list[str]]:
    """A base's vocabulary with further phrases and own concepts; raises ChecklistError where a name is taken or unknown."""
    merged = dict(vocabulary)
    for name, phrases in sheets.vocabulary.add_phrases.items():
        if name not in vocabulary:
            meant = nearest(name, list(vocabulary))
            asked = (
                f"did you mean {meant!r}?"
                if meant
                else "to define a concept of your own, put it under `concepts`"
            )
            raise complaint(
                sheets.folder / VOCABULARY,
                ("add_phrases", name),
                f"{sheets.head.extends} has no such concept; {asked}",
            )
        merged[name] = list(dict.fromkeys([*vocabulary[name], *phrases]))
    places: dict[str, Path] = {}
    for path, name, concept in sheets.concepts():
        if name in vocabulary:
            raise complaint(
                path, ("concepts", name),
                f"stands in {sheets.head.extends} already; to add phrases to it put them under `add_phrases` in {VOCABULARY}",
            )  # fmt: skip
        if name in places:
            raise complaint(
                path,
                ("concepts", name),
                f"is defined twice, also in {places[name].name}; give it another name",
            )
        places[name] = path
        merged[name] = concept.phrases
    return merged


def own_requirements(sheets: Sheets, taken: Iterable[str]) -> list[Requirement]:
    """The requirements that a folder holds itself; raises ChecklistError for an id that is taken."""
    places = dict.fromkeys(taken, f"in {sheets.head.extends}")
    own = []
    for path, theme in sheets.themes.items():
        for number, requirement in enumerate(theme.requirements):
            if requirement.id in places:
                raise complaint(
                    path,
                    ("requirements", number, "id"),
                    f"stands also {places[requirement.id]}; give it another number",
                )
            places[requirement.id] = f"in {path.name}"
            own.append(requirement.model_copy(update={"theme": theme.theme}))
    return own


def titles(base: Mapping[str, str], sheets: Sheets) -> dict[str, str]:
    """Theme titles in order: those of the base, then the own ones as listed, then the rest by file name."""
    held: dict[str, str] = {}
    for path, theme in sheets.themes.items():
        if theme.theme in held:
            raise complaint(
                path, ("theme",), f"theme {theme.theme!r} stands also in another file; keep it in one"
            )
        if theme.theme in base and theme.title:
            raise complaint(
                path, ("title",), f"{theme.theme!r} has its title in {sheets.head.extends}; leave it out here"
            )
        if theme.theme not in base and not theme.title:
            raise ChecklistError(f"{path}:1: title: is missing; give the theme a title that reports can show")
        held[theme.theme] = theme.title
    own = {theme: held[theme] for theme in (*sheets.head.themes, *held) if theme not in base}
    return {**base, **own}


def affected(
    requirements: Iterable[Requirement], vocabulary: Mapping[str, list[str]], widened: Iterable[str]
) -> list[str]:
    """The ids of requirements whose patterns rest on one of some concepts, be it by way of other concepts."""
    names = set(widened)
    refers = references(vocabulary)
    while more := {name for name, used in refers.items() if used & names} - names:
        names |= more
    return [r.id for r in requirements if any(names & set(names_in(p)) for p in patterns_of(r))]


def patterns_of(requirement: Requirement) -> list[Pattern]:
    """Every pattern of a requirement, elements first, then contradictions."""
    holders: list[Element | Contradiction] = [*requirement.elements, *requirement.contradictions]
    return [pattern for holder in holders for pattern in holder.patterns]


def names_in(pattern: Pattern) -> list[str]:
    """Every concept name and quoted phrase that a pattern uses."""
    names = [name for _, groups in pattern.groups() for group in groups for name in group]
    return names + (list(pattern.count.of) if pattern.count else [])
