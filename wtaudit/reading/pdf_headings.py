"""Tells headings from paragraphs, and gives each its level, by tags, type size, weight and numbering."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from wtaudit.reading.pdf_lines import Line
from wtaudit.reading.pdf_paragraphs import Paragraph, is_bullet

HEADING_WORDS = 24
_NUMBER = re.compile(
    r"^(?:(?:chapter|section|part|appendix|annex)\s+)?(\d{1,2}(?:\.\d{1,2}){0,4})[.):]?\s+(?=\S)", re.I
)
_SENTENCE = re.compile(r"[.;,]$")
_VERBS = re.compile(r"\b(?:will|must|should|shall|is|are|was|were|has|have)\b")
_LARGER = 1.09


@dataclass(frozen=True, slots=True)
class Look:
    """How a heading looks: size in half points, weight, depth of its number (0 for none)."""

    size: float
    bold: bool
    depth: int


def body_look(lines: Sequence[Line]) -> tuple[float, bool]:
    """Type size and weight of most of the text."""
    looks: Counter[tuple[float, bool]] = Counter()
    for line in lines:
        looks[round(line.size * 2) / 2, line.bold] += len(line.text)
    return looks.most_common(1)[0][0] if looks else (11.0, False)


class HeadingFinder:
    """Decides for one document; `outline` holds the titles of its bookmarks in small letters."""

    def __init__(self, size: float, bold: bool, outline: Collection[str] = ()) -> None:
        self._size = size
        self._bold = bold
        self._outline = outline
        self._levels: dict[Look, int] = {}
        self._tagged = 0

    def look(self, paragraph: Paragraph, text: str) -> Look | None:
        """How the paragraph looks as a heading, None if it is none."""
        tag = paragraph.lines[0].tag
        words = text.split()
        if is_bullet(paragraph.marker) or not any(letter.isalpha() for letter in text):
            return None
        look = Look(round(paragraph.size * 2) / 2, paragraph.bold, _depth(text))
        if tag and tag.heading and len(words) <= 40:
            return look
        if len(words) > HEADING_WORDS or len(paragraph.lines) > 4 or (paragraph.frame and len(words) > 12):
            return None
        if text.lower() in self._outline and (look.bold or look.size > self._size):
            return look
        return look if self._stands_out(look, text, words) else None

    def _stands_out(self, look: Look, text: str, words: Sequence[str]) -> bool:
        sentence = bool(_SENTENCE.search(text)) and not (text.endswith(".") and len(words) <= 3)
        if look.size >= self._size * 1.3:
            return not sentence or len(words) <= 12
        if sentence:
            return False
        if look.size >= self._size * _LARGER:
            return len(words) <= 16 or look.bold
        if look.size < self._size * 0.95:
            return False
        if look.bold and not self._bold:
            return len(words) <= 16 and not (text.endswith(":") and _VERBS.search(text))
        if look.depth >= 2:
            return len(words) <= 8 and not _VERBS.search(text) and not text.endswith(":")
        letters = [letter for letter in text if letter.isalpha()]
        return len(letters) >= 6 and text.isupper() and len(words) <= 10

    def settle(self, headings: Sequence[tuple[Paragraph, Look]]) -> None:
        """Give every look that occurs its level: larger before smaller, bold first, number depth last."""
        least: dict[tuple[float, bool], int] = {}
        for _, look in headings:
            if look.depth:
                key = (look.size, look.bold)
                least[key] = min(least.get(key, 9), look.depth)
        order = {}
        for _, look in headings:
            depth = look.depth or least.get((look.size, look.bold), 1)
            order[look] = (-look.size, not look.bold, depth)
        ranks = sorted(set(order.values()))
        self._levels = {look: ranks.index(rank) + 1 for look, rank in order.items()}
        tagged: dict[Look, Counter[int]] = {}
        for paragraph, look in headings:
            tag = paragraph.lines[0].tag
            if tag and tag.heading:
                tagged.setdefault(look, Counter())[tag.heading] += 1
        levels = [level for counts in tagged.values() for level in counts.elements()]
        self._tagged = max(levels) if len(levels) >= 3 and len(levels) * 3 > len(headings) else 0
        if self._tagged:
            self._levels = {look: counts.most_common(1)[0][0] for look, counts in tagged.items()}
            largest = max(look.size for look in tagged)
            for _, look in headings:  # a title larger than all tagged headings stands above them
                if look.size > largest:
                    self._levels.setdefault(look, 1)

    def level(self, paragraph: Paragraph, look: Look) -> int:
        """Level of a heading, from 1 to 6."""
        tag = paragraph.lines[0].tag
        if self._tagged:
            stated = tag.heading if tag else 0
            return min(6, stated or self._levels.get(look, self._tagged + 1))
        return min(6, self._levels.get(look, 6))


def _depth(text: str) -> int:
    match = _NUMBER.match(text)
    return match.group(1).count(".") + 1 if match else 0
