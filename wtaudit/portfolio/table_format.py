"""The terminal table: the matrix in panels that fit, the partnerships, and the commonest gaps last, where the eye is."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from tabulate import tabulate

from wtaudit.model import Status
from wtaudit.portfolio.matrix import COLUMNS, Matrix
from wtaudit.portfolio.wording import (
    HOW_SURE,
    MOST_COMMON,
    SIGNS,
    checklist_sentence,
    interval,
    mean_confidence,
    per_cent,
    remark,
)
from wtaudit.reporting import Layout
from wtaudit.reporting.wording import LABELS, LIMITS, plain, shortened

_COLORS = {Status.CONTRADICTED: "1;31", Status.MISSING: "31", Status.PARTIAL: "33", Status.UNKNOWN: "35", Status.MET: "32"}  # fmt: skip
_LEAST_TITLE, _MOST_TITLE, _ID, _GROUP = 12, 72, 9, 5
_GAP, _ROOM, _WIDE = 2, 24, 110


def write(matrix: Matrix, layout: Layout) -> str:
    """The matrix as plain text, at most `layout.width` characters wide (from 72 on)."""
    parts = [_wrap(f"Portfolio: {checklist_sentence(matrix)}", layout), *_panels(matrix, layout)]
    parts += [_partnerships(matrix, layout), _commonest(matrix, layout)]
    parts += [_wrap(f"Note: {plain(note)}", layout) for note in matrix.notes]
    parts += [_wrap(matrix.sentence(), layout), _wrap(LIMITS, layout)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _panels(matrix: Matrix, layout: Layout) -> list[str]:
    """As many partnerships side by side as the width allows, a sign each, in groups of five for the eye."""
    count = len(matrix.rows)
    if not count or not matrix.requirements:
        return []
    width = max(72, layout.width)
    room = width - _ID - _LEAST_TITLE - 2
    side_by_side = min(count, room * _GROUP // (_GROUP + 1))
    panels = -(-count // side_by_side)
    side_by_side = -(-count // panels)  # panels of one width
    title = min(_MOST_TITLE, width - _ID - 2 - len(_grouped(["x"] * side_by_side)))
    legend = "   ".join(f"{SIGNS[s]} {LABELS[s].lower()}" for s in COLUMNS)
    out = [f"Matrix: {legend}\nPartnerships stand under their numbers; the list below names them."]
    for start in range(0, count, side_by_side):
        out.append(_panel(matrix, range(start, min(count, start + side_by_side)), title, layout))
    return out


def _panel(matrix: Matrix, places: range, title: int, layout: Layout) -> str:
    indent = " " * (_ID + title + 2)
    numbers = [str(place + 1) for place in places]
    tall = len(numbers[-1])
    lines = [indent + _grouped([n.rjust(tall)[line] for n in numbers]).rstrip() for line in range(tall)]
    for asked in matrix.by_theme().values():
        lines.append(plain(asked[0][1].theme_title))
        for place, requirement in asked:
            signs = [_sign(matrix.rows[p].statuses[place], layout) for p in places]
            name = shortened(plain(requirement.title), title).ljust(title)
            lines.append(f"{plain(requirement.id):<{_ID}}{name}  {_grouped(signs)}")
    return "\n".join(lines)


def _grouped(signs: Sequence[str]) -> str:
    return " ".join("".join(signs[n : n + _GROUP]) for n in range(0, len(signs), _GROUP))


def _sign(status: Status, layout: Layout) -> str:
    return f"\033[{_COLORS[status]}m{SIGNS[status]}\033[0m" if layout.color else SIGNS[status]


def _partnerships(matrix: Matrix, layout: Layout) -> str:
    heads = [LABELS[s] if layout.width >= _WIDE else SIGNS[s] for s in COLUMNS]
    rows = [
        [n, plain(row.name), *(row.count(s) for s in COLUMNS), remark(row)]
        for n, row in enumerate(matrix.rows, 1)
    ]
    room = max(_ROOM, layout.width - 2 * _GAP - 5 - sum(max(len(head) + 2, 5) + _GAP for head in heads))
    head, widths = ["No", "Partnership", *heads, "Remarks"], [None, room, *[None] * len(heads), None]
    if any(row[-1] for row in rows):
        widths[1], widths[-1] = room * 2 // 5, room - room * 2 // 5
    else:
        rows, head, widths = [row[:-1] for row in rows], head[:-1], widths[:-1]
    align = ["right", "left", *["right"] * len(heads), "left"][: len(head)]
    return "Partnerships\n" + _table(rows, head, widths, align)


def _commonest(matrix: Matrix, layout: Layout) -> str:
    gaps = matrix.commonest()
    if not gaps:
        return "No gap was found in any partnership."
    rows = [
        [
            plain(g.requirement.id), plain(g.requirement.title), f"{g.partnerships} of {g.judged}",
            f"{per_cent(g.share)} ({interval(g)})", mean_confidence(g), g.unknown,
        ]
        for g in gaps[:MOST_COMMON]
    ]  # fmt: skip
    head = ["Id", "Requirement", "With gap", "Share (between)", "Sure", "Unknown"]
    fixed = [max(len(str(row[column])) for row in rows) for column in (0, 2, 3)]
    room = layout.width - fixed[0] - max(fixed[1], 10) - max(fixed[2], 17) - 6 - 9 - 5 * _GAP
    made = _table(rows, head, [None, max(_ROOM // 2, room), *[None] * 4], ["left", "left", *["right"] * 4])
    more = len(gaps) - MOST_COMMON
    told = f"\nand {more} more; the formats csv, html and json count all of them." if more > 0 else ""
    return f"Commonest gaps\n{made}{told}\n\n{_wrap(HOW_SURE, layout)}"


def _table(
    rows: Sequence[Sequence[object]], head: list[str], widths: Sequence[int | None], align: list[str]
) -> str:
    made = tabulate(
        rows, head, tablefmt="simple", disable_numparse=True, maxcolwidths=list(widths),
        colalign=align if rows else None,
    )  # fmt: skip
    return "\n".join(line.rstrip() for line in made.splitlines())


def _wrap(text: str, layout: Layout) -> str:
    return textwrap.fill(text, max(40, layout.width))
