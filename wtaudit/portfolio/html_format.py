"""HTML: the heat map as one page that holds all it needs, runs no script, and asks for nothing from anywhere."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from wtaudit.portfolio.matrix import COLUMNS, Gap, Matrix, Row
from wtaudit.portfolio.wording import (
    HOW_SURE,
    MOST_COMMON,
    checklist_sentence,
    interval,
    mean_confidence,
    per_cent,
    remark,
)
from wtaudit.reporting import Layout
from wtaudit.reporting.html_page import asset, policy, template
from wtaudit.reporting.wording import LABELS, LIMITS


def write(matrix: Matrix, layout: Layout) -> str:
    """The page as text."""
    style = asset("matrix.css")
    commonest = matrix.commonest()
    return template("matrix.html.jinja").render(
        title="Portfolio: safeguarding documents audit", answer=matrix.sentence(), checklist=checklist_sentence(matrix),
        checklist_hash=matrix.checklist.sha256, generator=f"wtaudit {matrix.tool_version}".strip(),
        policy=policy(style), style=Markup(style), notes=matrix.notes,
        columns=[{"status": s.value, "label": LABELS[s]} for s in COLUMNS],
        rows=[_row_view(number, row) for number, row in enumerate(matrix.rows, 1)],
        themes=[_theme_view(matrix, theme, asked) for theme, asked in matrix.by_theme().items()],
        commonest=[_gap_view(gap) for gap in commonest[:MOST_COMMON]], more=max(0, len(commonest) - MOST_COMMON),
        how_sure=HOW_SURE, limits=LIMITS,
    )  # fmt: skip


def _row_view(number: int, row: Row) -> dict[str, Any]:
    return {
        "number": number, "name": row.name, "counts": [row.count(s) for s in COLUMNS], "remark": remark(row),
        "result": "" if row.failure else f"{row.stem}.json", "documents": f"{row.read} of {row.documents}",
    }  # fmt: skip


def _theme_view(matrix: Matrix, theme: str, asked: list[tuple[int, Any]]) -> dict[str, Any]:
    requirements = [
        {
            "id": requirement.id,
            "title": requirement.title,
            "gap": _gap_view(matrix.gap(place)),
            "cells": [
                {"status": row.statuses[place].value, "label": LABELS[row.statuses[place]]}
                for row in matrix.rows
            ],
        }
        for place, requirement in asked
    ]
    return {"id": theme, "title": asked[0][1].theme_title, "requirements": requirements}


def _gap_view(gap: Gap) -> dict[str, Any]:
    return {
        "id": gap.requirement.id, "title": gap.requirement.title, "count": f"{gap.partnerships} of {gap.judged}",
        "share": per_cent(gap.share) if gap.judged else "–", "interval": interval(gap) if gap.judged else "–",
        "confidence": mean_confidence(gap), "unknown": gap.unknown,
    }  # fmt: skip
