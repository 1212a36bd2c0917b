"""Footnotes that were typed by hand into a Word file: raised marks, and the paragraphs they stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wtaudit.reading.docx_package import W
from wtaudit.reading.docx_styles import value

if TYPE_CHECKING:
    from lxml.etree import _Element

_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[a-z]|[*†‡§]{1,3})[\])]?")


@dataclass(slots=True)
class TypedNotes:
    """Raised runs in the text → the note's paragraph, and the raised runs that notes start with."""

    references: dict[_Element, _Element] = field(default_factory=dict)
    own_marks: set[_Element] = field(default_factory=set)
    paragraphs: set[_Element] = field(default_factory=set)


def find_typed_notes(body: _Element) -> TypedNotes:
    """Pair raised marks with a later paragraph: their link's target, or one that starts with the mark."""
    notes = TypedNotes()
    raised = [run for run in body.iter(f"{W}r") if _is_raised_mark(run)]
    if not raised:
        return notes
    order = {paragraph: number for number, paragraph in enumerate(body.iter(f"{W}p"))}
    bookmarks = {b.get(f"{W}name", ""): _paragraph_of(b) for b in body.iter(f"{W}bookmarkStart")}
    starting: dict[str, list[_Element]] = {}
    for run in raised:
        paragraph = _paragraph_of(run)
        if paragraph is not None and next(paragraph.iter(f"{W}r"), None) is run:
            starting.setdefault(_text(run), []).append(paragraph)
            notes.own_marks.add(run)
    for run in raised:
        here = _paragraph_of(run)
        if here is None or run in notes.own_marks:
            continue
        link = next(run.iterancestors(f"{W}hyperlink"), None)
        linked = None if link is None else bookmarks.get(link.get(f"{W}anchor", ""))
        targets = [linked] if linked is not None else starting.get(_text(run), [])
        target = next((t for t in targets if order[t] > order[here]), None)
        if target is not None:
            notes.references[run] = target
            notes.paragraphs.add(target)
    notes.own_marks = {run for run in notes.own_marks if _paragraph_of(run) in notes.paragraphs}
    return notes


def _paragraph_of(element: _Element) -> _Element | None:
    return next(element.iterancestors(f"{W}p"), None)


def _text(run: _Element) -> str:
    return "".join(t.text or "" for t in run.iter(f"{W}t")).strip()


def is_raised(properties: _Element) -> bool:
    """True for the properties of a run that stands above the line."""
    position = value(properties, "position")
    lifted = position.isdigit() and int(position) > 0
    return lifted or value(properties, "vertAlign") == "superscript"


def _is_raised_mark(run: _Element) -> bool:
    properties = run.find(f"{W}rPr")
    if properties is None or not _MARK.fullmatch(_text(run)):
        return False
    return is_raised(properties)
