"""The phrase syntax of the checklist: what a policy officer writes, taken apart into word runs and gaps.

`a/b` one of these words, `word?` optional, `~` up to 3 words between, `~~` up to 7, `{name}` another concept.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from wtaudit.errors import ChecklistError

SHORT_GAP = 3
LONG_GAP = 7


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand side by side, as written in the phrase."""

    text: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """Any phrase of another concept."""

    concept: str


Part = Run | Reference


@dataclass(frozen=True, slots=True)
class Phrase:
    """Parts in order; `gaps[i]` is the most words allowed between part i and part i + 1."""

    parts: tuple[Part, ...]
    gaps: tuple[int, ...]


def parse_phrase(text: str) -> list[Phrase]:
    """All the phrases that one line of the vocabulary stands for; raises ChecklistError on bad syntax."""
    choices: list[list[str]] = []
    for word in text.split():
        if word in ("~", "~~"):
            choices.append([word])
            continue
        optional = word.endswith("?")
        options = word.rstrip("?").split("/") if not word.startswith("{") else [word.rstrip("?")]
        if not all(options):
            raise ChecklistError(f"phrase {text!r}: empty alternative in {word!r}")
        choices.append([*options, ""] if optional else options)
    phrases = [_assemble(text, option) for option in product(*choices)]
    if not phrases:
        raise ChecklistError(f"phrase {text!r} is empty")
    return phrases


def _assemble(text: str, words: tuple[str, ...]) -> Phrase:
    parts: list[Part] = []
    gaps: list[int] = []
    run: list[str] = []
    gap = 0

    def close(part: Part) -> None:
        nonlocal gap
        if parts:
            gaps.append(gap)
        parts.append(part)
        gap = 0

    for word in (w for w in words if w):
        if word in ("~", "~~") or word.startswith("{"):
            if run:
                close(Run(tuple(run)))
                run = []
            if word.startswith("{"):
                if not word.endswith("}"):
                    raise ChecklistError(f"phrase {text!r}: {word!r} lacks its closing brace")
                close(Reference(word[1:-1]))
            else:
                gap = max(gap, LONG_GAP if word == "~~" else SHORT_GAP)
        else:
            run.append(word)
    if run:
        close(Run(tuple(run)))
    if not parts or gap:
        raise ChecklistError(f"phrase {text!r} ends in a gap or holds no word")
    return Phrase(tuple(parts), tuple(gaps))
