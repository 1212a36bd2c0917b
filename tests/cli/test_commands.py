"""explain, read, checklist, evaluate, cache."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from wtaudit.cli.exits import ExitCode
from wtaudit.cli.main import app
from wtaudit.errors import UsageError

runner = CliRunner()


def test_explain_shows_patterns_passages_and_examples(fixtures: Path) -> None:
    result = runner.invoke(
        app, ["explain", "gov-02", "--arrangements", str(fixtures / "harrowmoor" / "arrangements.docx")]
    )
    assert result.exit_code == ExitCode.OK
    for told in ("Verdict:", "pattern 0:", "found by pattern", "nearest example that counts"):
        assert told in result.stdout


def test_explain_of_an_unknown_requirement_names_the_nearest(fixtures: Path) -> None:
    result = runner.invoke(app, ["explain", "GOV-99", str(fixtures)])
    assert isinstance(result.exception, UsageError)
    assert "nearest: GOV-" in str(result.exception)


def test_read_prints_blocks_with_pages(fixtures: Path) -> None:
    result = runner.invoke(app, ["read", str(fixtures / "ellerbrook" / "threshold.pdf"), "--page", "7"])
    assert result.exit_code == ExitCode.OK
    assert "== page 7" in result.stdout
    assert "<cell" in result.stdout


def test_read_prints_json(fixtures: Path) -> None:
    result = runner.invoke(app, ["read", str(fixtures / "harrowmoor" / "threshold.html"), "-f", "json"])
    data = json.loads(result.stdout)
    assert data["kind"] == "threshold"
    assert {"heading", "paragraph", "list-item", "cell"} <= {b["kind"] for b in data["blocks"]}


def test_read_draws_a_page(fixtures: Path, tmp_path: Path) -> None:
    image = tmp_path / "page.png"
    document = fixtures / "ellerbrook" / "arrangements.pdf"
    result = runner.invoke(app, ["read", str(document), "--page", "1", "--image", str(image)])
    assert result.exit_code == ExitCode.OK
    assert image.read_bytes().startswith(b"\x89PNG")


def test_checklist_list_show_validate() -> None:
    assert "GOV-07" in runner.invoke(app, ["checklist", "list"]).stdout
    shown = runner.invoke(app, ["checklist", "show", "GOV-07"]).stdout
    assert "chair" in shown
    assert "Does not count:" in shown
    assert "145 requirements, 477 elements" in runner.invoke(app, ["checklist", "validate"]).stdout


@pytest.mark.parametrize("requirement", ["GOV-02", "THR-06", "S17-06"])
def test_checklist_test_runs_the_examples(requirement: str) -> None:
    result = runner.invoke(app, ["checklist", "test", "--requirement", requirement])
    assert result.exit_code == ExitCode.OK, result.stdout
    assert "1 suggested wording: " in result.stdout


def test_evaluate_lays_the_baselines_beside(tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    text = "## Area\n\nThese arrangements cover the local authority area of Fennmouth."
    lines = [
        {
            "id": "a",
            "requirement": "GOV-02",
            "kind": "arrangements",
            "expected": "met",
            "trap": "",
            "text": text,
        },
        {
            "id": "b",
            "requirement": "GOV-02",
            "kind": "arrangements",
            "expected": "missing",
            "trap": "mention",
            "text": "## Area\n\nTea.",
        },
    ]
    cases.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    told = runner.invoke(app, ["evaluate", str(cases)]).stdout
    for method in ("wtaudit", "keywords only", "nearest example"):
        assert method in told
    figures = json.loads(runner.invoke(app, ["evaluate", str(cases), "--json"]).stdout)
    assert figures["methods"]["wtaudit"]["cases"] == 2
    assert figures["methods"]["wtaudit"]["accuracy"] == 1.0


def test_cache_clear(fixtures: Path) -> None:
    runner.invoke(app, ["read", str(fixtures / "oldcastle" / "threshold.md")])
    assert "deleted" in runner.invoke(app, ["cache", "clear"]).stdout
    assert runner.invoke(app, ["cache", "path"]).stdout.strip().endswith("wtaudit")
