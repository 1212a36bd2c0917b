"""Cuts one page into tables, framed boxes and lines of running text."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from wtaudit.reading.pdf_bands import without_bands
from wtaudit.reading.pdf_columns import Frame
from wtaudit.reading.pdf_furniture import ZONE, Sheet
from wtaudit.reading.pdf_grid import Grid, find_grids
from wtaudit.reading.pdf_lines import make_lines, turned
from wtaudit.reading.pdf_page import Box, Fill, Page, Rule, area
from wtaudit.reading.pdf_tables import cell_lines, is_table

_WHOLE_PAGE = 0.6  # a frame around more of the page than this is an ornament


def make_sheet(page: Page) -> Sheet:
    """The page cut up; a page whose text is mostly turned is turned upright first."""
    turn = _main_turn(page)
    if turn:
        page = upright(page, turn)
    tables: list[Grid] = []
    frames: list[Frame] = []
    taken: set[int] = set()
    for grid in find_grids(page):
        if _in_margin(grid.box, page):
            continue
        if is_table(grid):
            tables.append(without_bands(grid, page.across))
            taken.update(id(word) for cell in grid.cells for word in cell.words)
            continue
        for cell in grid.cells:
            if cell.words and area(cell.box) < _WHOLE_PAGE * page.width * page.height:
                frames.append(Frame(cell.box, cell_lines(cell)))
                taken.update(map(id, cell.words))
    words = [word for word in page.words if id(word) not in taken]
    lines = make_lines(words, page.tags)
    return Sheet(page.number, page.width, page.height, lines, tables, frames, turned=turn, ocr=page.ocr)


def upright(page: Page, turn: int) -> Page:
    """The page as seen by a reader who has turned it so that most of its text stands upright."""
    width, height = (page.height, page.width) if turn in (90, 270) else (page.width, page.height)
    shift_x = {90: page.height, 180: page.width, 270: 0.0}[turn]
    shift_y = {90: 0.0, 180: page.height, 270: page.width}[turn]

    def moved(box: Box) -> Box:
        left, top, right, bottom = turned(box, turn)
        return (left + shift_x, top + shift_y, right + shift_x, bottom + shift_y)

    def rule(box: Box) -> Rule:
        left, top, right, bottom = moved(box)
        return Rule(top, left, right) if right - left > bottom - top else Rule(left, top, bottom)

    flat = [rule((r.start, r.at, r.end, r.at)) for r in page.across]
    steep = [rule((r.at, r.start, r.at, r.end)) for r in page.down]
    if turn != 180:
        flat, steep = steep, flat
    return Page(
        page.number,
        width,
        height,
        [replace(word, box=moved(word.box), turn=(word.turn - turn) % 360) for word in page.words],
        [Fill(moved(fill.box), fill.colour) for fill in page.fills],
        flat,
        steep,
        [moved(box) for box in page.images],
        page.drawn,
        page.ocr,
        page.tags,
    )


def placed_back(box: Box, turn: int, width: float, height: float) -> Box:
    """A box of an upright page of that size as it stands on the page as shown."""
    left, top, right, bottom = box
    if turn == 90:
        return (top, width - right, bottom, width - left)
    if turn == 270:
        return (height - bottom, left, height - top, right)
    if turn == 180:
        return (width - right, height - bottom, width - left, height - top)
    return box


def _main_turn(page: Page) -> int:
    turns: Counter[int] = Counter()
    for word in page.words:
        turns[word.turn] += len(word.text)
    if not turns or turns[0] * 2 >= turns.total():
        return 0
    return turns.most_common(1)[0][0]


def _in_margin(box: Box, page: Page) -> bool:
    return box[3] < page.height * ZONE or box[1] > page.height * (1 - ZONE)
