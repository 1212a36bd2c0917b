"""Opens a document at a page with the program that this computer has for it."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import typer

from wtaudit.model import Document
from wtaudit.reporting.wording import plain


def open_document(document: Document, page: int | None) -> str:
    """Open the file, at the page if it is a PDF, and say in one line what was asked for.

    A saved result may come from anywhere: only a file that is there and is of a format that wtaudit reads is opened.
    """
    from wtaudit.reading.formats import SUFFIXES

    path = Path(document.path)
    name, at_page = plain(document.path), f" at page {page}" if page else ""
    if not path.is_file():
        return f"{name} is not there; run review in the folder in which the audit ran."
    if path.suffix.lower() not in SUFFIXES:
        return f"{name} is no document that wtaudit reads, so it is not opened."
    if path.suffix.lower() == ".pdf":
        fragment = f"#page={page}" if page else ""
        asked = webbrowser.open(path.resolve().as_uri() + fragment)
    else:
        asked = typer.launch(str(path.resolve())) == 0
    if asked:
        return f"Asked this computer to open {name}{at_page}."
    return f"No program could be started here; open {name}{at_page} by hand."
