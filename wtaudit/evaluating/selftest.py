"""`wtaudit checklist test`: run a checklist's own examples and suggested wordings."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from wtaudit.auditor import Auditor
from wtaudit.checklist.loading import Checklist
from wtaudit.checklist.schema import Example, Requirement
from wtaudit.evaluating.cases import passage_document
from wtaudit.model import ElementStatus, Finding, Status

FLOOR = 0.85
"""The share of examples that must come out as labelled."""
_BLANK = re.compile(r"\[([^\[\]]*)\]")


@dataclass(frozen=True, slots=True)
class Failure:
    """An example or wording that did not come out as labelled."""

    requirement: str
    what: str
    expected: str
    got: str
    text: str


@dataclass(slots=True)
class SelfTest:
    """Counts and failures; `unproven` lists what has never been seen to succeed or to fail."""

    examples: int = 0
    wordings: int = 0
    failures: list[Failure] = field(default_factory=list)
    unproven: list[str] = field(default_factory=list)

    @property
    def right(self) -> float:
        """Share of examples and wordings that came out as labelled."""
        total = self.examples + self.wordings
        return 1 - len(self.failures) / total if total else 0.0

    @property
    def acceptable(self) -> bool:
        """Enough examples right, every wording met, and every requirement seen to be met and to be missed."""
        wordings = [f for f in self.failures if f.what == "wording"]
        return self.right >= FLOOR and not self.unproven and not wordings

    def summary(self) -> str:
        """One paragraph of plain text."""
        lines = [
            f"{self.examples} examples and {self.wordings} suggested wordings: {self.right:.1%} come out as labelled, "
            f"{len(self.failures)} do not."
        ]
        wordings = sorted({f.requirement for f in self.failures if f.what == "wording"})
        if wordings:
            lines.append(
                f"Suggested wording that does not evidence every essential element: {', '.join(wordings)}."
            )
        if self.unproven:
            lines.append(f"Never seen both met and missing: {', '.join(self.unproven)}.")
        return " ".join(lines)


def filled_in(wording: str) -> str:
    """A suggested wording with each blank replaced by the text that describes it."""
    return _BLANK.sub(r"\1", wording)


def run_examples(checklist: Checklist, only: Collection[str] | None = None) -> SelfTest:
    """Judge every example as a document of its own, and every suggested wording."""
    auditor = Auditor(checklist)
    result = SelfTest()
    proven: dict[str, set[str]] = {r.id: set() for r in checklist.requirements}
    for example in checklist.examples:
        if only is not None and example.requirement not in only:
            continue
        result.examples += 1
        requirement = checklist.by_id[example.requirement]
        got = _outcome(example, _judge(auditor, requirement, example.text))
        if got == example.expected:
            proven[example.requirement].add(_side(example.expected))
        else:
            result.failures.append(
                Failure(
                    example.requirement, example.element or "example", example.expected, got, example.text
                )
            )
    for failure in _wordings(auditor, only, result):
        result.failures.append(failure)
    result.unproven = [
        rid
        for rid, sides in proven.items()
        if (only is None or rid in only) and not {"for", "against"} <= sides
    ]
    return result


def _wordings(auditor: Auditor, only: Collection[str] | None, result: SelfTest) -> Iterator[Failure]:
    for requirement in auditor.checklist.requirements:
        if only is None or requirement.id in only:
            result.wordings += 1
            text = filled_in(requirement.wording)
            finding = _judge(auditor, requirement, text)
            if finding.status is not Status.MET:
                lacking = [
                    e.element_id
                    for e in finding.elements
                    if e.essential and e.status is not ElementStatus.EVIDENCED
                ]
                yield Failure(
                    requirement.id, "wording", "met", f"{finding.status} ({', '.join(lacking)})", text
                )


def _judge(auditor: Auditor, requirement: Requirement, text: str) -> Finding:
    document = passage_document(text, requirement.documents[0])
    report = auditor.audit([document], only={requirement.id})
    return report.findings[0]


def _outcome(example: Example, finding: Finding) -> str:
    if example.element is None:
        return finding.status.value
    element = next(e for e in finding.elements if e.element_id == example.element)
    return "evidenced" if element.status is not ElementStatus.NOT_EVIDENCED else "not-evidenced"


def _side(expected: str) -> str:
    return "for" if expected in ("met", "evidenced") else "against"
