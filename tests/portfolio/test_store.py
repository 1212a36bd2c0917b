from __future__ import annotations

import json
from pathlib import Path

import pytest

from wtaudit.errors import UsageError
from wtaudit.portfolio.members import members
from wtaudit.portfolio.store import Store, file_hash, origin_of

MEMBER = members([("Ashby", ())])[0]
FILES = [("ashby/a.md", None, "1" * 64)]


def test_a_result_is_kept_only_for_what_it_was_made_from(tmp_path: Path) -> None:
    store = Store(tmp_path / "new" / "results")
    assert store.kept(MEMBER, "one") is None
    store.keep(MEMBER, "one", '{"findings": []}')
    assert store.kept(MEMBER, "one") == {"findings": []}
    assert store.kept(MEMBER, "two") is None
    assert json.loads(store.path(MEMBER).read_text(encoding="utf-8")) == {"findings": []}


@pytest.mark.parametrize("damage", [b"", b'{"findings": [', b'{"findings": [1]}'])
def test_a_damaged_or_edited_result_is_judged_again(tmp_path: Path, damage: bytes) -> None:
    store = Store(tmp_path)
    store.keep(MEMBER, "one", '{"findings": []}')
    store.path(MEMBER).write_bytes(damage)
    assert store.kept(MEMBER, "one") is None


def test_a_run_killed_between_result_and_note_judges_again(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.keep(MEMBER, "one", '{"findings": []}')
    note = tmp_path / ".made-from" / "ashby.json"
    before = note.read_bytes()
    store.keep(MEMBER, "two", '{"findings": [2]}')
    note.write_bytes(before)  # as if the second run had died before it wrote the note
    assert store.kept(MEMBER, "one") is None
    assert store.kept(MEMBER, "two") is None


def test_forgetting_leaves_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.forget(MEMBER)
    store.keep(MEMBER, "one", "{}")
    store.forget(MEMBER)
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_a_folder_that_cannot_be_written_is_one_plain_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UsageError, match="cannot be written"):
        Store(tmp_path / "file").keep(MEMBER, "one", "{}")


def test_everything_that_decides_a_result_is_in_its_origin() -> None:
    first = origin_of("A", FILES, "c", "0.1", False)
    assert first == origin_of("A", FILES, "c", "0.1", False)
    others = {
        origin_of("B", FILES, "c", "0.1", False), origin_of("A", FILES, "d", "0.1", False),
        origin_of("A", FILES, "c", "0.2", False), origin_of("A", FILES, "c", "0.1", True),
        origin_of("A", [("ashby/b.md", None, "1" * 64)], "c", "0.1", False),
        origin_of("A", [("ashby/a.md", "threshold", "1" * 64)], "c", "0.1", False),
        origin_of("A", [("ashby/a.md", None, "2" * 64)], "c", "0.1", False),
        origin_of("A", FILES * 2, "c", "0.1", False),
    }  # fmt: skip
    assert len(others) == 8
    assert first not in others


def test_the_hash_of_what_cannot_be_opened_is_empty(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a")
    assert file_hash(tmp_path / "a").startswith("ca978112")
    assert file_hash(tmp_path) == file_hash(tmp_path / "none") == ""
