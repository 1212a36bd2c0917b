"""Small invented portfolios, and crews that run in this process."""

from __future__ import annotations

import os
import time
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

from wtaudit.checklist.loading import built_in_folder
from wtaudit.portfolio.judging import Outcome, _deadline

ARRANGEMENTS = """# {name} Safeguarding Children Partnership: multi-agency safeguarding arrangements

## Statutory safeguarding partners

The three statutory safeguarding partners for {name} are {name} Council, NHS {name} Integrated Care Board and
{name} Police. They share the duty jointly and equally.

## Area

These arrangements cover the local authority area of {name}.
"""
THRESHOLD = """# {name} threshold document: levels of need

## Levels of need

Level 1 is universal. Level 2 is early help. Level 3 is a child in need under section 17. Level 4 is a child who suffers
or is likely to suffer significant harm under section 47.
"""


def partnership(folder: Path, name: str, with_threshold: bool = True) -> Path:
    """A folder of short documents for one partnership."""
    (folder / name).mkdir(parents=True)
    (folder / name / "arrangements.md").write_text(ARRANGEMENTS.format(name=name), encoding="utf-8")
    if with_threshold:
        (folder / name / "threshold.md").write_text(THRESHOLD.format(name=name), encoding="utf-8")
    return folder / name


class ThreadCrew:
    """Threads of this process: quick to start, and what they call can be replaced by a test."""

    most_memory: int | None = None
    most_seconds: float | None = None

    def __init__(self, width: int = 2) -> None:
        self.width = width
        self.made = 0

    def executor(self) -> Executor:
        self.made += 1
        return ThreadPoolExecutor(self.width)


def work(task: str) -> Outcome:
    """What a test wants a worker to do; in a module, so that another process finds it."""
    if task == "die":
        os._exit(3)
    if task == "raise":
        raise ValueError("no good")
    if task == "hang":
        with _deadline(0.5):
            time.sleep(60)
    if task == "sleep":
        time.sleep(60)
    return Outcome(f"{task} by {os.getpid()}", None, memory=100)


THEME = """theme: governance
title: Governance
requirements:
  - id: GOV-01
    title: Partners named
    level: core
    strength: should
    source: {chapter: 1, heading: h, paragraphs: []}
    statement: s
    documents: [arrangements]
    elements:
      - id: e
        essential: true
        text: t
        patterns: [{all: ["'statutory safeguarding partners'", "'council'"]}]
    advice: a
    wording: w
"""


def small_checklist(folder: Path) -> str:
    """A checklist of one requirement, which a process of its own loads in a moment; gives its path."""
    built_in = built_in_folder() / "wt2023" / "context.yaml"
    folder.mkdir()
    (folder / "context.yaml").write_bytes(built_in.read_bytes())
    (folder / "vocabulary.yaml").write_text("concepts: {}\n", encoding="utf-8")
    (folder / "governance.yaml").write_text(THEME, encoding="utf-8")
    head = 'id: small\nversion: "1"\nedition: test\nthemes: [governance]\n'
    (folder / "checklist.yaml").write_text(head, encoding="utf-8")
    return str(folder)
