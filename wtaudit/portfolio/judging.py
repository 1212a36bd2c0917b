"""What one worker does: read one partnership's documents and judge them, whatever they are."""

from __future__ import annotations

import contextlib
import faulthandler
import os
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from wtaudit.auditor import Auditor
from wtaudit.checklist.cache import ChecklistCache
from wtaudit.checklist.loading import load_checklist
from wtaudit.errors import WtauditError
from wtaudit.model import Document, Kind, ReadStatus
from wtaudit.portfolio.members import Member
from wtaudit.reading import DocumentCache, ReadOptions, read_all
from wtaudit.reading.document import failure
from wtaudit.reporting import Format, render

_ONE_AT_A_TIME = threading.Lock()
"""Threads of one process share its auditor, and Python would let only one of them judge anyway."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How every partnership is judged. `cache` is the folder of caches, None for none.

    `seconds` ends the whole process of a worker that takes longer over one partnership; None where the process is not ours.
    """

    checklist: str
    sha256: str
    options: ReadOptions
    cache: Path | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One partnership to judge: each file's path, the path to show, and the declared kind."""

    member: Member
    files: tuple[tuple[Path, str, Kind | None], ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The JSON result, or why there is none; `memory` is the most this process ever held, in bytes (0 = not known)."""

    result: str | None
    failure: str | None
    memory: int = 0


def judge(task: Task, settings: Settings) -> Outcome:
    """Read and judge one partnership; no exception of an audit leaves this function."""
    try:
        with _deadline(settings.seconds):
            return Outcome(_result(task, settings), None, _peak_memory())
    except WtauditError as error:
        return Outcome(None, str(error), _peak_memory())
    except MemoryError:
        return Outcome(None, "needs more memory than there is", _peak_memory())
    except Exception as error:  # a bug must cost one partnership, not all
        return Outcome(None, f"the audit failed on it ({type(error).__name__}: {error})", _peak_memory())


def _result(task: Task, settings: Settings) -> str:
    # One reading process: this one waits for it, so a worker keeps one core busy and never two.
    wanted = [(path, kind) for path, _, kind in task.files]
    cache = DocumentCache(settings.cache) if settings.cache else None
    read = read_all(wanted, settings.options, workers=1, cache=cache)
    documents = [_settled(d, path, shown) for d, (path, shown, _) in zip(read, task.files, strict=True)]
    with _ONE_AT_A_TIME:
        auditor = _auditor(settings.checklist, settings.sha256, settings.cache)
        report = auditor.audit(documents, task.member.name)
    result = render(report, Format.JSON)
    assert isinstance(result, str)
    return result


def _settled(document: Document, path: Path, shown: str) -> Document:
    """The document under the path to show; one of no kind cannot be judged and counts as unreadable."""
    if document.status is not ReadStatus.UNREADABLE and document.kind is None:
        reason = (
            f"cannot tell which kind of document this is ({document.kind_reason}); declare it in a manifest"
        )
        document = failure(path, None, reason, document.sha256)
    reason_shown = document.reason.replace(str(path), shown) if document.reason else document.reason
    return replace(document, path=shown, reason=reason_shown)


@lru_cache(maxsize=1)
def _auditor(checklist: str, sha256: str, cache: Path | None) -> Auditor:
    """The process's one auditor; the hash is asked for so that a long-lived worker notices a changed checklist."""
    loaded = load_checklist(checklist, ChecklistCache(cache) if cache else None)
    if loaded.identity.sha256 != sha256:
        raise WtauditError("the worker has another version of the checklist")
    return Auditor(loaded)


@contextlib.contextmanager
def _deadline(seconds: float | None) -> Iterator[None]:
    """End this process if the block takes too long, even inside a library that never comes back to Python."""
    if seconds is None:
        yield
        return
    with Path(os.devnull).open("w") as nowhere:
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


def _peak_memory() -> int:
    if sys.platform == "win32":
        return 0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
