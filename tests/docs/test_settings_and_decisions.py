"""docs/configuration.md and docs/decisions.md are true: keys, examples, error lines."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from wtaudit.checklist.loading import Checklist
from wtaudit.cli.settings import AuditSettings
from wtaudit.cli.settings_file import SettingsTable, load_settings
from wtaudit.decisions.schema import DecisionsFile
from wtaudit.errors import SettingsError
from wtaudit.model import DecisionKind

DOCS = Path(__file__).resolve().parent.parent.parent / "docs"
CONFIGURATION = (DOCS / "configuration.md").read_text(encoding="utf-8")
DECISIONS = (DOCS / "decisions.md").read_text(encoding="utf-8")


def fenced(text: str, language: str) -> str:
    (block,) = re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)
    return str(block)


def test_the_example_settings_are_valid_and_show_every_key() -> None:
    data = tomllib.loads(fenced(CONFIGURATION, "toml"))
    SettingsTable.model_validate(data)
    assert set(data) == {f.alias for f in SettingsTable.model_fields.values()}


def test_the_table_names_every_setting_and_no_other() -> None:
    named = re.findall(r"^\| `([a-z-]+)` \|", CONFIGURATION, re.MULTILINE)
    assert sorted(named) == sorted(name.replace("_", "-") for name in AuditSettings.__slots__)
    assert sorted(named) == sorted(str(f.alias) for f in SettingsTable.model_fields.values())


def test_the_error_shown_is_the_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("wtaudit.toml").write_text("\n" * 5 + "fail_on = 'never'\n", encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_settings(Path("wtaudit.toml"))
    assert f"wtaudit: {caught.value}" == fenced(CONFIGURATION, "text").strip()


def test_the_example_decisions_are_valid_and_on_requirements_that_exist(checklist: Checklist) -> None:
    example = DecisionsFile.model_validate(yaml.safe_load(fenced(DECISIONS, "yaml")))
    assert set(example.by_requirement) <= set(checklist.by_id)


def test_every_sort_of_decision_is_explained() -> None:
    assert [k.value for k in DecisionKind if f"| `{k.value}` |" not in DECISIONS] == []
