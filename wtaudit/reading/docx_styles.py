"""What a Word file's styles and numbering say about a paragraph: heading, list item, caption, contents."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from wtaudit.reading.docx_package import W

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_BASED_ON = 20
_HEADING_NAME = re.compile(r"(?:heading|überschrift|titre|rubrik) ?([1-9])")
_LIST_NAME = re.compile(r"list (?:bullet|number)(?: ([2-9]))?")
_OFF = ("0", "false", "off", "none")


class Role(StrEnum):
    """What a paragraph style is for, as far as reading cares."""

    TEXT = "text"
    CAPTION = "caption"
    CONTENTS = "contents"
    TERM = "term"
    DEFINITION = "definition"
    TABLE_HEADING = "table-heading"


ROLES = {
    "caption": Role.CAPTION,
    "table": Role.CAPTION,  # LibreOffice: the caption of a table
    "figure": Role.CAPTION,
    "illustration": Role.CAPTION,
    "table of figures": Role.CONTENTS,
    "list heading": Role.TERM,
    "definition term": Role.TERM,
    "list contents": Role.DEFINITION,
    "definition list": Role.DEFINITION,
    "table heading": Role.TABLE_HEADING,
}


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style with what it inherits. `heading_level` 0 is no heading; `num_id` "" no list."""

    name: str = ""
    role: Role = Role.TEXT
    heading_level: int = 0
    list_level: int = 0  # by the style's name, as in List Bullet 2
    num_id: str = ""
    num_level: int | None = None
    bold: bool = False
    hidden: bool = False

    def with_own(self, properties: _Element) -> Style:
        """The style with a `w:pPr` laid over it."""
        style = self
        level = outline_level(properties)
        if level is not None:
            style = replace(style, heading_level=level)
        numbering = properties.find(f"{W}numPr")
        if numbering is None:
            return style
        number_level = value(numbering, "ilvl")
        return replace(
            style,
            num_id=value(numbering, "numId") or style.num_id,
            num_level=int(number_level) if number_level.isdigit() else style.num_level,
        )


@dataclass(frozen=True, slots=True)
class NumberLevel:
    """One level of a numbering: its format ("bullet", "decimal" …) and pattern ("%1.%2")."""

    format: str
    pattern: str
    heads: bool  # the numbering is also that of a heading style


class Styles:
    """Styles by id, each resolved once."""

    def __init__(self, root: _Element | None) -> None:
        found = [] if root is None else root.findall(f"{W}style")
        self._elements = {e.get(f"{W}styleId", ""): e for e in found}
        self._resolved: dict[str, Style] = {}
        self.default = next(
            (
                e.get(f"{W}styleId", "")
                for e in found
                if e.get(f"{W}default") in ("1", "true") and e.get(f"{W}type") == "paragraph"
            ),
            "",
        )
        self.first_row_tables = frozenset(
            style_id
            for style_id, e in self._elements.items()
            if any(p.get(f"{W}type") == "firstRow" for p in e.iter(f"{W}tblStylePr"))
        )

    def get(self, style_id: str) -> Style:
        """The style with this id; a plain one if there is none."""
        if style_id not in self._resolved:
            self._resolved[style_id] = self._resolve(style_id, MAX_BASED_ON)
        return self._resolved[style_id]

    def _resolve(self, style_id: str, depth: int) -> Style:
        element = self._elements.get(style_id)
        if element is None or depth == 0:
            return Style()
        base_id = value(element, "basedOn")
        base = self._resolve(base_id, depth - 1) if base_id else Style()
        name = value(element, "name").lower()
        own = replace(base, name=name, role=_role(name, base.role))
        heading = _HEADING_NAME.fullmatch(name)
        listed = _LIST_NAME.fullmatch(name)
        if listed:
            own = replace(own, list_level=int(listed.group(1) or 1))
        properties = element.find(f"{W}pPr")
        if properties is not None:
            own = own.with_own(properties)
        if heading:
            own = replace(own, heading_level=int(heading.group(1)))
        elif name == "title":
            own = replace(own, heading_level=1)
        elif name in ("toc heading", "contents heading"):
            own = replace(own, heading_level=own.heading_level or 1)
        run = element.find(f"{W}rPr")
        if run is not None:
            own = replace(own, bold=flag(run, "b", own.bold), hidden=flag(run, "vanish", own.hidden))
        return own


def _role(name: str, inherited: Role) -> Role:
    if re.fullmatch(r"(?:toc|contents) \d", name):
        return Role.CONTENTS
    return ROLES.get(name, inherited)


def outline_level(properties: _Element) -> int | None:
    """1 to 9 for a heading, 0 for body text, None where nothing is said."""
    text = value(properties, "outlineLvl")
    if not text.isdigit():
        return None
    return int(text) + 1 if int(text) < 9 else 0


def value(element: _Element, child: str) -> str:
    """The `w:val` of a child element, "" if there is none."""
    found = element.find(f"{W}{child}")
    return "" if found is None else found.get(f"{W}val", "")


def flag(element: _Element, child: str, inherited: bool = False) -> bool:
    """An on-off property such as bold."""
    found = element.find(f"{W}{child}")
    return inherited if found is None else found.get(f"{W}val", "1").lower() not in _OFF


class Numbering:
    """The lists of a Word file: number id and level → what the level looks like."""

    def __init__(self, root: _Element | None, styles: Styles) -> None:
        self._levels: dict[tuple[str, int], NumberLevel] = {}
        if root is None:
            return
        abstract = {e.get(f"{W}abstractNumId", ""): e for e in root.findall(f"{W}abstractNum")}
        for number in root.findall(f"{W}num"):
            source = abstract.get(value(number, "abstractNumId"))
            if source is None:
                continue
            levels = list(source.findall(f"{W}lvl"))
            levels += [e for o in number.findall(f"{W}lvlOverride") for e in o.findall(f"{W}lvl")]
            heads = any(styles.get(value(e, "pStyle")).heading_level for e in levels)
            for level in levels:
                index = level.get(f"{W}ilvl", "")
                if index.isdigit():
                    key = (number.get(f"{W}numId", ""), int(index))
                    pattern = value(level, "lvlText")
                    self._levels[key] = NumberLevel(value(level, "numFmt"), pattern, heads)

    def is_item(self, num_id: str, level: int) -> bool:
        """True for a bullet or a simple number; False for clauses such as 3.1.2, which are paragraphs."""
        if num_id in ("", "0"):
            return False
        found = self._levels.get((num_id, level))
        if found is None:
            return True
        if found.format == "none":
            return False
        clause = found.pattern.count("%") > 1 or found.heads
        return found.format == "bullet" or not clause
