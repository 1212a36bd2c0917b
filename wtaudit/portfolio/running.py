"""Runs tasks on an executor: never more waiting than needed, and what one task breaks costs that task alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from typing import Generic, TypeVar

from wtaudit.portfolio.crews import Crew
from wtaudit.portfolio.judging import Outcome

T = TypeVar("T")

BROKE_DOWN = (
    "the audit broke down over it, twice: it took too much memory or too long, or it crashed the program"
)


class Runner(Generic[T]):
    """Outcomes of `work` for tasks, in the order in which they come; one executor at a time, replaced when spent."""

    def __init__(self, crew: Crew, work: Callable[[T], Outcome]) -> None:
        self._crew, self._work = crew, work
        self._executor: Executor | None = None
        self._running: dict[Future[Outcome], tuple[T, Executor]] = {}

    def run(self, tasks: Iterator[T]) -> Iterator[tuple[T, Outcome]]:
        """Each task once, with its outcome; a task whose worker died is tried once more, alone."""
        suspects: list[T] = []
        while self._fill(tasks, suspects):
            done, _ = wait(self._running, return_when=FIRST_COMPLETED)
            for future in done:
                task, executor = self._running.pop(future)
                outcome = _outcome(future)
                if outcome is None:
                    suspects.append(task)
                    continue
                if executor is self._executor and self._is_spent(outcome):
                    self._replace()
                yield task, outcome
            if suspects and not self._running:
                yield from self._alone(suspects)
                suspects = []
        if self._executor is not None:
            self._executor.shutdown()

    def _fill(self, tasks: Iterator[T], suspects: list[T]) -> bool:
        """Submit up to one task in waiting for each at work, none while a death is being cleared up."""
        while not suspects and len(self._running) < 2 * self._crew.width:
            task = next(tasks, None)
            if task is None:
                break
            try:
                self._submit(task)
            except BrokenExecutor:
                suspects.append(task)
        return bool(self._running or suspects)

    def _submit(self, task: T) -> Future[Outcome]:
        if self._executor is None:
            self._executor = self._crew.executor()
        future = self._executor.submit(self._work, task)
        self._running[future] = task, self._executor
        return future

    def _is_spent(self, outcome: Outcome) -> bool:
        return self._crew.most_memory is not None and outcome.memory > self._crew.most_memory

    def _alone(self, suspects: list[T]) -> Iterator[tuple[T, Outcome]]:
        """A pool that dies takes every task in it along: one by one, only the guilty one dies again."""
        self._replace()
        for task in suspects:
            future = self._submit(task)
            outcome = _outcome(future)
            del self._running[future]
            if outcome is None:
                self._replace()
            yield task, outcome or Outcome(None, BROKE_DOWN)

    def _replace(self) -> None:
        """Tasks in the old executor still come to their end there."""
        if self._executor is not None:
            self._executor.shutdown(wait=False)
            self._executor = None


def _outcome(future: Future[Outcome]) -> Outcome | None:
    """What came out, None if the worker died over it."""
    try:
        return future.result()
    except BrokenExecutor:
        return None
    except Exception as error:  # a cluster has its own ways to lose a worker
        return Outcome(
            None, f"the audit failed on it ({type(error).__name__}: {' '.join(str(error).split())})"
        )
