"""The words of the contract: kinds, statuses, levels, decisions, and what blocks and files are."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """Kind of partnership document."""

    ARRANGEMENTS = "arrangements"
    THRESHOLD = "threshold"
    PROTOCOL = "protocol"


class Status(StrEnum):
    """Verdict on one requirement; the order of `GRAVITY` is gravest first."""

    MET = "met"
    PARTIAL = "partial"
    MISSING = "missing"
    CONTRADICTED = "contradicted"
    UNKNOWN = "unknown"


GAPS = frozenset({Status.PARTIAL, Status.MISSING, Status.CONTRADICTED})
"""What counts as a gap; unknown is counted apart."""
GRAVITY = (Status.CONTRADICTED, Status.MISSING, Status.PARTIAL, Status.UNKNOWN, Status.MET)


class ElementStatus(StrEnum):
    """Verdict on one element of a requirement."""

    EVIDENCED = "evidenced"
    NOT_EVIDENCED = "not-evidenced"
    CONTRADICTED = "contradicted"


class Level(StrEnum):
    """How far the guidance asks for a requirement: content it names, an expectation, or a derived check."""

    CORE = "core"
    SUPPORT = "support"
    DERIVED = "derived"


class DecisionKind(StrEnum):
    """What a person decided about a finding."""

    WAIVED = "waived"
    NOT_APPLICABLE = "not_applicable"
    CONFIRMED = "confirmed"
    OVERRULED = "overruled"


class DecisionState(StrEnum):
    """Whether a decision still holds: past its date it has expired, and on another text it has lapsed."""

    LIVE = "live"
    EXPIRED = "expired"
    LAPSED = "lapsed"


class BlockKind(StrEnum):
    """What a block is on its page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    CELL = "cell"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    CONTENTS = "contents"  # a line of a table of contents
    FURNITURE = "furniture"  # running head, footer, page number, navigation: kept, never matched


class DateSource(StrEnum):
    """What tells a document's date."""

    STATED = "stated"  # its own first page
    FILE = "file"  # the file's properties: when it was made or last saved


class ReadStatus(StrEnum):
    """How much of a file could be read."""

    READ = "read"
    PARTLY_READ = "partly-read"
    UNREADABLE = "unreadable"
