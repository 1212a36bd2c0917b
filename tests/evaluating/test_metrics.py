"""Figures on verdicts counted by hand."""

from __future__ import annotations

import pytest

from wtaudit.evaluating.metrics import Verdict, calibration, figures
from wtaudit.model import Status

MET, PARTIAL, MISSING, CONTRADICTED = Status.MET, Status.PARTIAL, Status.MISSING, Status.CONTRADICTED


def test_figures_counted_by_hand() -> None:
    verdicts = [
        Verdict(MET, MET),
        Verdict(MET, MISSING),
        Verdict(MISSING, MET),
        Verdict(MISSING, PARTIAL),
        Verdict(CONTRADICTED, CONTRADICTED),
    ]
    found = figures(verdicts)
    assert found.precision == pytest.approx(2 / 3)
    assert found.recall == pytest.approx(2 / 3)
    assert found.f1 == pytest.approx(2 / 3)
    assert found.met_precision == pytest.approx(1 / 2)
    assert found.accuracy == pytest.approx(2 / 5)


def test_nothing_is_zero_not_an_error() -> None:
    assert figures([]).f1 == 0


def test_calibration_bands() -> None:
    rows = calibration([Verdict(MET, MET, 0.97), Verdict(MET, MISSING, 0.96), Verdict(MET, MET, 0.3)])
    assert [(row[2], row[4]) for row in rows] == [(1, 1.0), (2, 0.5)]
