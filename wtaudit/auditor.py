"""Auditor: the small core that joins reading, matching and judging into a report."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Protocol, TypeVar

from wtaudit import __version__
from wtaudit.checklist.loading import BUILT_IN, Checklist, load_checklist
from wtaudit.checklist.schema import Requirement
from wtaudit.errors import KindUndecidedError
from wtaudit.judging.explanation import explanation
from wtaudit.judging.judge import Judge, has_unread, unknown
from wtaudit.judging.precedents import Precedents
from wtaudit.judging.witnesses import Passages
from wtaudit.matching.analysis import Analyser, Analysis
from wtaudit.model import Document, Finding, Kind, ReadStatus, Report


class Labelled(Protocol):
    """A labelled case: a document and the requirement it is judged by."""

    @property
    def document(self) -> Document:
        """The document."""

    @property
    def requirement(self) -> str:
        """The requirement's id."""


C = TypeVar("C", bound=Labelled)


class Auditor:
    """Judges documents against one checklist; cheap to reuse, so build it once.

    `checklist` is the name of a built-in checklist or the path of a checklist folder. Raises ChecklistError.
    """

    def __init__(self, checklist: str | Path | Checklist = BUILT_IN) -> None:
        self.checklist = checklist if isinstance(checklist, Checklist) else load_checklist(checklist)
        self._analyser = Analyser(self.checklist)
        self._judge = Judge(self.checklist)

    def audit(
        self,
        documents: Sequence[Document],
        partnership: str | None = None,
        *,
        only: Collection[str] | None = None,
    ) -> Report:
        """Findings on all requirements, in checklist order; raises KindUndecidedError for a document without a kind.

        `only` narrows the findings to some requirement ids.
        """
        heard = self._analyse(documents)
        findings = tuple(
            self._finding(r, documents, heard)
            for r in self.checklist.requirements
            if only is None or r.id in only
        )
        warnings = tuple(w for analysis, _ in heard.values() for w in analysis.warnings)
        return Report(
            self.checklist.identity, tuple(documents), findings, partnership, warnings, __version__,
            self.checklist.theme_titles,
        )  # fmt: skip

    def explain(self, requirement_id: str, documents: Sequence[Document]) -> list[str]:
        """The plain-text account of one verdict, line by line: patterns, passages, context, nearest examples."""
        requirement = self.checklist.by_id[requirement_id]
        heard = self._analyse(documents)
        case = self._judge.hear(requirement, self._counting(requirement, documents, heard))
        finding = self._finding(requirement, documents, heard)
        return list(explanation(case, finding, self.checklist, self._judge.words, self.precedents))

    @cached_property
    def precedents(self) -> Precedents:
        """The checklist's labelled examples, to compare passages with."""
        return Precedents(self.checklist.examples, self._analyser.match)

    def judge_cases(self, cases: Sequence[C]) -> Iterator[tuple[C, Finding, tuple[Analysis, Passages]]]:
        """Findings on labelled cases of one document, with what they rest on; for `evaluate`."""
        document = cases[0].document
        heard = self._analyse([document])
        for case in cases:
            requirement = self.checklist.by_id[case.requirement]
            yield case, self._finding(requirement, [document], heard), heard[0]

    def _analyse(self, documents: Sequence[Document]) -> dict[int, tuple[Analysis, Passages]]:
        heard = {}
        for number, document in enumerate(documents):
            if document.status is ReadStatus.UNREADABLE:
                continue
            if document.kind is None:
                raise KindUndecidedError(
                    f"{document.path}: cannot tell which kind of document this is ({document.kind_reason}); "
                    "declare it with --arrangements, --threshold or --protocol"
                )
            analysis = self._analyser.analyse(document, number)
            heard[number] = (analysis, self._judge.passages(analysis))
        return heard

    @staticmethod
    def _counting(
        requirement: Requirement, documents: Sequence[Document], heard: dict[int, tuple[Analysis, Passages]]
    ) -> list[tuple[Analysis, Passages]]:
        return [heard[n] for n, d in enumerate(documents) if n in heard and d.kind in requirement.documents]

    def _finding(
        self,
        requirement: Requirement,
        documents: Sequence[Document],
        heard: dict[int, tuple[Analysis, Passages]],
    ) -> Finding:
        counting = self._counting(requirement, documents, heard)
        lost = any(
            d.status is ReadStatus.UNREADABLE and (d.kind is None or d.kind in requirement.documents)
            for d in documents
        )
        if not counting:
            return unknown(requirement, _nothing_to_judge(requirement.documents, lost))
        case = self._judge.hear(requirement, counting)
        return self._judge.verdict(case, unread=lost or any(has_unread(a) for a, _ in counting))


def _nothing_to_judge(kinds: Sequence[Kind], lost: bool) -> str:
    wanted = " or ".join(kinds)
    if lost:
        return f"The document that counts ({wanted}) could not be read."
    return f"No document of a kind that counts was given ({wanted})."
