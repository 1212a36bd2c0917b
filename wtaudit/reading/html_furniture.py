"""Tells what a web page says from what the site puts around it: navigation, banners, footers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wtaudit.reading.html_inline import raw_text

if TYPE_CHECKING:
    from lxml.etree import _Element

MAIN_SHARE = 0.3  # <main> with less than this share of the page's words is not the main part
ARTICLE_SHARE = 0.5
BANNER_WORDS = 80
COOKIE_WORDS = 500
PRUNE_SHARE = 0.4  # unclosed tags can put the whole page into <nav>: then it is no navigation
LINK_DENSITY = 0.6

FURNITURE_TAGS = frozenset({"nav", "footer", "dialog", "search"})
FURNITURE_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "tablist"}
)
FURNITURE_WORDS = frozenset(
    """addthis addtoany breadcrumb breadcrumbs footer masthead menu nav navbar navigation pager
    pagination sharethis skiplink skiplinks submenu toolbar""".split()  # noqa: SIM905
)
# Words that name content too ("information-sharing", "social-care") count only in company.
FURNITURE_PAIRS = tuple(
    frozenset(pair.split())
    for pair in (  # noqa: SIM905
        "back top|consent banner|page feedback|page helpful|page tools|page options|print page|"
        "related links|search form|share buttons|share links|share page|site header|site search|"
        "skip link|skip links|social icons|social links|social media|social share"
    ).split("|")
)
COOKIE_MARKS = frozenset({"cookie", "cookies", "cookiebot", "gdpr", "onetrust", "ccc", "civicuk"})
_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")
_SKIP = re.compile(r"(?i)\s*(?:skip|jump) to\b")


@dataclass(frozen=True, slots=True)
class Page:
    """The element with the page's own text; what stands before and after it; what to leave out inside."""

    content: _Element
    before: tuple[_Element, ...]
    after: tuple[_Element, ...]
    furniture: frozenset[_Element]


def find_page(body: _Element) -> Page:
    """Sort the elements of a page into content and furniture."""
    furniture = frozenset(_furniture_in(body))
    content = _main_part(body, furniture)
    before, after = _around(content, body)
    return Page(content, tuple(before), tuple(after), furniture)


def word_count(element: _Element) -> int:
    """Number of words in an element and below."""
    return sum(len(text.split()) for text in element.itertext())


def _furniture_in(body: _Element) -> list[_Element]:
    total = word_count(body)
    found: list[_Element] = []
    waiting = [body]
    while waiting:
        for child in waiting.pop():
            if not isinstance(child.tag, str):
                continue
            if _is_furniture(child, total):
                found.append(child)
            else:
                waiting.append(child)
    return found


def _is_furniture(element: _Element, total: int) -> bool:
    tag = str(element.tag)
    if tag == "a":
        return bool(_SKIP.match(raw_text(element)))
    if tag in ("main", "article", "body", "table", "tbody", "tr", "td", "th"):
        return False
    named = tag in FURNITURE_TAGS or element.get("role", "").lower() in FURNITURE_ROLES
    if tag == "header" and not _inside(element, ("main", "article", "section")):
        named = next(element.iter("h1"), None) is None
    words = _class_words(element)
    if words & COOKIE_MARKS and tag in ("div", "section", "aside", "form", "p"):
        return word_count(element) <= COOKIE_WORDS and word_count(element) < total * PRUNE_SHARE
    if named:
        count = word_count(element)
        return count <= total * PRUNE_SHARE or _link_share(element, count) > LINK_DENSITY
    if words & FURNITURE_WORDS or any(pair <= words for pair in FURNITURE_PAIRS):
        count = word_count(element)
        small = count <= total * PRUNE_SHARE and count <= BANNER_WORDS
        return small or _link_share(element, count) > LINK_DENSITY
    return False


def _class_words(element: _Element) -> set[str]:
    """The single words of an element's classes and id, in lower case."""
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return {token.lower() for token in _TOKEN.findall(names)} if names != " " else set()


def _inside(element: _Element, tags: tuple[str, ...]) -> bool:
    return next(element.iterancestors(*tags), None) is not None


def _link_share(element: _Element, words: int) -> float:
    linked = sum(word_count(link) for link in element.iter("a"))
    return linked / words if words else 1.0


def _main_part(body: _Element, furniture: frozenset[_Element]) -> _Element:
    """<main>, or the only <article>, if it holds enough of the page's words; else the body."""
    wanted = word_count(body) - sum(word_count(element) for element in furniture)
    mains = [e for e in body.iter() if e.tag == "main" or e.get("role", "").lower() == "main"]
    if mains:
        largest = max(mains, key=word_count)
        if word_count(largest) >= wanted * MAIN_SHARE:
            return largest
    articles = [a for a in body.iter("article") if not _inside(a, ("article",))]
    if len(articles) == 1 and word_count(articles[0]) >= wanted * ARTICLE_SHARE:
        return articles[0]
    return body


def _around(content: _Element, body: _Element) -> tuple[list[_Element], list[_Element]]:
    """The elements beside `content` on the way up to `body`, in document order."""
    before: list[_Element] = []
    after: list[_Element] = []
    here = content
    while here is not body:
        before[:0] = list(here.itersiblings(preceding=True))[::-1]
        after += here.itersiblings()
        parent = here.getparent()
        if parent is None:
            break
        here = parent
    return before, after
