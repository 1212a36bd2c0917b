"""Joins lines into paragraphs and list items, over line ends, columns and pages."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wtaudit.reading.pdf_lines import BULLETS, DASHES, Line, is_marker
from wtaudit.reading.pdf_page import Box, Tag, union

SENTENCE_END = re.compile(r"[.!?:;][)\]”’\"']*$")
LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}|_{5,}")
_LEADER_END = re.compile(r"(?:(?:\.\s?){4,}|…{2,})\s*(?:\d{1,3}|[ivxl]{1,6})?\s*$")
_POINTS_ON = re.compile(r"(?i)\b(?:sections?|paragraphs?|paras?|chapters?|articles?|pages?|regulations?|part|and|to|of|the|"
                        r"levels?|tiers?|or|in|by|age|aged)$")  # fmt: skip
_NUMBERED = re.compile(r"^\(?\d{1,3}(?:\.\d{1,3}){0,4}[.):]?\)?$|^\(?(?:[a-zA-Z]|[ivxIVX]{1,5})[.)]$")
_BULLET_ONLY = re.compile(rf"^(?:[{BULLETS}{re.escape(DASHES)}*]|o)$")
_GLUED_BULLET = re.compile(rf"^[{BULLETS}](?=\S)")


@dataclass(slots=True)
class Paragraph:
    """Lines that are one paragraph or list item. `left` is where its text begins, `edge` where its marker stands."""

    lines: list[Line]
    page: int
    marker: str = ""
    left: float = 0.0
    edge: float = 0.0
    column: tuple[float, float] = (0.0, 0.0)
    box_lines: int = 0  # how many of its lines stand where it begins, 0 for all
    frame: int = 0  # number of the box drawn around it, 0 for none

    @property
    def box(self) -> Box:
        """Box of the part on its first page and in its first column."""
        return union(line.box for line in self.lines[: self.box_lines or len(self.lines)])

    @property
    def size(self) -> float:
        """Type size of most of its characters."""
        sizes: Counter[float] = Counter()
        for line in self.lines:
            sizes[line.size] += len(line.text)
        return sizes.most_common(1)[0][0]

    @property
    def bold(self) -> bool:
        """True if all its lines are bold."""
        return all(line.bold for line in self.lines if len(line.text) > 1 or len(self.lines) == 1)


@dataclass(frozen=True, slots=True)
class Spacing:
    """How far lines of a paragraph stand apart in this document, in parts of the type size."""

    by_size: dict[float, float]
    usual: float

    def of(self, size: float) -> float:
        """Distance of two baselines in points for type of `size`."""
        return self.by_size.get(round(size * 2) / 2, self.usual) * size


def measure_spacing(columns: Iterable[Sequence[Line]]) -> Spacing:
    """The usual line distance per type size, from the lines of all columns."""
    found: dict[float, Counter[float]] = {}
    for lines in columns:
        for above, below in itertools.pairwise(lines):
            step = below.box[3] - above.box[3]
            if abs(above.size - below.size) < 0.3 and 0.8 * below.size < step < 2.6 * below.size:
                size = round(below.size * 2) / 2
                weight = min(len(above.text), len(below.text))
                found.setdefault(size, Counter())[round(step / below.size, 1)] += weight
    by_size = {size: steps.most_common(1)[0][0] for size, steps in found.items()}
    total: Counter[float] = Counter()
    for steps in found.values():
        total.update(steps)
    return Spacing(by_size, total.most_common(1)[0][0] if total else 1.25)


def make_paragraphs(
    lines: Sequence[Line], page: int, spacing: Spacing, left: float, right: float
) -> list[Paragraph]:
    """Paragraphs of one column that reaches from `left` to `right`."""
    paragraphs: list[Paragraph] = []
    for line in lines:
        last = paragraphs[-1] if paragraphs else None
        if last is not None and not starts_paragraph(last, line, spacing, right):
            last.lines.append(line)
            continue
        paragraphs.append(open_paragraph(line, page, left, right))
    return paragraphs


def open_paragraph(line: Line, page: int, left: float, right: float) -> Paragraph:
    """A new paragraph that begins with `line`."""
    marker = marker_of(line)
    text_left = line.box[0]
    if marker:
        rest = [word for word in line.words[1:] if not word.raised]
        text_left = rest[0].box[0] if rest else line.box[2]
    return Paragraph([line], page, marker, text_left, line.box[0], (left, right))


def marker_of(line: Line) -> str:
    """The bullet, number or letter with which a line begins, or nothing."""
    first = line.text.split(" ", 1)[0]
    if _GLUED_BULLET.match(first):
        return first[0]
    if not is_marker(first) or (" " not in line.text and first[:1] not in BULLETS):
        return ""
    if first == "o" or first.isdigit():
        gap = line.words[1].box[0] - line.words[0].box[2] if len(line.words) > 1 else 0
        if gap < line.size * (0.5 if first == "o" else 0.8):
            return ""
    return first


def is_bullet(marker: str) -> bool:
    """True for a sign that is no text of the document."""
    return bool(marker) and bool(_BULLET_ONLY.match(marker))


def starts_paragraph(last: Paragraph, line: Line, spacing: Spacing, right: float) -> bool:
    """True if `line` begins a paragraph of its own after `last`."""
    above = last.lines[-1]
    if above.turn != line.turn or above.hyphen:
        return above.turn != line.turn
    if above.tag and line.tag and _parts_elements(above.tag, line.tag):
        return True
    if abs(line.size - above.size) > 0.08 * above.size + 0.3 or (
        line.bold != above.bold and _parts_weight(above, line)
    ):
        return True
    if _LEADER_END.search(above.text) or _wide_number_end(above):
        return True
    step = line.box[3] - above.box[3]
    if step < 0.3 * line.size:  # the same row, or further up: another place of the page
        return True
    usual = spacing.of(line.size)
    if step > usual * 1.22 + 0.8:
        return True
    marker = marker_of(line)
    if marker and (is_bullet(marker) or _numbers_on(last, line, marker, step > usual * 1.06)):
        return True
    return _ended_early(last, above, line, right)


def _parts_elements(above: Tag, below: Tag) -> bool:
    """True if the structure tree says that two lines are no one paragraph, in cases where it is to be trusted."""
    contents = above.role == "TOCI" and above.element != below.element
    return contents or above.heading != below.heading


def _parts_weight(above: Line, line: Line) -> bool:
    """A change of weight parts paragraphs unless the sentence runs on."""
    return bool(SENTENCE_END.search(above.text)) or not line.text[:1].islower()


def _numbers_on(last: Paragraph, line: Line, marker: str, spaced: bool) -> bool:
    """True if a number or letter at the start of a line begins an item, rather than being part of the sentence."""
    above = last.lines[-1]
    if not _NUMBERED.match(marker):
        return False
    if spaced or (len(last.lines) > 1 and line.box[0] < above.box[0] - 4):
        return True
    if _POINTS_ON.search(above.text):
        return False
    same_kind = (
        bool(last.marker)
        and last.marker[-1] == marker[-1]
        and last.marker[0].isdigit() == marker[0].isdigit()
    )
    if same_kind and _counts_on(last.marker, marker):
        return True
    return bool(SENTENCE_END.search(above.text)) and (same_kind or above.text.endswith((":", ";")))


def _counts_on(marker: str, following: str) -> bool:
    """True for 3. after 2., b) after a), 2.3.2 after 2.3.1."""
    first, second = re.findall(r"\w+", marker), re.findall(r"\w+", following)
    if len(first) != len(second) or first[:-1] != second[:-1]:
        return False
    if first[-1].isdigit() and second[-1].isdigit():
        return int(second[-1]) == int(first[-1]) + 1
    return len(first[-1]) == len(second[-1]) == 1 and ord(second[-1]) == ord(first[-1]) + 1


def _ended_early(last: Paragraph, above: Line, line: Line, right: float) -> bool:
    """True if the line above left room for the next word, so that its end was meant."""
    first = line.words[0]
    width = (first.box[2] - first.box[0]) * len(first.text.split(" ", 1)[0]) / max(1, len(first.text))
    room = right - above.box[2] - width - 0.3 * line.size
    indent = line.box[0] - last.left
    ended = bool(SENTENCE_END.search(above.text))
    if ended and line.text.endswith(":") and line.text[:1].isupper():
        return True  # a short line that introduces a list is best on its own
    if room > line.size * 1.2 and (ended or not line.text[:1].islower()):
        centred = abs((above.box[0] + above.box[2]) - (line.box[0] + line.box[2])) < 4
        heading_like = (above.bold and line.bold) or above.size > 14
        return ended or not (heading_like and (centred or abs(indent) < 3))
    return ended and not last.marker and 6 < indent < 60 and len(last.lines) > 0 and line.text[:1].isupper()


def _wide_number_end(line: Line) -> bool:
    """True for a contents line without leaders: text, a wide gap, a page number."""
    if len(line.words) < 2 or not line.words[-1].text.isdigit():
        return False
    return line.words[-1].box[0] - line.words[-2].box[2] > 2.5 * line.size


def is_contents_line(line: Line) -> bool:
    """True for a line of a table of contents, by its tag, leaders or a number far to the right."""
    if line.tag is not None and line.tag.role == "TOCI":
        return True
    return bool(_LEADER_END.search(line.text)) or _wide_number_end(line)


def goes_on_after_break(last: Paragraph, line: Line, right: float) -> bool:
    """True if the first line of a new column or page continues `last`."""
    above = last.lines[-1]
    if abs(above.size - line.size) > 0.6 or above.bold != line.bold or above.turn != line.turn:
        return False
    if above.hyphen:
        return True
    if (
        SENTENCE_END.search(above.text)
        or is_contents_line(above)
        or (marker_of(line) and not line.text[:1].islower())
    ):
        return False
    if marker_of(line) and is_bullet(marker_of(line)):
        return False
    if line.text[:1].islower() or above.text.endswith((",", " and", " or", " of", " the", " to")):
        return True
    full = last.column[1] - above.box[2] < (last.column[1] - last.column[0]) * 0.2
    return full and not above.bold and len(above.text.split()) > 3
