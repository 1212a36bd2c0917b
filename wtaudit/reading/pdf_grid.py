"""Finds tables by their rules and filled cells, and gives each cell its rows and columns."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

from wtaudit.reading.pdf_page import Box, Fill, Page, Rule, Word, area, centre_in, overlap, union

_SNAP = 3.0  # points: rules nearer than this are one
_GAP = 8.0  # filled cells may stand this far apart and still be one table
_COVER = 0.6  # share of a cell's side that a rule must cover to part two cells
_MAX_RULES = 3000
_MAX_GRID = 6000  # more places than this is a drawing, not a table
_NARROW = 12.0


@dataclass(slots=True)
class GridRegion:
    """One cell of a table: where it is, what it covers, its words in drawing order and its filling."""

    box: Box
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    words: list[Word] = field(default_factory=list)
    colour: int = -1


@dataclass(slots=True)
class Grid:
    """A table on a page: its cells row by row, and where its columns stand."""

    box: Box
    cells: list[GridRegion]
    rows: int
    columns: int
    edges: tuple[float, ...] = ()
    spans: tuple[
        tuple[float, float], ...
    ] = ()  # left and right of the text of each column, without rules only


@dataclass(slots=True)
class _Net:
    """Rules that cross each other, as positions (xs, ys) and the rules themselves."""

    across: list[Rule]
    down: list[Rule]

    @property
    def box(self) -> Box:
        boxes = [(r.start, r.at, r.end, r.at) for r in self.across]
        boxes += [(r.at, r.start, r.at, r.end) for r in self.down]
        return union(boxes)


def find_grids(page: Page) -> list[Grid]:
    """Tables and frames of the page, larger before smaller, none inside another."""
    found: list[Grid] = []
    if len(page.across) + len(page.down) <= _MAX_RULES:
        for net in _nets(page.across, page.down, _SNAP):
            _keep(found, net, page, _SNAP)
    fills = [f for f in page.fills if _is_cell_like(f.box) and not _inside_any(f.box, found)]
    if fills and len(fills) <= _MAX_RULES:
        fills = _without_decoration(fills)
        across = [r for r in page.across if not _rule_inside(r, found)]
        down = list(page.down)
        for fill in fills:
            left, top, right, bottom = fill.box
            across += [Rule(top, left, right), Rule(bottom, left, right)]
            down += [Rule(left, top, bottom), Rule(right, top, bottom)]
        for net in _nets(across, down, _GAP):
            _keep(found, net, page, _GAP)
    return found


def _keep(found: list[Grid], net: _Net, page: Page, snap: float) -> None:
    if any(overlap(net.box, grid.box) > 0.5 * area(net.box) for grid in found):
        return
    grid = _grid(net, page, snap)
    if grid is not None:
        found.append(grid)


def _is_cell_like(box: Box) -> bool:
    return box[2] - box[0] >= 12 and box[3] - box[1] >= 8


def _inside_any(box: Box, grids: Sequence[Grid]) -> bool:
    return any(overlap(box, grid.box) > 0.5 * area(box) for grid in grids)


def _rule_inside(rule: Rule, grids: Sequence[Grid]) -> bool:
    return any(
        g.box[1] - 2 <= rule.at <= g.box[3] + 2 and g.box[0] - 2 <= rule.start <= g.box[2] for g in grids
    )


def _without_decoration(fills: list[Fill]) -> list[Fill]:
    """Drop fillings inside another one, or the outer one where the inner ones are a table of their own."""
    kept: list[Fill] = []
    ordered = sorted(fills, key=lambda fill: -area(fill.box))
    dropped: set[int] = set()
    for number, fill in enumerate(ordered):
        inner = [n for n in range(number + 1, len(ordered)) if overlap(ordered[n].box, fill.box)
                 > 0.9 * area(ordered[n].box)]  # fmt: skip
        inner = [n for n in inner if n not in dropped]
        lefts = {round(ordered[n].box[0] / 8) for n in inner}
        tops = {round(ordered[n].box[1] / 8) for n in inner}
        if len(lefts) >= 2 and len(tops) >= 2:
            dropped.add(number)
        else:
            dropped.update(inner)
    kept.extend(fill for number, fill in enumerate(ordered) if number not in dropped)
    return kept


def _merged(rules: Sequence[Rule], snap: float) -> list[Rule]:
    """Rules at nearly the same place made one place, and pieces that meet made one rule."""
    placed: list[Rule] = []
    ordered = sorted(rules, key=lambda rule: rule.at)
    group: list[Rule] = []
    for rule in [*ordered, None]:
        if group and (rule is None or rule.at - group[-1].at > snap or rule.at - group[0].at > 2 * snap):
            at = sum(r.at for r in group) / len(group)
            placed.extend(_strung(group, at, snap))
            group = []
        if rule is not None:
            group.append(rule)
    return placed


def _strung(group: list[Rule], at: float, snap: float) -> list[Rule]:
    strung: list[Rule] = []
    for rule in sorted(group, key=lambda r: r.start):
        if strung and rule.start <= strung[-1].end + max(snap, 4.0):
            strung[-1] = Rule(at, strung[-1].start, max(strung[-1].end, rule.end))
        else:
            strung.append(Rule(at, rule.start, rule.end))
    return strung


def _nets(across: Sequence[Rule], down: Sequence[Rule], snap: float) -> list[_Net]:
    """Groups of rules that hang together by crossing or touching."""
    flat, steep = _merged(across, snap), _merged(down, snap)
    parent = list(range(len(flat) + len(steep)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for number, rule in enumerate(flat):
        for other, post in enumerate(steep):
            if (rule.start - snap <= post.at <= rule.end + snap
                    and post.start - snap <= rule.at <= post.end + snap):  # fmt: skip
                parent[root(number)] = root(len(flat) + other)
    groups: dict[int, _Net] = {}
    for number, rule in enumerate(flat):
        groups.setdefault(root(number), _Net([], [])).across.append(rule)
    for number, rule in enumerate(steep):
        groups.setdefault(root(len(flat) + number), _Net([], [])).down.append(rule)
    nets = [net for net in groups.values() if len(net.across) >= 2 and len(net.down) >= 1]
    return sorted(nets, key=lambda net: -area(net.box))


def _positions(values: Sequence[float], low: float, high: float, snap: float) -> list[float]:
    """Distinct positions in order, with the outer edges added where no rule is drawn there."""
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > snap:
            kept.append(value)
    if not kept or kept[0] - low > _NARROW:
        kept.insert(0, low)
    if high - kept[-1] > _NARROW:
        kept.append(high)
    return kept


def _grid(net: _Net, page: Page, snap: float) -> Grid | None:
    box = net.box
    xs = _positions([r.at for r in net.down], box[0], box[2], snap)
    ys = _positions([r.at for r in net.across], box[1], box[3], snap)
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > _MAX_GRID:
        return None
    words = [w for w in page.words if centre_in(w.box, box)]
    if not words:
        return None
    xs, ys = _without_empty(xs, words, 0), _without_empty(ys, words, 1)
    if len(xs) < 2 or len(ys) < 2:
        return None
    cells = _regions(xs, ys, net)
    for word in words:
        for cell in cells:
            if centre_in(word.box, cell.box):
                cell.words.append(word)
                break
    for cell in cells:
        cell.colour = _colour(cell.box, page.fills)
    return Grid(box, cells, len(ys) - 1, len(xs) - 1, tuple(xs))


def _without_empty(positions: list[float], words: Sequence[Word], axis: int) -> list[float]:
    """Drop narrow strips that hold no word: the gaps between filled cells, double lines."""
    kept = [positions[0]]
    for start, end in itertools.pairwise(positions):
        narrow = end - start < _NARROW
        if narrow and not any(start <= (w.box[axis] + w.box[axis + 2]) / 2 <= end for w in words):
            if len(kept) > 1:  # the strip goes to both neighbours in halves
                kept[-1] = (start + end) / 2
            continue
        kept.append(end)
    return kept


def _regions(xs: list[float], ys: list[float], net: _Net) -> list[GridRegion]:
    """Cells of the grid, places without a rule between them joined to one."""
    columns, rows = len(xs) - 1, len(ys) - 1
    owner = {(r, c): (r, c) for r in range(rows) for c in range(columns)}

    def root(place: tuple[int, int]) -> tuple[int, int]:
        while owner[place] != place:
            owner[place] = owner[owner[place]]
            place = owner[place]
        return place

    for row in range(rows):
        for column in range(columns):
            if column + 1 < columns and not _parted(net.down, xs[column + 1], ys[row], ys[row + 1]):
                owner[root((row, column + 1))] = root((row, column))
            if row + 1 < rows and not _parted(net.across, ys[row + 1], xs[column], xs[column + 1]):
                owner[root((row + 1, column))] = root((row, column))
    groups: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for place in owner:
        groups.setdefault(root(place), []).append(place)
    regions = []
    for places in groups.values():
        top, bottom = min(p[0] for p in places), max(p[0] for p in places)
        left, right = min(p[1] for p in places), max(p[1] for p in places)
        box = (xs[left], ys[top], xs[right + 1], ys[bottom + 1])
        regions.append(GridRegion(box, top, left, bottom - top + 1, right - left + 1))
    return sorted(regions, key=lambda cell: (cell.row, cell.column))


def _parted(rules: Sequence[Rule], at: float, start: float, end: float) -> bool:
    covered = 0.0
    for rule in rules:
        if abs(rule.at - at) <= _GAP:
            covered += max(0.0, min(rule.end, end) - max(rule.start, start))
    return covered >= _COVER * (end - start)


def _colour(box: Box, fills: Sequence[Fill]) -> int:
    """Colour of the smallest filling that covers most of the cell, -1 for none."""
    covering = [f for f in fills if overlap(f.box, box) >= 0.7 * area(box)]
    return min(covering, key=lambda f: area(f.box)).colour if covering else -1
