"""Whole results kept for later runs: the same question on the same files is answered without reading or judging."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from wtaudit import __version__
from wtaudit.cli.inputs import cache_folder, shown_path
from wtaudit.errors import ResultError
from wtaudit.model import Kind, ReadStatus, Report
from wtaudit.reading.cache import READER_VERSION
from wtaudit.reading.interface import ReadOptions
from wtaudit.reporting.json_format import write
from wtaudit.shelf import Shelf

PACKAGE = Path(__file__).resolve().parent.parent


class ResultCache:
    """Reports by what was asked: files by shown path, declared kind and bytes, how to read them, checklist, partnership.

    Only a whole result is kept, and none of protected files. The program's own code is part of the question.
    """

    def __init__(self, wanted: dict[Path, Kind | None], options: ReadOptions, partnership: str | None) -> None:
        self._shelf = Shelf(cache_folder() / "results")
        self._wanted, self._options, self._partnership = wanted, options, partnership

    def get(self, checklist: str) -> Report | None:
        """The kept report by the checklist with this name; raises ChecklistError if there is no such checklist."""
        from wtaudit.checklist.folders import fingerprint, lineage
        from wtaudit.reporting.saved import parse_report

        sha256 = fingerprint(lineage(checklist))
        if self._options.password:
            return None
        try:
            hashes = [hashlib.sha256(path.read_bytes()).hexdigest() for path in self._wanted]
        except OSError:
            return None  # reading says what is wrong
        text = self._shelf.get(self._name(sha256, hashes))
        try:
            return None if text is None else parse_report(text.encode())
        except ResultError:
            return None  # damaged: it will be written anew

    def put(self, report: Report) -> None:
        """Keep a report under what was really read and judged by, whatever the files have become since."""
        if self._options.password or any(d.status is not ReadStatus.READ for d in report.documents):
            return
        hashes = [document.sha256 for document in report.documents]
        self._shelf.put(self._name(report.checklist.sha256, hashes), write(report))

    def _name(self, checklist: str, hashes: Iterable[str]) -> str:
        files = [
            (shown_path(path), kind, sha256)
            for (path, kind), sha256 in zip(self._wanted.items(), hashes, strict=True)
        ]
        read_as = [READER_VERSION, self._options.ocr, self._options.max_pages]
        asked = json.dumps([__version__, _code(), checklist, self._partnership, read_as, files])
        return hashlib.sha256(asked.encode()).hexdigest()


def clear_results() -> int:
    """Delete all kept results; the number of them."""
    return Shelf(cache_folder() / "results").clear()


def _code() -> str:
    """A hash of the package's code, so that a changed checkout of the same version answers anew."""
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
