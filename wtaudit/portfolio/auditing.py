"""Audits a portfolio: what is kept is taken, the rest is judged by a crew, and each row is handed on as it comes."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from wtaudit import __version__
from wtaudit.checklist.loading import Checklist
from wtaudit.model import Kind
from wtaudit.portfolio.crews import Crew
from wtaudit.portfolio.judging import Outcome, Settings, Task, judge
from wtaudit.portfolio.matrix import Asked, Matrix, Row, failed_row, row_of
from wtaudit.portfolio.members import Member, Portfolio, relative
from wtaudit.portfolio.running import Runner
from wtaudit.portfolio.store import Store, file_hash, origin_of

_NO_DOCUMENTS = "no documents in it: give it PDF, Word, web page, Markdown or text files"


class PortfolioAudit:
    """One run over a portfolio; `working` is the folder that paths in results start from."""

    def __init__(
        self, portfolio: Portfolio, checklist: Checklist, settings: Settings, store: Store, working: Path
    ) -> None:
        self._portfolio, self._settings, self._store, self._working = portfolio, settings, store, working
        self._identity = checklist.identity
        titles = checklist.theme_titles
        self._requirements = tuple(
            Asked(r.id, r.title, r.theme, titles[r.theme], r.level) for r in checklist.requirements
        )

    def rows(self, crew: Crew, fresh: bool = False) -> Iterator[Row]:
        """A row for each partnership, kept ones at once, the others as they are done.

        `fresh` judges all again. Results lie in the store before their row is given. Raises UsageError if they cannot.
        """
        ready: deque[Row] = deque()
        settings = replace(self._settings, seconds=crew.most_seconds)
        runner = Runner(crew, partial(judge, settings=settings))
        for task, outcome in runner.run(self._to_judge(ready, fresh)):
            yield from _emptied(ready)
            yield self._judged(task, outcome)
        yield from _emptied(ready)

    def matrix(self, rows: list[Row]) -> Matrix:
        """The rows in the portfolio's order, whatever order they came in."""
        by_stem = {row.stem: row for row in rows}
        notes = tuple(
            f"{relative(path, self._working)}: lies in no partnership's folder, so it was not audited"
            for path in self._portfolio.loose
        )
        ordered = tuple(by_stem[m.stem] for m in self._portfolio.members if m.stem in by_stem)
        return Matrix(self._identity, __version__, self._requirements, ordered, notes)

    def _to_judge(self, ready: deque[Row], fresh: bool) -> Iterator[Task]:
        """The partnerships that must be judged; the rows of the others go into `ready`."""
        for member in self._portfolio.members:
            try:
                documents = member.documents()
            except OSError as error:
                ready.append(self._failed(member, f"its folder cannot be listed ({error.strerror})"))
                continue
            if not documents:
                ready.append(self._failed(member, _NO_DOCUMENTS))
                continue
            shown = [relative(path, self._working) for path, _ in documents]
            kept = None if fresh else self._kept(member, documents)
            if kept is not None:
                ready.append(replace(row_of(member.name, member.stem, kept), kept=True))
                continue
            files = tuple((path, name, kind) for (path, kind), name in zip(documents, shown, strict=True))
            yield Task(member, files)

    def _kept(self, member: Member, documents: list[tuple[Path, Kind | None]]) -> dict[str, Any] | None:
        hashes = [file_hash(path) for path, _ in documents]
        kept = self._store.kept(member, self._origin(member, documents, hashes))
        # Another password may open what the last one did not, and no trace of a password is ever kept.
        if kept is not None and self._settings.options.password:
            return None if row_of(member.name, member.stem, kept).troubles else kept
        return kept

    def _origin(self, member: Member, documents: list[tuple[Path, Kind | None]], hashes: list[str]) -> str:
        files = [
            (relative(path, self._portfolio.base), kind, sha256)
            for (path, kind), sha256 in zip(documents, hashes, strict=True)
        ]
        return origin_of(member.name, files, self._identity.sha256, __version__, self._settings.options.ocr)

    def _judged(self, task: Task, outcome: Outcome) -> Row:
        member, count = task.member, len(task.files)
        if outcome.result is None:
            return self._failed(member, outcome.failure or "no reason was given", count)
        result = json.loads(outcome.result)
        judged_by = result["tool"]["version"]
        if judged_by != __version__:
            return self._failed(member, f"the worker has wtaudit {judged_by}, not {__version__}", count)
        # What the worker read counts, not what lay there when the task was made.
        hashes = [document["sha256"] for document in result["documents"]]
        documents = [(path, kind) for path, _, kind in task.files]
        self._store.keep(member, self._origin(member, documents, hashes), outcome.result)
        return row_of(member.name, member.stem, result)

    def _failed(self, member: Member, reason: str, documents: int = 0) -> Row:
        self._store.forget(member)
        return failed_row(member.name, member.stem, len(self._requirements), reason, documents)


def _emptied(ready: deque[Row]) -> Iterator[Row]:
    while ready:
        yield ready.popleft()
