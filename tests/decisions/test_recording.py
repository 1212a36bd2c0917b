"""Writing decisions: nothing else in the file changes, and two runs lose nothing of one another."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from wtaudit.decisions.loading import load_decisions
from wtaudit.decisions.recording import HEADER, DecidedMeanwhileError, record
from wtaudit.decisions.schema import RecordedDecision
from wtaudit.errors import DecisionsError
from wtaudit.model import DecisionKind


def waived(why: str = "Because.") -> RecordedDecision:
    return RecordedDecision(
        decision=DecisionKind.WAIVED, justification=why, decided_by="Ann: Ash", decided_on=date(2026, 1, 5)
    )


def test_a_new_file_has_a_head_and_the_entries_by_id(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    for name in ("GOV-07", "EH-01", "SEND-01", "GOV-02"):
        record(path, name, waived(), None)
    assert path.read_text(encoding="utf-8").startswith(HEADER)
    assert list(load_decisions(path)) == ["EH-01", "GOV-02", "GOV-07", "SEND-01"]
    assert [p.name for p in tmp_path.iterdir()] == ["d.yaml"]  # neither lock nor temporary file stays


BY_HAND = """# Agreed by the executive.
schema_version: "1"   # first of its kind

decisions:
    # Money: see the minutes of May.
    GOV-07:
        decision: waived
        justification: >
            The panel decides
            in March.
        decided_by: 'Ann Ash'   # chair
        decided_on: 2026-11-02

    # Health: to be looked at again.
    HLT-03: {decision: waived, justification: No., decided_by: Bo, decided_on: 2026-11-02}
    # The end.
"""


@pytest.mark.parametrize("name", ["EH-01", "GOV-08", "SEND-01"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_new_entry_leaves_every_other_line_as_it_was(name: str, line_end: str, tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_bytes(BY_HAND.replace("\n", line_end).encode())
    record(path, name, waived("Déjà: vu # no comment"), None)
    data = path.read_bytes().decode()
    assert data.count("\n") == data.count(line_end)
    lines = data.replace(line_end, "\n").splitlines()
    start = lines.index(f"    {name}:")
    rest = lines[:start] + lines[start + 5 :]
    assert rest == BY_HAND.splitlines()
    decided = load_decisions(path)
    assert list(decided) == sorted(decided)
    assert decided[name] == waived("Déjà: vu # no comment")


@pytest.mark.parametrize("name", ["GOV-07", "HLT-03"])
def test_an_entry_is_replaced_in_its_place_with_comments_around_it_kept(name: str, tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_text(BY_HAND, encoding="utf-8")
    seen = load_decisions(path)
    record(path, name, waived(), seen[name])
    text = path.read_text(encoding="utf-8")
    for comment in ("# Agreed by", "# first of", "# Money", "# Health", "# The end."):
        assert comment in text
    assert load_decisions(path) == {**seen, name: waived()}
    assert list(load_decisions(path)) == ["GOV-07", "HLT-03"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        'schema_version: "1"\n',
        'schema_version: "1"\ndecisions:\n',
        'schema_version: "1"\ndecisions: {}\n# end',
    ],
)
def test_a_file_without_entries_gets_its_first(text: str, tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_text(text, encoding="utf-8")
    record(path, "GOV-07", waived(), None)
    assert load_decisions(path) == {"GOV-07": waived()}
    assert ("# end" in text) is ("# end" in path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        'schema_version: "1"\ndecisions: {GOV-01: {decision: waived, justification: x, decided_by: y, decided_on: 2026-01-01}}\n',
        '{schema_version: "1", decisions: {}}\n',
        "not: right\n",
    ],
)
def test_a_file_that_cannot_be_added_to_stays_as_it_is(text: str, tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DecisionsError):
        record(path, "GOV-07", waived(), None)
    assert path.read_text(encoding="utf-8") == text


def test_what_somebody_else_decided_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    record(path, "GOV-07", waived("First."), None)
    with pytest.raises(DecidedMeanwhileError, match="GOV-07"):
        record(path, "GOV-07", waived("Second."), None)
    assert load_decisions(path)["GOV-07"].justification == "First."
    record(path, "GOV-07", waived("Second."), waived("First."))
    assert load_decisions(path)["GOV-07"].justification == "Second."


def test_a_file_that_is_no_text_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(DecisionsError, match="not UTF-8"):
        record(path, "GOV-07", waived(), None)
    assert path.read_bytes() == b"\xff\xfe"


def test_a_folder_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(DecisionsError, match="cannot be written"):
        record(tmp_path / "no" / "d.yaml", "GOV-07", waived(), None)


def test_a_run_that_dies_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "d.yaml"
    record(path, "GOV-07", waived(), None)
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(DecisionsError, match="No space left"):
        record(path, "GOV-08", waived(), None)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["d.yaml"]


WRITE_MANY = """
import sys
from datetime import date
from pathlib import Path
from wtaudit.decisions.recording import record
from wtaudit.decisions.schema import RecordedDecision
for number in range(12):
    made = RecordedDecision(decision="waived", justification="x", decided_by="y", decided_on=date(2026, 1, 5))
    record(Path(sys.argv[1]), f"{sys.argv[2]}-{number:02}", made, None)
"""


def test_three_runs_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "d.yaml"
    runs = [
        subprocess.Popen([sys.executable, "-c", WRITE_MANY, str(path), name]) for name in ("AA", "BB", "CC")
    ]
    assert [run.wait(60) for run in runs] == [0, 0, 0]
    assert len(load_decisions(path)) == 36
    assert [p.name for p in tmp_path.iterdir()] == ["d.yaml"]
