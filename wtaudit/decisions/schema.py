"""The decisions file: one decision per requirement, with reason, person, date, and the evidence it was made on."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from wtaudit.model import DecisionKind, Status

FILE_NAME = "wtaudit-decisions.yaml"


def _no_number(value: object) -> object:
    """A bare number would pass for the seconds since 1970."""
    if isinstance(value, int | float):
        raise ValueError("should be a date such as 2026-03-31")
    return value


Day = Annotated[date, BeforeValidator(_no_number)]
RequirementId = Annotated[str, Field(pattern=r"^[A-Z0-9]+-[0-9]{2,}$")]
NOT_SET_ASIDE = (DecisionKind.CONFIRMED, DecisionKind.OVERRULED)
"""Decisions about what the text says: they must carry the fingerprint of the text they were made on."""


class RecordedDecision(BaseModel):
    """One entry of the file. `expires` is the last day on which it holds; `status` goes with overruled only."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    decision: DecisionKind
    status: Status | None = None
    justification: str = ""
    decided_by: Annotated[str, Field(pattern=r"\S")]
    decided_on: Day
    expires: Day | None = None
    fingerprint: Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")] | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.status is not None) != (self.decision is DecisionKind.OVERRULED):
            raise ValueError(
                "a 'status' goes with 'overruled', and only with it: met, partial, missing or contradicted"
            )
        if self.status is Status.UNKNOWN:
            raise ValueError("a person overrules to met, partial, missing or contradicted, not to unknown")
        if self.decision is not DecisionKind.CONFIRMED and not self.justification.strip():
            raise ValueError(f"{self.decision.value!r} needs a 'justification'")
        if self.decision in NOT_SET_ASIDE and self.fingerprint is None:
            raise ValueError(
                f"{self.decision.value!r} needs the 'fingerprint' of the evidence; record it with `wtaudit review`"
            )
        if self.expires is not None and self.expires < self.decided_on:
            raise ValueError("'expires' lies before 'decided_on'")
        return self


class DecisionsFile(BaseModel):
    """The whole file: decisions by requirement id."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    schema_version: Literal["1"]
    decisions: dict[RequirementId, RecordedDecision] | None = None

    @property
    def by_requirement(self) -> dict[str, RecordedDecision]:
        """The decisions; none where nothing stands under `decisions:`."""
        return self.decisions or {}
