"""Mistakes in the pattern language are refused, with file, line, key and what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_checklists import OWN, own_checklist

from wtaudit.checklist.loading import load_checklist
from wtaudit.errors import ChecklistError

PATTERN = "- all: [kettle, \"appoint | 'is chosen'\"]"
PHRASES = "[kettle, tea urn]"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (PATTERN, "- count: {of: [\"'tea' | 'milk'\", kettle], at_least: 1}", "each member of `of` stands alone; write [\"'tea'\", \"'milk'\"]"),
        (PATTERN, "- count: {of: [kettle, chair], at_least: 3}", "`at_least` asks for 3, but `of` has only 2 members"),
        (PATTERN, "- count: {of: [kettle, kettle], at_least: 1}", "member 'kettle' stands twice"),
        (PATTERN, "- scope: block", "looks for nothing without `all` or `count`"),
        (PATTERN, "- all: [\"'boil / heat'\"]", "a word is missing beside '/'; write a/b without spaces"),
        (PATTERN, "- all: [\"'a kettle'/'an urn'\"]", "a quote stands inside it; in a pattern write 'one phrase' | 'another phrase'"),
        (PATTERN, "- all: [\"'a kettle' 'an urn'\"]", "a quote stands inside it"),
        (PATTERN, "- all: [\"'a kettle | kettle\"]", "lacks a quote"),
        (PATTERN, "- all: [is boiled]", "put single quotes round a phrase, as in \"'is boiled'\""),
        (PATTERN, "- all: [\"kettle, chair\"]", "put ' | ' between alternatives, not a comma"),
        (PATTERN, "- all: [ketle]", "unknown concept 'ketle'; did you mean 'kettle'?"),
        (PATTERN, "- all: [\"@posts\"]", "unknown concept '@posts'; built in are @post, "),
        (PATTERN, "- all: [kettle]\n            allow: [denied]", "should be 'negated', "),
        (PHRASES, "[kettle | tea urn]", "' | ' stands only between the alternatives of a pattern"),
        (PHRASES, "[kettle ~~~ urn]", "write ~ for up to 3 words between, ~~ for up to 7"),
        (PHRASES, "[kettle ~]", "begins or ends in a gap"),
        (PHRASES, "[\"the?\"]", "every word of it is optional"),
        (PHRASES, "[tea?/coffee pot]", "the question mark goes to the end, as in a/b?"),
        (PHRASES, "['{ketle} urn']", "unknown concept"),
        (PHRASES, "['{@post} of kettles']", "@post cannot stand inside a phrase"),
        (PHRASES, "['{kettle} urn']", "refer to each other in a circle (kettle > kettle)"),
        (PHRASES, "kettle, tea urn", "should be a list of phrases"),
        (PHRASES, "[]", "is empty; give at least one"),
        (PHRASES, "[kettle, no]", "should be text in quotes; a bare yes, no, on or off means true or false"),
        ("  kettle: [", "  Big Kettle: [", "use small letters, figures and hyphens, such as 'big-kettle'"),
        ("id: LOC-01", "id: local1", "is not an id; use capitals, a hyphen and two figures"),
        ("essential: true", "essential: false", "none is essential"),
        ("    advice:", "    advise:", "did you mean 'advice'?"),
        ("    level: core\n", "", "level: is missing"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place_and_what_to_write(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    text = OWN["local.yaml"]
    assert old in text
    changed = text.replace(old, new, 1)
    with pytest.raises(ChecklistError) as caught:
        load_checklist(own_checklist(tmp_path, local=changed))
    message = str(caught.value)
    assert told in message
    line = 1 + text[: text.index(old)].count("\n")
    # A missing key, or a list that lacks something, is told at the line where its parent starts.
    nearest = range(line - 3, line + 2)
    assert int(message.split("local.yaml:")[1].split(":")[0]) in nearest
    assert "\n" not in message


def test_an_element_named_twice_is_refused(tmp_path: Path) -> None:
    text = OWN["local.yaml"]
    start, end = text.index("      - id: named"), text.index("    advice:")
    doubled = text[:end] + text[start:end] + text[end:]
    with pytest.raises(ChecklistError, match="element 'named' stands twice"):
        load_checklist(own_checklist(tmp_path, local=doubled))


def test_a_broken_expression_of_a_context_rule_is_refused_with_its_line(tmp_path: Path) -> None:
    rule = "rules:\n  - flag: history\n    reason: is gone\n    direction: clause\n    regexes: ['(old']\n"
    with pytest.raises(
        ChecklistError, match=r"context\.yaml:5: rules\.0\.regexes: '\(old' is not a regular expression"
    ):
        load_checklist(own_checklist(tmp_path, context=rule))


@pytest.mark.parametrize("lines", ["select: [core]\n", "change:\n  LOC-01: {level: core}\n"])
def test_tailoring_without_a_base_is_refused(tmp_path: Path, lines: str) -> None:
    folder = own_checklist(tmp_path)
    (folder / "checklist.yaml").write_text(f'id: own\nversion: "1"\n{lines}', encoding="utf-8")
    with pytest.raises(ChecklistError, match="goes with `extends`"):
        load_checklist(folder)
