"""Decisions of people laid over a report, as several commands do it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from wtaudit.cli.clock import today
from wtaudit.model import Report

if TYPE_CHECKING:
    from wtaudit.decisions.schema import RecordedDecision


def read_decisions(path: Path | None) -> dict[str, RecordedDecision]:
    """The decisions in a file, by requirement id, none where no file is named; raises DecisionsError."""
    if path is None:
        return {}
    from wtaudit.decisions.loading import load_decisions

    return load_decisions(path)


def with_decisions(
    report: Report, path: Path, decided: Mapping[str, RecordedDecision], known: Collection[str]
) -> Report:
    """The report with the decisions of a file as they stand today; raises DecisionsError for an id not in `known`."""
    from wtaudit.decisions.applying import lay_over
    from wtaudit.decisions.loading import check_ids

    check_ids(path, decided, known)
    return lay_over(report, decided, today())


def checklist_ids(checklist: str) -> Collection[str]:
    """The requirement ids of a checklist, read without its language pipeline; raises ChecklistError."""
    from wtaudit.checklist.cache import ChecklistCache
    from wtaudit.checklist.loading import load_checklist
    from wtaudit.cli.inputs import document_cache_folder

    return load_checklist(checklist, ChecklistCache(document_cache_folder())).by_id
