"""The matrix of requirements and partnerships, and which gaps are the commonest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt
from statistics import NormalDist, fmean
from typing import Any

from wtaudit.model import ChecklistIdentity, Level, ReadStatus, Status

GAPS = (Status.CONTRADICTED, Status.MISSING, Status.PARTIAL)
COLUMNS = (Status.MET, Status.PARTIAL, Status.MISSING, Status.CONTRADICTED, Status.UNKNOWN)
_SURE = NormalDist().inv_cdf(0.975)  # both ends of an interval that holds 19 times in 20


@dataclass(frozen=True, slots=True)
class Asked:
    """A requirement, as far as the matrix names it."""

    id: str
    title: str
    theme: str
    theme_title: str
    level: Level


@dataclass(frozen=True, slots=True)
class Row:
    """One partnership. Statuses and confidences stand in the order of the requirements.

    `failure` says why it could not be judged at all: every status is then unknown and there is no result. `troubles` says
    of each document that was not read, or not whole, why. `documents` and `read` count files. `kept` tells a result of an
    earlier run.
    """

    name: str
    stem: str
    statuses: tuple[Status, ...]
    confidences: tuple[float, ...]
    documents: int = 0
    read: int = 0
    troubles: tuple[str, ...] = ()
    failure: str | None = None
    kept: bool = False

    def count(self, status: Status) -> int:
        """How many requirements have this status."""
        return self.statuses.count(status)

    @property
    def is_incomplete(self) -> bool:
        """Whether something was not read or could not be judged."""
        return bool(self.failure or self.troubles or not self.documents) or Status.UNKNOWN in self.statuses


def row_of(name: str, stem: str, result: dict[str, Any]) -> Row:
    """The row of a JSON result."""
    findings, documents = result["findings"], result["documents"]
    return Row(
        name, stem, tuple(Status(f["status"]) for f in findings), tuple(f["confidence"] for f in findings),
        len(documents), sum(d["status"] != ReadStatus.UNREADABLE for d in documents),
        tuple(f"{d['path']}: {d['reason']}" for d in documents if d["status"] != ReadStatus.READ),
    )  # fmt: skip


def failed_row(name: str, stem: str, requirements: int, reason: str, documents: int) -> Row:
    """The row of a partnership that could not be judged, whatever the reason looks like."""
    statuses, confidences = (Status.UNKNOWN,) * requirements, (0.0,) * requirements
    return Row(name, stem, statuses, confidences, documents, failure=" ".join(reason.split()))


@dataclass(frozen=True, slots=True)
class Gap:
    """How common a gap is. `judged` counts the partnerships whose status is known, `unknown` the others.

    `low` and `high` are the ends of the 95 % Wilson interval of the share; `confidence` is the mean confidence of the
    verdicts that found the gap.
    """

    requirement: Asked
    contradicted: int
    missing: int
    partial: int
    judged: int
    unknown: int
    low: float
    high: float
    confidence: float

    @property
    def partnerships(self) -> int:
        """How many have it."""
        return self.contradicted + self.missing + self.partial

    @property
    def share(self) -> float:
        """How many of those judged have it, 0 to 1."""
        return self.partnerships / self.judged if self.judged else 0.0


@dataclass(frozen=True, slots=True)
class Matrix:
    """All rows in the portfolio's order, judged against one checklist. `notes` are plain sentences about what was left out."""

    checklist: ChecklistIdentity
    tool_version: str
    requirements: tuple[Asked, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()

    def narrowed(self, levels: Sequence[Level], themes: Sequence[str]) -> Matrix:
        """The matrix of some levels and, where any are named, some themes."""
        kept = [
            n
            for n, r in enumerate(self.requirements)
            if r.level in levels and (not themes or r.theme in themes)
        ]
        return replace(
            self,
            requirements=tuple(self.requirements[n] for n in kept),
            rows=tuple(
                replace(
                    row,
                    statuses=tuple(row.statuses[n] for n in kept),
                    confidences=tuple(row.confidences[n] for n in kept),
                )
                for row in self.rows
            ),
        )

    def by_theme(self) -> dict[str, list[tuple[int, Asked]]]:
        """The requirements with their places in the rows, by theme."""
        themes: dict[str, list[tuple[int, Asked]]] = {}
        for place, requirement in enumerate(self.requirements):
            themes.setdefault(requirement.theme, []).append((place, requirement))
        return themes

    def gap(self, place: int) -> Gap:
        """How common the gap in one requirement is."""
        found = [row.statuses[place] for row in self.rows]
        counts = {status: found.count(status) for status in Status}
        lacking = [r.confidences[place] for r in self.rows if r.statuses[place] in GAPS]
        judged = len(found) - counts[Status.UNKNOWN]
        low, high = wilson(len(lacking), judged)
        return Gap(
            self.requirements[place], counts[Status.CONTRADICTED], counts[Status.MISSING], counts[Status.PARTIAL],
            judged, counts[Status.UNKNOWN], low, high, fmean(lacking) if lacking else 0.0,
        )  # fmt: skip

    def commonest(self) -> list[Gap]:
        """The gaps that occur, commonest first: by the low end of the share, so that few partnerships prove little."""
        gaps = [self.gap(place) for place in range(len(self.requirements))]
        return sorted((g for g in gaps if g.partnerships), key=lambda g: (-g.low, -g.share))

    def sentence(self) -> str:
        """The answer in one sentence."""
        gaps = sum(row.count(status) for row in self.rows for status in GAPS)
        unread = sum(row.read == 0 for row in self.rows)
        partly = sum(row.is_incomplete and row.read > 0 for row in self.rows)
        told = [
            f"{_number(len(self.rows), 'partnership')}, {_number(len(self.requirements), 'requirement')} each: "
            f"{_number(gaps, 'gap')}"
        ]
        told += [f"{_number(unread, 'partnership')} could not be judged"] if unread else []
        told += [f"{_number(partly, 'partnership')} judged only in part"] if partly else []
        return "; ".join(told) + "."


def _number(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def wilson(hits: int, trials: int) -> tuple[float, float]:
    """The 95 % interval of a share after Wilson, 0 to 1 where nothing was tried; sound for few trials and rare hits."""
    if not trials:
        return 0.0, 1.0
    share, square = hits / trials, _SURE * _SURE
    middle = share + square / (2 * trials)
    reach = _SURE * sqrt(share * (1 - share) / trials + square / (4 * trials * trials))
    scale = 1 + square / trials
    return max(0.0, (middle - reach) / scale), min(1.0, (middle + reach) / scale)
