"""The built-in checklist against its specification, and errors in checklists with file and line."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from wtaudit.checklist.cache import ChecklistCache
from wtaudit.checklist.loading import Checklist, load_checklist
from wtaudit.checklist.phrases import parse_phrase
from wtaudit.checklist.schema import SUBSTANCES
from wtaudit.errors import ChecklistError
from wtaudit.matching.substances import PATTERNS


def test_all_requirements_are_there(checklist: Checklist) -> None:
    assert len(checklist.requirements) == 145
    assert sum(len(r.elements) for r in checklist.requirements) == 477
    levels = Counter(str(r.level) for r in checklist.requirements)
    assert levels == {"core": 69, "support": 68, "derived": 8}


def test_every_requirement_has_examples_of_both_sides(checklist: Checklist) -> None:
    told: dict[str, Counter[str]] = {r.id: Counter() for r in checklist.requirements}
    for example in checklist.examples:
        told[example.requirement][example.expected] += 1
    few = [
        rid
        for rid, counts in told.items()
        if counts["met"] + counts["evidenced"] < 3 or counts["missing"] + counts["not-evidenced"] < 3
    ]
    assert not few


def test_every_requirement_has_wording_and_advice(checklist: Checklist) -> None:
    assert [r.id for r in checklist.requirements if not r.wording.strip() or not r.advice.strip()] == []


def test_substances_are_those_the_matcher_knows() -> None:
    assert set(SUBSTANCES) == set(PATTERNS)


@pytest.fixture
def own(tmp_path: Path, checklist: Checklist) -> Path:
    folder = tmp_path / "own"
    shutil.copytree(checklist.folder, folder)
    return folder


def broken(folder: Path, name: str, old: str, new: str) -> str:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ChecklistError) as caught:
        load_checklist(folder)
    return str(caught.value)


def test_an_unknown_key_is_an_error_with_file_and_line(own: Path) -> None:
    message = broken(own, "vcse.yaml", "    level: ", "    colour: red\n    level: ")
    assert "vcse.yaml:" in message
    assert "colour" in message


def test_a_repeated_key_is_an_error(own: Path) -> None:
    assert "twice" in broken(own, "checklist.yaml", "id: wt2023", "id: wt2023\nid: other")


def test_a_repeated_id_is_an_error(own: Path) -> None:
    assert "also" in broken(own, "vcse.yaml", "id: VCS-02", "id: VCS-01")


def test_an_unknown_concept_is_an_error(own: Path) -> None:
    message = broken(own, "vocabulary.yaml", "  relevant-agency:", "  relevant-agencies:")
    assert "unknown concept" in message


def test_a_bad_example_is_an_error_with_its_line(own: Path) -> None:
    with (own / "examples" / "vcse.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"requirement": "VCS-99", "expected": "met", "text": "x"}\n')
    with pytest.raises(ChecklistError, match=r"vcse\.jsonl:\d+: unknown requirement"):
        _ = load_checklist(own).examples


@pytest.mark.parametrize("phrase", ["", "~", "a//b", "{open", "word ~"])
def test_bad_phrases_are_errors(phrase: str) -> None:
    with pytest.raises(ChecklistError):
        parse_phrase(phrase)


def test_a_cached_checklist_is_the_same_and_a_damaged_cache_is_ignored(
    tmp_path: Path, checklist: Checklist
) -> None:
    cache = ChecklistCache(tmp_path)
    first = load_checklist("wt2023", cache)
    second = load_checklist("wt2023", cache)
    assert first.requirements == second.requirements
    for file in (tmp_path / "checklists").iterdir():
        file.write_bytes(b"rubbish")
    assert load_checklist("wt2023", cache).requirements == first.requirements
