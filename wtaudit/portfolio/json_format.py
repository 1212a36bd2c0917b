"""JSON: the matrix for other programs."""

from __future__ import annotations

import json
from dataclasses import asdict

from wtaudit.model import SCHEMA_VERSION, Status
from wtaudit.portfolio.matrix import Gap, Matrix, Row
from wtaudit.reporting import Layout

_DIGITS = 4  # of shares and means: more would only be the noise of the arithmetic


def write(matrix: Matrix, layout: Layout) -> str:
    """Keys in fixed order, ending in a newline; `statuses` and `confidences` stand in the order of `partnerships`."""
    commonest = matrix.commonest()
    content = {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "wtaudit", "version": matrix.tool_version},
        "checklist": asdict(matrix.checklist),
        "partnerships": [_partnership(row) for row in matrix.rows],
        "requirements": [_requirement(matrix, place) for place in range(len(matrix.requirements))],
        "commonest_gaps": [gap.requirement.id for gap in commonest],
        "notes": list(matrix.notes),
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _partnership(row: Row) -> dict[str, object]:
    return {
        "name": row.name,
        "result": None if row.failure else f"{row.stem}.json",
        "failure": row.failure,
        "documents": {"given": row.documents, "read": row.read, "troubles": list(row.troubles)},
        "summary": {status.value: row.count(status) for status in Status},
    }


def _requirement(matrix: Matrix, place: int) -> dict[str, object]:
    gap = matrix.gap(place)
    return {
        **asdict(gap.requirement),
        "statuses": [row.statuses[place] for row in matrix.rows],
        "confidences": [row.confidences[place] for row in matrix.rows],
        "gaps": _gap(gap),
    }


def _gap(gap: Gap) -> dict[str, object]:
    return {
        "partnerships": gap.partnerships,
        "contradicted": gap.contradicted,
        "missing": gap.missing,
        "partial": gap.partial,
        "judged": gap.judged,
        "unknown": gap.unknown,
        "share": round(gap.share, _DIGITS) if gap.judged else None,
        "low": round(gap.low, _DIGITS) if gap.judged else None,
        "high": round(gap.high, _DIGITS) if gap.judged else None,
        "mean_confidence": round(gap.confidence, _DIGITS) if gap.partnerships else None,
    }
