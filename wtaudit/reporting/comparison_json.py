"""A comparison as JSON."""

from __future__ import annotations

import json

from wtaudit.changes import Comparison
from wtaudit.reporting import Layout


def write(comparison: Comparison, layout: Layout) -> str:
    """The comparison as JSON text, keys in fixed order, ending in a newline."""
    return json.dumps(comparison.to_dict(), ensure_ascii=False, indent=2) + "\n"
