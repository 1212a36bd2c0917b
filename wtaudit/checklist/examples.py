"""The labelled examples of a checklist: JSON Lines, or YAML for those who write them by hand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from wtaudit.checklist.schema import Example, ExampleFile, Requirement
from wtaudit.errors import ChecklistError
from wtaudit.nearness import nearest
from wtaudit.strict_yaml import complaint, load_yaml
from wtaudit.validation import plain_problem


def load_examples(path: Path) -> list[Example]:
    """The examples of one file, in order; raises ChecklistError with file and line."""
    if path.suffix == ".yaml":
        return load_yaml(path, ExampleFile).examples
    return [example for _, example in _numbered(path)]


def checked_examples(path: Path, requirements: Mapping[str, Requirement]) -> list[Example]:
    """The examples of one file, each of a requirement and elements that there are; raises ChecklistError."""
    if path.suffix == ".yaml":
        examples = load_examples(path)
        for number, example in enumerate(examples):
            problem = _problem(example, requirements)
            if problem:
                raise complaint(path, ("examples", number), problem)
        return examples
    numbered = _numbered(path)
    for line, example in numbered:
        problem = _problem(example, requirements)
        if problem:
            raise ChecklistError(f"{path}:{line}: {problem}")
    return [example for _, example in numbered]


def _numbered(path: Path) -> list[tuple[int, Example]]:
    """The examples of a JSON Lines file with their lines."""
    examples = []
    for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not text.strip():
            continue
        try:
            examples.append((line, Example.model_validate(json.loads(text))))
        except ValidationError as error:
            location, problem = plain_problem(error, Example)
            raise ChecklistError(f"{path}:{line}: {'.'.join(map(str, location))}: {problem}") from None
        except ValueError as error:
            raise ChecklistError(f"{path}:{line}: not JSON ({error})") from None
    return examples


def _problem(example: Example, requirements: Mapping[str, Requirement]) -> str | None:
    requirement = requirements.get(example.requirement)
    if requirement is None:
        meant = nearest(example.requirement, list(requirements))
        asked = f"did you mean {meant}?" if meant else "is it deselected?"
        return f"unknown requirement {example.requirement!r}; {asked}"
    known = [element.id for element in requirement.elements]
    for element in [*([example.element] if example.element else []), *(example.evidenced or [])]:
        if element not in known:
            return f"{example.requirement} has no element {element!r}; it has {', '.join(known)}"
    about_element = example.expected in ("evidenced", "not-evidenced")
    if about_element != (example.element is not None):
        return (
            f"expected {example.expected!r} goes with an element, and only then; with `element` write evidenced or"
            " not-evidenced, without it met, partial, missing or contradicted"
        )
    return None
