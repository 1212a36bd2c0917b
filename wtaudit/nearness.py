"""What somebody who mistyped a word most likely meant."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word nearest to `word`, whatever its case, if any is near."""
    from rapidfuzz import process

    found = process.extractOne(word, list(known), processor=str.lower, score_cutoff=60)
    return str(found[0]) if found else None
