"""Joins the texts of lines, and decides whether a hyphen at a line end belongs to the word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from wtaudit.reading.pdf_lines import Line

# Words that keep their hyphen where a line ends after it, unless the document writes them without one.
_KEEP_HYPHEN = frozenset(
    [
        "multi",
        "mini",
        "non",
        "self",
        "cross",
        "inter",
        "sub",
        "co",
        "pre",
        "post",
        "anti",
        "well",
        "long",
        "short",
        "early",
        "child",
        "family",
        "school",
        "decision",
        "evidence",
        "trauma",
        "strengths",
        "high",
        "low",
        "all",
        "half",
        "full",
        "part",
        "face",
        "day",
        "whole",
        "person",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "step",
        "follow",
        "drop",
        "sign",
        "in",
        "on",
        "up",
        "out",
        "over",
        "under",
        "first",
        "second",
        "third",
        "single",
        "joint",
        "inter",
        "peer",
        "age",
        "area",
        "system",
        "third",
        "not",
        "year",
        "must",
        "ex",
        "semi",
        "mid",
        "vice",
        "by",
        "life",
        "front",
        "fit",
        "for",
        "ill",
        "cost",
        "need",
        "wide",
        "close",
        "quality",
        "health",
        "community",
    ]
)


def words_of(lines: Iterable[Line]) -> Counter[str]:
    """How often each word stands inside a line, in small letters: what tells a hyphen from a line break."""
    found: Counter[str] = Counter()
    for line in lines:
        for word in line.text.split()[: -1 if line.hyphen else None]:
            found[word.strip(".,;:!?()[]“”‘’\"'").lower()] += 1
    return found


def join_text(lines: Sequence[Line], known: Collection[str]) -> str:
    """The text of the lines on one line, words broken at line ends made whole."""
    text = ""
    for number, line in enumerate(lines):
        if not number:
            text = line.text
        elif text.endswith(("-", "\u2010")) or lines[number - 1].hyphen:
            text = _unbroken(text, line.text, known)
        else:
            text = _spaced(text, line.text, known)
    if lines and lines[-1].hyphen and not text.endswith("-"):
        text += "-"
    return " ".join(text.split())


def _spaced(text: str, following: str, known: Collection[str]) -> str:
    """Both texts with a space between, or none where a narrow cell broke a word that stands whole elsewhere."""
    if following[:1].islower() and isinstance(known, Counter):
        first, second = text.rsplit(" ", 1)[-1].lower(), following.split(" ", 1)[0].lower()
        if known[first] <= 1 and len(first) > 3 and known[first + second.strip(".,;:")] > 0:
            return text + following
    return f"{text} {following}"


def _unbroken(text: str, following: str, known: Collection[str]) -> str:
    head, tail = re.search(r"(\S*?)[-\u2010]?$", text), re.match(r"[^\s]*", following)
    bare = text[:-1] if text.endswith(("-", "\u2010")) else text
    first = re.sub(r"^[^\w]+", "", head.group(1) if head else "")
    second = re.sub(r"[^\w]+$", "", re.split(r"[-–—/]", tail.group(0))[0] if tail else "")
    if not first or bare.endswith(" ") or not bare:
        return f"{text} {following}"
    whole, parted = f"{first}{second}".lower(), f"{first}-{second}".lower()
    if not following[:1].islower():
        return f"{bare}-{following}"
    if whole in known and parted not in known:
        return bare + following
    last_part = first.lower().rsplit("-", 1)[-1]
    keep = parted in known or last_part in _KEEP_HYPHEN or (last_part in known and second.lower() in known)
    return f"{bare}-{following}" if keep else bare + following
