"""Whole results kept for later runs: the same question on the same files is answered without reading or judging."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from wtaudit import __version__
from wtaudit.cli.inputs import document_cache_folder, shown_path
from wtaudit.errors import ResultError
from wtaudit.model import Kind, ReadStatus, Report
from wtaudit.shelf import Shelf

PACKAGE = Path(__file__).resolve().parent.parent


class ResultCache:
    """Reports by what was asked: files by shown path, declared kind and bytes, how to read them, checklist, partnership.

    The program's own code is part of the question. Nothing is kept of protected files, nor where something could not be read.
    """

    def __init__(self, password: str | None, ocr: bool, partnership: str | None) -> None:
        self._password, self._ocr, self._partnership = password, ocr, partnership
        self._shelf = _shelf()

    def get(self, wanted: Mapping[Path, Kind | None], checklist: str) -> Report | None:
        """The kept report on files by the checklist of that name; raises ChecklistError if there is no such checklist."""
        from wtaudit.checklist.folders import fingerprint, lineage

        sha256 = fingerprint(lineage(checklist))
        if self._password:
            return None
        try:
            files = [
                (shown_path(path), kind, hashlib.sha256(path.read_bytes()).hexdigest())
                for path, kind in wanted.items()
            ]
        except OSError:
            return None  # reading says what is wrong
        text = self._shelf.get(self._name(sha256, files))
        return None if text is None else _report(text)

    def put(self, report: Report) -> None:
        """Keep a report under what was really read and judged by, whatever the files have become since."""
        if self._password or any(d.status is not ReadStatus.READ for d in report.documents):
            return
        files = [
            (d.path, d.kind if d.kind_source == "declared" else None, d.sha256) for d in report.documents
        ]
        self._shelf.put(self._name(report.checklist.sha256, files), json.dumps(report.to_dict()))

    def _name(self, checklist: str, files: Iterable[tuple[str, Kind | None, str]]) -> str:
        from wtaudit.reading.cache import READER_VERSION

        read_by = [__version__, _code(), READER_VERSION, self._ocr]
        asked = json.dumps([read_by, checklist, self._partnership, list(files)])
        return hashlib.sha256(asked.encode()).hexdigest()


def clear_results() -> int:
    """Delete all kept results; the number of them."""
    return _shelf().clear()


def _shelf() -> Shelf:
    return Shelf(document_cache_folder() / "results")


def _report(text: str) -> Report | None:
    from wtaudit.reporting.saved import parse_report

    try:
        return parse_report(text.encode())
    except ResultError:
        return None  # damaged: it will be written anew


def _code() -> str:
    """A hash of the package's code, so that a changed checkout of the same version answers anew."""
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
