"""The checklist's files as pydantic models: unknown keys and wrong types are errors."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from wtaudit.model import Kind, Level

ContextFlag = Literal[
    "negated", "guidance", "aspiration", "history", "other-board", "adults", "single-agency",
    "hypothetical", "exclusion", "pointer", "quotation", "vacancy", "heading-only", "contents",
]  # fmt: skip
Scope = Literal["clause", "block", "list", "section", "document"]
SUBSTANCES = (
    "@post", "@name", "@organisation", "@council", "@icb", "@police-force", "@date", "@frequency", "@duration",
    "@money", "@share", "@number", "@phone", "@email", "@link", "@contact", "@operative", "@we",
)  # fmt: skip
"""Built-in concepts that find a kind of fact; `wtaudit.matching.substances` finds them."""
CONCEPT_NAME = re.compile(r"@?[a-z0-9][a-z0-9-]*")


def split_group(text: object) -> object:
    """`"chair | 'takes the chair'"` into its alternatives; a quoted one keeps its quotes."""
    if not isinstance(text, str):
        return text
    return [part.strip() for part in text.split("|")]


Group = Annotated[list[str], BeforeValidator(split_group), Field(min_length=1)]
"""Alternatives of which one must be found: concept names, or phrases in single quotes."""


class Strict(BaseModel):
    """Base of all checklist models: no unknown keys, no change after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Count(Strict):
    """At least `at_least` distinct members of `of` in the pattern's scope."""

    of: list[Annotated[str, Field(min_length=1)]]
    at_least: int = Field(ge=1)


class Pattern(Strict):
    """What must stand together, where, and what excludes it."""

    all: list[Group] = []
    count: Count | None = None
    scope: Scope = "clause"
    unless: list[Group] = []
    own: list[Group] = []
    allow: list[ContextFlag] = []


class Element(Strict):
    """One thing an auditor ticks inside a requirement."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    essential: bool
    text: str
    patterns: list[Pattern] = Field(min_length=1)


class Contradiction(Strict):
    """A statement that conflicts with the requirement."""

    text: str
    patterns: list[Pattern] = Field(min_length=1)


class SourceText(Strict):
    """Place in the guidance; `paragraphs` is empty where the content stands in an unnumbered box."""

    chapter: int
    heading: str
    paragraphs: list[int]


class Requirement(Strict):
    """One entry of the checklist."""

    id: str = Field(pattern=r"^[A-Z0-9]+-\d{2,}$")
    title: str
    theme: str = ""
    level: Level
    strength: str
    source: SourceText
    statement: str
    documents: list[Kind] = Field(min_length=1)
    elements: list[Element] = Field(min_length=1)
    contradictions: list[Contradiction] = []
    near_misses: list[str] = []
    advice: str
    wording: str


class ThemeFile(Strict):
    """One theme: its own concepts and its requirements."""

    theme: str
    title: str
    concepts: dict[str, list[str]] = {}
    requirements: list[Requirement]


class VocabularyFile(Strict):
    """Concepts that every theme shares."""

    concepts: dict[str, list[str]]


class ContextRule(Strict):
    """Why words near a trigger do not count. `regexes` see the text as written, where tense or order decides."""

    flag: ContextFlag
    reason: str
    direction: Literal["forward", "backward", "clause", "start", "block", "heading", "heading-exact"]
    reach: int = 10
    triggers: list[str] = []
    regexes: list[str] = []
    exceptions: list[str] = []
    unless: list[str] = []


class ContextFile(Strict):
    """All context rules, and the words that end a forward or backward reach."""

    ends: list[str]
    rules: list[ContextRule]


class ChecklistFile(Strict):
    """Name, version and order of themes."""

    id: str
    version: str
    edition: str
    themes: list[str]


class Example(Strict):
    """A labelled passage: about a whole requirement, or, with `element`, about that element alone."""

    requirement: str
    expected: Literal["met", "partial", "missing", "contradicted", "evidenced", "not-evidenced"]
    text: str
    trap: str = ""
    element: str | None = None
    evidenced: list[str] | None = None
    id: str = ""
    kind: Kind | None = None
