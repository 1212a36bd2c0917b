"""What is on one PDF page: words, filled areas, rules and images, in points from the page's top left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points from the top left of the page as it is shown."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or several that the file draws in one go. `order` counts in the order the file draws them.

    `glued` says that no space stands before it, `raised` that it is a superscript, `hyphen` that the line breaks
    inside the word after it. `turn` is its reading direction in degrees, anti-clockwise,
    `apart` that the file has no space character before it, `mark` the id of its content in the structure tree.
    """

    text: str
    box: Box
    size: float
    bold: bool
    order: int
    glued: bool = False
    raised: bool = False
    hyphen: bool = False
    turn: int = 0
    mark: int = -1
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled rectangle; `colour` is 0xRRGGBB."""

    box: Box
    colour: int


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line along an axis: at `at`, from `start` to `end` on the other axis."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Page:
    """One page as read by an engine; `number` counts from 1, `drawn` counts its curves and odd shapes."""

    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)
    drawn: int = 0
    ocr: bool = False
    tags: dict[int, Tag] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tag:
    """What the file's structure tree says of a piece of content; `heading` is the level of a heading tag."""

    element: int
    role: str
    heading: int = 0


def union(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all of `boxes`, of which there is at least one."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    if len(lefts) == 1:
        return (lefts[0], tops[0], rights[0], bottoms[0])
    return (min(lefts), min(tops), max(rights), max(bottoms))


def area(box: Box) -> float:
    """Area in square points, never negative."""
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def overlap(first: Box, second: Box) -> float:
    """Area that two boxes share."""
    width = min(first[2], second[2]) - max(first[0], second[0])
    height = min(first[3], second[3]) - max(first[1], second[1])
    return width * height if width > 0 and height > 0 else 0.0


def centre_in(box: Box, outer: Box) -> bool:
    """True if the middle of `box` lies in `outer`."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]
