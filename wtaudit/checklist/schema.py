"""The checklist's files as pydantic models: unknown keys and wrong types are errors."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)

from wtaudit.model import Kind, Level

ContextFlag = Literal[
    "negated", "guidance", "aspiration", "history", "other-board", "adults", "single-agency",
    "hypothetical", "exclusion", "pointer", "quotation", "vacancy", "heading-only", "contents",
]  # fmt: skip
Scope = Literal["clause", "block", "list", "section", "document"]
SUBSTANCES = {
    "@post": "a post or job title", "@name": "a person's name", "@organisation": "a named organisation",
    "@council": "the council", "@icb": "the integrated care board", "@police-force": "the police force",
    "@date": "a date", "@frequency": "how often", "@duration": "a length of time or a deadline", "@money": "a sum of money",
    "@share": "a share or percentage", "@number": "a number", "@phone": "a telephone number", "@email": "an e-mail address",
    "@link": "a web address", "@contact": "a telephone number, e-mail or web address",
    "@operative": "a verb that states practice", "@we": "this area by name, or “we”",
}  # fmt: skip
"""Built-in concepts that find a kind of fact, with their names for people; `wtaudit.matching.substances` finds them."""
_NAME = r"^[a-z0-9][a-z0-9-]*$"
_ID = r"^[A-Z0-9]+-[0-9]{2,}$"


def _named(name: str) -> str:
    if re.fullmatch(_NAME, name):
        return name
    meant = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "a-name"
    raise ValueError(f"{name!r} is not a name; use small letters, figures and hyphens, such as {meant!r}")


def _numbered(identity: str) -> str:
    if re.fullmatch(_ID, identity):
        return identity
    raise ValueError(f"{identity!r} is not an id; use capitals, a hyphen and two figures, such as 'LOC-01'")


Name = Annotated[str, AfterValidator(_named), Field(json_schema_extra={"pattern": _NAME})]
RequirementId = Annotated[str, AfterValidator(_numbered), Field(json_schema_extra={"pattern": _ID})]


def split_group(text: object) -> object:
    """`"chair | 'takes the chair'"` into its alternatives; a quoted one keeps its quotes."""
    if not isinstance(text, str):
        return text
    return [part.strip() for part in text.split("|")]


Group = Annotated[
    list[str], BeforeValidator(split_group, json_schema_input_type=str | list[str]), Field(min_length=1)
]
"""Alternatives of which one must be found: concept names, or phrases in single quotes, with ` | ` between them."""


class Strict(BaseModel):
    """Base of all checklist models: no unknown keys, no change after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _not_twice(ids: Sequence[str], what: str) -> None:
    """Raise ValueError for the first of some names that stands twice."""
    for number, name in enumerate(ids):
        if name in ids[:number]:
            raise ValueError(f"{what} {name!r} stands twice; give each a name of its own")


class Count(Strict):
    """At least `at_least` distinct members of `of` in the pattern's scope."""

    of: list[Annotated[str, Field(min_length=1)]]
    at_least: int = Field(ge=1)

    @field_validator("of")
    @classmethod
    def _members_stand_alone(cls, of: list[str]) -> list[str]:
        for member in of:
            if "|" in member:
                apart = ", ".join(f'"{part.strip()}"' for part in member.split("|"))
                raise ValueError(
                    f"{member!r} would never be found: each member of `of` stands alone; write [{apart}]"
                    " to count each, or a concept that holds both phrases to count them as one"
                )
        _not_twice(of, "member")
        return of

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if self.at_least > len(self.of):
            raise ValueError(f"`at_least` asks for {self.at_least}, but `of` has only {len(self.of)} members")
        return self


class Pattern(Strict):
    """What must stand together, where, and what excludes it."""

    all: list[Group] = []
    count: Count | None = None
    scope: Scope = "clause"
    unless: list[Group] = []
    own: list[Group] = []
    together: list[Group] = []
    nowhere: list[Group] = []
    allow: list[ContextFlag] = []

    def groups(self) -> tuple[tuple[str, list[Group]], ...]:
        """The lists of groups by their key, in the order of the file."""
        return (
            ("all", self.all), ("unless", self.unless), ("own", self.own), ("together", self.together),
            ("nowhere", self.nowhere),
        )  # fmt: skip

    @model_validator(mode="after")
    def _looks_for_something(self) -> Self:
        if not self.all and self.count is None:
            raise ValueError("a pattern looks for nothing without `all` or `count`; add one")
        return self


class Element(Strict):
    """One thing an auditor ticks inside a requirement."""

    id: Name
    essential: bool
    text: str
    patterns: list[Pattern] = Field(min_length=1)


class Contradiction(Strict):
    """A statement that conflicts with the requirement."""

    text: str
    patterns: list[Pattern] = Field(min_length=1)


class SourceText(Strict):
    """Place in the guidance: chapter 0 is its introduction; `paragraphs` is empty for an unnumbered box.

    A local requirement gives only a heading, which says what it rests on.
    """

    chapter: int = Field(0, ge=0)
    heading: str
    paragraphs: list[int] = []

    @property
    def place(self) -> str:
        """The place in words: "chapter 2, Leadership (paragraphs 61, 62)"."""
        numbers = ", ".join(map(str, self.paragraphs))
        told = (
            f"{self.heading} (paragraph{'s' if len(self.paragraphs) > 1 else ''} {numbers})"
            if numbers
            else self.heading
        )
        return f"chapter {self.chapter}, {told}" if self.chapter else told


class Requirement(Strict):
    """One entry of the checklist."""

    id: RequirementId
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

    @field_validator("elements")
    @classmethod
    def _elements_can_be_told_apart(cls, elements: list[Element]) -> list[Element]:
        _not_twice([e.id for e in elements], "element")
        if not any(e.essential for e in elements):
            raise ValueError("none is essential; a requirement needs at least one with `essential: true`")
        return elements


class Concept(Strict):
    """Phrases that mean the same thing for an auditor; `title` names it to people, as in "a named lead"."""

    title: str = ""
    phrases: list[str] = Field(min_length=1)


def _as_concept(value: object) -> object:
    """A bare list of phrases as the concept it stands for."""
    if isinstance(value, str):
        raise ValueError("should be a list of phrases; put each on a line of its own, after a hyphen")
    return {"phrases": value} if isinstance(value, list) else value


Concepts = dict[
    Name,
    Annotated[Concept, BeforeValidator(_as_concept, json_schema_input_type=list[str] | Concept)],
]
"""Concepts by name: a list of phrases, or `title:` and `phrases:`."""


class ThemeFile(Strict):
    """One theme: its own concepts and its requirements; `title` is left out where the theme is one of the base's."""

    theme: Name
    title: str = ""
    concepts: Concepts = {}
    requirements: list[Requirement]


class VocabularyFile(Strict):
    """Concepts that every theme shares; `add_phrases` are further phrases for concepts of the base."""

    concepts: Concepts = {}
    add_phrases: dict[str, Annotated[list[str], Field(min_length=1)]] = {}


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

    @field_validator("regexes")
    @classmethod
    def _regexes_compile(cls, regexes: list[str]) -> list[str]:
        for text in regexes:
            try:
                re.compile(text)
            except re.error as error:
                raise ValueError(f"{text!r} is not a regular expression ({error})") from None
        return regexes


class ContextFile(Strict):
    """Context rules, and the words that end a forward or backward reach; those of a base hold as well."""

    ends: list[str] = []
    rules: list[ContextRule] = []


class Change(Strict):
    """What an own checklist changes of a requirement of its base."""

    level: Level | None = None
    documents: Annotated[list[Kind], Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if self.level is None and self.documents is None:
            raise ValueError("changes nothing; give `level` or `documents`")
        return self


class ChecklistFile(Strict):
    """Name and version of a checklist, and either its edition and themes, or the base that it extends.

    `select` and `deselect` name requirements, themes or levels of the base; without `select` all are kept.
    """

    id: Name
    version: str
    edition: str = ""
    themes: list[str] = []
    extends: str | None = None
    select: Annotated[list[str], Field(min_length=1)] | None = None
    deselect: list[str] = []
    change: dict[str, Change] = {}

    @model_validator(mode="after")
    def _whole_or_extending(self) -> Self:
        if self.extends is None:
            needless = [k for k in ("select", "deselect", "change") if k in self.model_fields_set]
            if needless:
                raise ValueError(f"{needless[0]!r} goes with `extends`; add a line such as extends: wt2023")
            if not (self.edition and self.themes):
                raise ValueError(
                    "a checklist of its own needs `edition` and `themes`; or add extends: wt2023"
                )
        _not_twice(self.themes, "theme")
        return self


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


class ExampleFile(Strict):
    """Labelled passages, easier to write by hand than JSON Lines."""

    examples: list[Example]
