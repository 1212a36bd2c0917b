from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from portfolio_folders import partnership

from wtaudit.errors import ManifestError, UnreadableError
from wtaudit.model import Kind
from wtaudit.portfolio.members import load_portfolio, members


def test_each_folder_is_a_partnership_and_loose_documents_are_not_lost(tmp_path: Path) -> None:
    for name in ("Ysford", "ashby", "Börnton"):
        partnership(tmp_path, name)
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "saved_files").mkdir()
    (tmp_path / "results").mkdir()
    (tmp_path / "loose.md").write_text("# Notes", encoding="utf-8")
    (tmp_path / "README.md").write_text("# About", encoding="utf-8")
    (tmp_path / "matrix.html").write_text("<p>", encoding="utf-8")
    found = load_portfolio(tmp_path, [tmp_path / "results", tmp_path / "matrix.html"])
    assert [m.name for m in found.members] == ["ashby", "Börnton", "Ysford"]
    assert [m.stem for m in found.members] == ["ashby", "bornton", "ysford"]
    assert [p.name for p in found.loose] == ["loose.md"]
    assert [p.name for p, _ in found.members[0].documents()] == ["arrangements.md", "threshold.md"]


def test_stems_are_never_shared() -> None:
    stems = [
        m.stem
        for m in members([("A b", ()), ("a-B", ()), ("東京", ()), ("大阪", ()), ("x" * 200, ()), ("c", ())])
    ]
    assert len(set(stems)) == 6
    assert stems[5] == "c"
    assert all(stem and len(stem) < 80 and stem.strip("-") == stem for stem in stems)


def test_nothing_to_audit_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="a folder of its own"):
        load_portfolio(tmp_path)
    with pytest.raises(UnreadableError, match="no such folder"):
        load_portfolio(tmp_path / "nowhere")


YAML = """
partnerships:
  - name: Ashby
    folder: ashby
    threshold: ashby/arrangements.md
  - name: Borton
    arrangements: [b/one.pdf, b/two.docx]
    files: b/other.html
"""


def test_a_yaml_manifest_names_folders_and_kinds(tmp_path: Path) -> None:
    partnership(tmp_path, "ashby")
    (tmp_path / "m.yaml").write_text(YAML, encoding="utf-8")
    ashby, borton = load_portfolio(tmp_path / "m.yaml").members
    assert {p.name: kind for p, kind in ashby.documents()} == {
        "arrangements.md": Kind.THRESHOLD,  # what is declared wins over the folder
        "threshold.md": None,
    }
    assert [(p.relative_to(tmp_path).as_posix(), kind) for p, kind in borton.documents()] == [
        ("b/other.html", None), ("b/one.pdf", Kind.ARRANGEMENTS), ("b/two.docx", Kind.ARRANGEMENTS),
    ]  # fmt: skip


def test_a_csv_manifest_says_the_same(tmp_path: Path) -> None:
    rows = [
        ["name", "path", "kind"], ["Ashby", "ashby", ""], ["Borton, north", "b/one.pdf", "Arrangements"], ["", "", ""],
        ["Ashby", "more/levels.pdf", "threshold"],
    ]  # fmt: skip
    with (tmp_path / "m.csv").open("w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file).writerows(rows)
    ashby, borton = load_portfolio(tmp_path / "m.csv").members
    assert ashby.inputs == ((tmp_path / "ashby", None), (tmp_path / "more/levels.pdf", Kind.THRESHOLD))
    assert (borton.name, borton.inputs[0][1]) == ("Borton, north", Kind.ARRANGEMENTS)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("m.yaml", "partnerships: []", r"m.yaml"),
        ("m.yaml", "partnerships:\n  - name: A\n    foldr: a\n", r"m.yaml:\d.*did you mean 'folder'"),
        ("m.yaml", "partnerships:\n  - folder: a\n", r"name.*missing"),
        ("m.yaml", "partnerships:\n  - name: A\n", "has no documents"),
        ("m.yaml", "partnerships:\n  - {name: A, folder: a}\n  - {name: A, folder: b}\n", "stands twice"),
        ("m.yaml", "partnerships: [", r"m.yaml:\d"),
        ("m.csv", "", "column 'name' is missing"),
        ("m.csv", "name,path\n", "no partnership"),
        ("m.csv", "name,paht\nA,b\n", "did you mean 'path'"),
        ("m.csv", "name,path,kind\nA,b,masa\n", r"m.csv:2: no such kind 'masa'"),
        ("m.csv", "name,path\nA,\n", r"m.csv:2: path is empty"),
        ("m.csv", "name,path\nA,b,c\n", "more cells than columns"),
        ("m.csv", 'name,path\n"A,b\n', "not valid CSV"),
        ("m.txt", "name", "neither a folder nor a manifest"),
    ],
)
def test_a_wrong_manifest_says_what_is_wrong(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ManifestError, match=said):
        load_portfolio(tmp_path / name)


def test_the_manifests_in_the_documentation_say_the_same(tmp_path: Path) -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "portfolio.md").read_text(encoding="utf-8")
    found = {}
    for suffix in ("yaml", "csv"):
        path = tmp_path / f"m.{suffix}"
        path.write_text(re.findall(rf"```{suffix}\n(.*?)```", text, re.DOTALL)[0], encoding="utf-8")
        found[suffix] = load_portfolio(path).members
    assert [m.name for m in found["yaml"]] == [m.name for m in found["csv"]] == ["Ashby", "Borton"]
    assert set(found["csv"][1].inputs) < set(found["yaml"][1].inputs)
