"""What a document's own short names stand for: "Delegated Safeguarding Partner (DSP)", "the Chief Officers' Table"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wtaudit.matching.concepts import Hits, Span
from wtaudit.matching.language import phrase_keys, words

ABBREVIATION = re.compile(r"[A-Z]{2,8}s?")
_DEFINED = re.compile(
    r"([\w'’&/ -]{3,90}?) ?\((?:the |known as |or |“|\"|‘|')*([A-Z][A-Za-z&]{1,9}s?)(?:”|\"|’|')*\)"
)
_QUOTED_ALIAS = re.compile(
    r"(?:\b(?:or|as|called|the|,) |\()(?:the |an? )?[“\"‘]([A-Z][\w’' -]{2,40}?)[”\"’]"
)
_CAPITALS = r"[A-Z][\w’'-]+(?: (?:of |and |for |the )?[A-Z][\w’'-]+)*"
_KNOWN_AS = re.compile(
    rf"\b(?:known|called|referred to|described|meets?|sits?|together|acts?|named)(?: \w+){{0,5}}? as (?:the |our |a )?({_CAPITALS})"
    rf"|\b(?:is|are) (?:known|called|the) (?:here |locally )?(?:the |our )?({_CAPITALS})"
)


@dataclass(frozen=True, slots=True)
class ShortNames:
    """Per document: local names of concepts, abbreviations that mean something else here, and plain warnings."""

    aliases: Mapping[str, tuple[str, ...]]
    foreign: frozenset[str]
    warnings: tuple[str, ...]


def _initials(phrase: str, short: str) -> str | None:
    """The tail of the phrase whose word initials spell the abbreviation, or None."""
    letters = [c.lower() for c in short.rstrip("s") if c.isalpha()]
    tail = phrase.replace("-", " ").split()
    for size in range(len(letters), min(len(tail), len(letters) + 4) + 1):
        part = tail[-size:]
        initials = [
            w[0].lower() for w in part if w.lower() not in ("of", "and", "for", "the", "in", "to", "a", "&")
        ]
        if initials == letters or [w[0].lower() for w in part] == letters:
            return " ".join(part)
    return None


def short_names(
    texts: Iterable[str], hits: Mapping[str, Hits], abbreviations: Mapping[str, frozenset[str]]
) -> ShortNames:
    """Find the short names that texts define; `abbreviations` as `spelt_out` gives them."""
    meanings: dict[str, dict[str, str]] = defaultdict(dict)
    aliases: dict[str, set[str]] = defaultdict(set)
    for text in texts:
        if "(" in text:
            for match in _DEFINED.finditer(text):
                full = _initials(match[1], match[2])
                if full:
                    key = " ".join(words(full).keys)
                    meanings[match[2].rstrip("s")][key] = full
        for concept in ("lead-partner", "delegated-partner"):
            if concept in hits[text].spans:
                for match in (*_QUOTED_ALIAS.finditer(text), *_KNOWN_AS.finditer(text)):
                    name = next(g for g in match.groups() if g)
                    if (
                        not set(words(name).keys) & {"work", "act", "partnership", "council"}
                        and len(name) > 3
                    ):
                        aliases[concept].add(name)
    return _settle(meanings, aliases, abbreviations)


def spelt_out(vocabulary: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    """Per abbreviation of the vocabulary, the base forms of all words that its concepts spell out."""
    out: dict[str, set[str]] = defaultdict(set)
    for phrases in vocabulary.values():
        plain = [text for text in phrases if "{" not in text]
        shorts = {word.rstrip("s") for text in plain for word in [text] if ABBREVIATION.fullmatch(text)}
        for short in shorts:
            out[short] |= {
                key
                for text in plain
                for key in phrase_keys(re.split(r"[\s~/]+", text.strip("~/ ")))
                if not key.isupper()
            }
    return {short: frozenset(keys) for short, keys in out.items()}


def _settle(
    meanings: Mapping[str, Mapping[str, str]],
    aliases: Mapping[str, set[str]],
    abbreviations: Mapping[str, frozenset[str]],
) -> ShortNames:
    foreign, warnings = set(), []
    for short, full in sorted(meanings.items()):
        expected = abbreviations.get(short)
        if expected is not None and not any(_fits(key.split(), expected) for key in full):
            foreign.add(short)
        if len(full) > 1:
            warnings.append(f"“{short}” has two meanings in this document: {' / '.join(full.values())}.")
    return ShortNames({c: tuple(sorted(n)) for c, n in aliases.items()}, frozenset(foreign), tuple(warnings))


def _fits(meaning: Sequence[str], expected: frozenset[str]) -> bool:
    """Whether most words of a meaning are words that the vocabulary knows for the abbreviation."""
    return 2 * sum(word in expected for word in meaning) > len(meaning)


def without_foreign(hits: Mapping[str, Hits], foreign: frozenset[str]) -> dict[str, Hits]:
    """The hits less those that rest on an abbreviation alone which means something else in this document."""
    if not foreign:
        return dict(hits)
    out = {}
    for text, found in hits.items():
        spans: dict[str, tuple[Span, ...]] = {}
        for concept, places in found.spans.items():
            kept = tuple(p for p in places if not set(found.words.keys[slice(*p)]) <= foreign)
            if kept:
                spans[concept] = kept
        out[text] = Hits(found.words, spans)
    return out
