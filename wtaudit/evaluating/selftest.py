"""`wtaudit checklist test`: run a checklist's own examples and suggested wordings."""

from __future__ import annotations

import multiprocessing
import re
import signal
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from wtaudit.auditor import Auditor
from wtaudit.checklist.loading import Checklist
from wtaudit.checklist.schema import Example, Requirement
from wtaudit.evaluating.cases import passage_document
from wtaudit.model import ElementStatus, Finding

FLOOR = 0.85
"""The share of examples that must come out as labelled."""
FEWEST_TO_SHARE = 1500
"""From so many passages on several processes pay: each takes some seconds to start."""
_BLANK = re.compile(r"\[([^\[\]]*)\]")
_WORDING = "wording"


@dataclass(frozen=True, slots=True)
class Passage:
    """A text to judge for one requirement; `what` is example, wording, or the element that it is about."""

    requirement: str
    what: str
    expected: str
    text: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A passage that did not come out as labelled; `why` says what was found of each element."""

    requirement: str
    what: str
    expected: str
    got: str
    text: str
    why: tuple[str, ...]


@dataclass(slots=True)
class SelfTest:
    """Counts and failures.

    `unproven` lists what has never been seen to succeed or to fail; every example of the requirements in `exact` must
    come out as labelled.
    """

    examples: int = 0
    wordings: int = 0
    failures: list[Failure] = field(default_factory=list)
    unproven: list[str] = field(default_factory=list)
    exact: frozenset[str] = frozenset()

    @property
    def right(self) -> float:
        """Share of examples and wordings that came out as labelled."""
        total = self.examples + self.wordings
        return 1 - len(self.failures) / total if total else 0.0

    @property
    def acceptable(self) -> bool:
        """Enough examples right, every wording met, and every requirement seen to be met and to be missed."""
        grave = [f for f in self.failures if f.what == _WORDING or f.requirement in self.exact]
        return self.right >= FLOOR and not self.unproven and not grave

    def summary(self) -> str:
        """One paragraph of plain text."""
        failed = len(self.failures)
        lines = [
            f"{_counted(self.examples, 'example')} and {_counted(self.wordings, 'suggested wording')}: "
            f"{self.right:.1%} come out as labelled, {failed} {'does' if failed == 1 else 'do'} not."
        ]
        wordings = sorted({f.requirement for f in self.failures if f.what == _WORDING})
        if wordings:
            lines.append(
                f"Suggested wording that does not evidence every essential element: {', '.join(wordings)}."
            )
        if self.unproven:
            lines.append(
                f"Never seen both met and missing: {', '.join(self.unproven)}; add examples of both."
            )
        return " ".join(lines)


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def filled_in(wording: str) -> str:
    """A suggested wording with each blank replaced by the text that describes it."""
    return _BLANK.sub(r"\1", wording)


def run_examples(
    checklist: Checklist,
    only: Collection[str] | None = None,
    workers: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> SelfTest:
    """Judge every example as a document of its own, and every suggested wording.

    `only` narrows to some requirement ids. `progress` is called with the passages done and those in all. Every example
    of what a checklist adds to the one that it extends must come out; of hundreds fitted together, most.
    """
    asked = [r for r in checklist.requirements if only is None or r.id in only]
    passages = _passages(checklist, asked)
    result = SelfTest(
        examples=len(passages) - len(asked), wordings=len(asked), exact=frozenset(checklist.tailoring.added)
    )
    proven: dict[str, set[str]] = {r.id: set() for r in asked}
    with _judged(checklist, passages, workers) as judged:
        for done, (passage, failure) in enumerate(judged, 1):
            if failure is not None:
                result.failures.append(failure)
            elif passage.what != _WORDING:
                proven[passage.requirement].add(_side(passage.expected))
            if progress is not None:
                progress(done, len(passages))
    result.unproven = [rid for rid, sides in proven.items() if not {"for", "against"} <= sides]
    return result


def _passages(checklist: Checklist, asked: Sequence[Requirement]) -> list[Passage]:
    """Every example of some requirements, then every wording."""
    ids = {r.id for r in asked}
    examples = [_example(e) for e in checklist.examples if e.requirement in ids]
    return examples + [Passage(r.id, _WORDING, "met", filled_in(r.wording)) for r in asked]


def _example(example: Example) -> Passage:
    return Passage(example.requirement, example.element or "example", example.expected, example.text)


@contextmanager
def _judged(
    checklist: Checklist, passages: Sequence[Passage], workers: int
) -> Iterator[Iterable[tuple[Passage, Failure | None]]]:
    """The passages with their failures, in order; by several processes where there are many."""
    if workers < 2 or len(passages) < FEWEST_TO_SHARE:
        tester = Tester(checklist)
        yield ((p, tester.failure(p)) for p in passages)
        return
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _start, (replace(checklist),))
    try:
        yield zip(passages, pool.map(_failure, passages, chunksize=50), strict=True)
    finally:
        pool.shutdown(cancel_futures=True)


class Tester:
    """Judges passages against one checklist."""

    def __init__(self, checklist: Checklist) -> None:
        self._auditor = Auditor(checklist)

    def failure(self, passage: Passage) -> Failure | None:
        """What came out otherwise than labelled, or None."""
        requirement = self._auditor.checklist.by_id[passage.requirement]
        document = passage_document(passage.text, requirement.documents[0])
        finding = self._auditor.audit([document], only={requirement.id}).findings[0]
        got = _outcome(passage, finding)
        if got == passage.expected:
            return None
        return Failure(
            passage.requirement, passage.what, passage.expected, got, passage.text, tuple(_why(finding))
        )


_testers: list[Tester] = []
"""The one tester of a worker process."""


def _start(checklist: Checklist) -> None:
    """Make this fresh process a worker; the parent hears Ctrl-C and decides."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _testers.append(Tester(checklist))


def _failure(passage: Passage) -> Failure | None:
    return _testers[0].failure(passage)


def _outcome(passage: Passage, finding: Finding) -> str:
    if passage.expected not in ("evidenced", "not-evidenced"):
        return finding.status.value
    element = next(e for e in finding.elements if e.element_id == passage.what)
    return "evidenced" if element.status is not ElementStatus.NOT_EVIDENCED else "not-evidenced"


def _why(finding: Finding) -> Iterator[str]:
    """What was found of each element, with the first reason against it, and what contradicts."""
    reasons: dict[str, str] = {}
    for miss in finding.near_misses:
        reasons.setdefault(miss.element, miss.reason)
    for element in finding.elements:
        reason = reasons.get(element.element_id)
        need = "essential" if element.essential else "optional"
        yield f"{element.element_id} ({need}): {element.status.value}" + (f"; {reason}" if reason else "")
    for text in finding.contradictions:
        yield f"contradiction: {text}"


def _side(expected: str) -> str:
    return "for" if expected in ("met", "evidenced") else "against"
