"""Where the work is done: processes on this machine, or a Dask cluster that somebody else has started."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from concurrent.futures import Executor, ProcessPoolExecutor
from types import TracebackType
from typing import Any, Protocol, Self

from wtaudit.errors import UsageError, WtauditError

MOST_MEMORY = 1024 * 1024 * 1024
"""A process of ours that ever held more than this, in bytes, is replaced. A usual one holds a quarter."""
MOST_SECONDS = 3600.0
"""A process of ours that takes longer than this over one partnership is ended."""
_ANSWER_SECONDS = 10


class Crew(Protocol):
    """Gives executors. Limits are None where the processes are not ours to end."""

    @property
    def width(self) -> int:
        """How many partnerships it works on at a time; may change while it works."""

    @property
    def most_memory(self) -> int | None:
        """How much a process may ever have held before it is replaced, in bytes."""

    @property
    def most_seconds(self) -> float | None:
        """How long a process may take over one partnership."""

    def executor(self) -> Executor:
        """A fresh executor, after the first one or one that broke."""


class LocalCrew:
    """Processes on this machine, ended with the block if it ends by an exception."""

    most_memory: int | None = MOST_MEMORY
    most_seconds: float | None = MOST_SECONDS

    def __init__(self, jobs: int) -> None:
        self.width = jobs
        self._others: set[object] = set()

    def __enter__(self) -> Self:
        self._others = set(multiprocessing.active_children())
        return self

    def executor(self) -> Executor:
        """A pool of fresh interpreters: a fork would inherit whatever threads hold here."""
        return ProcessPoolExecutor(self.width, multiprocessing.get_context("spawn"), initializer=start_worker)

    def __exit__(self, kind: type[BaseException] | None, _: object, __: TracebackType | None) -> None:
        if kind is None:
            return
        for process in multiprocessing.active_children():
            if process not in self._others:
                process.terminate()


class DaskCrew:
    """The workers of a running Dask cluster. They need wtaudit, and the documents under the same paths."""

    most_memory: int | None = None
    most_seconds: float | None = None

    def __init__(self, address: str) -> None:
        self._address = address
        self._client: Any = None

    def __enter__(self) -> Self:
        try:
            from distributed import Client
        except ImportError:
            raise UsageError(
                "--dask needs the Dask extra; install it with: python -m pip install 'wtaudit[dask]'"
            ) from None
        try:
            self._client = Client(self._address, timeout=_ANSWER_SECONDS)  # type: ignore[no-untyped-call]
        except (OSError, ValueError) as error:
            raise UsageError(
                f"no Dask scheduler answers at {self._address} ({type(error).__name__})"
            ) from None
        if not self._client.nthreads():
            self._client.close()
            raise UsageError(f"the Dask cluster at {self._address} has no workers; start some first")
        return self

    @property
    def width(self) -> int:
        """As many as the cluster has threads now; raises WtauditError if it has gone away."""
        try:
            return max(1, sum(int(threads) for threads in self._client.nthreads().values()))
        except OSError:
            raise WtauditError(
                f"the Dask cluster at {self._address} no longer answers; the same command goes on from here"
            ) from None

    def executor(self) -> Executor:
        """The cluster through the standard interface; each call is work of its own, never looked up."""
        executor: Executor = self._client.get_executor(pure=False)
        return executor

    def __exit__(self, *_: object) -> None:
        self._client.close()


def start_worker() -> None:
    """Make a worker of this fresh process: it and its reading process end with the process that started it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears Ctrl-C and decides
    if sys.platform != "win32":
        os.setpgrp()
        signal.signal(signal.SIGTERM, lambda *_: _end())
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        _end()


def _end() -> None:
    if sys.platform != "win32":
        os.killpg(0, signal.SIGKILL)
    os._exit(1)
