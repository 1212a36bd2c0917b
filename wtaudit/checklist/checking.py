"""Mistakes in the pattern language that would otherwise pass in silence: every name and phrase is looked at, with file and line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from wtaudit.checklist.phrases import Reference, parse_phrase, references
from wtaudit.checklist.schema import SUBSTANCES, Pattern, Requirement
from wtaudit.checklist.sheets import CONTEXT, VOCABULARY, Sheets
from wtaudit.errors import ChecklistError
from wtaudit.nearness import nearest
from wtaudit.strict_yaml import complaint
from wtaudit.validation import Location


def check_language(sheets: Sheets, vocabulary: Mapping[str, list[str]]) -> None:
    """Check the phrases and patterns of one folder against the whole vocabulary; raises ChecklistError."""
    for path, location, phrase in _phrases(sheets):
        problem = phrase_problem(phrase, vocabulary)
        if problem:
            raise complaint(path, location, problem)
    _check_circles(sheets, vocabulary)
    fine: set[str] = set()  # most names stand in many patterns
    for path, theme in sheets.themes.items():
        for number, requirement in enumerate(theme.requirements):
            for location, name in _names(requirement):
                problem = None if name in fine else name_problem(name, vocabulary)
                if problem:
                    raise complaint(path, ("requirements", number, *location), problem)
                fine.add(name)


def _phrases(sheets: Sheets) -> Iterator[tuple[Path, Location, str]]:
    """Every phrase outside patterns, with its place."""
    for path, name, concept in sheets.concepts():
        inside = ("phrases",) if concept.title else ()
        for number, phrase in enumerate(concept.phrases):
            yield path, ("concepts", name, *inside, number), phrase
    for name, phrases in sheets.vocabulary.add_phrases.items():
        for number, phrase in enumerate(phrases):
            yield sheets.folder / VOCABULARY, ("add_phrases", name, number), phrase
    context = sheets.folder / CONTEXT
    for number, phrase in enumerate(sheets.context.ends):
        yield context, ("ends", number), phrase
    for place, rule in enumerate(sheets.context.rules):
        for key, phrases in (
            ("triggers", rule.triggers),
            ("exceptions", rule.exceptions),
            ("unless", rule.unless),
        ):
            for number, phrase in enumerate(phrases):
                yield context, ("rules", place, key, number), phrase


def _names(requirement: Requirement) -> Iterator[tuple[Location, str]]:
    """Every concept name and quoted phrase in the patterns of a requirement, with its place."""
    holders: list[tuple[str, int, list[Pattern]]] = [
        *(("elements", number, element.patterns) for number, element in enumerate(requirement.elements)),
        *(("contradictions", number, c.patterns) for number, c in enumerate(requirement.contradictions)),
    ]
    for key, place, patterns in holders:
        for number, pattern in enumerate(patterns):
            for location, name in _names_in(pattern):
                yield (key, place, "patterns", number, *location), name


def _names_in(pattern: Pattern) -> Iterator[tuple[Location, str]]:
    for key, groups in pattern.groups():
        for number, group in enumerate(groups):
            for name in group:
                yield (key, number), name
    for number, name in enumerate(pattern.count.of if pattern.count else ()):
        yield ("count", "of", number), name


def phrase_problem(phrase: str, vocabulary: Collection[str]) -> str | None:
    """What is wrong with a phrase, and what to write instead; None where nothing is."""
    try:
        parsed = parse_phrase(phrase)
    except ChecklistError as error:
        return str(error)
    for part in (part for one in parsed for part in one.parts) if "{" in phrase else ():
        if isinstance(part, Reference) and part.concept not in vocabulary:
            return f"phrase {phrase!r}: {_unknown(part.concept, vocabulary)}"
    return None


def name_problem(name: str, vocabulary: Collection[str]) -> str | None:
    """What is wrong with a name or quoted phrase in a pattern, and what to write instead; None where nothing is."""
    if name.startswith("'"):
        if len(name) > 2 and name.endswith("'"):
            return phrase_problem(name[1:-1], vocabulary)
        return f"phrase {name} lacks a quote; write 'the words' | 'other words'"
    if name in SUBSTANCES or name in vocabulary:
        return None
    return _unknown(name, vocabulary)


def _unknown(name: str, vocabulary: Collection[str]) -> str:
    if "," in name:
        return f"unknown concept {name!r}; put ' | ' between alternatives, not a comma"
    if " " in name:
        return f"unknown concept {name!r}; put single quotes round a phrase, as in \"'{name}'\""
    if name.startswith("@"):
        return f"unknown concept {name!r}; built in are {', '.join(SUBSTANCES)}"
    meant = nearest(name, list(vocabulary))
    asked = f"did you mean {meant!r}? If not, " if meant else ""
    return f"unknown concept {name!r}; {asked}define it under `concepts`, or put single quotes round a phrase"


def _check_circles(sheets: Sheets, vocabulary: Mapping[str, list[str]]) -> None:
    """A concept must not refer to itself, not even by way of others."""
    refers = references(vocabulary)
    clear: set[str] = set()

    def circle(name: str, trail: tuple[str, ...]) -> tuple[str, ...] | None:
        if name in trail:
            return (*trail, name)
        found = None if name in clear else next(
            (c for inner in sorted(refers[name]) if (c := circle(inner, (*trail, name)))), None
        )  # fmt: skip
        if found is None:
            clear.add(name)
        return found

    places = {name: path for path, name, _ in sheets.concepts()}
    for name, path in places.items():
        found = circle(name, ())
        if found:
            told = " > ".join(found)
            raise complaint(
                path, ("concepts", name), f"concepts refer to each other in a circle ({told}); take one out"
            )
