"""Reads plain text: paragraphs at empty lines, typed bullets, and headings that look like headings."""

from __future__ import annotations

import re

from wtaudit.reading.assembly import BlockAssembler
from wtaudit.reading.interface import Reading

HEADING_WORDS = 10
_UNDERLINE = re.compile(r"[=\-_*~]{3,}")
_HEADING = re.compile(r"(?:\d+(?:\.\d+)*\.?\s+)?[A-Z][^.;:!?]{1,80}")
_ITEM = re.compile(r"(?:[•●▪■◦○‣·*]|[-–—](?=\s)|\(?(?:[a-z]|[ivx]{1,5}|\d{1,2})[.)])\s+(?=\S)")
_EMPTY_LINES = re.compile(r"\n(?:[ \t]*\n)+")


def read_plain_text(text: str) -> Reading:
    """Blocks of a plain text; the title is its first heading."""
    out = BlockAssembler()
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    for chunk in _EMPTY_LINES.split(text):
        lines = [line.strip() for line in chunk.split("\n") if line.strip()]
        if len(lines) >= 2 and _UNDERLINE.fullmatch(lines[1]):
            out.heading(lines[0], 1 if lines[1].startswith("=") else 2)
            lines = lines[2:]
        if len(lines) == 1 and _looks_like_heading(lines[0]):
            out.heading(lines[0], _number_depth(lines[0]))
        else:
            _paragraphs(lines, out)
    title = next((block.text for block in out.blocks if block.heading_level), "")
    return Reading(blocks=out.blocks, title=title)


def _looks_like_heading(line: str) -> bool:
    return len(line.split()) <= HEADING_WORDS and bool(_HEADING.fullmatch(line))


def _number_depth(heading: str) -> int:
    """2 for an unnumbered or "3." heading, 3 for "3.1" and so on."""
    number = re.match(r"\d+(?:\.\d+)*", heading)
    return 2 + number.group().count(".") if number else 2


def _paragraphs(lines: list[str], out: BlockAssembler) -> None:
    """Join wrapped lines; a line that starts with a bullet or a number in brackets starts an item."""
    gathered: list[str] = []
    in_item = False
    for line in lines:
        bullet = _ITEM.match(line)
        if bullet and gathered:
            _give(gathered, in_item, out)
            gathered = []
        if bullet:
            in_item = True
            line = line[bullet.end() :]
        gathered.append(line)
    _give(gathered, in_item, out)


def _give(lines: list[str], is_item: bool, out: BlockAssembler) -> None:
    if is_item:
        out.item(" ".join(lines), 1)
    else:
        out.paragraph(" ".join(lines))
