"""The baseline: what a partnership's documents evidenced on the day it was written, and what got worse since."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from wtaudit.changes import Comparison
from wtaudit.decisions.comparison import Standing, change_of, gravest_first
from wtaudit.errors import BaselineError
from wtaudit.model import Finding, Report, Status
from wtaudit.nearness import nearest
from wtaudit.strict_yaml import line_of, load_yaml

HEADER = """\
# What the documents evidenced when this was written: `wtaudit audit --baseline FILE --fail-on-regression` fails only
# for what got worse since. Do not edit it: write it again with `wtaudit audit --write-baseline FILE`.
"""
_ONE_LINE = 10_000  # however many elements an entry has, it keeps its four lines


class _Entry(BaseModel):
    """One requirement: its status, its essential elements that were evidenced, and their words' fingerprint."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    status: Status
    evidenced: tuple[str, ...]
    fingerprint: Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]


class Baseline(BaseModel):
    """The whole file: the checklist's name and one entry per requirement id. It holds no page, line, version or time."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    schema_version: Literal["1"]
    checklist: str
    requirements: dict[str, _Entry]

    def standings(self) -> Mapping[str, Standing]:
        """What the baseline remembers, by requirement id."""
        return {
            name: Standing(entry.status, frozenset(entry.evidenced), entry.fingerprint)
            for name, entry in self.requirements.items()
        }


def load_baseline(path: Path) -> Baseline:
    """The baseline in a file; raises BaselineError for a file that is missing or wrong."""
    return load_yaml(path, Baseline, BaselineError)


def check_baseline(baseline: Baseline, path: Path, report: Report) -> None:
    """Raises BaselineError where the baseline is not of the report's checklist, or names what it does not have.

    The report must hold the findings on every requirement of the checklist.
    """
    if baseline.checklist != report.checklist.id:
        raise BaselineError(
            f"{path}: a baseline of the checklist {baseline.checklist!r}, and this audit is of {report.checklist.id!r}; "
            "write a baseline of its own with --write-baseline"
        )
    known = {f.requirement_id: f for f in report.findings}
    for name, entry in baseline.requirements.items():
        if name not in known:
            raise _unknown(path, name, f"no requirement {name} in this checklist", list(known))
        elements = [element.element_id for element in known[name].elements]
        for element in entry.evidenced:
            if element not in elements:
                raise _unknown(path, element, f"{name} has no element {element}", elements)


def _unknown(path: Path, word: str, told: str, known: list[str]) -> BaselineError:
    meant = nearest(word, known)
    hint = f"; did you mean {meant}?" if meant else "."
    after = "After a change of checklist, write the baseline again with --write-baseline"
    return BaselineError(f"{path}:{line_of(path, word)}: {told}{hint} {after}")


def compare_with_baseline(baseline: Baseline, report: Report) -> Comparison:
    """What got better or worse since the baseline, among the findings of the report."""
    standings = baseline.standings()
    changes = [change_of(f, standings.get(f.requirement_id)) for f in report.findings]
    found = [change for change in changes if change]
    return Comparison(
        partnership=report.partnership, old_checklist=None, new_checklist=report.checklist, old_documents=(),
        new_documents=report.documents, changes=gravest_first(found), moved=(), lapsed=(), documents=(),
        unchanged=len(changes) - len(found), against_baseline=True,
    )  # fmt: skip


def baseline_text(report: Report) -> str:
    """The baseline of a report as YAML: entries by id, four lines each, the same for the same findings."""
    import yaml

    content = {
        "schema_version": "1",
        "checklist": report.checklist.id,
        "requirements": {
            f.requirement_id: _entry(f) for f in sorted(report.findings, key=lambda f: f.requirement_id)
        },
    }
    told = yaml.safe_dump(
        content, sort_keys=False, default_flow_style=None, allow_unicode=True, width=_ONE_LINE
    )
    return HEADER + told


def _entry(finding: Finding) -> dict[str, object]:
    standing = Standing.of(finding)
    return {
        "status": standing.status.value,
        "evidenced": sorted(standing.evidenced),
        "fingerprint": standing.fingerprint,
    }
