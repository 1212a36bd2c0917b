"""A comparison for the terminal: what got worse first."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from tabulate import tabulate

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
from wtaudit.reporting.wording import plain, shortened

_ID, _STANDING, _GUTTERS, _NARROWEST = 8, 16, 6, 72
_QUOTE = 100
_COLORS = {
    Outcome.WORSE: "\033[31m", Outcome.NEW_GAP: "\033[31m", Outcome.NO_LONGER_JUDGED: "\033[35m",
    Outcome.BETTER: "\033[32m", Outcome.RESOLVED: "\033[32m",
}  # fmt: skip


def write(comparison: Comparison, layout: Layout) -> str:
    """The comparison as plain text, at most `layout.width` characters wide (from 72 on)."""
    width = max(_NARROWEST, layout.width)
    parts = [_wrap([comparison_title(comparison), checklist_sentence(comparison)], width)]
    parts += [_section(o, comparison.of(o), layout, width) for o in Outcome if comparison.of(o)]
    if comparison.lapsed:
        parts.append("Lapsed decisions\n" + _listed(map(lapsed_sentence, comparison.lapsed), width))
    if comparison.moved:
        parts.append(f"Evidence moved ({len(comparison.moved)})\n" + _moves(comparison, width))
    if comparison.documents:
        parts.append("Documents\n" + _listed(map(document_sentence, comparison.documents), width))
    parts.append(_wrap([comparison_sentence(comparison)], width))
    return "\n\n".join(parts) + "\n"


def _section(outcome: Outcome, changes: Sequence[Change], layout: Layout, width: int) -> str:
    title = f"{TITLES[outcome]} ({len(changes)})"
    if layout.color and outcome in _COLORS:
        title = f"{_COLORS[outcome]}{title}\033[0m"
    if outcome is Outcome.REWORDED:
        return f"{title}\n" + _wrap([", ".join(plain(c.requirement_id) for c in changes)], width)
    room = width - _ID - _STANDING - _GUTTERS
    asked = min(44, room * 2 // 5)
    rows = [
        [
            textwrap.fill(plain(c.requirement_id), _ID),
            standing_words(c).replace(" → ", "\n→ "),
            textwrap.fill(plain(c.title), asked),
            "\n".join(textwrap.fill(line, room - asked) for line in details(c)),
        ]
        for c in changes
    ]
    head = ["Id", "Then → now", "Requirement", "What changed"]
    return f"{title}\n{_table(rows, head)}"


def _moves(comparison: Comparison, width: int) -> str:
    lines = []
    for move in comparison.moved:
        before, after = move_places(move, comparison)
        quote = shortened(plain(move.after.quote), _QUOTE)
        lines.append(f"{plain(move.requirement_id)} “{quote}”: from {before} to {after}")
    return _listed(lines, width)


def _table(rows: list[list[str]], head: list[str]) -> str:
    made = tabulate(rows, head, tablefmt="simple", disable_numparse=True)
    return "\n".join(line.rstrip() for line in made.splitlines())


def _listed(lines: Iterable[str], width: int) -> str:
    return "\n".join(textwrap.fill(f"- {line}", width, subsequent_indent="  ") for line in lines)


def _wrap(lines: list[str], width: int) -> str:
    return "\n".join(textwrap.fill(line, width) for line in lines)
