"""The README is true: commands, options, exit codes and formats shown there exist, and none is left out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer

from wtaudit.cli.exits import ExitCode
from wtaudit.cli.main import app
from wtaudit.reporting import Format

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = README + "".join(p.read_text(encoding="utf-8") for p in sorted((ROOT / "docs").glob("*.md")))


def commands() -> dict[str, Any]:
    root: Any = typer.main.get_command(app)
    found: dict[str, Any] = {}
    for name, command in root.commands.items():
        if hasattr(command, "commands"):
            found |= {f"{name} {sub}": inner for sub, inner in command.commands.items()}
        else:
            found[name] = command
    return found


@pytest.mark.parametrize("name", commands())
def test_every_command_has_help_and_stands_in_the_docs(name: str) -> None:
    assert commands()[name].help
    first, *rest = name.split()
    assert f"wtaudit {first}" in DOCS
    assert all(re.search(rf"wtaudit {first}\b[^\n]*\b{word}\b", DOCS) for word in rest)


def test_every_option_of_audit_stands_in_the_readme() -> None:
    options = [o for p in commands()["audit"].params for o in p.opts if o.startswith("--")]
    assert len(options) > 10
    assert [o for o in options if f"`{o}`" not in README and f"`{o}" not in README] == []


def test_every_option_in_the_readme_exists() -> None:
    known = {o for c in commands().values() for p in c.params for o in (*p.opts, *p.secondary_opts)} | {
        "--help",
        "--version",
    }
    shown = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README.split("## Privacy")[0])) - {"--write"}
    assert shown <= known


def test_every_exit_code_stands_in_the_readme() -> None:
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", README, re.MULTILINE)} == {
        int(c) for c in ExitCode
    }


def test_every_format_stands_in_the_readme() -> None:
    assert [f.value for f in Format if f"`{f.value}`" not in README] == []


def test_the_readme_says_which_edition_and_that_it_is_no_legal_advice() -> None:
    plain = " ".join(README.split())
    assert "replaced by the 2026 edition in March 2026" in plain
    assert "not legal advice" in plain
    assert "Open Government Licence" in plain
