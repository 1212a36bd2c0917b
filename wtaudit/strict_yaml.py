"""YAML read strictly into models: no repeated or unknown keys, and file and line for every error."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from wtaudit.errors import ChecklistError, InvalidFileError
from wtaudit.validation import Location, plain_problem

M = TypeVar("M", bound=BaseModel)


class _StrictLoader(yaml.CSafeLoader):
    """Safe YAML that refuses a repeated key, which would otherwise silently replace the first."""


def _construct_mapping(loader: _StrictLoader, node: yaml.MappingNode) -> Iterator[dict[Any, Any]]:
    mapping: dict[Any, Any] = {}
    yield mapping
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in mapping:
            raise yaml.constructor.ConstructorError(
                problem=f"key {key!r} stands twice", problem_mark=key_node.start_mark
            )
        mapping[key] = loader.construct_object(value_node, deep=True)


_StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _construct_mapping)


def load_yaml(path: Path, model: type[M], error: type[InvalidFileError] = ChecklistError) -> M:
    """One YAML file as a model; raises `error` with file and line for the first thing wrong."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as failed:
        raise error(f"{path}: cannot be read ({failed.strerror})") from None
    except UnicodeDecodeError:
        raise error(f"{path}:1: not UTF-8 text; save it as UTF-8") from None
    return parse_yaml(text, str(path), model, error)


def parse_yaml(text: str, name: str, model: type[M], error: type[InvalidFileError] = ChecklistError) -> M:
    """YAML text as a model; raises `error`, which starts with `name` and the line."""
    try:
        data = yaml.load(text, Loader=_StrictLoader)
    except yaml.YAMLError as failed:
        mark = getattr(failed, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(failed, "problem", None) or "not valid YAML"
        raise error(f"{name}:{line}: {problem}") from None
    try:
        return model.model_validate(data)
    except ValidationError as failed:
        location, problem = plain_problem(failed, model)
        raise error(_complaint(text, name, location, problem)) from None


def complaint(
    path: Path, location: Location, problem: str, error: type[InvalidFileError] = ChecklistError
) -> InvalidFileError:
    """The error to raise for something wrong at a place in a YAML file: file, line, keys, problem."""
    return error(_complaint(path.read_text(encoding="utf-8"), str(path), location, problem))


def _complaint(text: str, name: str, location: Location, problem: str) -> str:
    node = yaml.compose(text, Loader=_StrictLoader)
    line, keys = 1, []
    for part in location:
        mark, node, key = _inside(node, part)
        line = mark.line + 1 if mark else line
        keys.append(key)
    told = f"{'.'.join(keys)}: {problem}" if keys else problem
    return f"{name}:{line}: {told}"


def _inside(node: yaml.Node | None, part: int | str) -> tuple[yaml.Mark | None, yaml.Node | None, str]:
    """Where a key or list place starts inside a node, its own node, and its name: a list item's is its id, if it has one."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(part):
                return key.start_mark, value, str(part)
    elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        item = node.value[part]
        _, named, _ = _inside(item, "id") if isinstance(item, yaml.MappingNode) else (None, None, "")
        return item.start_mark, item, named.value if isinstance(named, yaml.ScalarNode) else str(part)
    return None, None, str(part)


def line_of(path: Path, word: str) -> int:
    """The first line of a file that holds a word, for an error message."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if word in line:
            return number
    return 1
