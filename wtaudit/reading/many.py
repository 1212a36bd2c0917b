"""Reads many files in processes of their own, with time and memory limits; one bad file stops nothing."""

from __future__ import annotations

import contextlib
import hashlib
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from wtaudit.errors import UnreadableError
from wtaudit.model import Document, Kind
from wtaudit.reading.cache import DocumentCache
from wtaudit.reading.codec import document_from_json
from wtaudit.reading.document import declared_kind, failure, load, with_kind
from wtaudit.reading.interface import ReadOptions
from wtaudit.reading.worker import memory_reason

FileProgress = Callable[[str, int, int], None]
"""Called with (path, pages done, pages in all) while files are read, from several threads."""

_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
_SERVE = _START + "from wtaudit.reading.worker import serve; serve()"


def read_all(
    paths_and_kinds: Iterable[tuple[str | Path, Kind | str | None]],
    options: ReadOptions | None = None,
    progress: FileProgress | None = None,
    workers: int = 2,
    cache: DocumentCache | None = None,
) -> list[Document]:
    """One document per file, in the order given; UNREADABLE with a reason where a file could not be read."""
    options = options or ReadOptions()
    wanted = [(Path(path), declared_kind(kind)) for path, kind in paths_and_kinds]
    crew: SimpleQueue[_Reader] = SimpleQueue()
    readers = [_Reader(options) for _ in range(max(1, min(workers, len(wanted))))]
    for reader in readers:
        crew.put(reader)

    def one(task: tuple[Path, Kind | None]) -> Document:
        reader = crew.get()
        try:
            return _read_one(task[0], task[1], reader, options, progress, cache)
        finally:
            crew.put(reader)

    try:
        with ThreadPoolExecutor(len(readers)) as pool:
            return list(pool.map(one, wanted))
    finally:
        for reader in readers:
            reader.stop()


def _read_one(
    path: Path,
    kind: Kind | None,
    reader: _Reader,
    options: ReadOptions,
    progress: FileProgress | None,
    cache: DocumentCache | None,
) -> Document:
    data = b""
    try:
        data = load(path)
        kept = cache.get(data, options, path.suffix) if cache else None
        if kept is not None:
            return with_kind(replace(kept, path=str(path)), kind)
        document = replace(reader.read(path, kind, progress), path=str(path))
    except UnreadableError as error:
        return failure(path, kind, str(error), hashlib.sha256(data).hexdigest() if data else "")
    if cache:
        cache.put(data, options, path.suffix, document)
    return document


class _Reader:
    """A reading process that is started when first needed, and anew after it was killed."""

    def __init__(self, options: ReadOptions) -> None:
        self._options = options
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, path: Path, kind: Kind | None, progress: FileProgress | None) -> Document:
        """The document at `path`. Raises UnreadableError, also if the process dies or takes too long."""
        process = self._process = self._process or _start()
        if process.stdin is None or process.stdout is None:
            raise UnreadableError("the reading process could not be reached")
        too_late = threading.Event()

        def stop_late() -> None:
            too_late.set()
            process.kill()

        clock = threading.Timer(self._options.most_seconds, stop_late)
        clock.daemon = True
        clock.start()
        try:
            answer = self._ask(process, path, kind, progress)
        finally:
            clock.cancel()
        if answer is not None and "document" in answer:
            return document_from_json(answer["document"])
        if answer is not None:
            raise UnreadableError(str(answer["failure"]))
        self.stop()
        if too_late.is_set():
            raise UnreadableError(f"took longer than {self._options.most_seconds:g} seconds")
        raise UnreadableError(f"the reader broke down over it; perhaps it {memory_reason(self._options)}")

    def _ask(
        self,
        process: subprocess.Popen[bytes],
        path: Path,
        kind: Kind | None,
        progress: FileProgress | None,
    ) -> dict[str, Any] | None:
        """The process's last answer; None if it died."""
        assert process.stdin is not None
        assert process.stdout is not None
        request = {"path": str(path.absolute()), "kind": kind, "options": asdict(self._options)}
        try:
            process.stdin.write(json.dumps(request).encode("utf-8") + b"\n")
            process.stdin.flush()
        except OSError:
            return None
        for line in process.stdout:
            try:
                answer: dict[str, Any] = json.loads(line)
            except ValueError:
                return None
            if "progress" not in answer:
                return answer
            if progress is not None:
                progress(str(path), answer["progress"][0], answer["progress"][1])
        return None

    def stop(self) -> None:
        """End the process; the next `read` starts another."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # what was not yet written cannot be
                    pipe.close()


def _start() -> subprocess.Popen[bytes]:
    """A fresh interpreter rather than a fork: it holds nothing of this process, on any system."""
    try:
        return subprocess.Popen(
            [sys.executable, "-c", _SERVE, json.dumps(sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:
        raise UnreadableError(f"the reading process could not be started: {error}") from error
