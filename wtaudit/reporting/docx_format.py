"""Word: a gap report for a board, with evidence, an action plan to fill in, and what could not be assessed."""

from __future__ import annotations

from collections.abc import Iterable

from wtaudit.model import ElementStatus, Evidence, Finding, ReadStatus, Report, Status
from wtaudit.reporting import Layout
from wtaudit.reporting.action_plan import actions
from wtaudit.reporting.docx_paper import CellText, Lines, Paper, Shaded
from wtaudit.reporting.packing import CORE_PROPERTIES, core_properties, repacked
from wtaudit.reporting.wording import (
    LABELS,
    LIMITS,
    METHOD,
    RAG,
    by_theme,
    checklist_line,
    dated,
    decision_mark,
    decision_sentence,
    file_name,
    gaps,
    gravest_first,
    guidance_place,
    place,
    plain,
    read_state,
    report_title,
    source_line,
    unsure,
    verdict_sentence,
    with_status,
)

_FILLS = {
    Status.CONTRADICTED: "F4C7C3",
    Status.MISSING: "F9DEDC",
    Status.PARTIAL: "FDEBC8",
    Status.UNKNOWN: "E3E3E3",
    Status.MET: "D5EBD8",
}
_FOUND = {
    ElementStatus.EVIDENCED: Shaded("Evidenced", _FILLS[Status.MET]),
    ElementStatus.NOT_EVIDENCED: Shaded("Not evidenced", _FILLS[Status.MISSING]),
    ElementStatus.CONTRADICTED: Shaded("In conflict", _FILLS[Status.CONTRADICTED]),
}
_MOST_QUOTES, _MOST_NEAR_MISSES = 2, 3  # per element and per gap; the web page shows all
_COLUMNS = (Status.MET, Status.PARTIAL, Status.MISSING, Status.CONTRADICTED, Status.UNKNOWN)


def write(report: Report, layout: Layout) -> bytes:
    """The document's bytes: the same for the same report."""
    paper = Paper(report_title(report))
    _title_page(paper, report)
    _summary(paper, report)
    _findings(paper, report)
    _action_plan(paper, report)
    _not_assessed(paper, report)
    _method(paper, report)
    return repacked(paper.finish(), {CORE_PROPERTIES: core_properties(report)})


def _title_page(paper: Paper, report: Report) -> None:
    paper.title(
        plain(report.partnership) or "Safeguarding documents audit",
        f"Gap report against {plain(report.checklist.edition)}",
    )
    paper.text(verdict_sentence(report))
    rows: list[list[CellText]] = []
    for document in report.documents:
        name = Lines(
            (file_name(document), plain(document.title)) if document.title else (file_name(document),),
            (f"sha256 {document.sha256 or 'none'}",),
        )
        kind = f"{document.kind or 'undecided'} ({document.kind_source})"
        rows.append([name, kind, dated(document), str(document.pages or "–"), read_state(document)])
    paper.table(
        ["Document", "Kind", "Dated", "Pages", "Read"],
        rows,
        [7.4, 2.7, 2.7, 1.5, 2.7],
        "The documents that were audited",
    )
    identity = report.checklist
    about: list[list[CellText]] = [
        ["Checklist", Lines((checklist_line(report),), (f"sha256 {identity.sha256}",))],
        ["Made with", plain(f"wtaudit {report.tool_version}")],
    ]
    about += [[name, ""] for name in ("Date of the audit", "Prepared by", "Signed off by")]
    paper.table(
        ["About this report", ""],
        about,
        [4, 13],
        "Checklist, program, and who prepared and signed off this report",
    )
    paper.heading(1, "Contents", listed=False, new_page=True)
    paper.contents()


def _summary(paper: Paper, report: Report) -> None:
    paper.heading(1, "Summary", new_page=True)
    paper.text(verdict_sentence(report))
    rows: list[list[CellText]] = []
    for title, findings in [*by_theme(report.findings, report), ("All themes", list(report.findings))]:
        found = [f.status for f in findings]
        counts: list[CellText] = [
            Shaded(str(found.count(s)), _FILLS[s]) if s in found else "0" for s in _COLUMNS
        ]
        rows.append([title, *counts, str(len(found))])
    head = ["Theme", *(f"{LABELS[s]} ({RAG[s].lower()})" for s in _COLUMNS), "All"]
    paper.table(
        head, rows, [4.2, 2.1, 2.2, 2.4, 2.8, 2.2, 1.1], "Number of requirements per theme and status"
    )
    grave = [f for f in gaps(report) if f.status is Status.CONTRADICTED]
    if grave:
        paper.text("Put right first, because the documents conflict with the guidance:", keep=True)
    for finding in grave:
        paper.text(plain(finding.title), "List Bullet", plain(finding.requirement_id))


def _findings(paper: Paper, report: Report) -> None:
    paper.heading(1, "Findings by theme", new_page=True)
    for title, findings in by_theme(report.findings, report):
        paper.heading(2, title)
        ordered = gravest_first(findings)
        for finding in ordered:
            if finding.is_gap:
                _gap(paper, finding, report)
        met = [f for f in ordered if f.status is Status.MET]
        if met:
            paper.heading(3, f"Met: {len(met)} of {len(findings)}")
            rows = [[_named(f), _best_evidence(f, report)] for f in met]
            paper.table(["Requirement", "Evidence"], rows, [6, 11], f"Requirements that are met: {title}")
        unknown = [f for f in ordered if f.status is Status.UNKNOWN]
        if unknown:
            names = ", ".join(plain(f.requirement_id) for f in unknown)
            paper.text(f"{names} (see “What could not be assessed”)", lead="Could not be judged:")


def _gap(paper: Paper, finding: Finding, report: Report) -> None:
    decided = f" ({decision_mark(finding.decision)})" if finding.decision else ""
    doubt = " (unsure)" if unsure(finding) else ""
    named = f"{plain(finding.requirement_id)} {LABELS[finding.status]}{doubt}{decided}"
    paper.heading(3, f"{named}: {plain(finding.title)}")
    paper.text(plain(finding.statement), keep=True)
    rating = f"{RAG[finding.status]}; {finding.level.value} requirement; strength: {plain(finding.strength)}"
    paper.text(rating, lead="Rating:", keep=True)
    named, _, source = source_line(finding.source, heading=True).partition(" ")
    paper.text(source, lead=named, keep=True)
    if unsure(finding):
        paper.text(unsure(finding), "Mark", keep=True)
    if finding.decision:
        paper.text(decision_sentence(finding.decision), lead="Decision:", keep=True)
    for conflict in finding.contradictions:
        paper.text(plain(conflict), lead="Conflict:", keep=True)
    rows: list[list[CellText]] = [
        [
            plain(element.text) + ("" if element.essential else " (optional)"),
            _FOUND[element.status],
            _quotes(element.evidence[:_MOST_QUOTES], report),
        ]
        for element in finding.elements
    ]
    paper.table(
        ["What is asked", "Found", "Evidence"],
        rows,
        [6, 2.2, 8.8],
        f"Elements of {plain(finding.requirement_id)} with their evidence",
    )
    for miss in finding.near_misses[:_MOST_NEAR_MISSES]:
        quote = (
            f"“{plain(miss.evidence.quote)}” ({place(miss.evidence, report.documents)}): {plain(miss.reason)}"
        )
        paper.text(quote, "List Bullet", "Does not count:")
    paper.text(plain(finding.advice), lead="What to add:", keep=bool(finding.wording))
    if finding.wording:
        paper.text(plain(finding.wording), "Quote", "Suggested wording:")


def _named(finding: Finding) -> CellText:
    decided = decision_sentence(finding.decision) if finding.decision else ""
    name = f"{plain(finding.requirement_id)} {plain(finding.title)}"
    place_and_decision = (guidance_place(finding.source), decided)
    return Lines(tuple(filter(None, (name, unsure(finding)))), tuple(filter(None, place_and_decision)))


def _best_evidence(finding: Finding, report: Report) -> CellText:
    best = dict.fromkeys(e.evidence[0] for e in finding.elements if e.essential and e.evidence)
    return _quotes(best, report)


def _quotes(evidence: Iterable[Evidence], report: Report) -> CellText:
    quotes = tuple(f"“{plain(e.quote)}” ({place(e, report.documents)})" for e in evidence)
    return Lines(quotes or ("None found",))


def _action_plan(paper: Paper, report: Report) -> None:
    paper.turn(landscape=True)
    paper.heading(1, "Action plan")
    paper.text("One row per gap, gravest first. Owner and due date are for the partnership to fill in.")
    rows: list[list[CellText]] = [
        [
            Lines((f"{a.id} {a.requirement}",), (f"{a.finding}; {a.theme}", *((a.decision,) if a.decision else ()))),
            a.what_to_add, a.guidance, a.priority, "", "",
        ]
        for a in actions(report)
    ]  # fmt: skip
    head = ["Gap", "What to add", "Paragraph", "Priority", "Owner", "Due date"]
    paper.table(head, rows, [7, 8.5, 3.2, 1.8, 2.8, 2.4], "Action plan: one row per gap")
    paper.turn(landscape=False)


def _not_assessed(paper: Paper, report: Report) -> None:
    paper.heading(1, "What could not be assessed")
    unknown = with_status(report, Status.UNKNOWN)
    lost = [d for d in report.documents if d.status is not ReadStatus.READ]
    if not unknown and not lost:
        paper.text("Every document was read to the end and every requirement could be judged.")
    for document in lost:
        paper.text(read_state(document), "List Bullet", file_name(document))
    if unknown:
        rows: list[list[CellText]] = [[_named(f), plain(f.summary)] for f in unknown]
        paper.table(
            ["Requirement", "Why it could not be judged"],
            rows,
            [8, 9],
            "Requirements that could not be judged",
        )
    for note in (*report.notes, *(n for d in report.documents for n in d.notes)):
        paper.text(plain(note), "List Bullet")


def _method(paper: Paper, report: Report) -> None:
    paper.heading(1, "Method and limits")
    for text in (*METHOD, LIMITS):
        paper.text(text)
