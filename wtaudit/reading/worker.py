"""The process that reads files for another one, under limits, so that a hostile file harms only it."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any, BinaryIO

from wtaudit.errors import UnreadableError
from wtaudit.model import Kind
from wtaudit.reading.interface import ReadOptions


def serve() -> None:
    """Answer requests, one JSON line each, until the input ends.

    A request has `path`, `kind` and `options`. Answers are lines with `progress`, then one with
    `document` or `failure`.
    """
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # a library that prints must not spoil the answers
    for line in requests:
        request = json.loads(line)
        options = ReadOptions(**request["options"])
        limit_memory(options.memory_bytes)
        _send(answers, _answer(request, options, answers))


def limit_memory(limit: int) -> None:
    """Let this process have no more than `limit` bytes of address space, where the system can do that."""
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
    except (ValueError, OSError):  # macOS refuses limits below what is in use
        return


def _answer(request: dict[str, Any], options: ReadOptions, answers: BinaryIO) -> dict[str, Any]:
    from wtaudit.reading.codec import document_to_json
    from wtaudit.reading.document import read_document

    def progress(done: int, total: int) -> None:
        _send(answers, {"progress": [done, total]})

    kind = None if request["kind"] is None else Kind(request["kind"])
    try:
        document = read_document(Path(request["path"]), kind, options=options, progress=progress)
    except UnreadableError as error:
        return {"failure": str(error)}
    except MemoryError:
        return {"failure": memory_reason(options)}
    except RecursionError:
        return {"failure": "its elements are nested too deep"}
    except Exception as error:  # a reader's bug must cost one file, not all
        return {"failure": f"the reader failed on it ({type(error).__name__}: {error})"}
    return {"document": document_to_json(document)}


def memory_reason(options: ReadOptions) -> str:
    """The reason for a file that takes too much memory."""
    return f"needs more than {options.memory_bytes // (1024 * 1024)} MB of memory to read"


def _send(answers: BinaryIO, answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    answers.flush()
