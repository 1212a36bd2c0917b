"""The ready-made hooks: the GitHub action follows its schema and calls the program as asked; the pre-commit hook exists."""

from __future__ import annotations

import json
import os
import re
import subprocess
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from typer.main import get_command

from wtaudit.cli.main import app

ROOT = Path(__file__).resolve().parent.parent
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
(HOOK,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
(STEP,) = [step for step in ACTION["runs"]["steps"] if step.get("id") == "audit"]
SUMMARY = "81 of 137 requirements are met; 56 are gaps (6 contradicted, 22 missing, 28 partial)."
STAND_IN = f"""#!/usr/bin/env bash
printf '%s\\n' "$@" > arguments
echo "wtaudit: a.md: note" >&2
echo "wtaudit: {SUMMARY}" >&2
echo "::error title=x::y"
exit "${{WANTED:-1}}"
"""


def test_the_action_follows_githubs_schema() -> None:
    pytest.importorskip("check_jsonschema", reason="check-jsonschema is not installed")
    path = files("check_jsonschema").joinpath("builtin_schemas", "vendor", "github-actions.json")
    schema = json.loads(path.read_text("utf-8"))
    jsonschema.validators.validator_for(schema)(schema).validate(ACTION)


def test_every_input_is_used_and_none_is_put_into_a_script() -> None:
    used = set(re.findall(r"inputs\.([a-z-]+)", (ROOT / "action.yml").read_text(encoding="utf-8")))
    assert used == set(ACTION["inputs"])
    assert not [step for step in ACTION["runs"]["steps"] if "${{" in step.get("run", "")]


def acted(folder: Path, code: int = 1, **inputs: str) -> tuple[list[str], dict[str, str], int, str]:
    """Run the action's script with a stand-in for wtaudit: its arguments, the outputs, the exit code, stderr."""
    tool = folder / "bin" / "wtaudit"
    tool.parent.mkdir()
    tool.write_text(STAND_IN, encoding="utf-8")
    tool.chmod(0o755)
    defaults = {name: str(about["default"]) for name, about in ACTION["inputs"].items()}
    given = defaults | {name.replace("_", "-"): value for name, value in inputs.items()}
    names = {key: value.strip("${ }").removeprefix("inputs.") for key, value in STEP["env"].items()}
    environment = {key: given[name] for key, name in names.items()}
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", STEP["run"]], cwd=folder, check=False,
        capture_output=True, text=True,
        env={
            "PATH": f"{tool.parent}{os.pathsep}{os.environ['PATH']}", "WANTED": str(code),
            "GITHUB_OUTPUT": str(folder / "outputs"), **environment,
        },
    )  # fmt: skip
    lines = (folder / "outputs").read_text(encoding="utf-8").splitlines()
    outputs = dict(line.split("=", 1) for line in lines)
    assert "::error title=x::y" in done.stdout
    return (
        (folder / "arguments").read_text(encoding="utf-8").splitlines(),
        outputs,
        done.returncode,
        done.stderr,
    )


def test_the_action_without_inputs_leaves_all_to_the_settings(tmp_path: Path) -> None:
    arguments, outputs, code, told = acted(tmp_path)
    assert arguments == ["audit", "--no-progress", "--format", "github", "--"]
    assert (outputs, code) == ({"exit-code": "1", "summary": SUMMARY}, 1)
    assert "wtaudit: a.md: note" in told


def test_the_action_passes_its_inputs_on_as_they_are(tmp_path: Path) -> None:
    arguments, outputs, code, _ = acted(
        tmp_path, 0, paths="our documents\n-odd.md\n$(touch owned)\n", config="a b.toml", fail_on="missing",
        baseline="b.yaml", allow_incomplete="true", format="table", reports="html=a b.html\nsarif=s.sarif\n",
    )  # fmt: skip
    assert arguments == [
        "audit", "--no-progress", "--format", "table", "--config", "a b.toml", "--fail-on", "missing", "--baseline",
        "b.yaml", "--fail-on-regression", "--allow-incomplete", "--report", "html=a b.html", "--report", "sarif=s.sarif",
        "--", "our documents", "-odd.md", "$(touch owned)",
    ]  # fmt: skip
    assert (outputs["exit-code"], code) == ("0", 0)
    assert not (tmp_path / "owned").exists()
    known = {o for p in get_command(app).commands["audit"].params for o in p.opts}  # type: ignore[attr-defined]
    assert {a for a in arguments if a.startswith("--") and a != "--"} <= known


def test_the_action_can_tell_of_regressions_without_failing_for_them(tmp_path: Path) -> None:
    arguments, *_ = acted(tmp_path, baseline="b.yaml", fail_on_regression="false")
    assert "--fail-on-regression" not in arguments


def test_the_pre_commit_hook_calls_the_program() -> None:
    program, command, *options = HOOK["entry"].split()
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'{program} = "wtaudit.cli.main:run"' in project
    known = {o for p in get_command(app).commands[command].params for o in p.opts}  # type: ignore[attr-defined]
    assert set(options) <= known
    assert (HOOK["language"], HOOK["pass_filenames"]) == ("python", False)


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("documents/MASA.PDF", True), ("a.docx", True), ("a.html", True), ("notes.md", True), ("wtaudit.toml", True),
        (".wtaudit.toml", True), ("wtaudit-baseline.yaml", True), ("wtaudit-decisions.yml", True),
        ("src/tool.py", False), ("logo.png", False), ("other.toml", False),
    ],
)  # fmt: skip
def test_the_pre_commit_hook_looks_when_a_document_or_a_setting_changes(path: str, wanted: bool) -> None:
    assert bool(re.search(HOOK["files"], path)) is wanted
