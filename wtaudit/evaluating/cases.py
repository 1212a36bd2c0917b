"""Labelled cases: passages in JSON Lines, and whole documents with gold verdicts in YAML."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from wtaudit.checklist.loading import Checklist
from wtaudit.errors import UsageError
from wtaudit.model import Document, Kind, Status

_RENAMED = {"gap": "missing", "conflict": "contradicted"}


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled verdict: a requirement, the document it is judged in, the status a person gave, and the trap."""

    name: str
    requirement: str
    expected: Status
    document: Document
    trap: str = ""
    text: str = ""


def load_cases(paths: list[Path], checklist: Checklist) -> list[Case]:
    """Cases of JSON Lines files, `KIND.gold.yaml` files (document beside them) and folders of those."""
    cases: list[Case] = []
    for path in paths:
        files = sorted([*path.rglob("*.gold.yaml"), *path.rglob("*.jsonl")]) if path.is_dir() else [path]
        for file in files:
            cases += _passages(file, checklist) if file.suffix == ".jsonl" else _gold(file)
    unknown = {c.requirement for c in cases} - set(checklist.by_id)
    if unknown:
        raise UsageError(
            f"cases name requirements that are not in the checklist: {', '.join(sorted(unknown))}"
        )
    if not cases:
        raise UsageError("no cases: give JSON Lines files, KIND.gold.yaml files, or folders of those")
    return cases


def passage_document(text: str, kind: Kind) -> Document:
    """A Markdown passage as a document of its own."""
    from wtaudit.reading.markdown import read_markdown

    reading = read_markdown(text)
    return Document("passage.md", "markdown", "", reading.blocks, reading.title, kind, "declared")


def _passages(path: Path, checklist: Checklist) -> list[Case]:
    cases = []
    for number, line in enumerate(_read(path).splitlines(), 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
            if data.get("element"):
                continue  # a label about one element is no verdict on the requirement
            requirement = checklist.by_id.get(data["requirement"])
            kind = Kind(data.get("kind") or (requirement.documents[0] if requirement else "arrangements"))
            document = passage_document(data["text"], kind)
            name = data.get("id") or f"{path.name}:{number}"
            cases.append(
                Case(
                    name,
                    data["requirement"],
                    Status(data["expected"]),
                    document,
                    data.get("trap", ""),
                    data["text"],
                )
            )
        except (ValueError, KeyError) as error:
            raise UsageError(f"{path}:{number}: not a labelled passage ({error})") from None
    return cases


def _gold(path: Path) -> list[Case]:
    from wtaudit.reading import read_document

    stem = path.name.split(".")[0]
    if stem not in set(Kind):
        raise UsageError(f"{path}: a gold file is named KIND.gold.yaml, with KIND one of {', '.join(Kind)}")
    found = [p for p in sorted(path.parent.iterdir()) if p.stem == stem and p != path]
    if not found:
        raise UsageError(f"{path}: no document {stem}.* beside it")
    document = replace(read_document(found[0], kind=stem), path=f"{path.parent.name}/{found[0].name}")
    gold = yaml.safe_load(_read(path))
    return [
        Case(f"{document.path} {rid}", rid, Status(_RENAMED.get(g["verdict"], g["verdict"])), document)
        for rid, g in gold.items()
    ]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from None
