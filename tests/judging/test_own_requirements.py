"""Requirements of a checklist that extends another: judged by patterns alone, and without moving the verdicts of the base."""

from __future__ import annotations

import pytest
from small_checklists import OWN, write

from wtaudit.auditor import Auditor
from wtaudit.checklist.cache import ChecklistCache
from wtaudit.checklist.loading import load_checklist
from wtaudit.evaluating.cases import passage_document
from wtaudit.model import ElementStatus, Kind, Status

TEXT = """# Arrangements

## Kettles

The partnership keeps several things in the boardroom, the kettle among them.

The children's council chooses what is bought, and members appoint who looks after it.

## Area

These arrangements cover the local authority area of Fennmouth. The partners meet every month and agree on priorities.
"""
IDS = ("GOV-01", "GOV-02", "GOV-04", "GOV-07", "GOV-13")


@pytest.fixture(scope="module")
def own_auditor(tmp_path_factory: pytest.TempPathFactory) -> Auditor:
    folder = tmp_path_factory.mktemp("own")
    local = OWN["local.yaml"].replace(
        "  kettle: [kettle, tea urn]",
        "  kettle: [kettle, tea urn, partnership, area, meet, priorities]",
    )
    local = local.replace("\"appoint | 'is chosen'\"]", "appoint]\n            scope: section")
    files = {"checklist.yaml": 'id: own\nversion: "1"\nextends: wt2023\n', "local.yaml": local}
    return Auditor(load_checklist(write(folder, files), ChecklistCache(folder / "cache")))


def test_a_local_requirement_is_judged_by_its_patterns_alone(own_auditor: Auditor) -> None:
    document = passage_document(TEXT, Kind.ARRANGEMENTS)
    found = own_auditor.audit([document], only=["LOC-01"]).findings[0]
    assert found.status is Status.MET  # over a section, which the fitted weights trust little
    assert found.elements[0].status is ElementStatus.EVIDENCED
    assert found.elements[0].confidence == pytest.approx(0.9, abs=0.01)
    empty = passage_document("# Arrangements\n\nThe boardroom has a window.\n", Kind.ARRANGEMENTS)
    assert own_auditor.audit([empty], only=["LOC-01"]).findings[0].status is Status.MISSING


def test_own_concepts_do_not_move_the_verdicts_of_the_base(auditor: Auditor, own_auditor: Auditor) -> None:
    document = passage_document(TEXT, Kind.ARRANGEMENTS)
    before, after = auditor.audit([document], only=IDS), own_auditor.audit([document], only=IDS)
    assert after.findings == before.findings
    assert {f.confidence for f in before.findings} != {0.0}


def test_near_misses_name_concepts_as_people_do(own_auditor: Auditor) -> None:
    document = passage_document("# Arrangements\n\nThe partners meet every month.\n", Kind.ARRANGEMENTS)
    misses = [m.reason for f in own_auditor.audit([document], only=IDS).findings for m in f.near_misses]
    told = [reason for reason in misses if reason.startswith("says nothing of: ")]
    assert told
    assert [
        reason for reason in told if "-" in reason.replace("sub-", "") or "@" in reason or "/" in reason
    ] == []
