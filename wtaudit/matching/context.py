"""Context rules: which words of a clause do not count as this area's operative position, and why.

The rules are data (`context.yaml` of a checklist); this module applies trigger, direction, reach and what ends them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from wtaudit.checklist.schema import ContextRule
from wtaudit.matching.clauses import Clause
from wtaudit.matching.concepts import Hits, Span
from wtaudit.matching.language import Words
from wtaudit.matching.substances import find_substance

ENDS = "context:ends"
START_WORDS = 4  # "For the Safeguarding Adults Board, …" still begins with the board
CLAUSE_STARTS = frozenset(
    {
        "be",
        "will",
        "must",
        "have",
        "shall",
        "may",
        "can",
        "should",
        "they",
        "it",
        "we",
        "he",
        "she",
        "the",
        "a",
        "this",
        "their",
    }
)
"""Words after a comma that open another clause, so that a list's commas do not end a denial and a clause's do."""
WHOLE: Span = (0, 1_000_000)


@dataclass(frozen=True, slots=True)
class Flag:
    """One discount: the flag, its reason, the words it covers and the words that triggered it."""

    flag: str
    reason: str
    span: Span
    trigger: str


def context_vocabulary(rules: Sequence[ContextRule], ends: Iterable[str]) -> dict[str, list[str]]:
    """The phrases of all rules as concepts, so that one matcher finds them with the rest."""
    vocabulary: dict[str, list[str]] = {ENDS: list(ends)}
    for number, rule in enumerate(rules):
        if rule.triggers:
            vocabulary[f"context:{number}"] = rule.triggers
        if rule.exceptions:
            vocabulary[f"context:{number}:except"] = rule.exceptions
        if rule.unless:
            vocabulary[f"context:{number}:unless"] = rule.unless
    return vocabulary


def _overlaps(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


@dataclass(slots=True)
class ContextRules:
    """Applies the rules to clauses whose hits are known."""

    rules: Sequence[ContextRule]
    _regexes: list[list[re.Pattern[str]]] = field(init=False)

    def __post_init__(self) -> None:
        """Compile the regular expressions of the rules."""
        self._regexes = [[re.compile(text) for text in rule.regexes] for rule in self.rules]

    def flags(self, clause: Clause, hits: Mapping[str, Hits], earlier: Sequence[Flag]) -> list[Flag]:
        """The flags on one clause. `earlier` are the block-wide flags of sentences before it in its block."""
        own = hits[clause.text]
        out = [] if _speaks_for_itself(clause.text) else list(earlier)
        for number, rule in enumerate(self.rules):
            name = f"context:{number}"
            if rule.direction.startswith("heading"):
                out += self._from_headings(rule, name, clause, hits)
            elif f"{name}:unless" not in own.spans:
                if name in own.spans:
                    out += self._from_words(rule, name, own)
                if not (f"{name}:except" in own.spans and rule.direction == "clause"):
                    out += [
                        Flag(rule.flag, rule.reason, WHOLE, match[0])
                        for regex in self._regexes[number]
                        if (match := regex.search(clause.text))
                    ]
        return out

    @staticmethod
    def block_wide(flags: Iterable[Flag], rules: Sequence[ContextRule]) -> list[Flag]:
        """Those flags that go on to the rest of the block."""
        lasting = {(r.flag, r.reason) for r in rules if r.direction == "block"}
        return [f for f in flags if (f.flag, f.reason) in lasting]

    @staticmethod
    def _from_headings(rule: ContextRule, name: str, clause: Clause, hits: Mapping[str, Hits]) -> list[Flag]:
        for heading in clause.headings:
            found = hits[heading]
            if name not in found.spans or f"{name}:unless" in found.spans:
                continue
            if rule.direction == "heading" or any(_is_all(span, found.words) for span in found.spans[name]):
                return [Flag(rule.flag, rule.reason, WHOLE, heading)]
        return []

    def _from_words(self, rule: ContextRule, name: str, own: Hits) -> list[Flag]:
        exempt = own.spans.get(f"{name}:except", ())
        flags = []
        for span in own.spans[name]:
            if any(_overlaps(span, other) for other in exempt):
                continue
            if rule.direction == "start" and span[0] > START_WORDS:
                continue
            covered = WHOLE
            if rule.direction in ("forward", "backward"):
                covered = _reach(span, rule, own.words, own.spans.get(ENDS, ()))
            flags.append(Flag(rule.flag, rule.reason, covered, " ".join(own.words.surface[slice(*span)])))
        return flags


def _speaks_for_itself(text: str) -> bool:
    """Whether a sentence has a local subject, which ends what an earlier sentence of its block set off."""
    return bool(find_substance("@we", text) or find_substance("@organisation", text))


def _is_all(span: Span, text: Words) -> bool:
    """Whether a span is a whole heading, a leading number apart."""
    before = text.keys[: span[0]]
    return span[1] == len(text.keys) and all(
        any(c.isdigit() for c in word) or len(word) == 1 for word in before
    )


def _reach(span: Span, rule: ContextRule, text: Words, ends: Sequence[Span]) -> Span:
    """The words a forward or backward rule covers: up to its reach, a clause break or an ending word."""
    commas = [c for c in text.commas if c < len(text.keys) and text.keys[c] in CLAUSE_STARTS]
    stops = sorted({*text.breaks, *commas, *(end[0] for end in ends)})
    if rule.direction == "forward":
        limit = min([span[1] + rule.reach, *(s for s in stops if s >= span[1])])
        return (span[0], limit)
    limit = max([span[0] - rule.reach, 0, *(s for s in stops if s <= span[0])])
    return (limit, span[1])
