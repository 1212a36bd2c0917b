"""Base forms, normalised spelling, sentences."""

from __future__ import annotations

import pytest

from wtaudit.matching.language import base_form, sentences, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("agencies", "agency"), ("agreed", "agree"), ("publishes", "published"), ("children", "child"), ("planned", "plan"),
        ("deciding", "decides"), ("organised", "organize"), ("led", "lead"),
        ("chose", "chosen"), ("carers", "carer"), ("ICBs", "ICB"), ("assesses", "assess"), ("staffing", "staff"),
    ],
)  # fmt: skip
def test_inflections_share_a_base_form(one: str, other: str) -> None:
    assert base_form(one) == base_form(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("SEND", "send"), ("US", "us"), ("important", "import"), ("governing", "government"), ("noted", "not"), ("them", "theme"),
     ("author", "authority"), ("setting", "set"), ("used", "us")],
)  # fmt: skip
def test_different_words_keep_apart(one: str, other: str) -> None:
    assert base_form(one) != base_form(other)


def test_references_to_sections_have_one_spelling() -> None:
    expected = words("section 17 and section 47").keys
    for text in ("s17 and s47", "s.17 and s.47", "Sections 17 and 47", "S17 and section 47"):
        assert words(text).keys == expected


def test_capitals_of_a_whole_heading_are_not_abbreviations() -> None:
    assert (
        words("THE LEAD SAFEGUARDING PARTNERS MEET").keys == words("the lead safeguarding partners meet").keys
    )


def test_punctuation_is_dropped_and_breaks_remembered() -> None:
    cut = words("The council leads; the ICB follows, with care.")
    assert "council" in cut.keys
    assert cut.breaks
    assert cut.commas


def test_sentences_are_verbatim_and_not_cut_at_abbreviations() -> None:
    text = "2.3.1 The Council (see para. 4.2) leads. Dr. Smith chairs, e.g. Mondays. It meets monthly."
    found = sentences(text)
    assert " ".join(found) == text
    assert found[-1] == "It meets monthly."
    assert len(found) == 3
