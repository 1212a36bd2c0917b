"""The values that cross a wall between rooms: documents, evidence, findings, reports."""

from __future__ import annotations

from wtaudit.model.documents import Block, Cell, Document
from wtaudit.model.findings import (
    SCHEMA_VERSION,
    ChecklistIdentity,
    Decision,
    ElementFinding,
    Evidence,
    Finding,
    NearMiss,
    Report,
    Source,
)
from wtaudit.model.words import (
    GRAVITY,
    BlockKind,
    DateSource,
    DecisionKind,
    DecisionState,
    ElementStatus,
    Kind,
    Level,
    ReadStatus,
    Status,
)

__all__ = [
    "GRAVITY",
    "SCHEMA_VERSION",
    "Block",
    "BlockKind",
    "Cell",
    "ChecklistIdentity",
    "DateSource",
    "Decision",
    "DecisionKind",
    "DecisionState",
    "Document",
    "ElementFinding",
    "ElementStatus",
    "Evidence",
    "Finding",
    "Kind",
    "Level",
    "NearMiss",
    "ReadStatus",
    "Report",
    "Source",
    "Status",
]
