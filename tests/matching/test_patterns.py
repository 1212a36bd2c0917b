"""Concepts, context and patterns on small texts, through a small checklist of the tests' own."""

from __future__ import annotations

import pytest

from wtaudit.checklist.loading import Checklist, built_in_folder, load_checklist
from wtaudit.checklist.schema import Pattern
from wtaudit.evaluating.cases import passage_document
from wtaudit.matching.analysis import Analyser
from wtaudit.matching.patterns import Outcome, Plan, try_pattern
from wtaudit.model import Kind

REPORT = Pattern.model_validate({"all": ["'partnership'", "'publish'", "'yearly report'"]})


@pytest.fixture(scope="module")
def analyser(checklist: Checklist, tmp_path_factory: pytest.TempPathFactory) -> Analyser:
    """The built-in context rules over three quoted phrases: quick to compile."""
    folder = tmp_path_factory.mktemp("small")
    built_in = built_in_folder() / "wt2023"
    (folder / "context.yaml").write_text(
        (built_in / "context.yaml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    (folder / "checklist.yaml").write_text(
        'id: small\nversion: "1"\nedition: test\nthemes: [t]\n', encoding="utf-8"
    )
    (folder / "vocabulary.yaml").write_text(
        "concepts:\n  delegated-partner: [delegated safeguarding partner, DSP]\n", encoding="utf-8"
    )
    (folder / "t.yaml").write_text(THEME, encoding="utf-8")
    return Analyser(load_checklist(folder))


THEME = """theme: t
title: Test
requirements:
  - id: T-01
    title: t
    level: core
    strength: should
    source: {chapter: 1, heading: h, paragraphs: []}
    statement: s
    documents: [arrangements]
    elements:
      - id: e
        essential: true
        text: t
        patterns:
          - all: ["'partnership'", "'publish'", "'yearly report'", "'independent scrutiny'", "'chair/lead ~ meeting'", "'school'", "'college'", "'nursery'"]
    advice: a
    wording: w
"""


def outcome(analyser: Analyser, text: str, pattern: Pattern = REPORT) -> Outcome:
    return try_pattern(Plan.of(pattern), analyser.analyse(passage_document(text, Kind.ARRANGEMENTS), 0).index)


def test_a_plain_statement_matches(analyser: Analyser) -> None:
    assert outcome(analyser, "The partnership publishes a yearly report.").matches


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("The partnership does not publish a yearly report.", "negated"),
        ("The partnership will never publish the yearly report.", "negated"),
        ("Working Together says that the partnership should publish a yearly report.", "guidance"),
        ("The partnership hopes to publish a yearly report.", "aspiration"),
        ("The partnership is considering whether to publish a yearly report.", "aspiration"),
        ("Until 2019 the former partnership board published a yearly report.", "history"),
        (
            "The partnership may at its discretion publish a yearly report; it would be a good thing.",
            "hypothetical",
        ),
    ],
)
def test_context_discounts_and_says_why(analyser: Analyser, text: str, flag: str) -> None:
    found = outcome(analyser, text)
    assert not found.matches
    assert found.discounted[0].flag.flag == flag


@pytest.mark.parametrize(
    "text",
    [
        "Not only does the partnership publish a yearly report, it prints it.",
        "The partnership publishes a yearly report no later than September.",
        "The partnership publishes its yearly report without delay.",
        "No meeting was held in May, but the partnership publishes a yearly report.",
    ],
)
def test_look_alikes_of_denial_do_not_discount(analyser: Analyser, text: str) -> None:
    assert outcome(analyser, text).matches


def test_lead_in_and_heading_are_context(analyser: Analyser) -> None:
    text = "## Yearly report\n\nThe partnership will:\n\n- publish it each September\n- print it\n"
    (match,) = outcome(analyser, text).matches
    assert len(match.clauses) == 1


def test_a_heading_alone_is_no_evidence(analyser: Analyser) -> None:
    found = outcome(analyser, "## The partnership publishes a yearly report\n\nLunch is at noon.\n")
    assert not found.matches


def test_concepts_apart_do_not_match_in_a_clause_but_do_in_a_block(analyser: Analyser) -> None:
    text = "The partnership publishes much. Its yearly report is one thing."
    assert not outcome(analyser, text).matches
    block = Pattern.model_validate(
        {"all": ["'partnership'", "'publish'", "'yearly report'"], "scope": "block"}
    )
    assert outcome(analyser, text, block).matches


def test_unless_bars_a_clause(analyser: Analyser) -> None:
    barred = Pattern.model_validate({"all": ["'publish'", "'yearly report'"], "unless": ["'school'"]})
    assert not outcome(analyser, "The school publishes a yearly report.", barred).matches


def test_count_wants_distinct_members(analyser: Analyser) -> None:
    three = Pattern.model_validate(
        {"count": {"of": ["'school'", "'college'", "'nursery'"], "at_least": 3}, "scope": "list"}
    )
    assert not outcome(analyser, "- schools\n- school\n- college\n", three).matches
    assert outcome(analyser, "- schools\n- nurseries\n- college\n", three).matches


def test_gaps_are_bounded(analyser: Analyser) -> None:
    gap = Pattern.model_validate({"all": ["'chair/lead ~ meeting'"]})
    assert outcome(analyser, "She chairs each monthly meeting.", gap).matches
    assert not outcome(analyser, "She chairs a group that was set up before any meeting.", gap).matches


def test_what_lacks_one_group_is_near(analyser: Analyser) -> None:
    found = outcome(analyser, "The partnership wrote a yearly report.")
    assert [x.group for x in found.lacking] == [("'publish'",)]


def test_an_abbreviation_with_another_meaning_here_does_not_count(analyser: Analyser) -> None:
    pattern = Pattern.model_validate({"all": ["delegated-partner"]})
    assert outcome(analyser, "The DSP chairs.", pattern).matches
    foreign = "The Darling Safeguarding Panel (DSP) meets. The DSP chairs."
    assert not outcome(analyser, foreign, pattern).matches


SCATTERED = """## Referrals

The yearly report is kept by the business office. Staff are trained each term.

The partnership publishes a newsletter.
"""


def test_groups_that_belong_together_are_not_gathered_from_different_sentences(analyser: Analyser) -> None:
    groups = [["'partnership'"], ["'publish'"], ["'yearly report'"]]
    assert outcome(analyser, SCATTERED, Pattern(all=groups, scope="section")).matches
    apart = Pattern(all=groups[:1], together=groups[1:], scope="section")
    assert not outcome(analyser, SCATTERED, apart).matches
    joined = SCATTERED.replace("a newsletter", "a yearly report")
    assert outcome(analyser, joined, apart).matches


def test_a_denied_clause_does_not_hold_groups_together(analyser: Analyser) -> None:
    pattern = Pattern(all=[["'partnership'"]], together=[["'publish'"], ["'yearly report'"]], scope="section")
    denied = outcome(analyser, "The partnership does not publish a yearly report.", pattern)
    assert not denied.matches
    assert denied.discounted


def test_what_must_stand_nowhere_bars_the_whole_paragraph_but_not_its_heading(analyser: Analyser) -> None:
    pattern = Pattern(all=[["'publish'"], ["'yearly report'"]], nowhere=[["'college'"]])
    said = "The partnership publishes a yearly report."
    assert outcome(analyser, said, pattern).matches
    assert not outcome(analyser, f"{said} The college has one of its own.", pattern).matches
    assert outcome(analyser, f"## College\n\n{said}", pattern).matches
