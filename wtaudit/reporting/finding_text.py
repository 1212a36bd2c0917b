"""One finding as plain text for a terminal, with every passage numbered, so that a person can look it up."""

from __future__ import annotations

import textwrap

from wtaudit.model import ElementStatus, Evidence, Finding, Report
from wtaudit.reporting.wording import (
    LABELS,
    decision_sentence,
    guidance_place,
    place,
    plain,
    read_state,
    theme_title,
)

_FOUND = {
    ElementStatus.EVIDENCED: "Evidenced",
    ElementStatus.NOT_EVIDENCED: "Not evidenced",
    ElementStatus.CONTRADICTED: "In conflict",
}


def passages(finding: Finding) -> list[Evidence]:
    """The passages in the order of their numbers in the text: evidence by element, then near-misses, each once."""
    return list(dict.fromkeys((*finding.evidence, *(miss.evidence for miss in finding.near_misses))))


def finding_text(finding: Finding, report: Report, width: int) -> str:
    """The finding in full, at most `width` characters wide; passages carry their number in `passages`, from 1."""
    numbers = {evidence: number for number, evidence in enumerate(passages(finding), 1)}

    def quoted(evidence: Evidence) -> str:
        told = f"“{plain(evidence.quote)}” ({place(evidence, report.documents)})"
        return _filled(told, width, f"  {numbers[evidence]:>2}  ", "      ")

    about = f"{theme_title(finding, report)}, {finding.level.value}; {guidance_place(finding.source)}"
    lines = [
        _filled(f"{plain(finding.requirement_id)}  {LABELS[finding.status]}: {plain(finding.title)}", width),
        _filled(plain(about), width),
        "",
        _filled(plain(finding.statement), width),
        "",
    ]
    lines += [_filled(f"Conflict: {plain(text)}", width) for text in finding.contradictions]
    for element in finding.elements:
        optional = "" if element.essential else " (optional)"
        lines.append(_filled(f"{_FOUND[element.status]}: {plain(element.text)}{optional}", width, "- ", "  "))
        lines += [quoted(evidence) for evidence in element.evidence]
    if finding.near_misses:
        lines += ["", "Passages that do not count:"]
    for miss in finding.near_misses:
        lines += [quoted(miss.evidence), _filled(plain(miss.reason), width, "      why: ", "      ")]
    if not numbers:
        lines += ["", "No passage was found. Documents to look in:"]
        told = (f"{plain(d.path)} ({read_state(d)})" for d in report.documents)
        lines += [_filled(text, width, f"  {number:>2}  ", "      ") for number, text in enumerate(told, 1)]
    if finding.advice:
        lines += ["", _filled(f"To add: {plain(finding.advice)}", width)]
    if finding.decision:
        lines += ["", _filled(f"Decision: {decision_sentence(finding.decision)}", width)]
    return "\n".join(lines)


def _filled(text: str, width: int, first: str = "", rest: str = "") -> str:
    return textwrap.fill(text, width, initial_indent=first, subsequent_indent=rest)
