"""Finds out which kind of document a text is, and says why."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from wtaudit.model import Block, BlockKind, Kind
from wtaudit.reading.kind_words import CONTENT_WORDS, OTHER_TITLES, TITLE_WORDS

NAMES = {
    Kind.ARRANGEMENTS: "arrangements",
    Kind.THRESHOLD: "threshold document",
    Kind.PROTOCOL: "local protocol",
}
OPENING_WORDS = 60
MIN_WORDS = 40
MIN_SCORE = 6.0
MIN_LEAD = 1.2  # the best kind must score this many times the second
RATE_CAP = 12.0  # more mentions per thousand words than this say no more
HEADING_WEIGHT = 0.8
OPENING_WEIGHT = 0.4
NAME_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class KindVerdict:
    """The kind, or None where it cannot be told, and the reason in one line."""

    kind: Kind | None
    reason: str


@dataclass(frozen=True, slots=True)
class _Score:
    total: float
    words: tuple[str, ...]  # what was found, the most telling first


def detect_kind(title: str, blocks: Sequence[Block], file_name: str = "") -> KindVerdict:
    """Judge by title, headings and text, and last by the file's name; never by an address."""
    text_blocks = [b for b in blocks if b.kind not in (BlockKind.FURNITURE, BlockKind.CONTENTS)]
    headings = [b.text for b in text_blocks if b.kind is BlockKind.HEADING]
    titles = list(dict.fromkeys([title, *headings[:1]]))
    other = _other_sort(titles)
    if other:
        return KindVerdict(None, f"the title looks like {other}")
    body = " ".join(block.text for block in text_blocks)
    name = re.sub(r"[\W_]+", " ", file_name.rsplit(".", 1)[0])
    scores = {kind: _score(kind, titles, headings, body, name) for kind in Kind}
    return _verdict(scores, titles, len(body.split()))


def _other_sort(titles: Iterable[str]) -> str:
    """What another sort of document the titles name, or nothing."""
    joined = " . ".join(titles)
    if any(weight >= 5 and re.search(p, joined, re.I) for k in Kind for p, weight in TITLE_WORDS[k]):
        return ""
    return next((what for p, what in OTHER_TITLES if re.search(p, joined, re.IGNORECASE)), "")


def _score(kind: Kind, titles: Sequence[str], headings: Sequence[str], body: str, name: str) -> _Score:
    words = body.split()
    opening = " ".join(words[:OPENING_WORDS])
    found: dict[str, float] = {}
    for text, factor in ((" . ".join(titles), 1.0), (opening, OPENING_WEIGHT), (name, NAME_WEIGHT)):
        hit = _best_title_word(kind, text)
        if hit:
            found[hit[0]] = max(found.get(hit[0], 0.0), hit[1] * factor)
    thousands = max(len(words), 300) / 1000
    headed = " . ".join(headings)
    for pattern, weight in _compiled(kind):
        hits = [match.group().lower() for match in pattern.finditer(body)]
        if not hits:
            continue
        rate = min(len(hits) / thousands, RATE_CAP)
        in_headings = HEADING_WEIGHT if pattern.search(headed) else 0.0
        found[hits[0]] = found.get(hits[0], 0.0) + weight * (math.log1p(rate) + in_headings)
    ranked = sorted(found, key=lambda word: (-found[word], word))
    return _Score(sum(found.values()), tuple(ranked))


def _best_title_word(kind: Kind, text: str) -> tuple[str, float] | None:
    """The most telling word of a kind that stands in a title, and its weight."""
    hits = [
        (match.group().lower(), weight)
        for pattern, weight in TITLE_WORDS[kind]
        if (match := re.search(pattern, text, re.IGNORECASE))
    ]
    return max(hits, key=lambda hit: hit[1], default=None)


@cache
def _compiled(kind: Kind) -> tuple[tuple[re.Pattern[str], float], ...]:
    return tuple((re.compile(p, re.IGNORECASE), weight) for p, weight in CONTENT_WORDS[kind])


def _verdict(scores: dict[Kind, _Score], titles: Sequence[str], length: int) -> KindVerdict:
    best, second = sorted(Kind, key=lambda kind: -scores[kind].total)[:2]
    top, next_ = scores[best].total, scores[second].total
    if top < MIN_SCORE or (length < MIN_WORDS and not _best_title_word(best, " ".join(titles))):
        return KindVerdict(None, "too little in it that tells one kind from another")
    if top < next_ * MIN_LEAD:
        reason = f"reads like {NAMES[best]} and like {NAMES[second]}"
        return KindVerdict(None, f"{reason} ({_listed(scores[best])}; {_listed(scores[second])})")
    return KindVerdict(best, f"reads like {NAMES[best]}: {_listed(scores[best])}")


def _listed(score: _Score) -> str:
    return ", ".join(f'"{word}"' for word in score.words[:3])
