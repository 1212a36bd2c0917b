from __future__ import annotations

from pathlib import Path

import pytest
from sample_reports import HOSTILE, mixed, report_of

from wtaudit.auditor import Auditor
from wtaudit.model import Kind, Report
from wtaudit.reading import read_document


@pytest.fixture(scope="session")
def plain_report() -> Report:
    return report_of(mixed())


@pytest.fixture(scope="session", params=HOSTILE, ids=range(len(HOSTILE)))
def hostile_report(request: pytest.FixtureRequest) -> Report:
    return report_of(mixed(request.param), request.param)


@pytest.fixture(scope="session")
def audited(auditor: Auditor, fixtures: Path) -> Report:
    folder = fixtures / "source" / "harrowmoor"
    documents = [read_document(folder / f"{kind}.md", kind=kind) for kind in Kind]
    return auditor.audit(documents, "Harrowmoor")
