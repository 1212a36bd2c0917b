"""`wtaudit checklist new|validate|test|schema|diff`, and an audit with a checklist that extends another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small_checklists import own_checklist
from typer.testing import CliRunner, Result

from wtaudit.cli.exits import ExitCode
from wtaudit.cli.main import app
from wtaudit.errors import UsageError
from wtaudit.reporting import Format

MASA = "# Arrangements\n\nWe appoint a treasurer and name a kettle for the boardroom.\n\nThe chair opens each meeting.\n"


def wtaudit(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments], env={"COLUMNS": "120"})


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "masa.md").write_text(MASA, encoding="utf-8")
    return own_checklist(tmp_path)


def audit(own: Path, *arguments: object) -> Result:
    return wtaudit(
        "audit", "--checklist", own, "--arrangements", own.parent / "masa.md", "--no-config", *arguments
    )


def test_a_new_checklist_is_valid_and_passes_its_test_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    assert wtaudit("checklist", "new", folder).exit_code == ExitCode.OK
    valid = wtaudit("checklist", "validate", folder)
    assert "146 requirements (1 added, 0 changed, 0 left out)" in valid.stdout
    tested = wtaudit("checklist", "test", folder)
    assert tested.exit_code == ExitCode.OK, tested.stdout
    assert "6 examples and 1 suggested wording: 100.0%" in tested.stdout
    assert isinstance(wtaudit("checklist", "new", folder).exception, UsageError)


def test_only_what_is_added_or_changed_is_tested_unless_all_is_asked(own: Path) -> None:
    with (own / "examples" / "local.yaml").open("a", encoding="utf-8") as file:
        file.write("  - {requirement: LOC-01, expected: missing, text: Tea.}\n")
    tested = wtaudit("checklist", "test", own)
    assert tested.exit_code == ExitCode.OK, tested.stdout
    assert "1 added and 0 changed requirements; --all tests every one" in tested.stderr
    assert "2 examples and 1 suggested wording: 100.0% come out" in tested.stdout
    everything = wtaudit("checklist", "test", own, "--all")
    assert "4 examples and 4 suggested wordings" in everything.stdout
    assert "Never seen both met and missing: PPL-01, PPL-02, MON-01" in everything.stdout
    assert everything.exit_code == ExitCode.INVALID


def test_an_example_that_fails_is_shown_with_what_was_found_and_fails_the_test(own: Path) -> None:
    with (own / "examples" / "local.yaml").open("a", encoding="utf-8") as file:
        for _ in range(20):  # of a built-in checklist a share this small may fail
            file.write("  - {requirement: LOC-01, expected: missing, text: Tea.}\n")
        file.write("  - {requirement: LOC-01, expected: met, text: The kettle is ours.}\n")
    tested = wtaudit("checklist", "test", own, "--requirement", "loc-01")
    assert tested.exit_code == ExitCode.INVALID
    assert "LOC-01 example: expected met, got missing" in tested.stdout
    assert (
        "named (essential): not-evidenced; says nothing of: “appoint”, “is chosen” or the like"
        in tested.stdout
    )


def test_a_requirement_that_is_not_there_is_told_with_the_nearest(own: Path) -> None:
    wrong = wtaudit("checklist", "test", own, "--requirement", "LOC-10")
    assert "did you mean LOC-01?" in str(wrong.exception)


def test_a_checklist_that_adds_nothing_says_so(own: Path) -> None:
    (own / "local.yaml").unlink()
    (own / "examples" / "local.yaml").unlink()
    tested = wtaudit("checklist", "test", own)
    assert tested.exit_code == ExitCode.OK
    assert "nothing is added or changed" in tested.stdout


def test_the_schema_goes_to_stdout_or_to_a_file(tmp_path: Path) -> None:
    printed = wtaudit("checklist", "schema").stdout
    assert json.loads(printed)["title"] == "Files of a wtaudit checklist"
    assert wtaudit("checklist", "schema", "-o", tmp_path / "s.json").exit_code == ExitCode.OK
    assert (tmp_path / "s.json").read_text(encoding="utf-8") == printed


def test_diff_as_table_and_as_json(own: Path) -> None:
    base = own.parent / "base"
    told = wtaudit("checklist", "diff", base, own)
    assert told.exit_code == ExitCode.OK
    assert "LOC-01  added" in told.stdout
    assert "base 1 and own 7, extends base 1: 1 requirements added, 0 changed, 0 removed" in told.stdout
    data = json.loads(wtaudit("checklist", "diff", base, own, "-f", "json").stdout)
    assert data["differences"] == [
        {"requirement": "LOC-01", "what": "added", "before": "", "after": "a kettle"}
    ]
    assert data["old"]["sha256"] != data["new"]["sha256"]


def test_an_audit_judges_base_and_local_requirements_together(own: Path) -> None:
    result = audit(own, "-f", "json", "--level", "derived")
    assert result.exit_code == ExitCode.GAPS
    data = json.loads(result.stdout)
    assert data["checklist"]["version"] == "7, extends base 1"
    assert {f["requirement"]["id"]: f["status"] for f in data["findings"]} == {
        "PPL-01": "missing",
        "PPL-02": "missing",
        "MON-01": "met",
        "LOC-01": "met",
    }
    assert data["findings"][3]["requirement"]["theme"] == "local"


def test_level_and_theme_choose_local_findings_too(own: Path) -> None:
    result = audit(own, "-f", "json", "--theme", "local")
    assert result.exit_code == ExitCode.OK
    assert [f["requirement"]["id"] for f in json.loads(result.stdout)["findings"]] == ["LOC-01"]


def test_every_format_takes_a_local_requirement_without_a_place_in_the_guidance(
    own: Path, tmp_path: Path
) -> None:
    local = own / "local.yaml"
    text = local.read_text(encoding="utf-8")
    local.write_text(
        text.replace(
            "{chapter: 2, heading: Leadership, paragraphs: [61]}", "{heading: A local review}"
        ).replace("all: [kettle,", 'all: ["@money",'),
        encoding="utf-8",
    )
    reports = [part for f in Format for part in ("--report", f"{f.value}={tmp_path / f.value}.out")]
    result = audit(own, *reports)
    assert result.exit_code == ExitCode.GAPS
    assert "(A local review)" in result.stdout
    assert "\nLocal\n" in result.stdout
    for f in Format:
        assert (tmp_path / f"{f.value}.out").stat().st_size > 100, f
    for f in ("table", "markdown", "html", "csv", "json"):
        assert "A local review" in (tmp_path / f"{f}.out").read_text(encoding="utf-8")
        assert "chapter 0" not in (tmp_path / f"{f}.out").read_text(encoding="utf-8")


def test_explain_names_concepts_as_people_do(own: Path) -> None:
    told = wtaudit("explain", "PPL-01", "--checklist", own, "--arrangements", own.parent / "masa.md").stdout
    assert "pattern 0: “post of a chair” + “appoint” / “is chosen” in one clause" in told
    assert "Source: chapter 2, Leadership (paragraph 61)." in told
    assert "chair-post" not in told


def test_an_invalid_checklist_is_one_line_for_every_command(own: Path) -> None:
    (own / "local.yaml").write_text("theme: local\n", encoding="utf-8")
    for arguments in (
        ("checklist", "validate", own),
        ("checklist", "list", own),
        ("checklist", "diff", own, own),
    ):
        assert "local.yaml:1: requirements: is missing" in str(wtaudit(*arguments).exception)
