"""What is wrong with a file, in plain words: pydantic's first complaint for people who have never heard of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError

from wtaudit.nearness import nearest

Location = tuple[int | str, ...]

_SHOULD_BE = {
    "string_type": "text in quotes",
    "list_type": "a list",
    "dict_type": "a table of keys and values",
    "model_type": "a table of keys and values",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "date_type": "a date such as 2026-03-31",
    "date_from_datetime_parsing": "a date such as 2026-03-31",
    "date_parsing": "a date such as 2026-03-31",
}


def plain_problem(error: ValidationError, model: type[BaseModel]) -> tuple[Location, str]:
    """Where the first thing wrong stands (keys and list places from the top) and what it is, in one sentence."""
    wrong = error.errors(include_url=False)
    # A misspelt key is told rather than that the right one is missing.
    first = next((e for e in wrong if e["type"] == "extra_forbidden"), wrong[0])
    location: Location = tuple(part for part in first["loc"] if part != "[key]")
    kind = first["type"]
    if kind == "extra_forbidden":
        return location, _unknown_key(str(location[-1]), known_keys(model, location[:-1]))
    if kind == "missing":
        return location, "is missing"
    if kind == "enum" and "[key]" in first["loc"]:
        return location, _unknown_key(str(location[-1]), re.findall(r"'([^']+)'", first["ctx"]["expected"]))
    if kind in ("enum", "literal_error"):
        return location, f"should be {first['ctx']['expected']}, not {first['input']!r}"
    if kind == "too_short":
        return location, "is empty; give at least one"
    if kind == "string_type" and isinstance(first["input"], bool):
        return location, "should be text in quotes; a bare yes, no, on or off means true or false"
    if kind in _SHOULD_BE:
        return location, f"should be {_SHOULD_BE[kind]}"
    return location, str(first["msg"]).removeprefix("Value error, ")


def _unknown_key(key: str, known: list[str]) -> str:
    meant = nearest(key, known)
    if meant:
        return f"no such key; did you mean {meant!r}?"
    return f"no such key; there are {', '.join(known)}"


def known_keys(model: type[BaseModel], location: Location) -> list[str]:
    """The keys that the model knows at a place."""
    inner: Any = model
    for part in location:
        inner = _inside(inner, part)
    found = next(_models(inner), None)
    return list(_keys(found)) if found else []


def _inside(annotation: Any, part: int | str) -> Any:
    """The annotation of what stands at a key or list place of something so annotated, None where there is nothing."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _keys(annotation).get(str(part))
    arguments = get_args(annotation)
    if get_origin(annotation) is dict:
        return arguments[1]
    if get_origin(annotation) is list:
        return arguments[0]
    return next(filter(None, (_inside(argument, part) for argument in arguments)), None)


def _keys(model: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field.annotation for name, field in model.model_fields.items()}


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models inside an annotation such as `Annotated[Entry, …] | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)
