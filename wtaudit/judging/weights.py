"""The shared logistic model: one small set of readable weights for all elements, shipped as data with the checklist."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from pathlib import Path

from wtaudit.errors import ChecklistError
from wtaudit.judging.witnesses import FEATURES

FILE = "weights.json"


@dataclass(frozen=True, slots=True)
class Logistic:
    """Bias, one weight per feature, and the probability from which a claim is believed."""

    bias: float
    weights: tuple[float, ...]
    threshold: float

    def probability(self, features: Sequence[float]) -> float:
        """The chance that the claim holds."""
        total = self.bias + sum(w * f for w, f in zip(self.weights, features, strict=True))
        return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


PATTERNS_ONLY = Logistic(-2.2, tuple(4.4 if name == "matched" else 0.0 for name in FEATURES), 0.5)
"""Believe a claim exactly when a pattern holds: for a checklist without fitted weights."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The model for elements and the one for contradictions."""

    element: Logistic
    contradiction: Logistic


def load_weights(folder: Path) -> Weights:
    """The weights beside a checklist, or patterns only; raises ChecklistError for a file that does not fit."""
    path = folder / FILE
    if not path.is_file():
        return Weights(PATTERNS_ONLY, PATTERNS_ONLY)
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return Weights(_logistic(data["element"]), _logistic(data["contradiction"]))
    except (ValueError, KeyError, TypeError) as error:
        raise ChecklistError(f"{path}:1: not a file of weights ({error})") from None


def _logistic(data: dict[str, object]) -> Logistic:
    weights = data["weights"]
    if not isinstance(weights, dict) or set(weights) != set(FEATURES):
        raise ValueError(f"features must be {', '.join(FEATURES)}")
    return Logistic(
        float(str(data["bias"])), tuple(float(weights[n]) for n in FEATURES), float(str(data["threshold"]))
    )
