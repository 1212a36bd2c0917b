"""The plain-text account of one verdict: what `wtaudit explain` prints."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from wtaudit.checklist.loading import Checklist
from wtaudit.checklist.schema import Element, Example, Pattern
from wtaudit.judging.judge import Case, Heard
from wtaudit.judging.precedents import Precedents, evidences
from wtaudit.judging.word_weights import Key, WordWeights
from wtaudit.matching.analysis import Analysis
from wtaudit.matching.similarity import BagTable
from wtaudit.model import ElementFinding, ElementStatus, Finding

MOST = 3
MOST_PHRASES = 6


def explanation(
    case: Case, finding: Finding, checklist: Checklist, words: WordWeights | None, precedents: Precedents
) -> Iterator[str]:
    """Lines: the verdict, then every element with its patterns and passages, then contradictions."""
    requirement = case.requirement
    yield f"{requirement.id} {requirement.title}"
    yield f"{requirement.statement}"
    yield f"Source: {requirement.source.place}."
    yield f"Counts in: {', '.join(requirement.documents)}."
    yield ""
    yield f"Verdict: {finding.status.value} (confidence {finding.confidence:.2f}). {finding.summary}"
    for element, found in zip(requirement.elements, finding.elements, strict=True):
        yield ""
        heard = case.elements[element.id]
        yield from _element(element, found, heard, checklist)
        for one in heard:
            yield from _words(one, (requirement.id, element.id), words, checklist)
            yield from _nearest(one, requirement.id, element, precedents)
    for contradiction, heard in case.contradictions:
        places = [line for h in heard for line in _matches(h)]
        if places:
            yield ""
            yield f"Conflict looked for: {contradiction.text}"
            yield from places
    if finding.advice:
        yield ""
        yield f"To add: {finding.advice}"
        yield f"Wording that would settle it: {finding.wording}"


def _element(
    element: Element, found: ElementFinding, heard: Sequence[Heard], checklist: Checklist
) -> Iterator[str]:
    need = "essential" if element.essential else "optional"
    yield f"[{element.id}] {element.text} ({need})"
    yield f"  {found.status.value}, confidence {found.confidence:.2f}"
    for number, pattern in enumerate(element.patterns):
        yield f"  pattern {number}: {described(pattern, checklist.plain_name)}"
    for one in heard:
        yield from _matches(one)
        yield from _discounted(one)
        if found.status is not ElementStatus.EVIDENCED:
            yield from _lacking(one, checklist)


def described(pattern: Pattern, name: Callable[[str], str] = str) -> str:
    """A pattern in words: groups joined by "+", scope, counts and exclusions; `name` says how a concept is called."""

    def listed(names: Sequence[str], between: str = " / ") -> str:
        return between.join(dict.fromkeys(map(name, names)))

    parts = [listed(group) for group in pattern.all]
    if pattern.count:
        parts.append(f"at least {pattern.count.at_least} of ({listed(pattern.count.of, ', ')})")
    text = " + ".join(parts) + f" in one {pattern.scope}"
    for word, groups in (
        ("together", pattern.together),
        ("unless", pattern.unless),
        ("nowhere", pattern.nowhere),
    ):
        if groups:
            text += f" {word} " + ", ".join(listed(group) for group in groups)
    return text


def _place(analysis: Analysis, clause: int) -> str:
    at = analysis.index.clauses[clause]
    page = f" p. {at.page}" if at.page is not None else ""
    under = f" under “{at.headings[-1]}”" if at.headings else ""
    return f"{analysis.document.path}{page}{under}: “{at.text}”"


def _matches(heard: Heard) -> Iterator[str]:
    for numbered in heard.testimony.matches[:MOST]:
        for clause in numbered.match.clauses[:MOST]:
            yield f"  found by pattern {numbered.pattern}: {_place(heard.analysis, clause)}"


def _discounted(heard: Heard) -> Iterator[str]:
    for number, discounted in heard.testimony.discounted[:MOST]:
        flag = discounted.flag
        because = f"{flag.flag}: {flag.reason}" + (f" (“{flag.trigger}”)" if flag.trigger else "")
        yield f"  does not count, {because}; pattern {number}: {_place(heard.analysis, discounted.clauses[0])}"


def _lacking(heard: Heard, checklist: Checklist) -> Iterator[str]:
    for number, lacking in heard.testimony.lacking[:MOST]:
        phrases = dict.fromkeys(p for name in lacking.group for p in checklist.plain_phrases(name))
        wanted = ", ".join(list(phrases)[:MOST_PHRASES])
        yield f"  near, pattern {number}: {_place(heard.analysis, lacking.clause)}"
        yield f"    would count if it also said one of: {wanted}"


def _words(heard: Heard, key: Key, words: WordWeights | None, checklist: Checklist) -> Iterator[str]:
    """The passage whose words speak loudest for the element, and which words."""
    best = heard.testimony.best_window
    if words is None or best is None or key not in words.columns:
        return
    bag = heard.passages.bags[best]
    score = float(words.scores(BagTable([bag]))[0, words.columns[key]])
    told = ", ".join(f"{_feature(name, checklist)} {value:+.2f}" for name, value in words.telling(key, bag))
    clause = heard.passages.windows[best].clauses[0]
    yield f"  words that speak loudest (score {score:+.2f}; above 0 speaks for it): {_place(heard.analysis, clause)}"
    yield f"    {told}"


def _feature(name: str, checklist: Checklist) -> str:
    """A word, a pair of words, or a concept by its plain name."""
    concept = name.removeprefix("#")
    return checklist.plain_name(concept) if name != concept and concept in checklist.vocabulary else concept


def _says(element: Element, wanted: bool, example: Example) -> bool:
    return evidences(example, element.id, element.essential) is wanted


def _nearest(heard: Heard, requirement: str, element: Element, precedents: Precedents) -> Iterator[str]:
    """The nearest labelled examples that count and that do not, and why they were judged so."""
    for label, counts in (("counts", True), ("does not count", False)):
        found = precedents.nearest(requirement, heard.passages.table, partial(_says, element, counts))
        if found is None:
            continue
        example, cosine, row = found
        clause = heard.passages.windows[row].clauses[0]
        why = f", {example.trap}" if example.trap else ""
        yield f"  nearest example that {label} ({example.expected}{why}; similarity {cosine:.2f}): {_place(heard.analysis, clause)}"
        yield f"    example: “{' '.join(example.text.split())[:200]}”"
