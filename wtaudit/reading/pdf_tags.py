"""Reads a page's structure tree through pdfium: which content is a heading, a list or a cell of which table."""

from __future__ import annotations

from ctypes import c_int, c_ulong, c_void_p, create_string_buffer
from typing import Any

from wtaudit.reading.pdf_page import Tag
from wtaudit.reading.pdf_words import with_plain_pointers

_MAX_DEPTH = 40
_MAX_ELEMENTS = 20_000
_HEADINGS = {"H": 1, "Title": 1, "H1": 1, "H2": 2, "H3": 3, "H4": 4, "H5": 5, "H6": 6}
_GROUPS = frozenset(("Document", "Part", "Sect", "Art", "L", "Table", "TBody", "TR", "TOC"))
_INLINE = frozenset(("Span", "Link", "Reference", "Quote", "Em", "Strong", "Annot", "Sub", "Code"))


def read_tags(handle: Any) -> dict[int, Tag]:
    """The tag of each marked content id of a pdfium page; empty for a file without tags."""
    import pypdfium2.raw as raw

    tree = raw.FPDF_StructTree_GetForPage(handle)
    if not tree:
        return {}
    try:
        reader = _TagReader(raw)
        for index in range(min(raw.FPDF_StructTree_CountChildren(tree), _MAX_ELEMENTS)):
            reader.element(raw.FPDF_StructTree_GetChildAtIndex(tree, index), None, 0)
        return reader.tags
    finally:
        raw.FPDF_StructTree_Close(tree)


class _TagReader:
    def __init__(self, raw: Any) -> None:
        self.tags: dict[int, Tag] = {}
        self._name = create_string_buffer(128)
        self._elements = 0
        self._child_at = with_plain_pointers(
            raw.FPDF_StructElement_GetChildAtIndex, c_void_p, c_void_p, c_int
        )
        self._content_of = with_plain_pointers(
            raw.FPDF_StructElement_GetChildMarkedContentID, c_int, c_void_p, c_int
        )
        self._children_of = with_plain_pointers(raw.FPDF_StructElement_CountChildren, c_int, c_void_p)
        self._type_of = with_plain_pointers(
            raw.FPDF_StructElement_GetType, c_ulong, c_void_p, c_void_p, c_ulong
        )

    def element(self, item: Any, tag: Tag | None, depth: int) -> None:
        """Note the content of one element, then of its children."""
        if not item or depth > _MAX_DEPTH or self._elements > _MAX_ELEMENTS:
            return
        self._elements += 1
        role = self._role(item)
        tag = self._tag(role, tag)
        children = self._children_of(item)
        child_at, content_of = self._child_at, self._content_of
        indexes = range(min(max(children, 0), _MAX_ELEMENTS))
        if role in _GROUPS:  # may have hundreds of children on other pages, which come as None
            for child in [child for index in indexes if (child := child_at(item, index))]:
                self.element(child, tag, depth + 1)
            return
        for index in indexes:
            child = child_at(item, index)
            if child:
                self.element(child, tag, depth + 1)
                continue
            content = content_of(item, index)
            if content >= 0:
                self.tags[content] = tag

    def _tag(self, role: str, parent: Tag | None) -> Tag:
        if parent and (role in _INLINE or parent.heading):
            return parent
        return Tag(self._elements, role, _HEADINGS.get(role, 0))

    def _role(self, item: Any) -> str:
        length = self._type_of(item, self._name, 128)
        if not 2 <= length <= 128:
            return ""
        return self._name.raw[: length - 2].decode("utf-16-le", "replace")
