"""Sentences that stand in many real documents, full of "not", "unless", "only" and former bodies, and contradict nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from wtaudit.auditor import Auditor
from wtaudit.model import Status
from wtaudit.reading import read_document

CASES = Path(__file__).parent.parent / "cases" / "ordinary"


@pytest.mark.parametrize("kind", ["arrangements", "threshold", "protocol"])
def test_ordinary_wording_contradicts_nothing(auditor: Auditor, kind: str) -> None:
    report = auditor.audit([read_document(CASES / f"{kind}.md", kind=kind)])
    wrong = {f.requirement_id: f.contradictions for f in report.findings if f.status is Status.CONTRADICTED}
    assert wrong == {}


def test_one_sentence_put_the_wrong_way_round_is_seen(auditor: Auditor, tmp_path: Path) -> None:
    text = (CASES / "protocol.md").read_text(encoding="utf-8")
    turned = text.replace(
        "The assessment is completed within 45 working days",
        "The assessment is completed within 60 working days",
    )
    assert turned != text
    path = tmp_path / "protocol.md"
    path.write_text(turned, encoding="utf-8")
    report = auditor.audit([read_document(path, kind="protocol")], only=["ASM-01"])
    assert [f.status for f in report.findings] == [Status.CONTRADICTED]
