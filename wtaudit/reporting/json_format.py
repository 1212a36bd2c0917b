"""JSON: the contract's result object."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from wtaudit.model import Report
from wtaudit.reporting import Layout


def write(report: Report, layout: Layout) -> str:
    """The result as JSON text, keys in fixed order, ending in a newline."""
    text = json.dumps(report.to_dict(), ensure_ascii=False, indent=2) + "\n"
    return text.encode("utf-8", "replace").decode(
        "utf-8"
    )  # half a character, as in a name typed wrongly, has no UTF-8


@cache
def result_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the result, as shipped in the package."""
    text = files("wtaudit.reporting").joinpath("result.schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema
