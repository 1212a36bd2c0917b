"""A checklist that extends another: what it keeps, changes and adds, and how it is told apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_checklists import BASE, own_checklist, write

from wtaudit.checklist.cache import ChecklistCache
from wtaudit.checklist.loading import load_checklist
from wtaudit.errors import ChecklistError


def ids(folder: Path) -> list[str]:
    return [r.id for r in load_checklist(folder).requirements]


def refused(folder: Path) -> str:
    with pytest.raises(ChecklistError) as caught:
        load_checklist(folder)
    return str(caught.value)


def test_everything_of_the_base_is_kept_and_own_themes_come_after(tmp_path: Path) -> None:
    loaded = load_checklist(own_checklist(tmp_path))
    assert [r.id for r in loaded.requirements] == ["PPL-01", "PPL-02", "MON-01", "LOC-01"]
    assert loaded.theme_titles == {"people": "People", "money": "Money", "local": "Local"}
    assert loaded.identity.id == "own"
    assert loaded.identity.version == "7, extends base 1"
    assert loaded.identity.edition == "An edition"
    assert loaded.tailoring.added == ("LOC-01",)
    assert loaded.tailoring.changed == ()


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        ("select: [PPL-02]\n", ["PPL-02", "LOC-01"]),
        ("select: [core, money]\n", ["PPL-01", "MON-01", "LOC-01"]),
        ("deselect: [people]\n", ["MON-01", "LOC-01"]),
        ("deselect: [derived, PPL-01]\n", ["PPL-02", "LOC-01"]),
        ("select: [people]\ndeselect: [support]\n", ["PPL-01", "LOC-01"]),
    ],
)
def test_select_and_deselect_name_ids_themes_and_levels(tmp_path: Path, lines: str, left: list[str]) -> None:
    assert ids(own_checklist(tmp_path, checklist=lines)) == left


def test_select_looks_at_the_levels_of_the_base(tmp_path: Path) -> None:
    lines = "deselect: [core]\nchange:\n  PPL-02: {level: core}\n"
    assert ids(own_checklist(tmp_path, checklist=lines)) == ["PPL-02", "MON-01", "LOC-01"]


def test_change_gives_another_level_and_other_documents(tmp_path: Path) -> None:
    lines = "change:\n  PPL-02: {level: core, documents: [protocol, threshold]}\n"
    loaded = load_checklist(own_checklist(tmp_path, checklist=lines))
    assert loaded.by_id["PPL-02"].level == "core"
    assert loaded.by_id["PPL-02"].documents == ["protocol", "threshold"]
    assert loaded.by_id["PPL-01"].documents == ["arrangements"]
    assert loaded.tailoring.changed == ("PPL-02",)


@pytest.mark.parametrize(
    ("lines", "place", "told"),
    [
        ("select: [core, PPL-2]\n", ":4: select.1:", "did you mean 'PPL-02'?"),
        ("deselect:\n  - PPL-01\n  - peeple\n", ":6: deselect.1:", "did you mean 'people'?"),
        ("change:\n  PPL-03: {level: core}\n", ":5: change.PPL-03:", "../base has no 'PPL-03'"),
        ("deselect: [money]\nchange:\n  MON-01: {level: core}\n", ":6: change.MON-01:", "is deselected"),
        ("change:\n  MON-01: {}\n", ":5: change.MON-01:", "changes nothing"),
        ("change:\n  MON-01: {levels: core}\n", ":5: change.MON-01.levels:", "did you mean 'level'?"),
        ("themes: [nowhere]\n", ":4: themes.0:", "no file here has"),
    ],
)
def test_what_cannot_be_tailored_is_an_error_with_its_place(
    tmp_path: Path, lines: str, place: str, told: str
) -> None:
    message = refused(own_checklist(tmp_path, checklist=lines))
    assert f"own/checklist.yaml{place}" in message.replace("\\", "/")
    assert told in message


def test_added_phrases_widen_a_concept_and_touch_what_rests_on_it(tmp_path: Path) -> None:
    loaded = load_checklist(own_checklist(tmp_path, vocabulary="add_phrases:\n  chair: [moderator, chair]\n"))
    assert loaded.vocabulary["chair"] == ["chair", "moderator"]
    assert loaded.tailoring.changed == ("PPL-01",)  # by way of chair-post
    assert loaded.tailoring.concepts == {"kettle"}


def test_added_context_rules_touch_every_requirement_of_the_base(tmp_path: Path) -> None:
    rule = (
        "rules:\n  - {flag: history, reason: is long gone, direction: clause, triggers: [in the old days]}\n"
    )
    loaded = load_checklist(own_checklist(tmp_path, context=rule))
    assert [r.reason for r in loaded.context_rules] == ["is long gone"]
    assert loaded.context_ends == ("but",)
    assert loaded.tailoring.changed == ("PPL-01", "PPL-02", "MON-01")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("add_phrases:\n  chiar: [moderator]\n", "vocabulary.yaml:2: add_phrases.chiar: ../base has no such concept; did you mean 'chair'?"),
        ("concepts:\n  chair: [moderator]\n", "vocabulary.yaml:2: concepts.chair: stands in ../base already; to add phrases"),
        ("concepts:\n  kettle: [pot]\n", "local.yaml:4: concepts.kettle: is defined twice, also in vocabulary.yaml"),
    ],
)  # fmt: skip
def test_names_that_are_taken_or_unknown_are_errors(tmp_path: Path, text: str, told: str) -> None:
    assert told in refused(own_checklist(tmp_path, vocabulary=text))


def test_an_id_of_the_base_is_taken_even_where_it_is_deselected(tmp_path: Path) -> None:
    folder = own_checklist(tmp_path, checklist="deselect: [PPL-01]\n")
    local = folder / "local.yaml"
    local.write_text(local.read_text(encoding="utf-8").replace("LOC-01", "PPL-01"), encoding="utf-8")
    assert "local.yaml:6: requirements.PPL-01.id: stands also in ../base; give it another number" in refused(
        folder
    )


def test_a_theme_of_the_base_takes_more_requirements_but_no_other_title(tmp_path: Path) -> None:
    folder = own_checklist(tmp_path)
    local = folder / "local.yaml"
    text = local.read_text(encoding="utf-8")
    local.write_text(text.replace("theme: local\ntitle: Local\n", "theme: people\n"), encoding="utf-8")
    assert ids(folder) == ["LOC-01", "PPL-01", "PPL-02", "MON-01"]
    local.write_text(text.replace("theme: local", "theme: people"), encoding="utf-8")
    assert "'people' has its title in ../base" in refused(folder)
    local.write_text(text.replace("title: Local\n", "", 1), encoding="utf-8")
    assert "title: is missing" in refused(folder)


def test_the_fingerprint_covers_the_base_and_not_the_editors_schema(tmp_path: Path) -> None:
    folder = own_checklist(tmp_path)
    first = load_checklist(folder).identity.sha256
    (folder / "checklist.schema.json").write_text("{}", encoding="utf-8")
    assert load_checklist(folder).identity.sha256 == first
    with (tmp_path / "base" / "money.yaml").open("a", encoding="utf-8") as file:
        file.write("# another word\n")
    assert load_checklist(folder).identity.sha256 != first


def test_checklists_may_extend_one_another_but_not_in_a_circle(tmp_path: Path) -> None:
    own_checklist(tmp_path, checklist="deselect: [money]\n")
    third = write(
        tmp_path / "third",
        {"checklist.yaml": 'id: third\nversion: "1"\nextends: ../own\ndeselect: [support]\n'},
    )
    loaded = load_checklist(third)
    assert [r.id for r in loaded.requirements] == ["PPL-01", "LOC-01"]
    assert loaded.identity.version == "1, extends own 7, extends base 1"
    assert loaded.tailoring.concepts == {"kettle"}
    write(tmp_path / "base", {"checklist.yaml": 'id: base\nversion: "1"\nextends: ../third\n'})
    assert "base/checklist.yaml:3: extends: ../third extends this checklist in turn" in refused(
        third
    ).replace("\\", "/")


def test_a_base_that_is_not_there_is_an_error_with_a_suggestion(tmp_path: Path) -> None:
    folder = write(tmp_path, {"checklist.yaml": 'id: own\nversion: "1"\nextends: wt203\n'})
    assert "checklist.yaml:3: extends: wt203: no checklist there" in refused(folder)
    assert "did you mean 'wt2023'?" in refused(folder)


def test_examples_of_what_is_left_out_are_left_out(tmp_path: Path) -> None:
    loaded = load_checklist(own_checklist(tmp_path, checklist="deselect: [PPL-02]\n"))
    assert [(e.requirement, e.expected) for e in loaded.examples] == [("PPL-01", "met"), ("LOC-01", "met")]


def test_examples_in_yaml_are_checked_with_their_line(tmp_path: Path) -> None:
    folder = own_checklist(tmp_path)
    path = folder / "examples" / "local.yaml"
    path.write_text(
        path.read_text(encoding="utf-8")
        + "  - {requirement: LOC-01, expected: met, evidenced: [nmaed], text: x}\n",
        encoding="utf-8",
    )
    with pytest.raises(
        ChecklistError, match=r"local\.yaml:5: examples\.1: LOC-01 has no element 'nmaed'; it has named"
    ):
        _ = load_checklist(folder).examples


def test_an_extending_checklist_comes_back_from_the_cache_the_same(tmp_path: Path) -> None:
    cache = ChecklistCache(tmp_path / "cache")
    folder = own_checklist(
        tmp_path, checklist="deselect: [money]\n", vocabulary="add_phrases: {chair: [head]}\n"
    )
    first, second = load_checklist(folder, cache), load_checklist(folder, cache)
    assert cache.get(first.identity.sha256, "checklist") is not None
    assert second == first


def test_without_extends_a_checklist_stands_alone(tmp_path: Path) -> None:
    base = write(tmp_path / "base", BASE)
    loaded = load_checklist(base)
    assert loaded.folders == (base,)
    assert loaded.tailoring.added == ()
    (base / "context.yaml").unlink()
    assert "needs context.yaml beside it; or add a line such as extends: wt2023" in refused(base)
