"""The starting folder, the published schema, and differences between checklists."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from small_checklists import own_checklist

from wtaudit.checklist.difference import Difference, differences
from wtaudit.checklist.loading import Checklist, built_in_folder, load_checklist
from wtaudit.checklist.published import schema, schema_text
from wtaudit.checklist.starting import start_checklist
from wtaudit.errors import UsageError


def test_the_folder_is_named_after_itself_and_says_what_it_extends(tmp_path: Path) -> None:
    written = start_checklist(tmp_path / "Our Check list")
    assert [p.relative_to(tmp_path / "Our Check list").as_posix() for p in written] == [
        "checklist.yaml", "examples/local.yaml", "local.yaml", "vocabulary.yaml", "checklist.schema.json",
    ]  # fmt: skip
    head = yaml.safe_load(written[0].read_text(encoding="utf-8"))
    assert head == {"id": "our-check-list", "version": "1", "extends": "wt2023"}


def test_nothing_is_overwritten_and_nothing_else_is_written(tmp_path: Path) -> None:
    (tmp_path / "vocabulary.yaml").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="is there already, and nothing was written"):
        start_checklist(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["vocabulary.yaml"]
    assert (tmp_path / "vocabulary.yaml").read_text(encoding="utf-8") == "mine"


def test_the_example_shows_every_verdict(tmp_path: Path) -> None:
    start_checklist(tmp_path)
    examples = yaml.safe_load((tmp_path / "examples" / "local.yaml").read_text(encoding="utf-8"))["examples"]
    assert {e["expected"] for e in examples} == {"met", "partial", "missing", "contradicted"}


def test_the_schema_in_the_package_is_what_the_models_give() -> None:
    shipped = (files("wtaudit.checklist") / "checklist.schema.json").read_text("utf-8")
    assert shipped == schema_text(), (
        "write it anew: wtaudit checklist schema -o wtaudit/checklist/checklist.schema.json"
    )


@pytest.fixture(scope="module")
def validator() -> Any:
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator.check_schema(schema())
    return jsonschema.Draft202012Validator(schema())


def test_the_schema_accepts_what_the_loader_accepts(tmp_path: Path, validator: Any) -> None:
    start_checklist(tmp_path / "own")
    small = [p for p in built_in_folder().joinpath("wt2023").glob("*.yaml") if p.stat().st_size < 60_000]
    paths = [*(tmp_path / "own").rglob("*.yaml"), *small]
    assert len(paths) > 6
    for path in paths:
        data = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
        assert [f"{path.name}: {e.message}" for e in validator.iter_errors(data)] == []


@pytest.mark.parametrize(
    "data",
    [
        {"id": "own", "version": 1, "extends": "wt2023"},
        {"id": "own", "version": "1", "colour": "red"},
        {"theme": "local", "title": "Local", "requirements": [{"id": "LOC-01"}]},
        {"theme": "local", "requirements": [], "concepts": {"a": "x"}},
        {"examples": [{"requirement": "LOC-01", "expected": "perhaps", "text": "x"}]},
        {"rules": [{"flag": "denied", "reason": "x", "direction": "clause"}]},
        {"concepts": {"a": {"phrase": ["x"]}}},
    ],
)
def test_the_schema_refuses_what_the_loader_refuses(data: dict[str, Any], validator: Any) -> None:
    assert not validator.is_valid(data)


def test_a_checklist_does_not_differ_from_itself(checklist: Checklist) -> None:
    assert differences(checklist, checklist) == []


def test_differences_tell_every_kind_of_change(tmp_path: Path) -> None:
    folder = own_checklist(
        tmp_path, checklist="deselect: [money]\nchange:\n  PPL-01: {level: support, documents: [protocol]}\n"
    )
    old, new = load_checklist(tmp_path / "base"), load_checklist(folder)
    assert differences(old, new) == [
        Difference("PPL-01", "level", "core", "support"),
        Difference("PPL-01", "documents", "arrangements", "protocol"),
        Difference("LOC-01", "added", "", "a kettle"),
        Difference("MON-01", "removed", "a treasurer", ""),
    ]
    people = tmp_path / "base" / "people.yaml"
    text = people.read_text(encoding="utf-8").replace("We appoint a chair.", "We choose a chair.")
    text = text.replace("text: Names a scrutineer.", "text: Names an independent scrutineer.")
    text = text.replace("          - all: [chair-post,", "          - all: [chair,")
    text = text.replace("heading: Leadership", "heading: Leaders", 1)
    people.write_text(text, encoding="utf-8")
    told = [
        (d.requirement, d.what, d.before, d.after)
        for d in differences(old, load_checklist(tmp_path / "base"))
    ]
    assert told == [
        ("PPL-01", "source", "chapter 2, Leadership (paragraph 61)", "chapter 2, Leaders (paragraph 61)"),
        ("PPL-01", "wording", "We appoint a chair.", "We choose a chair."),
        ("PPL-01", "patterns of named", "1 pattern", "1 pattern"),
        (
            "PPL-02",
            "element named",
            "Names a scrutineer. (essential)",
            "Names an independent scrutineer. (essential)",
        ),
    ]
    assert json.loads(json.dumps(differences(old, new)[0].to_dict())) == {
        "requirement": "PPL-01", "what": "level", "before": "core", "after": "support",
    }  # fmt: skip


def test_concepts_are_named_by_title_or_by_their_first_phrase(tmp_path: Path) -> None:
    loaded = load_checklist(own_checklist(tmp_path))
    assert loaded.plain_name("chair") == "a chair"
    assert loaded.plain_name("chair-post") == "“post of a chair”"
    assert loaded.plain_name("scrutineer") == "“scrutineer”"
    assert loaded.plain_name("'takes/has the? chair ~ of'") == "“takes chair … of”"
    assert loaded.plain_name("@date") == "a date"


def test_every_concept_of_the_built_in_checklist_has_a_name_for_people(checklist: Checklist) -> None:
    names = [checklist.plain_name(name) for name in checklist.vocabulary]
    assert [n for n in names if "{" in n or "/" in n or "~" in n or n == "“”"] == []
