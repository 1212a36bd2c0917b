"""Follow a documentation page as a reader would: write its files, make its edits, run its commands, compare its output.

A fenced block with a path after its language is a file to write; `diff PATH` is an edit of one; each line of a `sh` block is
a command, with `# exit code N` behind it where it does not end with 0; a `text` block is output of the commands before it,
of which every line must be there.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

Run = Callable[[list[str]], tuple[int, str]]
"""Runs `wtaudit` with some arguments: exit code, and what it printed."""

_BLOCK = re.compile(r"^```(\w+)(?: +(\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"# exit code (\d+)$")


@dataclass(frozen=True)
class Block:
    language: str
    path: str
    text: str


@dataclass(frozen=True)
class Step:
    """What differs from the page; empty where nothing does."""

    what: str
    problem: str


def blocks(page: str) -> list[Block]:
    return [Block(language, path, text) for language, path, text in _BLOCK.findall(page)]


def follow(page: str, folder: Path, run: Run) -> Iterator[Step]:
    printed = ""
    fresh = True
    for block in blocks(page):
        if block.language == "sh":
            for line in block.text.splitlines():
                printed = "" if fresh else printed
                fresh = False
                code, told = run(shlex.split(line, comments=True)[1:])
                printed += told
                wanted = int(found[1]) if (found := _CODE.search(line)) else 0
                yield Step(line, "" if code == wanted else f"ended with {code}, not {wanted}: {told}")
            continue
        if block.language == "text":
            lines = [_plain(line) for line in block.text.splitlines() if line.strip()]
            lost = [line for line in lines if line not in _plain(printed)]
            yield Step("output", f"not printed: {lost} in {printed}" if lost else "")
        elif block.language == "diff":
            old, new = (
                "".join(f"{line[1:]}\n" for line in block.text.splitlines() if line.startswith(sign))
                for sign in "-+"
            )
            text = (folder / block.path).read_text(encoding="utf-8")
            yield Step(
                f"edit {block.path}",
                "" if text.count(old) == 1 else f"{old!r} stands {text.count(old)} times",
            )
            (folder / block.path).write_text(text.replace(old, new), encoding="utf-8")
        elif block.path:
            (folder / block.path).write_text(block.text, encoding="utf-8")
        fresh = True


def _plain(text: str) -> str:
    return " ".join(text.split())
