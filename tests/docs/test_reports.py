"""docs/reports.md is true: its commands run as they stand there, and it names every format, status and confidence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner
from walkthrough import follow

from wtaudit.cli.main import app
from wtaudit.model import Status
from wtaudit.reporting import Format
from wtaudit.reporting.wording import LABELS, RAG, SURE_ENOUGH

PAGE = (Path(__file__).resolve().parent.parent.parent / "docs" / "reports.md").read_text(encoding="utf-8")
DOCUMENT = """# Multi-agency safeguarding arrangements

The safeguarding partners are Fenmarsh Council, NHS Fenmarsh Integrated Care Board and Fenmarsh Police.
"""
DECISIONS = """schema_version: "1"
decisions:
  GOV-14:
    decision: waived
    justification: Being written.
    decided_by: A. Ash
    decided_on: 2026-05-02
"""


@pytest.fixture
def run() -> Callable[[list[str]], tuple[int, str]]:
    def invoke(arguments: list[str]) -> tuple[int, str]:
        extra = ["--no-config", "--allow-incomplete"] if arguments[0] == "audit" else []
        done = CliRunner().invoke(app, [*arguments, *extra])
        return done.exit_code, done.output

    return invoke


def test_the_commands_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[[list[str]], tuple[int, str]]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("documents").mkdir()
    Path("documents/arrangements.md").write_text(DOCUMENT, encoding="utf-8")
    Path("wtaudit-decisions.yaml").write_text(DECISIONS, encoding="utf-8")
    steps = list(follow(PAGE, tmp_path, run))
    assert [step for step in steps if step.problem] == []
    assert len(steps) == 4
    made = {p.name for p in tmp_path.iterdir()}
    assert {"result.json", "gaps.html", "gaps.docx", "plan.xlsx", "gaps.md", "plan.csv"} <= made


def test_every_format_and_status_is_explained() -> None:
    assert [f.value for f in Format if f"`{f.value}`" not in PAGE] == []
    assert [s for s in Status if f"| {LABELS[s].lower()} | {RAG[s].lower()} |" not in PAGE] == []
    assert f"confidence below {SURE_ENOUGH}" in PAGE
