"""From the bytes of a web page to its elements: character sets, and a parser that fetches nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wtaudit.errors import UnreadableError
from wtaudit.reading.assembly import one_line
from wtaudit.reading.html_inline import raw_text

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHARSET = re.compile(rb"(?i)<(?:meta[^>]+charset|\?xml[^>]+encoding)\s*=\s*[\"']?\s*([\w.:-]+)")


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


def parse_page(markup: str) -> tuple[_Element, str]:
    """The <body> and the text of <title>."""
    from lxml import etree

    parser = etree.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8"
    )
    clean = re.sub(r"[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff]", "", markup)
    try:
        root = etree.fromstring(clean.encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableError("the page holds no HTML that could be read") from error
    if root is None:
        raise UnreadableError("the page is empty")
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise UnreadableError("the page's elements are nested too deep to be read")
    title = root.find(".//title")
    body = root.find("body")
    text = "" if title is None else one_line(raw_text(title))
    return (root if body is None else body), text
