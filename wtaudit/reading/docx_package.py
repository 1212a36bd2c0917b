"""Finds the parts of a Word file that are needed, by relationship and not by name."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wtaudit.errors import UnreadableError
from wtaudit.reading.archive import Archive

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
CORE_TITLE = "{http://purl.org/dc/elements/1.1/}title"
CORE_MODIFIED = "{http://purl.org/dc/terms/}modified"


@dataclass(frozen=True, slots=True)
class Relationship:
    """One link from a part to another; `target` is a member's name. External targets are never followed."""

    type: str  # the last word of its address: styles, numbering, footnotes, header …
    target: str


class WordPackage:
    """A Word file's parts. Raises UnreadableError if it has no main part."""

    def __init__(self, data: bytes, max_unpacked_bytes: int) -> None:
        self.archive = Archive(data, max_unpacked_bytes)
        top = self.relationships("")
        main = next((r.target for r in top.values() if r.type == "officeDocument"), "")
        self.main = main if main in self.archive.names else "word/document.xml"
        document = self.archive.xml(self.main)
        body = None if document is None else document.find(f"{W}body")
        if body is None:
            raise UnreadableError("not a Word document: it has no text part")
        self.body: _Element = body
        self.parts = self.relationships(self.main)

    def relationships(self, part: str) -> dict[str, Relationship]:
        """The links of a part by their ids; "" is the package itself."""
        folder, name = posixpath.split(part)
        root = self.archive.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, Relationship] = {}
        for link in () if root is None else root:
            if link.get("TargetMode", "").lower() == "external" or not isinstance(link.tag, str):
                continue
            target = posixpath.normpath(posixpath.join("/", folder, link.get("Target", "")))
            kind = link.get("Type", "").rsplit("/", 1)[-1]
            found[link.get("Id", "")] = Relationship(kind, target.lstrip("/"))
        return found

    def part(self, kind: str) -> _Element | None:
        """The main part's only part of a kind, such as styles."""
        target = next((r.target for r in self.parts.values() if r.type == kind), "")
        return self.archive.xml(target)

    def parts_of(self, kind: str) -> list[_Element]:
        """All parts of a kind, such as headers, in the order of their ids."""
        targets = dict.fromkeys(r.target for r in self.parts.values() if r.type == kind)
        roots = (self.archive.xml(target) for target in targets)
        return [root for root in roots if root is not None]

    def title(self) -> str:
        """The title in the file's properties."""
        return self._property(CORE_TITLE)

    def date(self) -> str:
        """When the file was last saved, as its properties say."""
        return self._property(CORE_MODIFIED)

    def _property(self, name: str) -> str:
        top = self.relationships("").values()
        target = next((r.target for r in top if r.type == "core-properties"), "")
        try:
            root = self.archive.xml(target)
        except UnreadableError:  # the text is there all the same
            return ""
        return "" if root is None else (root.findtext(name) or "").strip()
