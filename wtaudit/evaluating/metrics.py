"""Figures of agreement with labels. The positive class is the gap: any verdict other than met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wtaudit.model import Status

JUDGED = (Status.MET, Status.PARTIAL, Status.MISSING, Status.CONTRADICTED)
BINS = ((0.0, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 1.01))


@dataclass(frozen=True, slots=True)
class Verdict:
    """A labelled verdict and the one that was given, with the confidence it was given with."""

    expected: Status
    got: Status
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Figures:
    """Precision, recall, F1 and F2 on violations, precision of met, four-way accuracy, mean F1 of the four statuses."""

    cases: int
    precision: float
    recall: float
    f1: float
    f2: float
    met_precision: float
    accuracy: float
    macro_f1: float


def figures(verdicts: Sequence[Verdict]) -> Figures:
    """The figures over a set of verdicts; a ratio with nothing below the line is 0."""
    hit = sum(v.expected is not Status.MET and v.got is not Status.MET for v in verdicts)
    alarm = sum(v.expected is Status.MET and v.got is not Status.MET for v in verdicts)
    miss = sum(v.expected is not Status.MET and v.got is Status.MET for v in verdicts)
    met = len(verdicts) - hit - alarm - miss
    precision, recall = _ratio(hit, hit + alarm), _ratio(hit, hit + miss)
    scores = []
    for status in JUDGED:
        both = sum(v.expected is v.got is status for v in verdicts)
        either = sum(v.expected is status for v in verdicts) + sum(v.got is status for v in verdicts)
        if either:
            scores.append(2 * both / either)
    return Figures(
        len(verdicts), precision, recall, _f(precision, recall, 1), _f(precision, recall, 2), _ratio(met, met + miss),
        _ratio(sum(v.expected is v.got for v in verdicts), len(verdicts)), _ratio(sum(scores), len(scores)),
    )  # fmt: skip


def calibration(verdicts: Sequence[Verdict]) -> list[tuple[float, float, int, float, float]]:
    """Per band of confidence: from, to, verdicts, mean confidence, share that is right."""
    rows = []
    for low, high in BINS:
        band = [v for v in verdicts if low <= v.confidence < high]
        if band:
            mean = sum(v.confidence for v in band) / len(band)
            rows.append(
                (
                    low,
                    min(high, 1.0),
                    len(band),
                    mean,
                    _ratio(sum(v.expected is v.got for v in band), len(band)),
                )
            )
    return rows


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _f(precision: float, recall: float, beta: float) -> float:
    weight = beta * beta
    return _ratio((1 + weight) * precision * recall, weight * precision + recall)
