"""Whether a whole document is guidance for every area, and so nobody's own position, however it was declared.

Guidance, guides and briefings say what areas *should* do and name no area; a partnership's document names its council, board and
force, or says *we*. Shares were measured on the national guidance (0.21 of clauses with "should", 0.01 local) and on twelve whole
documents of partnerships (at most 0.08, at least 0.01).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from wtaudit.matching.clauses import Clause
from wtaudit.matching.context import WHOLE, Flag

GENERAL_FLAG = Flag(
    "general", "stands in a document that says what every area should do, and names no area", WHOLE, ""
)
FEWEST_CLAUSES = 60
LEAST_GENERAL = 0.14
MOST_LOCAL = 0.2  # local clauses per general clause

_GENERAL = re.compile(r"\bshould\b|\b[Ww]orking [Tt]ogether\b|\b(?:statutory|this|the) guidance\b")
_LOCAL = re.compile(
    r"\b[Ww]e\b|\b[Oo]ur\b|\b(?!Integrated|Local|Unitary|District|Borough|City|County|The|NHS|Each|Every|Metropolitan|Parish|Police|British|"
    r"Nursing|Medical|Safeguarding)[A-Z][a-z]+(?:(?: and| &|,)? [A-Z][a-z]+)* (?:Council|ICB|Integrated Care Board|Police|Constabulary|"
    r"Safeguarding (?:Children(?:['’]s)? )?Partnership|SCP)\b"
)


def is_general(clauses: Sequence[Clause]) -> bool:
    """True for a document of some length that says what areas should do and hardly speaks of one."""
    if len(clauses) < FEWEST_CLAUSES:
        return False
    general = sum(bool(_GENERAL.search(clause.text)) for clause in clauses)
    local = sum(bool(_LOCAL.search(clause.text)) for clause in clauses)
    return general >= LEAST_GENERAL * len(clauses) and local <= MOST_LOCAL * general
