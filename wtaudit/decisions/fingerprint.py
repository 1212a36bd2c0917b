"""The fingerprint of what a decision was made on: the same when text moves, another when it changes."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata

from wtaudit.model import DecisionKind, Finding

# "4.2 ", "(b) ", "3) " before the first word: a paragraph that moves is numbered anew.
_NUMBERING = re.compile(r"^\s*(?:\d+(?:\.\d+)+\.?|\(?[0-9ivx]{1,4}[.)]|\(?[a-zA-Z][.)])\s+(?=[^\W\d_])")
_WORDS = re.compile(r"[\w£$€%]+")


def fingerprint(finding: Finding, decision: DecisionKind) -> str:
    """`sha256:` and the digest of requirement, status, element verdicts and the words of their evidence.

    Page, place, order, numbering, case, punctuation and time are left out. To overrule a verdict is to read the near-misses
    differently, so for that decision they count as evidence too.
    """
    seen: dict[str, object] = {
        "requirement": finding.requirement_id,
        "status": finding.status.value,
        "elements": [
            [e.element_id, e.status.value, sorted({words(evidence.quote) for evidence in e.evidence})]
            for e in sorted(finding.elements, key=lambda e: e.element_id)
        ],
    }
    if decision is DecisionKind.OVERRULED:
        seen["near_misses"] = sorted({words(miss.evidence.quote) for miss in finding.near_misses})
    text = json.dumps(seen, ensure_ascii=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode("ascii")).hexdigest()


def words(quote: str) -> str:
    """The words of a quote, without numbering, case and punctuation: the same wherever the text stands."""
    plain = unicodedata.normalize("NFKC", quote).replace("\u00ad", "")
    return " ".join(_WORDS.findall(_NUMBERING.sub("", plain).casefold()))
