"""A comparison as Markdown: for a pull request comment or a job summary, within GitHub's size limit."""

from __future__ import annotations

from collections.abc import Sequence

from wtaudit.changes import Change, Comparison, Outcome
from wtaudit.reporting import Layout
from wtaudit.reporting.comparing import (
    TITLES,
    checklist_sentence,
    comparison_sentence,
    comparison_title,
    details,
    document_sentence,
    lapsed_sentence,
    move_places,
    standing_words,
)
from wtaudit.reporting.markdown_format import MOST_CHARACTERS, escape
from wtaudit.reporting.wording import plain, shortened

_QUOTE = 160


def write(comparison: Comparison, layout: Layout) -> str:
    """The comparison as Markdown; lines that no longer fit are counted, never dropped without a word."""
    lines = [f"# {escape(comparison_title(comparison))}", "", f"**{comparison_sentence(comparison)}**", ""]
    lines += [escape(checklist_sentence(comparison)), ""]
    for outcome in Outcome:
        lines += _section(outcome, comparison.of(outcome))
    lines += _listed("Lapsed decisions", [escape(lapsed_sentence(one)) for one in comparison.lapsed])
    lines += _listed("Documents", [escape(document_sentence(one)) for one in comparison.documents])
    lines += _listed("Evidence moved", _moves(comparison))
    return "\n".join(_fitted(lines)) + "\n"


def _section(outcome: Outcome, changes: Sequence[Change]) -> list[str]:
    if not changes:
        return []
    title = f"## {TITLES[outcome]} ({len(changes)})"
    if outcome is Outcome.REWORDED:
        return [title, "", ", ".join(escape(c.requirement_id) for c in changes), ""]
    rows = [
        f"| {escape(c.requirement_id)} | {standing_words(c)} | {escape(c.title)} | {_cell(details(c))} |"
        for c in changes
    ]
    return [
        title,
        "",
        "| Id | Then → now | Requirement | What changed |",
        "| --- | --- | --- | --- |",
        *rows,
        "",
    ]


def _cell(lines: list[str]) -> str:
    return "<br>".join(escape(line) for line in lines)


def _moves(comparison: Comparison) -> list[str]:
    lines = []
    for move in comparison.moved:
        before, after = (escape(told) for told in move_places(move, comparison))
        quote = escape(shortened(plain(move.after.quote), _QUOTE))
        lines.append(f"{escape(move.requirement_id)} “{quote}”: from {before} to {after}")
    return lines


def _listed(title: str, lines: list[str]) -> list[str]:
    return [f"## {title} ({len(lines)})", "", *(f"- {line}" for line in lines), ""] if lines else []


def _fitted(lines: list[str]) -> list[str]:
    room = MOST_CHARACTERS
    for number, line in enumerate(lines):
        room -= len(line) + 1
        if room < 0:
            told = f"*No room for {len(lines) - number} more lines; see the comparison as JSON or HTML.*"
            return [*lines[:number], "", told]
    return lines
