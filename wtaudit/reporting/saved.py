"""A saved JSON result read back into a report, so that any format can be made without the documents."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from wtaudit.errors import ResultError
from wtaudit.model import (
    SCHEMA_VERSION,
    ChecklistIdentity,
    Decision,
    Document,
    ElementFinding,
    Evidence,
    Finding,
    NearMiss,
    Report,
    Source,
)
from wtaudit.reporting.saved_shape import (
    SavedDocument,
    SavedElement,
    SavedEvidence,
    SavedFinding,
    SavedNearMiss,
    SavedReport,
)


def load_report(path: Path) -> Report:
    """The report saved in a JSON file; documents come without their text. Raises ResultError for anything else."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ResultError(f"{path}: cannot be read ({error.strerror})") from None
    return parse_report(data, str(path))


def parse_report(data: bytes, name: str = "result") -> Report:
    """The report in the bytes of a JSON result; raises ResultError, which starts with `name`."""
    try:
        saved = SavedReport.model_validate_json(data.removeprefix(b"\xef\xbb\xbf"))
    except ValidationError as error:
        raise ResultError(f"{name}: {_what_is_wrong(error)}") from None
    report = _report(saved)
    places = [e for f in report.findings for e in (*f.evidence, *(m.evidence for m in f.near_misses))]
    if any(place.document >= len(report.documents) for place in places):
        raise ResultError(
            f"{name}: not a whole wtaudit result (evidence names a document that is not listed)"
        )
    if report.summary() != saved.summary.model_dump(mode="json"):
        raise ResultError(
            f"{name}: not a whole wtaudit result (the summary does not agree with the findings)"
        )
    return report


def _what_is_wrong(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    if first["type"] == "json_invalid":
        return "not a wtaudit result (not JSON); give a file written by `wtaudit audit -f json`"
    if first["loc"] == ("schema_version",) and first["type"] == "literal_error":
        return f"a result of schema version {first['input']}; this wtaudit reads version {SCHEMA_VERSION}"
    where = ".".join(str(part) for part in first["loc"]) or "the file"
    return f"not a wtaudit result ({where}: {first['msg'].lower()}); give a file written by `wtaudit audit -f json`"


def _report(saved: SavedReport) -> Report:
    return Report(
        checklist=ChecklistIdentity(**saved.checklist.model_dump()),
        documents=tuple(_document(d) for d in saved.documents),
        findings=tuple(_finding(f) for f in saved.findings),
        partnership=saved.partnership,
        notes=tuple(saved.notes),
        tool_version=saved.tool.version,
        themes=saved.themes,
    )


def _document(saved: SavedDocument) -> Document:
    return Document(
        path=saved.path, format=saved.format, sha256=saved.sha256, blocks=(), title=saved.title, date=saved.date,
        date_source=saved.date_source, kind=saved.kind,
        kind_source=saved.kind_source, pages=saved.pages, unreadable_pages=tuple(saved.unreadable_pages),
        status=saved.status, reason=saved.reason, notes=tuple(saved.notes),
    )  # fmt: skip


def _finding(saved: SavedFinding) -> Finding:
    asked = saved.requirement
    source = Source(asked.source.chapter, asked.source.heading, tuple(asked.source.paragraphs))
    return Finding(
        requirement_id=asked.id, title=asked.title, statement=asked.statement, theme=asked.theme, level=asked.level,
        strength=asked.strength, source=source, status=saved.status, confidence=saved.confidence,
        summary=saved.summary, elements=tuple(_element(e) for e in saved.elements),
        near_misses=tuple(NearMiss(m.element, m.reason, _evidence(m)) for m in saved.near_misses),
        advice=saved.advice, wording=saved.wording, contradictions=tuple(saved.contradictions),
        decision=Decision(**saved.decision.model_dump()) if saved.decision else None,
    )  # fmt: skip


def _element(saved: SavedElement) -> ElementFinding:
    evidence = tuple(_evidence(e) for e in saved.evidence)
    return ElementFinding(saved.id, saved.essential, saved.text, saved.status, saved.confidence, evidence)


def _evidence(saved: SavedEvidence | SavedNearMiss) -> Evidence:
    return Evidence(
        saved.document,
        saved.quote,
        saved.page,
        saved.page_label,
        tuple(saved.heading),
        saved.block,
        saved.ocr,
    )
