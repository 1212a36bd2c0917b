"""Words of a text in base form, as the phrases of the checklist and the documents both go through."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

_IRREGULAR = {
    # plurals
    "children": "child", "people": "person", "persons": "person", "men": "man", "women": "woman",
    "criteria": "criterion", "wives": "wife", "lives": "life", "babies": "baby", "bodies": "body",
    "analyses": "analysis", "crises": "crisis", "bases": "basis", "data": "data", "news": "news",
    "headteachers": "headteacher", "senses": "sense", "series": "series", "themselves": "themselves",
    # verbs
    "led": "lead", "held": "hold", "met": "meet", "chose": "choose", "chosen": "choose",
    "wrote": "write", "written": "write", "gave": "give", "given": "give", "took": "take",
    "taken": "take", "knew": "know", "known": "know", "seen": "see", "kept": "keep", "sent": "send",
    "brought": "bring", "found": "find", "made": "make", "paid": "pay", "sat": "sit",
    "spoke": "speak", "spoken": "speak", "drew": "draw", "drawn": "draw", "came": "come",
    "went": "go", "gone": "go", "goes": "go", "told": "tell", "said": "say", "heard": "hear",
    "understood": "understand", "thought": "think", "bought": "buy", "taught": "teach",
    "rang": "ring", "began": "begin", "begun": "begin", "became": "become", "built": "build",
    "dealt": "deal", "fell": "fall", "fallen": "fall", "got": "get", "ran": "run", "sought": "seek",
    "shown": "show", "stood": "stand", "swore": "swear", "won": "win", "wound": "wind",
    "did": "do", "does": "do", "done": "do", "doing": "do", "has": "have", "had": "have",
    "having": "have", "was": "be", "were": "be", "is": "be", "are": "be", "am": "be", "been": "be",
    "being": "be", "n't": "not", "nt": "not", "ca": "can", "wo": "will", "'ll": "will", "'re": "be",
    "'ve": "have", "'m": "be", "&": "and", "an": "a", "lies": "lie", "dies": "die", "dying": "die",
    "lying": "lie", "tied": "tie", "ties": "tie", "died": "die", "shared": "share",
    # words that only look inflected, or whose base form would be another word's
    "noted": "note", "notes": "note", "noting": "note", "note": "note", "themes": "theme", "setting": "setting",
    "settings": "setting", "hearing": "hearing", "hearings": "hearing",
    "this": "this", "its": "its", "his": "his", "us": "us", "thus": "thus", "always": "always",
    "less": "less", "unless": "unless", "across": "across", "as": "as", "need": "need",
    "bring": "bring", "ring": "ring", "thing": "thing", "during": "during", "nothing": "nothing",
    "anything": "anything", "something": "something", "everything": "everything", "king": "king",
    "wing": "wing", "sibling": "sibling", "evening": "evening", "morning": "morning",
    "ceiling": "ceiling", "being's": "being", "red": "red", "bed": "bed", "hundred": "hundred",
    "indeed": "indeed", "speed": "speed", "feed": "feed", "seed": "seed", "exceed": "exceed",
    "proceed": "proceed", "succeed": "succeed", "freed": "free", "agreed": "agree",
    "guaranteed": "guarantee", "bias": "bias", "basis": "basis", "analysis": "analysis",
    "crisis": "crisis", "status": "status", "focus": "focus", "campus": "campus", "virus": "virus",
    "consensus": "consensus", "willing": "willing", "previous": "previous", "serious": "serious", "various": "various",
    "religious": "religious", "continuous": "continuous", "housing": "housing",
    "safeguarding": "safeguarding", "wellbeing": "wellbeing", "used": "use", "using": "use",
    "uses": "use", "use": "use", "led's": "lead", "arising": "arise", "nursing": "nursing",
    "policing": "policing", "funding": "fund", "building": "build", "dwelling": "dwelling",
    "training": "train", "meeting": "meet", "being-led": "lead", "ageing": "age", "aging": "age",
    "agencies": "agency", "worse": "worse", "else": "else", "these": "these", "those": "those",
    "whose": "whose", "because": "because", "course": "course", "nurse": "nurse", "house": "house",
    "courses": "course", "nurses": "nurse", "houses": "house", "purposes": "purpose",
    "headteacher": "headteacher", "principals": "principal",
}  # fmt: skip
_NUMBERS = dict(
    zip(
        map(str, range(1, 13)),
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
        strict=True,
    )
)
_CONTRACTED = frozenset({"cannot", "dont", "wont", "gonna", "gotta", "lets", "Im", "its"})
_WHOLE = frozenset(
    {"note", "theme", "there", "these", "those", "were", "where", "here", "some", "none", "one", "like"}
)
_VOWELS = set("aeiouy")


@lru_cache(maxsize=200_000)
def base_form(word: str) -> str:
    """The form under which a word is compared: endings of number, tense and spelling taken off.

    Words in capitals (two letters or more) stay as they are, a plural s apart, so that SEND and send are two words.
    The result need not be an English word; it is the same for all inflections of one.
    """
    word = word.replace("\u2019", "'")
    letters = word[:-1] if len(word) > 2 and word.endswith("s") else word
    if len(letters) > 1 and letters.isupper():
        return letters
    lower = word.lower()
    if lower in _IRREGULAR:
        return _fold(_IRREGULAR[lower])
    if lower in _NUMBERS:
        return _NUMBERS[lower]
    stem = _strip_ending(lower)
    return _fold(_IRREGULAR.get(stem, stem))


def _strip_ending(word: str) -> str:
    if len(word) < 4 or not word.isalpha():
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return _strip_ending(word[:-1]) if word.endswith("ings") else word[:-1]
    for ending in ("ing", "ed"):
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) >= 3 and _VOWELS & set(stem):
            return stem
    return word


def _fold(word: str) -> str:
    """Spelling differences that remain between inflections: final e, doubled consonant, -ize."""
    if word in _WHOLE:
        return word
    if len(word) > 4 and word.endswith("ize"):
        word = word[:-3] + "ise"
    elif len(word) > 4 and word.endswith("iz"):
        word = word[:-2] + "is"
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiou":
        word = word[:-1]
    if len(word) > 3 and word.endswith("ie"):
        word = word[:-2] + "y"
    return word


_SECTION = re.compile(r"(?<!['\w])(?:[sS]ections?|[sS]ec\.?|[sS]s?\.?) ?(\d{1,3}[A-Z]{0,2})\b")
_SECTION_PAIR = re.compile(
    r"\b([sS]ections? )(\d{1,3}[A-Z]{0,2})((?:, ?\d{1,3}[A-Z]{0,2})*),? (and|or|to|&) (\d{1,3}[A-Z]{0,2})\b"
)
_TYPOGRAPHY = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u2013": " - ", "\u2014": " - ",
     "\u2011": "-", "\u2010": "-", "\u00a0": " ", "\u00ad": "", "\ufb01": "fi", "\ufb02": "fl"}
)  # fmt: skip


def normalise(text: str) -> str:
    """One spelling for what writers spell in several ways: dashes, quotes, references to sections of an Act."""
    text = text.translate(_TYPOGRAPHY)
    if any(c.isdigit() for c in text):
        text = _SECTION_PAIR.sub(
            lambda m: " ".join(
                [f"section {n}" for n in [m[2], *re.findall(r"\d+[A-Z]*", m[3])]] + [m[4], f"section {m[5]}"]
            ),
            text,
        )
        text = _SECTION.sub(r"section \1", text)
    letters = [c for c in text if c.isalpha()]
    if sum(word.isalpha() for word in text.split()) > 3 and sum(c.isupper() for c in letters) > 0.8 * len(
        letters
    ):
        text = text.lower()
    return text


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text in base form, and the indices before which a clause breaks (hard) or a comma stands."""

    keys: tuple[str, ...]
    surface: tuple[str, ...]
    breaks: tuple[int, ...]
    commas: tuple[int, ...]


_HARD = set(";:()") | {"-", "\u2022", "|", ".", "?", "!", "--"}


@cache
def pipeline() -> Language:
    """The one spaCy pipeline: a blank English tokenizer, no model. Loading costs most of a second."""
    import spacy

    return spacy.blank("en")


def words(text: str) -> Words:
    """Cut a text into words; punctuation is dropped but remembered as breaks."""
    keys: list[str] = []
    surface: list[str] = []
    breaks: list[int] = []
    commas: list[int] = []
    doc = pipeline().make_doc(normalise(text))
    for token in doc:
        raw = token.text
        if raw in _HARD and not (
            raw == "-" and not token.whitespace_ and token.i and not doc[token.i - 1].whitespace_
        ):
            breaks.append(len(keys))
        elif raw == ",":
            commas.append(len(keys))
        elif any(c.isalnum() for c in raw) or raw == "&":
            if raw in ("'s", "'S"):
                continue
            for part in re.split(r"[-/.](?=[^\W\d])", raw) if not raw[0].isdigit() else [raw]:
                part = part.strip("'\"()[]*_.")
                if part:
                    keys.append(base_form(part))
                    surface.append(part)
    return Words(tuple(keys), tuple(surface), tuple(breaks), tuple(commas))


def phrase_keys(text: Sequence[str]) -> tuple[str, ...]:
    """The base forms of a phrase of the vocabulary; plain words need no tokenizer."""
    if all(word.isalpha() and word not in _CONTRACTED for word in text):
        return tuple(base_form(word) for word in text)
    return words(" ".join(text)).keys


_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|No|Nos|para|paras|pp|p|s|ss|St|Dr|Mr|Mrs|Ms|Prof|Cllr|Ch|Rev|vs|cf|Art|Reg|Sch|approx|tel|Tel|ext|ed|al)|\b[A-Z]|^\(?[\divxA-Za-z]{1,4}|\b\d+(?:\.\d+)+)$"
)
_END = re.compile(r"(?<!\.\.)[.!?]['\"\u2019\u201d)\]]*\s+(?=[\"'\u2018\u201c(\[]?[A-Z0-9\u00a3])")


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph, verbatim and in order; abbreviations and clause numbers do not end one."""
    out: list[str] = []
    start = 0
    for match in _END.finditer(text):
        before = text[start : match.start()]
        if text[match.start()] == "." and _ABBREVIATION.search(before):
            continue
        out.append(text[start : match.end()].strip())
        start = match.end()
    out.append(text[start:].strip())
    return [s for s in out if s]
