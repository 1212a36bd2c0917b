"""`wtaudit init`: what it sees, what it asks, and that it never overwrites."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from wtaudit.cli.init import partnership_name
from wtaudit.cli.main import app
from wtaudit.cli.settings_file import SettingsTable, load_settings
from wtaudit.errors import UsageError
from wtaudit.model import Block, BlockKind, Document

runner = CliRunner()
MASA = """# Fennmouth and Marsh Safeguarding Children Partnership: multi-agency safeguarding arrangements

The statutory safeguarding partners for Fennmouth are the council, the integrated care board and the police. These
multi-agency safeguarding arrangements say how the delegated safeguarding partners and the relevant agencies work together,
and how the independent scrutineer looks at their work.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "masa 1.md").write_text(MASA, encoding="utf-8")
    (tmp_path / "menu.md").write_text("# Lunch\n\nSoup, then fish, then a pear.\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def init(*arguments: str, answers: str = "") -> str:
    result = runner.invoke(app, ["init", *arguments], input=answers)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.stdout


def settings(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("arguments", [(), ("--yes",)])
def test_without_a_terminal_it_asks_nothing_and_says_what_it_left_out(
    folder: Path, arguments: tuple[str, ...]
) -> None:
    told = init(*arguments)
    made = settings(folder / "wtaudit.toml")
    assert made["partnership"] == "Fennmouth and Marsh Safeguarding Children Partnership"
    assert made["documents"] == {"arrangements": ["docs/masa 1.md"], "threshold": [], "protocol": []}
    assert "# left out: menu.md" in (folder / "wtaudit.toml").read_text(encoding="utf-8")
    assert "menu.md: left out" in told
    assert "No document of these kinds: threshold, protocol" in told
    assert "?" not in told


def test_at_a_terminal_it_asks_only_what_it_cannot_see(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "docs" / "masa 1.md").unlink()
    (folder / "other.md").write_text("# Notes\n\nNothing here.\n", encoding="utf-8")
    monkeypatch.setattr("wtaudit.cli.init._at_terminal", lambda: True)
    told = init(answers="soup\nthr\n\nFenn “SCP” \\ 2\n")
    made = settings(folder / "wtaudit.toml")
    assert made["documents"] == {"arrangements": [], "threshold": ["menu.md"], "protocol": []}
    assert made["partnership"] == "Fenn “SCP” \\ 2"
    assert told.count("Which kind is it?") == 3


def test_what_it_writes_is_valid_and_every_commented_key_is_a_key(folder: Path) -> None:
    init("--yes")
    path = folder / "wtaudit.toml"
    load_settings(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    keys = {
        line.lstrip("# ").split(" = ")[0] for line in lines if " = " in line and not line.startswith("# left")
    }
    known = {f.alias for f in SettingsTable.model_fields.values()} | {
        "arrangements",
        "threshold",
        "protocol",
        "html",
        "json",
    }
    assert keys <= known
    path.write_text(
        "\n".join(line[2:] if " = " in line and line.startswith("# ") else line for line in lines),
        encoding="utf-8",
    )
    load_settings(path)


def test_a_decisions_file_that_is_there_is_named(folder: Path) -> None:
    (folder / "wtaudit-decisions.yaml").write_text('schema_version: "1"\n', encoding="utf-8")
    init("--yes")
    assert settings(folder / "wtaudit.toml")["decisions"] == "wtaudit-decisions.yaml"


def test_another_folder_is_seen_from_itself(folder: Path) -> None:
    init("docs", "--yes")
    assert settings(folder / "docs" / "wtaudit.toml")["documents"]["arrangements"] == ["masa 1.md"]


@pytest.mark.parametrize(
    ("name", "text"), [("wtaudit.toml", "x"), (".wtaudit.toml", ""), ("pyproject.toml", "[tool.wtaudit]\n")]
)
def test_it_never_overwrites(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="not overwritten"):
        init("--yes")
    assert (folder / name).read_text(encoding="utf-8") == text


def test_an_empty_folder_gets_a_file_to_fill_in(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    init(str(tmp_path / "new"), "--yes")
    assert settings(tmp_path / "new" / "wtaudit.toml")["documents"]["protocol"] == []


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        (["The Ashby, Borton and Stoke on Trent Safeguarding Children Partnership meets."] , "Ashby, Borton and Stoke on Trent Safeguarding Children Partnership"),
        (["Jo Ash, Chair, Ashby Safeguarding Children Board"], "Ashby Safeguarding Children Board"),
        (["Ashby Safeguarding Children Board ran until 2019."] * 2 + ["Ashby Children’s Safeguarding Partnership"], "Ashby Children’s Safeguarding Partnership"),
        (["A safeguarding children partnership"], ""),
        (["Aa-a’" * 5000 + " Aa Bb," * 5000], ""),
    ],
)  # fmt: skip
def test_the_partnership_is_named_as_the_documents_name_it(texts: list[str], name: str) -> None:
    blocks = tuple(Block(BlockKind.PARAGRAPH, text) for text in texts)
    assert partnership_name([Document("a.md", "markdown", "", blocks)]) == name
