"""A tiny checklist and one that extends it, as files: they load in milliseconds."""

from __future__ import annotations

from pathlib import Path

REQUIREMENT = """
  - id: {id}
    title: {title}
    level: {level}
    strength: must
    source: {{chapter: 2, heading: Leadership, paragraphs: [61]}}
    statement: The area has {title}.
    documents: [arrangements]
    elements:
      - id: named
        essential: true
        text: Names {title}.
        patterns:
          - all: [{concept}, "appoint | 'is chosen'"]
    advice: Name {title}.
    wording: We appoint {title}.
"""
BASE = {
    "checklist.yaml": 'id: base\nversion: "1"\nedition: An edition\nthemes: [people, money]\n',
    "vocabulary.yaml": "concepts:\n  appoint: [appoint, name]\n",
    "context.yaml": "ends: [but]\nrules: []\n",
    "people.yaml": "theme: people\ntitle: People\nconcepts:\n  chair:\n    title: a chair\n    phrases: [chair]\n"
    "  chair-post: ['post of {chair}']\n  scrutineer: [scrutineer]\nrequirements:"
    + REQUIREMENT.format(id="PPL-01", title="a chair", level="core", concept="chair-post")
    + REQUIREMENT.format(id="PPL-02", title="a scrutineer", level="support", concept="scrutineer"),
    "money.yaml": "theme: money\ntitle: Money\nconcepts:\n  treasurer: [treasurer]\nrequirements:"
    + REQUIREMENT.format(id="MON-01", title="a treasurer", level="derived", concept="treasurer"),
    "examples/people.jsonl": '{"requirement": "PPL-01", "expected": "met", "text": "We appoint to the post of chair."}\n'
    '{"requirement": "PPL-02", "expected": "missing", "text": "Tea."}\n',
}
OWN = {
    "checklist.yaml": 'id: own\nversion: "7"\nextends: ../base\n',
    "local.yaml": "theme: local\ntitle: Local\nconcepts:\n  kettle: [kettle, tea urn]\nrequirements:"
    + REQUIREMENT.format(id="LOC-01", title="a kettle", level="core", concept="kettle"),
    "examples/local.yaml": "examples:\n  - requirement: LOC-01\n    expected: met\n    text: We name a kettle.\n",
}


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def own_checklist(folder: Path, **changed: str) -> Path:
    """A folder `own` that extends `base` beside it; keywords replace or add files, `checklist` is added to its own."""
    write(folder / "base", BASE)
    files = dict(OWN)
    files["checklist.yaml"] += changed.pop("checklist", "")
    files |= {f"{name}.yaml": text for name, text in changed.items()}
    return write(folder / "own", files)
