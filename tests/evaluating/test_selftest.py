"""Running a checklist's examples: the same result from one process and from several, and progress on the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_checklists import own_checklist

from wtaudit.checklist.loading import load_checklist
from wtaudit.evaluating import selftest
from wtaudit.evaluating.selftest import SelfTest, filled_in, run_examples


def test_several_processes_find_what_one_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = own_checklist(tmp_path)
    with (folder / "examples" / "local.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "  - {requirement: LOC-01, element: named, expected: evidenced, text: The kettle is ours.}\n"
        )
    checklist = load_checklist(folder)
    steps: list[tuple[int, int]] = []
    alone = run_examples(checklist, progress=lambda done, total: steps.append((done, total)))
    assert steps == [(n, 8) for n in range(1, 9)]
    monkeypatch.setattr(selftest, "FEWEST_TO_SHARE", 1)
    assert run_examples(checklist, workers=2) == alone
    assert [(f.requirement, f.what, f.got) for f in alone.failures] == [
        ("LOC-01", "named", "not-evidenced"),
        ("PPL-01", "wording", "missing"),
    ]


@pytest.mark.parametrize(
    ("result", "acceptable"),
    [
        (SelfTest(examples=99, wordings=1), True),
        (SelfTest(examples=99, wordings=1, unproven=["A-01"]), False),
        (SelfTest(), False),
    ],
)
def test_a_test_passes_when_enough_comes_out_and_both_sides_were_seen(
    result: SelfTest, acceptable: bool
) -> None:
    assert result.acceptable is acceptable


def test_one_failure_counts_where_every_example_must_come_out() -> None:
    failure = selftest.Failure("LOC-01", "example", "met", "missing", "x", ())
    assert SelfTest(examples=99, wordings=1, failures=[failure]).acceptable
    assert not SelfTest(examples=99, wordings=1, failures=[failure], exact=frozenset({"LOC-01"})).acceptable


def test_blanks_of_a_wording_are_filled_with_their_own_text() -> None:
    assert filled_in("We meet [every month] in [place].") == "We meet every month in place."
