"""What every test may use: the built-in checklist, one auditor, the fixtures' folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from wtaudit.auditor import Auditor
from wtaudit.checklist.loading import Checklist, load_checklist

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def checklist() -> Checklist:
    return load_checklist()


@pytest.fixture(scope="session")
def auditor(checklist: Checklist) -> Auditor:
    return Auditor(checklist)


@pytest.fixture(scope="session")
def fixtures() -> Path:
    return ROOT / "fixtures"


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the user's cache."""
    folder = tmp_path_factory.getbasetemp() / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
