"""Joins the texts of lines, and decides whether a hyphen at a line end belongs to the word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from wtaudit.reading.pdf_lines import Line

# First parts that keep their hyphen where a line ends after it, unless the document writes them without one …
_KEEP_HYPHEN = frozenset(
    """
    multi mini self well long short early child family school decision evidence trauma strengths
    high low half full part face day whole person twenty thirty forty fifty sixty seventy eighty
    ninety one two three four five six seven eight nine ten first second third single joint peer age
    area year vice life ill cost wide close quality health community non semi mid
    """.split()  # noqa: SIM905
)
# … and those that keep it only before a word of its own: pre-birth, but preven-tion and in-formation.
_KEEP_BEFORE_WORD = frozenset(
    """
    cross inter sub co pre post anti all step follow drop sign in on up out over under not must ex
    by front fit for need re system
    """.split()  # noqa: SIM905
)


def words_of(lines: Iterable[Line]) -> Counter[str]:
    """How often each word stands inside a line, in small letters: what tells a hyphen from a line break."""
    found: Counter[str] = Counter()
    broken = False
    for line in lines:
        words = line.text.split()[1 if broken else 0 :]
        broken = line.hyphen or line.text.endswith(("-", "\u2010"))
        for word in words[: -1 if broken else None]:
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
    own_word = second.lower() in known
    keep = (
        parted in known
        or "-" in first  # social-work-qualified
        or (last_part == "co" and second[:1] == "o")
        or last_part in _KEEP_HYPHEN
        or (last_part in _KEEP_BEFORE_WORD and own_word)
        or (last_part in known and own_word and len(last_part) > 3)
    )
    return f"{bare}-{following}" if keep else bare + following
