"""Puts what stands on a page in reading order: full-width bands, columns inside them, boxes as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from wtaudit.reading.pdf_grid import Grid
from wtaudit.reading.pdf_lines import Line, join_lines
from wtaudit.reading.pdf_page import Box, union

GUTTER = 8.0  # points: the least empty strip between two columns
_LEAST_COLUMN = 0.13  # share of the page's width
_SHRINK = 0.2  # line boxes reach into their neighbours: take this share of the type size off


@dataclass(slots=True)
class Frame:
    """A box drawn around text that is no table: a call-out, read as one piece."""

    box: Box
    lines: list[Line] = field(default_factory=list)


Item = Line | Grid | Frame


@dataclass(slots=True)
class Column:
    """Items that follow each other downwards between two edges."""

    left: float
    right: float
    items: list[Item]


@dataclass(slots=True)
class _Band:
    blocks: list[list[Item]]
    strips: list[tuple[float, float]]


def reading_order(items: Sequence[Item], width: float, depth: int = 0) -> list[Column]:
    """The columns of a page in reading order; `width` is the page's."""
    if not items:
        return []
    bands = _bands(_level_blocks(items), width)
    columns: list[Column] = []
    for band in bands:
        parts = _columns(band, width) if band.strips else []
        if len(parts) < 2 or depth > 4:
            columns.append(_single([item for block in band.blocks for item in block]))
            continue
        for part in parts:
            columns.extend(reading_order(part, width, depth + 1))
    return _joined(columns)


def _joined(columns: list[Column]) -> list[Column]:
    """Join columns that follow each other with the same edges."""
    kept: list[Column] = []
    for column in columns:
        last = kept[-1] if kept else None
        shared = min(last.right, column.right) - max(last.left, column.left) if last else 0.0
        below = last is not None and column.items[0].box[1] > last.items[-1].box[1]
        if last and below and shared > 0.5 * min(last.right - last.left, column.right - column.left):
            last.items.extend(column.items)
            last.left, last.right = min(last.left, column.left), max(last.right, column.right)
        else:
            kept.append(column)
    return kept


def _level_blocks(items: Sequence[Item]) -> list[list[Item]]:
    """Groups of items that overlap in height, from the top down."""
    blocks: list[list[Item]] = []
    bottom = float("-inf")
    for item in sorted(items, key=lambda each: _span(each)[0]):
        top, end = _span(item)
        if blocks and top < bottom:
            blocks[-1].append(item)
            bottom = max(bottom, end)
        else:
            blocks.append([item])
            bottom = end
    return blocks


def _span(item: Item) -> tuple[float, float]:
    top, bottom = item.box[1], item.box[3]
    if isinstance(item, Line):
        cut = min(_SHRINK * item.size, (bottom - top) * 0.3)
        return (top + cut, bottom - cut)
    return (top + 1, max(top + 1.5, bottom - 1))


def _bands(blocks: Sequence[list[Item]], width: float) -> list[_Band]:
    bands: list[_Band] = []
    for block in blocks:
        gaps = _gaps(block, width)
        band = bands[-1] if bands else None
        if band and band.strips:
            strips = _still_free(band.strips, block)
            if strips:
                band.blocks.append(block)
                band.strips = strips
                continue
            tail = _tail(band)
            if tail:
                bands.append(_Band(tail, []))
                band = bands[-1]
        if gaps:
            bands.append(_Band([block], gaps))
        elif band and not band.strips:
            band.blocks.append(block)
        else:
            bands.append(_Band([block], []))
    return bands


def _gaps(block: Sequence[Item], width: float) -> list[tuple[float, float]]:
    """Empty upright strips inside the block with enough text on both sides."""
    spans = sorted((item.box[0], item.box[2]) for item in block)
    gaps = []
    edge = spans[0][1]
    start = spans[0][0]
    for left, right in spans[1:]:
        if left - edge >= GUTTER and edge - start >= _LEAST_COLUMN * width:
            if max(s[1] for s in spans) - left >= _LEAST_COLUMN * width:
                gaps.append((edge, left))
            start = left
        edge = max(edge, right)
    return gaps


def _still_free(strips: Sequence[tuple[float, float]], block: Sequence[Item]) -> list[tuple[float, float]]:
    free = list(strips)
    for item in block:
        parts: list[tuple[float, float]] = []
        for left, right in free:
            parts += [(left, min(right, item.box[0])), (max(left, item.box[2]), right)]
        free = [part for part in dict.fromkeys(parts) if part[1] - part[0] >= GUTTER * 0.7]
    return free


def _tail(band: _Band) -> list[list[Item]]:
    """Blocks at the end of a band of columns that already belong to the full width below it."""
    edge = band.strips[0][0]
    tail: list[list[Item]] = []
    while len(band.blocks) > 1 and all(item.box[2] <= edge + 1 for item in band.blocks[-1]):
        tail.insert(0, band.blocks.pop())
    if not tail:
        return []
    first, before = tail[0][0], band.blocks[-1]
    size = first.size if isinstance(first, Line) else 12.0
    left_before = [item for item in before if item.box[2] <= edge + 1]
    gap = first.box[1] - max(item.box[3] for item in left_before or before)
    heading = isinstance(first, Line) and first.bold
    if gap < size * 0.8 and not heading:
        band.blocks.extend(tail)
        return []
    return tail


def _columns(band: _Band, width: float) -> list[list[Item]]:
    """The band's items by column, or nothing where it is too small to be columns."""
    items = [item for block in band.blocks for item in block]
    edges = [(left + right) / 2 for left, right in band.strips]
    parts: list[list[Item]] = [[] for _ in range(len(edges) + 1)]
    for item in items:
        middle = (item.box[0] + item.box[2]) / 2
        parts[sum(middle > edge for edge in edges)].append(item)
    parts = [part for part in parts if part]
    if sum(_weight(part) >= 3 for part in parts) < 2 and not any(isinstance(i, Frame) for i in items):
        return []
    return parts


def _weight(part: Sequence[Item]) -> int:
    return sum(1 if isinstance(item, Line) else 3 for item in part)


def _single(items: Sequence[Item]) -> Column:
    ordered: list[Item] = []
    for block in _level_blocks(items):
        ordered.extend(_rows(block))
    box = union(item.box for item in items)
    return Column(box[0], box[2], ordered)


def _rows(block: list[Item]) -> list[Item]:
    """Items that overlap in height, by rows and each row from left to right."""
    rows: list[list[Item]] = []
    for item in sorted(block, key=lambda each: (each.box[1] + each.box[3]) / 2):
        middle = (item.box[1] + item.box[3]) / 2
        last = rows[-1][-1] if rows else None
        near = last is not None and abs(middle - (last.box[1] + last.box[3]) / 2) < 4
        if rows and near:
            rows[-1].append(item)
        else:
            rows.append([item])
    return [item for row in rows for item in _one_line(sorted(row, key=lambda each: each.box[0]))]


def _one_line(row: list[Item]) -> list[Item]:
    """Pieces of lines beside each other in one column as one line."""
    joined: list[Item] = []
    for item in row:
        last = joined[-1] if joined else None
        if isinstance(item, Line) and isinstance(last, Line) and item.turn == last.turn == 0:
            level = abs(item.box[3] - last.box[3]) < 0.4 * max(item.size, last.size)
            if level and item.box[0] > last.box[2] - 1:
                joined[-1] = join_lines(last, item)
                continue
        joined.append(item)
    return joined
