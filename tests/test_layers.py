"""Imports go one way: cli → {evaluating, portfolio} → auditor → judging → matching → checklist → model; reading and reporting → model."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "wtaudit"
MAY_IMPORT = {
    "model": set(),
    "errors": set(),
    "files": set(),
    "nearness": set(),
    "shelf": set(),
    "validation": {"nearness"},
    "changes": {"model"},
    "strict_yaml": {"validation", "errors"},
    "reading": {"shelf", "model", "errors"},
    "checklist": {"", "strict_yaml", "shelf", "validation", "nearness", "model", "errors"},
    "matching": {"checklist", "model", "errors"},
    "judging": {"matching", "checklist", "model", "errors"},
    "auditor": {"", "judging", "matching", "checklist", "model", "errors"},
    "reporting": {"changes", "model", "errors"},
    "decisions": {"strict_yaml", "validation", "nearness", "files", "changes", "model", "errors"},
    "evaluating": {"auditor", "judging", "matching", "checklist", "reading", "model", "errors"},
    "portfolio": {
        "",
        "auditor",
        "checklist",
        "reading",
        "reporting",
        "strict_yaml",
        "nearness",
        "files",
        "model",
        "errors",
    },
    "__main__": {"cli"},
    "cli": {
        "",
        "auditor",
        "evaluating",
        "portfolio",
        "judging",
        "checklist",
        "reading",
        "reporting",
        "decisions",
        "strict_yaml",
        "validation",
        "nearness",
        "files",
        "shelf",
        "changes",
        "model",
        "errors",
    },
}
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if p != PACKAGE / "__init__.py")


def room(path: Path) -> str:
    part = path.relative_to(PACKAGE).parts[0]
    return part.removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            if name == "wtaudit" or name.startswith("wtaudit."):
                rooms.add(name.split(".")[1] if "." in name else "")
    return rooms


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_go_one_way(path: Path) -> None:
    own = room(path)
    assert imported_rooms(path) - {own} <= MAY_IMPORT[own]


def test_no_room_for_odds_and_ends() -> None:
    assert not [p for p in MODULES if p.stem in ("utils", "helpers", "common", "misc")]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_modules_are_of_a_readable_size(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 330


def test_heavy_libraries_are_imported_inside_functions() -> None:
    heavy = {"spacy", "pdfplumber", "docx", "pypdfium2", "numpy", "lxml", "PIL", "openpyxl"}
    found = []
    for path in MODULES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found += [(path.name, name) for name in names if name.split(".")[0] in heavy]
    assert not found
