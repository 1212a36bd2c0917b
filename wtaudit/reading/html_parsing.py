"""From the bytes of a web page to its elements: character sets, and a parser that fetches nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wtaudit.errors import UnreadableError
from wtaudit.reading.assembly import one_line
from wtaudit.reading.html_inline import raw_text

if TYPE_CHECKING:
    from lxml.etree import _Element

_WRAPPERS = ("div", "span", "section", "article", "center", "font")
_DEEP = 100
_CHARSET = re.compile(rb"(?i)<(?:meta[^>]+charset|\?xml[^>]+encoding)\s*=\s*[\"']?\s*([\w.:-]+)")
_DATE_NAMES = (
    "article:modified_time", "dcterms.modified", "dc.date.modified", "last-modified", "article:published_time",
    "dcterms.issued", "dc.date.issued", "dcterms.date", "dc.date", "date",
)  # fmt: skip
"""Names of metadata that give a page's date, the most telling first."""


def decode(data: bytes, charset: str | None = None) -> str:
    """Text of a page: by byte order mark, stated or declared character set, UTF-8, Windows-1252."""
    for mark, name in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(name, errors="replace").lstrip("\ufeff")
    declared = _CHARSET.search(data[:4096])
    names = [charset, declared.group(1).decode("ascii", "replace") if declared else None, "utf-8"]
    for name in filter(None, names):
        if name.lower() in ("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"):
            name = "cp1252"  # as browsers do
        try:
            return data.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("cp1252", errors="replace")


def parse_page(markup: str) -> tuple[_Element, str, str]:
    """The <body>, the text of <title>, and the date that the page's metadata give."""
    from lxml import etree

    clean = re.sub(r"[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff]", "", markup)
    try:
        root, whole = _parse(clean)
    except etree.XMLSyntaxError as error:
        raise UnreadableError("the page holds no HTML that could be read") from error
    if root is None:
        raise UnreadableError("the page is empty")
    if not whole:
        raise UnreadableError("the page's elements are nested too deep to be read")
    _flatten(root)
    title = root.find(".//title")
    body = root.find("body")
    text = "" if title is None else one_line(raw_text(title))
    return (root if body is None else body), text, _date(root)


def _parse(markup: str) -> tuple[_Element, bool]:
    """The page's tree, and whether it is whole: the parser leaves off where elements are nested too deep."""
    from lxml import etree

    parser = etree.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, huge_tree=True, encoding="utf-8"
    )
    root = etree.fromstring(markup.encode("utf-8"), parser)
    return root, not any("depth" in entry.message.lower() for entry in parser.error_log)


def _flatten(root: _Element) -> None:
    """Take out deep elements that only hold another one: some site builders stack hundreds of them."""
    from lxml import etree

    depth, deep = 0, []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if event == "start" and depth > _DEEP and element.tag in _WRAPPERS:
            deep.append(element)
    for element in deep:
        parent, inner = element.getparent(), list(element)
        if parent is None or len(inner) != 1 or (element.text or "").strip() or (inner[0].tail or "").strip():
            continue
        inner[0].tail = element.tail
        parent.replace(element, inner[0])


def _date(root: _Element) -> str:
    named = ((m.get("name") or m.get("property") or "", m.get("content") or "") for m in root.iter("meta"))
    said = {name.lower(): content for name, content in named}
    return next((said[name] for name in _DATE_NAMES if said.get(name)), "")
