"""The JSON Schema of a checklist's YAML files, for editors: one schema that knows each file by its keys."""

from __future__ import annotations

import json
from typing import Any

from pydantic.json_schema import models_json_schema

from wtaudit.checklist.schema import (
    ChecklistFile,
    ContextFile,
    ExampleFile,
    ThemeFile,
    VocabularyFile,
)

_KNOWN_BY = (("id", ChecklistFile), ("theme", ThemeFile), ("examples", ExampleFile), ("rules", ContextFile))
"""A key that stands in one kind of file only, tried in this order; anything else is a vocabulary."""


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12); the file in the package is this, and a test holds it so."""
    models = (*(model for _, model in _KNOWN_BY), VocabularyFile)
    names, made = models_json_schema([(model, "validation") for model in models])
    chosen: dict[str, Any] = names[VocabularyFile, "validation"]
    for key, model in reversed(_KNOWN_BY):
        chosen = {"if": {"required": [key]}, "then": names[model, "validation"], "else": chosen}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Files of a wtaudit checklist",
        "type": "object",
        **chosen,
        "$defs": made["$defs"],
    }


def schema_text() -> str:
    """The schema as the text of a file."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
