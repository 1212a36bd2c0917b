"""The three invented partnerships come out as their expected.yaml says, each in its real files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from wtaudit.auditor import Auditor
from wtaudit.model import Report, Status
from wtaudit.reading import find_documents, read_document

NAMES = ("ellerbrook", "harrowmoor", "oldcastle")


@pytest.fixture(scope="module")
def reports(auditor: Auditor, fixtures: Path) -> dict[str, Report]:
    return {
        name: auditor.audit([read_document(path) for path in find_documents([fixtures / name])])
        for name in NAMES
    }


def expected(fixtures: Path, name: str) -> dict[str, str]:
    data: dict[str, str] = yaml.safe_load(
        (fixtures / "source" / name / "expected.yaml").read_text(encoding="utf-8")
    )
    return data


def test_kinds_are_detected(fixtures: Path) -> None:
    for name in NAMES:
        found = {path.stem: read_document(path).kind for path in find_documents([fixtures / name])}
        assert found == {"arrangements": "arrangements", "threshold": "threshold", "protocol": "protocol"}


def test_the_strong_partnership_meets_nine_in_ten(reports: dict[str, Report]) -> None:
    statuses = [f.status for f in reports["ellerbrook"].findings]
    assert statuses.count(Status.MET) >= 0.9 * len(statuses)


def test_the_typical_partnership_is_exactly_as_expected(reports: dict[str, Report], fixtures: Path) -> None:
    got = {f.requirement_id: f.status.value for f in reports["harrowmoor"].findings}
    wanted = expected(fixtures, "harrowmoor")
    assert {rid: (wanted[rid], got[rid]) for rid in wanted if wanted[rid] != got[rid]} == {}


def test_every_contradiction_of_the_legacy_partnership_is_found(
    reports: dict[str, Report], fixtures: Path
) -> None:
    found = {f.requirement_id for f in reports["oldcastle"].findings if f.status is Status.CONTRADICTED}
    planted = {rid for rid, verdict in expected(fixtures, "oldcastle").items() if verdict == "contradicted"}
    assert len(planted) >= 15
    assert planted - found == set()


def test_every_quote_stands_in_its_document(reports: dict[str, Report], fixtures: Path) -> None:
    for name in NAMES:
        texts = [
            " ".join(b.text for b in read_document(path).blocks) for path in find_documents([fixtures / name])
        ]
        for finding in reports[name].findings:
            for evidence in (*finding.evidence, *(m.evidence for m in finding.near_misses)):
                assert evidence.quote in texts[evidence.document]


def test_the_files_are_those_the_script_makes(fixtures: Path, tmp_path: Path) -> None:
    import shutil

    copy = tmp_path / "fixtures"
    shutil.copytree(fixtures, copy, ignore=shutil.ignore_patterns("__pycache__"))
    subprocess.run([sys.executable, "build.py"], cwd=copy, check=True)
    for path in sorted(fixtures.glob("*/*.*")):
        if path.parent.name in NAMES and path.suffix != ".pdf" and path.is_file():
            assert (copy / path.parent.name / path.name).read_bytes() == path.read_bytes(), path.name
