"""docs/ci.md is true: its files are written and its commands run, in order, in a copy of a fixture; its snippets are valid."""

from __future__ import annotations

import json
import re
import subprocess
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from wtaudit.auditor import Auditor
from wtaudit.cli.main import run
from wtaudit.model import Document, Report

ROOT = Path(__file__).resolve().parent.parent.parent
TEXT = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
BLOCKS = [(m[1], m[2]) for m in re.finditer(r"^```(\w*)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)]
OPENING_LINES = 80
"""How much of each fixture is taken: enough for its kind, some evidence and some gaps, and quick to judge."""


class Remembering:
    """The auditor of the session; documents that it has judged before it does not judge again."""

    def __init__(self, auditor: Auditor) -> None:
        self.checklist = auditor.checklist
        self.judge = lru_cache(auditor.audit)

    def audit(self, documents: list[Document], partnership: str | None) -> Report:
        return self.judge(tuple(documents), partnership)


@pytest.fixture
def repository(tmp_path: Path, fixtures: Path, auditor: Auditor, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of its own with three short documents, and the auditor of the session in place of one built anew."""
    (tmp_path / "documents").mkdir()
    for path in sorted((fixtures / "source" / "harrowmoor").glob("*.md")):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)[:OPENING_LINES]
        (tmp_path / "documents" / path.name).write_text("".join(lines), encoding="utf-8")
    (tmp_path / "no-git-settings").touch()
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "no-git-settings"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Ann")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "ann@example.org")
    remembering = Remembering(auditor)
    monkeypatch.setattr("wtaudit.cli.audit.load_auditor", lambda *_: remembering)
    monkeypatch.setattr("wtaudit.cli.decisions.checklist_ids", lambda *_: auditor.checklist.by_id)
    monkeypatch.chdir(tmp_path)
    subprocess.run("git init -q && git add documents && git commit -q -m Start", shell=True, check=True)
    return tmp_path


def ending(command: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """The exit code of one line: wtaudit in this process, all else in a shell."""
    if not command.startswith("wtaudit "):
        return subprocess.run(["bash", "-ec", command], check=False).returncode
    monkeypatch.setattr("sys.argv", command.split())
    with pytest.raises(SystemExit) as caught:
        run()
    return int(caught.value.code or 0)


def test_every_command_runs_and_ends_as_the_page_says(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    count = 0
    for language, block in BLOCKS:
        if language in ("toml", "yaml") and "\nrepos:" not in block:
            name = block.splitlines()[0].removeprefix("# ")
            (repository / name).parent.mkdir(parents=True, exist_ok=True)
            (repository / name).write_text(block, encoding="utf-8")
        if language == "yaml" and ".gitlab-ci.yml" in block:
            for line in yaml.safe_load(block)["documents"]["script"]:
                assert ending(line, monkeypatch) == 0
                count += 1
        for line in block.splitlines() if language == "sh" else ():
            command, _, wanted = line.partition("  # exits with ")
            assert wanted or not command.startswith("wtaudit "), (
                f"{command}: the page does not say how it exits"
            )
            found = ending(command.strip(), monkeypatch)
            assert found == int(wanted or 0), f"{command}: {capfd.readouterr()}"
            count += 1
    assert count == len(re.findall(r"^(?:wtaudit|git|grep|mv|    - wtaudit) .*$", _code(), re.MULTILINE)) > 15
    written = {
        "changes.md",
        "changes.html",
        "wtaudit.sarif",
        "gl-code-quality.json",
        "wtaudit.xml",
        "wtaudit.html",
    }
    assert written <= {path.name for path in repository.iterdir()}
    assert "GOV-02" in (repository / "changes.md").read_text(encoding="utf-8")


def _code() -> str:
    return "".join(block for language, block in BLOCKS if language in ("sh", "yaml"))


def test_no_block_is_of_a_language_that_is_not_tested() -> None:
    assert {language for language, _ in BLOCKS} == {"sh", "toml", "yaml"}


def schema(name: str) -> dict[str, Any]:
    pytest.importorskip("check_jsonschema", reason="check-jsonschema is not installed")
    text = files("check_jsonschema").joinpath("builtin_schemas", "vendor", f"{name}.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def snippet(name: str) -> Any:
    (found,) = [block for _, block in BLOCKS if block.startswith(f"# {name}\n")]
    data = yaml.safe_load(found)
    return {
        "on" if key is True else key: value for key, value in data.items()
    }  # YAML 1.1 takes `on` for true


def valid(data: Any, name: str) -> None:
    found = schema(name)
    jsonschema.validators.validator_for(found)(found).validate(data)


def test_the_workflow_follows_githubs_schema_and_gives_the_action_only_inputs_it_has() -> None:
    workflow = snippet(".github/workflows/documents.yml")
    valid(workflow, "github-workflows")
    (step,) = [s for s in workflow["jobs"]["wtaudit"]["steps"] if "/wtaudit@" in s["uses"]]
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    assert set(step["with"]) <= set(action["inputs"])
    told = re.search(r"Inputs: (.*?)\. Outputs: (.*?)\. ", " ".join(TEXT.split()))
    assert told
    assert set(re.findall(r"`([a-z-]+)`", told[1])) == set(action["inputs"])
    assert set(re.findall(r"`([a-z-]+)`", told[2])) == set(action["outputs"])


def test_the_gitlab_job_follows_gitlabs_schema() -> None:
    valid(snippet(".gitlab-ci.yml"), "gitlab-ci")


def test_the_pre_commit_configuration_names_a_hook_that_is_there() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    (repo,) = snippet(".pre-commit-config.yaml")["repos"]
    assert {hook["id"] for hook in repo["hooks"]} <= {hook["id"] for hook in hooks}
