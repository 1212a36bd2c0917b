"""Writes one decision into a decisions file and leaves everything else in it as it is, comments too."""

from __future__ import annotations

import contextlib
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from wtaudit.decisions.schema import DecisionsFile, RecordedDecision
from wtaudit.errors import DecisionsError
from wtaudit.files import write_whole
from wtaudit.strict_yaml import parse_yaml

if TYPE_CHECKING:
    from yaml import Node

HEADER = """# Decisions on the findings of wtaudit: what people have confirmed, overruled, waived, or found not applicable.
# `wtaudit review RESULT.json` writes this file; it may be edited by hand. `wtaudit decisions lint` checks it.
schema_version: "1"
decisions:
"""
WAIT_SECONDS = 10.0


class DecidedMeanwhileError(DecisionsError):
    """Somebody else recorded a decision on the same requirement since this run last looked."""


def record(path: Path, requirement: str, decision: RecordedDecision, seen: RecordedDecision | None) -> None:
    """Put a decision on a requirement into the file, in place of `seen`, which is what the caller last read there.

    The file is read afresh and written whole under a lock, so that two runs lose nothing of one another. Raises
    DecidedMeanwhileError where the entry is no longer `seen`, and DecisionsError where the file cannot be used.
    """
    with _locked(path):
        data = _read(path)
        try:
            text = data.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            raise DecisionsError(f"{path}:1: not UTF-8 text; save it as UTF-8") from None
        text = text if text.strip() else HEADER
        before = _parsed(text, path)
        if before.get(requirement) != seen:
            raise DecidedMeanwhileError(f"{path}: somebody has decided on {requirement} meanwhile")
        new = _spliced(text, requirement, _entry(requirement, decision))
        if _parsed(new, path) != {**before, requirement: decision}:
            raise DecisionsError(
                f"{path}: cannot be added to as it is laid out; give each key a line of its own"
            )
        try:
            write_whole(path, new.replace("\n", "\r\n" if b"\r\n" in data else "\n").encode("utf-8"))
        except OSError as error:
            raise DecisionsError(f"{path}: cannot be written ({error.strerror})") from None


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold the file for this run. The lock file beside it goes when the lock does."""
    from filelock import FileLock, Timeout

    if not path.parent.is_dir():
        raise DecisionsError(f"{path}: cannot be written (there is no folder {path.parent})")
    beside = path.with_name(f".{path.name}.lock")
    try:
        with FileLock(beside, timeout=WAIT_SECONDS):
            try:
                yield
            finally:
                with contextlib.suppress(OSError):  # Windows removes it by itself
                    beside.unlink()
    except Timeout:
        raise DecisionsError(f"{path}: another run is writing it; try again in a moment") from None
    except OSError as error:
        raise DecisionsError(f"{path}: cannot be written ({error.strerror})") from None


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise DecisionsError(f"{path}: cannot be read ({error.strerror})") from None


def _parsed(text: str, path: Path) -> dict[str, RecordedDecision]:
    return parse_yaml(text, str(path), DecisionsFile, DecisionsError).by_requirement


def _entry(requirement: str, decision: RecordedDecision) -> str:
    """The entry as YAML, always the same for the same decision."""
    import yaml

    told = decision.model_dump(exclude_none=True)
    told |= {key: str(told[key]) for key in ("decision", "status") if key in told}
    return yaml.safe_dump({requirement: told}, sort_keys=False, allow_unicode=True, width=100)


def _spliced(text: str, requirement: str, entry: str) -> str:
    """The text with the entry in the place of the old one, or before the next greater id."""
    import yaml

    lines = text.splitlines()
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    key, value = next(((k, v) for k, v in _pairs(root) if k.value == "decisions"), (None, None))
    if key is None:
        return "\n".join([*lines, "decisions:", _indented(entry, 2), ""])
    start = end = key.start_mark.line + 1
    pairs = _pairs(value)
    if not pairs:
        return "\n".join([*lines[: start - 1], "decisions:", _indented(entry, 2), *lines[start:], ""])
    for name, inner in pairs:
        if name.value == requirement:
            start, end = name.start_mark.line, _end(inner, lines)
            break
        if name.value < requirement:
            start = end = _end(inner, lines)
    column = pairs[0][0].start_mark.column
    return "\n".join([*lines[:start], _indented(entry, column), *lines[end:], ""])


def _pairs(node: Node | None) -> list[tuple[Node, Node]]:
    import yaml

    return list(node.value) if isinstance(node, yaml.MappingNode) else []


def _end(node: Node, lines: list[str]) -> int:
    """The line after a node's last, without the blank lines and comments that follow it."""
    last = node
    while _pairs(last):
        last = _pairs(last)[-1][1]
    end = last.end_mark.line + (1 if last.end_mark.column else 0)
    while end > node.start_mark.line + 1 and (
        not lines[end - 1].strip() or lines[end - 1].lstrip()[0] == "#"
    ):
        end -= 1
    return end


def _indented(entry: str, column: int) -> str:
    return textwrap.indent(entry.rstrip("\n"), " " * column)
