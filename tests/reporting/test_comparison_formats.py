"""What holds for every format of a comparison: each change is there, texts stay texts, lines keep to the width."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import lxml.html
import pytest
from markdown_it import MarkdownIt
from sample_reports import HOSTILE

from wtaudit.changes import (
    Change,
    Comparison,
    DocumentChange,
    DocumentOutcome,
    LapsedDecision,
    Move,
    Outcome,
)
from wtaudit.model import (
    ChecklistIdentity,
    Decision,
    DecisionKind,
    DecisionState,
    Document,
    Evidence,
    Level,
    Status,
)
from wtaudit.reporting import Layout
from wtaudit.reporting.comparing import TITLES, ComparisonFormat, comparison_sentence, render_comparison
from wtaudit.reporting.markdown_format import MOST_CHARACTERS

IDS = [f"GOV-{n:02}" for n in range(1, len(Outcome) + 1)]


def everything(text: str = "Plain words.", times: int = 1) -> Comparison:
    """A comparison with a change of every outcome, and one of each other kind; every text is `text`."""
    old = ChecklistIdentity("wt2023", "2026.10", "a" * 64, "Edition")
    document = Document(f"{text}.md", "markdown", "a" * 64, ())
    changes = tuple(
        Change(name, text, text, Level.CORE, outcome, Status.MET, Status.MISSING, text, (text,), (text,))
        for _ in range(times)
        for name, outcome in zip(IDS, Outcome, strict=True)
    )
    decision = Decision(DecisionKind.WAIVED, text, text, "2026-01-01", "2026-02-01", DecisionState.EXPIRED)
    evidence = Evidence(0, text, 3, "1", (text,))
    return Comparison(
        text, old, replace(old, version="2026.11"), (document,), (document,), changes,
        (Move("GOV-70", "element", evidence, replace(evidence, page=4)),), (LapsedDecision("GOV-80", text, decision),),
        tuple(DocumentChange(o, f"{text} {o}.md", text) for o in DocumentOutcome), 90,
    )  # fmt: skip


TEXTS = [f for f in ComparisonFormat if f is not ComparisonFormat.JSON]


@pytest.mark.parametrize("format_", ComparisonFormat)
def test_every_change_is_in_every_format_and_the_same_twice(format_: ComparisonFormat) -> None:
    made = render_comparison(everything(), format_)
    assert set(re.findall(r"GOV-\d\d", made)) >= {*IDS, "GOV-70", "GOV-80"}
    assert render_comparison(everything(), format_) == made
    assert "2026.10" in made
    assert all(outcome.value in made for outcome in DocumentOutcome)


@pytest.mark.parametrize("format_", TEXTS)
def test_every_outcome_has_a_title_and_the_answer_is_there(format_: ComparisonFormat) -> None:
    made = render_comparison(everything(), format_)
    assert all(title in made for title in TITLES.values())
    assert (
        "1 worse, 1 new gap, 1 no longer judged, 1 better, 1 resolved, 1 lapsed decision; 90 unchanged."
        in made
    )


@pytest.mark.parametrize("format_", ComparisonFormat)
def test_nothing_different_is_said(format_: ComparisonFormat) -> None:
    same = replace(everything(), changes=(), moved=(), lapsed=(), documents=())
    made = render_comparison(same, format_)
    assert comparison_sentence(same) == "Nothing better or worse; 90 unchanged."
    assert format_ is ComparisonFormat.JSON or "Nothing better or worse" in made


@pytest.mark.parametrize("width", [80, 120, 160])
def test_the_table_keeps_to_the_width(width: int) -> None:
    made = render_comparison(everything("Some plain words, " * 20), ComparisonFormat.TABLE, Layout(width))
    assert max(len(line) for line in made.splitlines()) <= width


def test_markdown_stays_under_the_size_of_a_comment_and_says_so() -> None:
    made = render_comparison(everything("word " * 100, times=40), ComparisonFormat.MARKDOWN)
    assert len(made) <= MOST_CHARACTERS + 200
    assert "No room for" in made


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_document_is_anything_but_text(text: str) -> None:
    comparison = everything(text)
    for format_ in TEXTS:
        made = render_comparison(comparison, format_)
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202e\ud800-\udfff\uffff]", made)
    page = lxml.html.document_fromstring(render_comparison(comparison, ComparisonFormat.HTML))
    assert not page.xpath("//script | //img | //iframe | //object | //link | //@onerror | //@style")
    assert all(str(href).startswith("#") for href in page.xpath("//@href"))
    marked = MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(
        render_comparison(comparison, ComparisonFormat.MARKDOWN)
    )
    shown = lxml.html.fragment_fromstring(marked, create_parent="div")
    assert not shown.xpath("//a | //img | //script | //code | //pre")
    json.loads(render_comparison(comparison, ComparisonFormat.JSON))
