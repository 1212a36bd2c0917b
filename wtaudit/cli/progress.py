"""A progress bar per file on stderr."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

FileProgress = Callable[[str, int, int], None]
"""Called with (path, pages done, pages in all)."""


@contextmanager
def show_steps(what: str, wanted: bool) -> Iterator[Callable[[int, int], None] | None]:
    """A callback that draws one bar with rich, called with (done, in all), or None."""
    if not wanted:
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    with Progress(
        TextColumn("{task.completed}/{task.total} {task.description}"), BarColumn(), TimeRemainingColumn(),
        console=Console(stderr=True), transient=True,
    ) as progress:  # fmt: skip
        bar = progress.add_task(what, total=None)
        yield lambda done, total: progress.update(bar, completed=done, total=total)


@contextmanager
def show_progress(wanted: bool) -> Iterator[FileProgress | None]:
    """A callback that draws bars with rich while files are read, or None."""
    if not wanted:
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskID, TextColumn

    bars: dict[str, TaskID] = {}
    with Progress(
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total} pages"),
        console=Console(stderr=True), transient=True,
    ) as progress:  # fmt: skip

        def report(path: str, done: int, total: int) -> None:
            if path not in bars:
                bars[path] = progress.add_task(Path(path).name, total=total)
            progress.update(bars[path], completed=done, total=total)

        yield report
