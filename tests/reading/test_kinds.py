"""Whether the kind of a document is told from its title and content, and left open where it cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from wtaudit.model import Kind
from wtaudit.reading.kinds import detect_kind
from wtaudit.reading.markdown import read_markdown

ARRANGEMENTS = """# Keeping Wexcombe's children safe
The lead safeguarding partners are the chief executive of the council, the chief executive of the
ICB and the chief
constable. They have appointed delegated safeguarding partners. The threshold document sets out the
levels of need.
## Independent scrutiny
The scrutineer reports each year. Relevant agencies are listed in Appendix A. The annual report
covers rapid reviews.
"""
THRESHOLD = """# Right help, right time in Wexcombe
This guide explains four levels of need. Level 1 is universal. Level 2 is early help. At level 3 a
child may be in need
under section 17 and is assessed by a social worker. At level 4 there is significant harm under
section 47.
## Indicators
Section 17 assessment, section 20 and section 31 criteria follow. The safeguarding partners agreed
the criteria.
"""
PROTOCOL = """# How we assess children and families in Wexcombe
Each section 17 assessment has a lead practitioner. A practice supervisor decides who leads and
allocates the case.
## The child in need plan
The plan is reviewed within 45 working days. Supervision is monthly. Thresholds are in the continuum
of need.
"""


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (ARRANGEMENTS, Kind.ARRANGEMENTS),
        (THRESHOLD, Kind.THRESHOLD),
        (PROTOCOL, Kind.PROTOCOL),
    ],
)
def test_kind_by_content(text: str, kind: Kind) -> None:
    reading = read_markdown(text)
    verdict = detect_kind(reading.title, reading.blocks, "document.md")
    assert verdict.kind is kind
    assert '"' in verdict.reason


@pytest.mark.parametrize(
    "text",
    [
        "# Working Together to Safeguard Children 2023\nLead safeguarding partners should agree.",
        "# Annual report 2024/25\nThe delegated safeguarding partners met. " * 5,
        "# Minutes of the executive\nThe lead safeguarding partners agreed the threshold document.",
        "# Recipes\n" + "Mix flour and butter, then bake it for an hour. " * 20,
        "Hello.",
        "",
    ],
)
def test_other_texts_are_left_open_with_a_reason(text: str) -> None:
    reading = read_markdown(text)
    verdict = detect_kind(reading.title, reading.blocks, "masa.md" if "Recipes" in text else "x.md")
    assert verdict.kind is None
    assert verdict.reason


def test_name_helps_but_does_not_outvote_content() -> None:
    reading = read_markdown(THRESHOLD)
    assert detect_kind(reading.title, reading.blocks, "masa-2025.md").kind is Kind.THRESHOLD


def test_addresses_do_not_tell_the_kind() -> None:
    reading = read_markdown("See www.wexcombelscb.example/thresholds/levels-of-need for more.")
    assert detect_kind("", reading.blocks, Path("x.md").name).kind is None
