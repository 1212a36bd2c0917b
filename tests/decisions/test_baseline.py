"""The baseline file: what it holds and does not hold, how it merges, and what is refused."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from judged import CHECKLIST, judged, result

from wtaudit.changes import Outcome
from wtaudit.decisions.baseline import (
    baseline_text,
    check_baseline,
    compare_with_baseline,
    load_baseline,
)
from wtaudit.errors import BaselineError
from wtaudit.model import Report, Status

MET, PARTIAL, MISSING, UNKNOWN = Status.MET, Status.PARTIAL, Status.MISSING, Status.UNKNOWN
NAMES = [f"GOV-0{number}" for number in range(1, 8)]


def seven(*changed: tuple[str, Status, str]) -> Report:
    """Seven requirements, partly evidenced, but for those that are given."""
    told = {name: (status, evidenced) for name, status, evidenced in changed}
    return result(*(judged(*told.get(name, (PARTIAL, "a")), name=name) for name in NAMES))


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "wtaudit-baseline.yaml"
    path.write_text(baseline_text(seven()), encoding="utf-8")
    return path


def test_it_comes_back_the_same(written: Path) -> None:
    baseline = load_baseline(written)
    check_baseline(baseline, written, seven())
    found = compare_with_baseline(baseline, seven())
    assert (found.changes, found.unchanged, found.against_baseline) == ((), 7, True)


def test_entries_are_sorted_and_carry_no_page_line_path_version_or_time() -> None:
    backwards = result(*reversed(seven().findings))
    assert baseline_text(backwards) == baseline_text(seven())
    moved = result(*(judged(PARTIAL, "a", name=n, page=99, heading=("Elsewhere",)) for n in NAMES))
    newer = replace(
        moved, checklist=replace(CHECKLIST, version="2027.01", sha256="c" * 64), tool_version="9.9.9"
    )
    assert baseline_text(newer) == baseline_text(seven())
    data = yaml.safe_load(baseline_text(seven()))
    assert list(data["requirements"]) == NAMES
    assert {tuple(entry) for entry in data["requirements"].values()} == {
        ("status", "evidenced", "fingerprint")
    }


def test_one_changed_requirement_changes_no_other_line() -> None:
    before, after = (baseline_text(r).splitlines() for r in (seven(), seven(("GOV-04", MET, "ab"))))
    assert len(before) == len(after)
    different = [number for number, (a, b) in enumerate(zip(before, after, strict=True)) if a != b]
    assert different == list(range(different[0], different[0] + 3))


def test_two_branches_that_change_two_requirements_merge_without_conflict(tmp_path: Path) -> None:
    for name, report in (
        ("base", seven()), ("ours", seven(("GOV-02", MET, "ab"))), ("theirs", seven(("GOV-04", MET, "ab")))
    ):  # fmt: skip
        (tmp_path / name).write_text(baseline_text(report), encoding="utf-8")
    done = subprocess.run(
        ["git", "merge-file", "-p", "ours", "base", "theirs"], cwd=tmp_path, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert done.stdout == baseline_text(seven(("GOV-02", MET, "ab"), ("GOV-04", MET, "ab")))


@pytest.mark.parametrize(
    ("now", "outcome", "fails"),
    [
        (("GOV-03", MISSING, ""), Outcome.WORSE, True),
        (("GOV-03", PARTIAL, "b"), Outcome.WORSE, True),
        (("GOV-03", MET, "ab"), Outcome.RESOLVED, False),
        (("GOV-03", UNKNOWN, ""), Outcome.NO_LONGER_JUDGED, False),
    ],
)
def test_what_changed_since(
    written: Path, now: tuple[str, Status, str], outcome: Outcome, fails: bool
) -> None:
    found = compare_with_baseline(load_baseline(written), seven(now))
    assert [(c.requirement_id, c.outcome) for c in found.changes] == [("GOV-03", outcome)]
    assert bool(found.regressions) is fails


def test_what_the_baseline_does_not_hold_is_told_and_does_not_fail(written: Path) -> None:
    wider = replace(seven(), findings=(*seven().findings, judged(MISSING, name="GOV-08")))
    found = compare_with_baseline(load_baseline(written), wider)
    assert [(c.requirement_id, c.before) for c in found.changes] == [("GOV-08", None)]
    assert found.regressions == ()


def test_what_is_not_reported_is_not_compared(written: Path) -> None:
    narrow = replace(seven(), findings=seven(("GOV-01", MISSING, "")).findings[1:])
    assert compare_with_baseline(load_baseline(written), narrow).changes == ()


BROKEN = {
    "not yaml": ("schema_version: [", "expected"),
    "a merge left half done": ("<<<<<<< ours\nschema_version: '1'\n", ":"),
    "a list": ("- GOV-01\n", "should be"),
    "another version": ("schema_version: '2'\nchecklist: wt2023\nrequirements: {}\n", "schema_version"),
    "a key too many": ("schema_version: '1'\nchecklist: wt2023\nrequirments: {}\nrequirements: {}\n", "did you mean"),
    "an id twice": (
        "schema_version: '1'\nchecklist: wt2023\nrequirements:\n  GOV-01: {}\n  GOV-01: {}\n", "stands twice"
    ),
    "no such status": (
        "schema_version: '1'\nchecklist: wt2023\nrequirements:\n  GOV-01:\n    status: fine\n    evidenced: []\n"
        f"    fingerprint: sha256:{'0' * 64}\n",
        "status",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_malformed_file_is_refused_in_one_line_that_starts_with_its_name(name: str, tmp_path: Path) -> None:
    text, told = BROKEN[name]
    path = tmp_path / "baseline.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BaselineError) as caught:
        load_baseline(path)
    message = str(caught.value)
    assert message.startswith(f"{path}:")
    assert told in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("GOV-03:", "GVO-03:", "no requirement GVO-03 in this checklist; did you mean GOV-03?"),
        ("[element-a]", "[element-z]", "GOV-01 has no element element-z"),
        ("checklist: wt2023", "checklist: own", "a baseline of the checklist 'own'"),
    ],
)
def test_a_baseline_that_does_not_fit_the_checklist_is_refused(
    written: Path, old: str, new: str, told: str
) -> None:
    written.write_text(written.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BaselineError) as caught:
        check_baseline(load_baseline(written), written, seven())
    assert told in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BaselineError, match="cannot be read"):
        load_baseline(tmp_path / "nowhere.yaml")
