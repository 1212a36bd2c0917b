"""What a change of text must, and must not, do to verdicts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from wtaudit.auditor import Auditor
from wtaudit.model import Block, BlockKind, Document, Report, Status
from wtaudit.reading import read_document


@pytest.fixture(scope="module")
def arrangements(fixtures: Path) -> Document:
    return read_document(fixtures / "source" / "ellerbrook" / "arrangements.md", kind="arrangements")


@pytest.fixture(scope="module")
def judged(auditor: Auditor, arrangements: Document) -> Report:
    return auditor.audit([arrangements])


def statuses(report: Report) -> dict[str, Status]:
    return {f.requirement_id: f.status for f in report.findings}


def test_an_unrelated_chapter_changes_nothing(
    auditor: Auditor, arrangements: Document, judged: Report
) -> None:
    chapter = [
        Block(BlockKind.HEADING, "The allotments", heading_level=2),
        Block(
            BlockKind.PARAGRAPH,
            "Beans were sown in March and picked by the river in July.",
            headings=("The allotments",),
        ),
        Block(
            BlockKind.PARAGRAPH,
            "Slugs ate a row of lettuces; the marrows did well.",
            headings=("The allotments",),
        ),
    ]
    longer = replace(arrangements, blocks=(*arrangements.blocks, *chapter))
    assert statuses(auditor.audit([longer])) == statuses(judged)


def test_reordered_sections_change_nothing(auditor: Auditor, arrangements: Document, judged: Report) -> None:
    sections: list[list[Block]] = []
    for block in arrangements.blocks:
        if not sections or (block.kind is BlockKind.HEADING and block.heading_level <= 2):
            sections.append([])
        sections[-1].append(block)
    assert len(sections) > 10
    turned = [sections[0], *reversed(sections[1:])]
    other = replace(arrangements, blocks=tuple(b for section in turned for b in section))
    assert statuses(auditor.audit([other])) == statuses(judged)


def test_without_its_evidence_a_requirement_is_not_met(
    auditor: Auditor, arrangements: Document, judged: Report
) -> None:
    met = [f for f in judged.findings if f.status is Status.MET][::6]
    assert met
    for finding in met:
        document, rounds = arrangements, 0
        current = finding
        while current.status is Status.MET and rounds < 25:
            gone = {e.block for e in current.evidence}
            blocks = tuple(b for n, b in enumerate(document.blocks) if n not in gone)
            document, rounds = replace(document, blocks=blocks), rounds + 1
            current = auditor.audit([document], only={finding.requirement_id}).findings[0]
        assert current.status is not Status.MET, finding.requirement_id


def test_a_denied_statement_is_not_met(auditor: Auditor) -> None:
    from wtaudit.evaluating.cases import passage_document
    from wtaudit.model import Kind

    plain = "## Area\n\nThese arrangements cover the local authority area of Fennmouth.\n"
    denied = plain.replace("cover", "do not cover")
    for text, wanted in ((plain, True), (denied, False)):
        report = auditor.audit([passage_document(text, Kind.ARRANGEMENTS)], only={"GOV-02"})
        assert (report.findings[0].status is Status.MET) is wanted


def test_a_quote_of_every_met_requirement(judged: Report) -> None:
    assert [f.requirement_id for f in judged.findings if f.status is Status.MET and not f.evidence] == []


def test_pages_that_could_not_be_read_make_gaps_unknown(auditor: Auditor, arrangements: Document) -> None:
    partly = replace(arrangements, unreadable_pages=(3,), pages=9)
    found = {f.status for f in auditor.audit([partly]).findings}
    assert Status.MISSING not in found
    assert Status.PARTIAL not in found
    assert Status.UNKNOWN in found


def test_formats_of_one_text_agree(auditor: Auditor, fixtures: Path) -> None:
    """Markdown source against the PDF, Word and web page made from it: at least 98 of 100 verdicts the same."""
    same = total = 0
    for name, kind, suffix in (
        ("ellerbrook", "arrangements", "pdf"),
        ("ellerbrook", "protocol", "docx"),
        ("harrowmoor", "threshold", "html"),
        ("harrowmoor", "protocol", "pdf"),
    ):
        source = statuses(
            auditor.audit([read_document(fixtures / "source" / name / f"{kind}.md", kind=kind)])
        )
        made = statuses(auditor.audit([read_document(fixtures / name / f"{kind}.{suffix}", kind=kind)]))
        judged = [rid for rid in source if source[rid] is not Status.UNKNOWN]
        same += sum(source[rid] is made[rid] for rid in judged)
        total += len(judged)
    assert same >= 0.98 * total, f"{same} of {total}"
