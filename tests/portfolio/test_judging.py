from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from portfolio_folders import ThreadCrew, partnership, small_checklist

from wtaudit import __version__
from wtaudit.checklist.loading import Checklist, load_checklist
from wtaudit.model import Kind
from wtaudit.portfolio.auditing import PortfolioAudit
from wtaudit.portfolio.judging import Outcome, Settings, Task, judge
from wtaudit.portfolio.matrix import Row
from wtaudit.portfolio.members import load_portfolio
from wtaudit.portfolio.store import Store
from wtaudit.reading import ReadOptions


@pytest.fixture
def small(tmp_path: Path) -> Checklist:
    return load_checklist(small_checklist(tmp_path / "own"))


@pytest.fixture
def settings(small: Checklist) -> Settings:
    return Settings(str(small.folder), small.identity.sha256, ReadOptions(), seconds=60.0)


def task(folder: Path, kind: Kind | None = None) -> Task:
    member = load_portfolio(folder).members[0]
    return Task(member, tuple((path, path.name, kind) for path, _ in member.documents()))


def test_a_partnership_is_judged_under_its_shown_paths(tmp_path: Path, settings: Settings) -> None:
    partnership(tmp_path / "areas", "Ashby")
    outcome = judge(task(tmp_path / "areas"), settings)
    assert outcome.failure is None
    assert outcome.memory > 20_000_000
    result = json.loads(outcome.result or "")
    assert [d["path"] for d in result["documents"]] == ["arrangements.md", "threshold.md"]
    assert (result["partnership"], result["summary"]["met"]) == ("Ashby", 1)
    assert str(tmp_path) not in (outcome.result or "")


def test_a_document_of_no_kind_is_unreadable_and_says_what_to_do(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "areas" / "Ashby").mkdir(parents=True)
    (tmp_path / "areas" / "Ashby" / "menu.md").write_text("# Lunch\n\nSoup, then fish.\n", encoding="utf-8")
    undecided = json.loads(judge(task(tmp_path / "areas"), settings).result or "")
    assert undecided["documents"][0]["status"] == "unreadable"
    assert undecided["documents"][0]["reason"].endswith("declare it in a manifest")
    assert undecided["summary"]["unknown"] == 1
    declared = json.loads(judge(task(tmp_path / "areas", Kind.ARRANGEMENTS), settings).result or "")
    assert declared["summary"]["missing"] == 1


def test_a_worker_with_another_checklist_judges_nothing(tmp_path: Path, settings: Settings) -> None:
    partnership(tmp_path / "areas", "Ashby")
    outcome = judge(task(tmp_path / "areas"), replace(settings, sha256="0" * 64))
    assert outcome.failure == "the worker has another version of the checklist"


def audit(
    tmp_path: Path, small: Checklist, settings: Settings, password: str | None = None
) -> PortfolioAudit:
    chosen = replace(settings, options=ReadOptions(password=password))
    return PortfolioAudit(
        load_portfolio(tmp_path / "areas"), small, chosen, Store(tmp_path / "out"), tmp_path
    )


def rows(made: PortfolioAudit, monkeypatch: pytest.MonkeyPatch, **answer: object) -> list[Row]:
    """All rows, where the runner gives `answer` for each task in place of judging, or judges."""

    class Here:
        def __init__(self, _: object, work: object) -> None:
            self.work = work

        def run(self, tasks: object) -> object:
            for one in tasks:  # type: ignore[attr-defined]
                yield one, Outcome(**answer) if answer else self.work(one)  # type: ignore[operator, arg-type]

    monkeypatch.setattr("wtaudit.portfolio.auditing.Runner", Here)
    return list(made.rows(ThreadCrew()))


def test_another_password_tries_again_what_was_not_read(
    tmp_path: Path, small: Checklist, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    partnership(tmp_path / "areas", "Ashby")
    locked = partnership(tmp_path / "areas", "Borton")
    (locked / "locked.docx").write_bytes(bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600)
    assert [r.kept for r in rows(audit(tmp_path, small, settings), monkeypatch)] == [False, False]
    assert [r.kept for r in rows(audit(tmp_path, small, settings), monkeypatch)] == [True, True]
    again = rows(audit(tmp_path, small, settings, "secret"), monkeypatch)
    assert {r.name: r.kept for r in again} == {"Ashby": True, "Borton": False}
    assert not [p for p in (tmp_path / "out").rglob("*") if p.is_file() and b"secret" in p.read_bytes()]


def test_a_worker_of_another_version_and_a_failure_leave_no_result(
    tmp_path: Path, small: Checklist, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    partnership(tmp_path / "areas", "Ashby")
    made = audit(tmp_path, small, settings)
    rows(made, monkeypatch)
    kept = Store(tmp_path / "out").path(load_portfolio(tmp_path / "areas").members[0])
    older = json.loads(kept.read_text(encoding="utf-8")) | {"tool": {"name": "wtaudit", "version": "0.0.1"}}
    (tmp_path / "areas" / "Ashby" / "threshold.md").write_text("# Changed", encoding="utf-8")
    found = rows(made, monkeypatch, result=json.dumps(older), failure=None)
    assert found[0].failure == f"the worker has wtaudit 0.0.1, not {__version__}"
    assert not kept.exists()
    assert rows(made, monkeypatch, result=None, failure="boom\n once")[0].failure == "boom once"
