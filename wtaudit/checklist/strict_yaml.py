"""YAML read strictly into models: no repeated or unknown keys, and file and line for every error."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from wtaudit.errors import ChecklistError

M = TypeVar("M", bound=BaseModel)


class Located(dict[str, Any]):
    """A YAML mapping that remembers the line it starts on."""

    line = 0


class _StrictLoader(yaml.CSafeLoader):
    """Safe YAML that refuses a repeated key, which would otherwise silently replace the first."""


def _construct_mapping(loader: _StrictLoader, node: yaml.MappingNode) -> Iterator[Located]:
    mapping = Located()
    mapping.line = node.start_mark.line + 1
    yield mapping
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in mapping:
            raise yaml.constructor.ConstructorError(
                problem=f"key {key!r} stands twice", problem_mark=key_node.start_mark
            )
        mapping[key] = loader.construct_object(value_node, deep=True)


_StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _construct_mapping)


def load_yaml(path: Path, model: type[M]) -> M:
    """One YAML file as a model; raises ChecklistError with file and line for the first thing wrong."""
    try:
        text = path.read_text(encoding="utf-8")
        data = yaml.load(text, Loader=_StrictLoader)
    except OSError as error:
        raise ChecklistError(f"{path}: cannot be read ({error.strerror})") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or "not valid YAML"
        raise ChecklistError(f"{path}:{line}: {problem}") from None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ChecklistError(f"{path}:{_line(data, first['loc'])}: {where}: {first['msg']}") from None


def _line(data: Any, location: tuple[int | str, ...]) -> int:
    """The line of the innermost mapping on the way to an error."""
    line = 1
    for part in location:
        if isinstance(data, Located):
            line = data.line
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            break
    return data.line if isinstance(data, Located) else line


def line_of(path: Path, word: str) -> int:
    """The first line of a file that holds a word, for an error message."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if word in line:
            return number
    return 1
