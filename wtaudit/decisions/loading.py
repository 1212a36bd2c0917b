"""Reads a decisions file strictly; every error names file and line."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from wtaudit.decisions.schema import DecisionsFile, RecordedDecision
from wtaudit.errors import DecisionsError
from wtaudit.nearness import nearest
from wtaudit.strict_yaml import line_of, load_yaml


def load_decisions(path: Path) -> dict[str, RecordedDecision]:
    """The decisions by requirement id; raises DecisionsError for a file that is missing or wrong."""
    return load_yaml(path, DecisionsFile, DecisionsError).by_requirement


def check_ids(path: Path, decided: Collection[str], known: Collection[str]) -> None:
    """Raises DecisionsError for the first requirement id that the checklist does not have."""
    for requirement in decided:
        if requirement not in known:
            meant = nearest(requirement, sorted(known))
            hint = f"; did you mean {meant}?" if meant else ""
            line = line_of(path, requirement)
            raise DecisionsError(f"{path}:{line}: no requirement {requirement} in this checklist{hint}")
