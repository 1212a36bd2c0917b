"""The settings file: where it is found, what it says, what beats it, and how it is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from wtaudit.auditor import Auditor
from wtaudit.cli.main import app
from wtaudit.cli.settings_file import find_settings, key_lines, load_settings
from wtaudit.errors import SettingsError, UsageError
from wtaudit.model import Kind

runner = CliRunner()
FULL = """# ours
partnership = "Fennmouth"
checklist = "wt2023"
level = "core"
themes = ["governance", "funding"]
fail-on = "missing"
decisions = "people/decisions.yaml"
baseline = "baseline.json"
fail-on-regression = true
allow-incomplete = true

[documents]
arrangements = ["docs/masa.md", "docs/annex.md"]
threshold = "docs/levels.md"
detect = ["more"]

[reports]
html = "out/report.html"
"""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder at whose top the search for settings ends."""
    top = tmp_path / "repository"
    (top / "docs" / "deep").mkdir(parents=True)
    (top / ".git").mkdir()
    (tmp_path / "wtaudit.toml").write_text('level = "derived"\n', encoding="utf-8")  # outside
    monkeypatch.chdir(top)
    return top


def put(path: Path, text: str = "") -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def shown(*arguments: str) -> dict[str, tuple[str, str]]:
    """The values of --show-settings and where they are from, by name."""
    result = runner.invoke(app, ["audit", "--show-settings", *arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0
    found: dict[str, tuple[str, str]] = {}
    name = ""
    for line in result.stdout.splitlines()[2:]:
        cells = [line[slice(*place)].strip() for place in columns(result.stdout)]
        name = cells[0] or name
        value, origin = found.get(name, ("", ""))
        found[name] = (f"{value} {cells[1]}".strip(), origin or cells[2])
    return found


def columns(table: str) -> list[tuple[int, int | None]]:
    first, second, _ = (len(rule) for rule in table.splitlines()[1].split("  "))
    return [(0, first), (first + 2, first + 2 + second), (first + 4 + second, None)]


def test_nothing_but_defaults_where_there_is_no_file(repository: Path) -> None:
    assert find_settings(None) is None
    assert {origin for _, origin in shown().values()} == {"default"}


def test_the_nearest_file_from_the_first_input_upwards_wins(repository: Path) -> None:
    top = put(repository / "wtaudit.toml")
    assert find_settings(None) == top
    document = put(repository / "docs" / "deep" / "masa.md")
    assert find_settings(Path("docs/deep/masa.md")) == top
    assert find_settings(Path("docs/deep")) == top
    assert find_settings(Path("docs/gone/nowhere.md")) == top
    nearer = put(repository / "docs" / ".wtaudit.toml")
    assert find_settings(document) == nearer
    assert find_settings(None) == top
    nearest = put(repository / "docs" / "deep" / "pyproject.toml", "[tool.wtaudit]\n")
    assert find_settings(document) == nearest
    put(nearest, "[tool.other]\n")
    assert find_settings(document) == nearer
    put(nearest, "not TOML")
    assert find_settings(document) == nearer


def test_every_key_arrives_with_its_place_and_paths_count_from_the_file(repository: Path) -> None:
    put(repository / "wtaudit.toml", FULL)
    told = shown()
    assert told["documents"] == (
        "more (kind detected) docs/masa.md (arrangements) docs/annex.md (arrangements) docs/levels.md (threshold)",
        "wtaudit.toml:12",
    )
    assert told["partnership"] == ("Fennmouth", "wtaudit.toml:2")
    assert told["level"] == ("core", "wtaudit.toml:4")
    assert told["themes"] == ("governance funding", "wtaudit.toml:5")
    assert told["fail-on"] == ("missing", "wtaudit.toml:6")
    assert told["decisions"] == ("people/decisions.yaml", "wtaudit.toml:7")
    assert told["baseline"] == ("baseline.json", "wtaudit.toml:8")
    assert told["fail-on-regression"] == ("yes", "wtaudit.toml:9")
    assert told["allow-incomplete"] == ("yes", "wtaudit.toml:10")
    assert told["reports"] == ("html=out/report.html", "wtaudit.toml:17")


def test_from_another_folder_the_same_files_are_meant(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(repository / "wtaudit.toml", FULL)
    monkeypatch.chdir(repository / "docs" / "deep")
    told = shown()
    assert told["decisions"] == ("../../people/decisions.yaml", "../../wtaudit.toml:7")
    assert "../masa.md (arrangements)" in told["documents"][0]


def test_the_command_line_beats_the_file_and_says_so(repository: Path) -> None:
    put(repository / "wtaudit.toml", FULL)
    put(repository / "docs" / "masa.md")
    told = shown(
        "docs/masa.md", "--level", "support", "--theme", "send", "--fail-on", "partial", "--no-allow-incomplete",
        "--report", "json=r.json", "--decisions", "d.yaml",
    )  # fmt: skip
    given = {name for name, (_, origin) in told.items() if origin == "command line"}
    assert given == {"documents", "level", "themes", "fail-on", "allow-incomplete", "reports", "decisions"}
    assert told["documents"][0] == "docs/masa.md (kind detected)"
    assert told["level"][0] == "support"  # though it is the default too
    assert told["partnership"] == ("Fennmouth", "wtaudit.toml:2")


def test_pyproject_and_config_and_no_config(repository: Path) -> None:
    put(repository / "pyproject.toml", '[project]\nname = "x"\n\n[tool.wtaudit]\nlevel = "core"\n')
    assert shown()["level"] == ("core", "pyproject.toml:5")
    other = put(repository / "other.toml", 'level = "derived"\n')
    assert shown("--config", str(other))["level"] == ("derived", "other.toml:1")
    assert shown("--no-config")["level"] == ("support", "default")
    with pytest.raises(UsageError, match="exclude one another"):
        shown("--no-config", "--config", "other.toml")


def test_a_checklist_is_a_folder_beside_the_file_or_a_name(repository: Path) -> None:
    put(repository / "wtaudit.toml", 'checklist = "ours"\n')
    assert shown()["checklist"] == ("ours", "wtaudit.toml:1")
    (repository / "docs" / "ours").mkdir()
    put(repository / "docs" / "wtaudit.toml", 'checklist = "ours"\n')
    assert shown("docs")["checklist"] == ("docs/ours", "docs/wtaudit.toml:1")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("fail_on = 'never'", r":1: fail_on: no such key; did you mean 'fail-on'\?"),
        ("\npartnershp = 'x'", r":2: partnershp: no such key; did you mean 'partnership'\?"),
        ("zzz = 1", ":1: zzz: no such key; there are partnership, documents,"),
        ("[documents]\n\nprotocols = []", r":3: documents.protocols: no such key; did you mean 'protocol'\?"),
        ("[reports]\nhtm = 'x'", r":2: reports.htm: no such key; did you mean 'html'\?"),
        ("level = 'all'", ":1: level: should be 'core', 'support' or 'derived', not 'all'"),
        ("allow-incomplete = 'yes'", ":1: allow-incomplete: should be true or false"),
        ("themes = [1]", ":1: themes.0: should be text in quotes"),
        ("partnership = 7", ":1: partnership: should be text in quotes"),
        ("level = core", ":1: not valid TOML"),
        ("a = 1\na = 2", ":2: not valid TOML"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(repository: Path, text: str, told: str) -> None:
    path = put(repository / "wtaudit.toml", text)
    with pytest.raises(SettingsError, match=told) as caught:
        load_settings(path)
    assert str(caught.value).startswith("wtaudit.toml:")
    assert "\n" not in str(caught.value)


def test_pyproject_without_settings_named_as_config(repository: Path) -> None:
    with pytest.raises(SettingsError, match=r"under \[tool\.wtaudit\]"):
        load_settings(put(repository / "pyproject.toml", "[tool.other]\n"))


def test_key_lines_know_tables_dotted_and_quoted_keys() -> None:
    text = 'a = 1\n[ t . u ]  # x\n"b" = 2\nc.d = [\n  "e = 5",\n]\n[[v]]\n'
    assert key_lines(text) == {"a": 1, "t.u": 2, "t.u.b": 3, "t.u.c.d": 4, "t.u.c": 4}


def test_an_audit_by_settings_writes_reports_and_declares_kinds(
    repository: Path, monkeypatch: pytest.MonkeyPatch, auditor: Auditor
) -> None:
    monkeypatch.setattr("wtaudit.cli.audit.load_auditor", lambda *_: auditor)
    put(
        repository / "docs" / "text.md",
        "# Tea\n\nThese arrangements cover the local authority area of Fennmouth.\n",
    )
    put(
        repository / "wtaudit.toml",
        'partnership = "Fenn"\nthemes = ["governance"]\nlevel = "core"\nfail-on = "never"\n'
        '[documents]\narrangements = "docs/text.md"\n[reports]\njson = "docs/r.json"\n',
    )
    monkeypatch.chdir(repository / "docs")
    result = runner.invoke(app, ["audit", "-q"])
    assert result.exit_code == 0, result.stderr
    from wtaudit.reporting.saved import load_report

    report = load_report(repository / "docs" / "r.json")
    (document,) = report.documents
    assert (document.path, document.kind, document.kind_source) == ("text.md", Kind.ARRANGEMENTS, "declared")
    assert report.partnership == "Fenn"
    assert {f.theme for f in report.findings} == {"governance"}


def test_no_result_holds_a_path_of_the_machine(
    repository: Path, monkeypatch: pytest.MonkeyPatch, auditor: Auditor
) -> None:
    monkeypatch.setattr("wtaudit.cli.audit.load_auditor", lambda *_: auditor)
    path = put(
        repository / "docs" / "masa.md", "# Arrangements\n\nThese arrangements cover the area of Fennmouth.\n"
    )
    result = runner.invoke(
        app, ["audit", "--arrangements", str(path.absolute()), "--theme", "governance", "-f", "json"]
    )
    assert '"path": "docs/masa.md"' in result.stdout
    assert str(repository) not in result.stdout + result.stderr


def test_explain_goes_by_the_same_documents_and_checklist(
    repository: Path, monkeypatch: pytest.MonkeyPatch, auditor: Auditor
) -> None:
    names: list[str] = []
    monkeypatch.setattr("wtaudit.cli.explain.load_auditor", lambda name, _: names.append(name) or auditor)
    put(
        repository / "docs" / "text.md",
        "# Tea\n\nThese arrangements cover the local authority area of Fennmouth.\n",
    )
    put(repository / "wtaudit.toml", 'checklist = "ours"\n[documents]\narrangements = "docs/text.md"\n')
    assert "Fennmouth" in runner.invoke(app, ["explain", "GOV-02"]).stdout
    runner.invoke(app, ["explain", "GOV-02", "--no-config"])
    assert names == ["ours", "wt2023"]


@pytest.mark.parametrize(
    "path", ["../report.html", "/report.html", "docs/../../report.html", "link/report.html"]
)
def test_a_settings_file_cannot_have_anything_written_outside_its_folder(repository: Path, path: str) -> None:
    (repository / "link").symlink_to(repository.parent)
    put(repository / "wtaudit.toml", f'[reports]\nhtml = "{path}"\n')
    with pytest.raises(
        SettingsError, match=r"wtaudit\.toml:2: reports\.html: .* outside the folder of this file"
    ):
        shown()
