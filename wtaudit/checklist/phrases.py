"""The phrase syntax of the checklist: what a policy officer writes, taken apart into word runs and gaps.

`a/b` one of these words, `word?` optional, `~` up to 3 words between, `~~` up to 7, `{name}` another concept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from wtaudit.errors import ChecklistError

SHORT_GAP = 3
LONG_GAP = 7
REFERENCE = re.compile(r"\{([^{}]*)\}")
_WORD = re.compile(r"~+|[^\s~]+")


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
    """All the phrases that one line of the vocabulary stands for; raises ChecklistError, saying what to write instead."""
    choices = [_choices(word, text) for word in _WORD.findall(text)]
    phrases = [_assemble(text, option) for option in product(*choices)]
    if not phrases:
        raise ChecklistError(f"phrase {text!r} is empty")
    return phrases


def _choices(word: str, text: str) -> list[str]:
    """What may stand in the place of one word; an empty text where it may be left out."""
    if word.startswith("~"):
        if len(word) > 2:
            raise ChecklistError(f"phrase {text!r}: write ~ for up to 3 words between, ~~ for up to 7")
        return [word]
    if "|" in word:
        raise ChecklistError(
            f"phrase {text!r}: ' | ' stands only between the alternatives of a pattern;"
            " write a/b for single words, or each phrase on a line of its own"
        )
    bare = word.rstrip("?")
    options = [bare] if bare.startswith("{") else bare.split("/")
    if not all(options):
        raise ChecklistError(
            f"phrase {text!r}: a word is missing beside {word!r}; write a/b without spaces, and word? for an optional word"
        )
    if "?" in bare:
        raise ChecklistError(f"phrase {text!r}: in {word!r} the question mark goes to the end, as in a/b?")
    if "'" in bare and any(option.startswith("'") for option in options):
        raise ChecklistError(
            f"phrase {text!r}: a quote stands inside it; in a pattern write 'one phrase' | 'another phrase'"
        )
    return options if bare == word else [*options, ""]


def _assemble(text: str, words: tuple[str, ...]) -> Phrase:
    parts: list[Part] = []
    gaps: list[int] = []
    run: list[str] = []
    gap = 0
    spoken = [w for w in words if w]

    def close(part: Part) -> None:
        nonlocal gap
        if parts:
            gaps.append(gap)
        parts.append(part)
        gap = 0

    for word in spoken:
        if word.startswith(("~", "{")):
            if run:
                close(Run(tuple(run)))
                run = []
            if word.startswith("{"):
                close(Reference(_referred(word, text)))
            else:
                gap = max(gap, LONG_GAP if word == "~~" else SHORT_GAP)
        else:
            run.append(word)
    if run:
        close(Run(tuple(run)))
    if not parts or gap or spoken[0].startswith("~"):
        raise ChecklistError(
            f"phrase {text!r} begins or ends in a gap, or every word of it is optional; put a word there"
        )
    return Phrase(tuple(parts), tuple(gaps))


def _referred(word: str, text: str) -> str:
    """The concept that `{name}` refers to."""
    if not word.endswith("}"):
        raise ChecklistError(
            f"phrase {text!r}: {word!r} lacks its closing brace; write {{concept-name}} alone"
        )
    if word.startswith("{@"):
        raise ChecklistError(
            f"phrase {text!r}: {word[1:-1]} cannot stand inside a phrase; give it a group of its own in the pattern"
        )
    return word[1:-1]


def references(vocabulary: Mapping[str, Iterable[str]]) -> dict[str, set[str]]:
    """Per concept, the other concepts that its phrases refer to."""
    return {
        name: {
            part.concept
            for text in phrases
            if "{" in text
            for phrase in parse_phrase(text)
            for part in phrase.parts
            if isinstance(part, Reference)
        }
        for name, phrases in vocabulary.items()
    }


def shown(text: str) -> str:
    """A phrase as a reader would write it: its first alternatives, a gap as "…"; `{name}` stays as it is."""
    words = [w for w in _WORD.findall(text) if not w.endswith("?")]
    return " ".join("…" if w.startswith("~") else w if "{" in w else w.split("/")[0] for w in words)
