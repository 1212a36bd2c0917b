"""Reads the drawn shapes of a page through pdfium: filled areas, rules along the axes, and images."""

from __future__ import annotations

import itertools
from ctypes import byref, c_float, c_int
from typing import Any

from wtaudit.reading.pdf_page import Box, Fill, Page, Rule
from wtaudit.reading.pdf_words import Place, fill_colour

THIN = 2.6  # points: a filled area thinner than this is a rule
MAX_OBJECTS = 20_000  # beyond that a page is a drawing, and its shapes tell nothing about tables
_MAX_SEGMENTS = 400
_MAX_DEPTH = 6
_WHITE = 0xFFFFFF

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Point = tuple[float, float]


class ShapeReader:
    """Collects the shapes of one pdfium page into `page`; `place` maps user space to the page as shown."""

    def __init__(self, page: Page, place: Place) -> None:
        import pypdfium2.raw as raw

        self._raw = raw
        self._page = page
        self._place = place
        self._seen = 0

    def read(self, handle: Any) -> None:
        """Walk all objects of the pdfium page `handle`."""
        count = self._raw.FPDFPage_CountObjects(handle)
        for index in range(min(count, MAX_OBJECTS)):
            self._object(self._raw.FPDFPage_GetObject(handle, index), _IDENTITY, 0)

    def _object(self, item: Any, matrix: Matrix, depth: int) -> None:
        raw = self._raw
        self._seen += 1
        if not item or self._seen > MAX_OBJECTS:
            return
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            self._path(item, matrix)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            box = self._bounds(item, matrix)
            if box:
                self._page.images.append(box)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
            inner = _times(self._matrix(item), matrix)
            for index in range(min(raw.FPDFFormObj_CountObjects(item), MAX_OBJECTS)):
                self._object(raw.FPDFFormObj_GetObject(item, index), inner, depth + 1)

    def _path(self, item: Any, matrix: Matrix) -> None:
        raw = self._raw
        mode, stroked = c_int(), c_int()
        if not raw.FPDFPath_GetDrawMode(item, byref(mode), byref(stroked)):
            return
        filled = mode.value != 0
        if not filled and not stroked.value:
            return
        count = raw.FPDFPath_CountSegments(item)
        if filled and not stroked.value and count <= 6:
            box = self._bounds(item, matrix)
            if box:
                self._fill(box, fill_colour(raw, item))
            return
        if count > _MAX_SEGMENTS:
            self._page.drawn += count
            return
        colour = fill_colour(raw, item) if filled else -1
        self._segments(item, count, _times(self._matrix(item), matrix), colour, bool(stroked.value))

    def _segments(self, item: Any, count: int, matrix: Matrix, colour: int, stroked: bool) -> None:
        """Cut a path into its parts; each part that is a rectangle or straight lines is kept."""
        raw, x, y = self._raw, c_float(), c_float()
        points: list[Point] = []
        curved = False
        for index in range(count):
            segment = raw.FPDFPath_GetPathSegment(item, index)
            kind = raw.FPDFPathSegment_GetType(segment)
            if kind == raw.FPDF_SEGMENT_MOVETO and points:
                self._part(points, curved, colour, stroked)
                points, curved = [], False
            raw.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
            points.append(self._place(*_apply(matrix, x.value, y.value)))
            curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
            if raw.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        self._part(points, curved, colour, stroked)

    def _part(self, points: list[Point], curved: bool, colour: int, stroked: bool) -> None:
        if len(points) < 2:
            return
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        box = (min(xs), min(ys), max(xs), max(ys))
        straight = sum(_along_axis(a, b) for a, b in itertools.pairwise(points))
        if straight < (len(points) - 1) / 2 and not (curved and straight >= 2):
            self._page.drawn += len(points)
            return
        if colour >= 0:
            self._fill(box, colour)
        if not stroked:
            return
        if curved:  # rounded corners: the frame counts, not the arcs
            corners = [(box[0], box[1]), (box[2], box[1]), (box[2], box[3]), (box[0], box[3])]
            points = [*corners, corners[0]]
        for first, second in itertools.pairwise(points):
            if _along_axis(first, second):
                self._rule(first, second)

    def _fill(self, box: Box, colour: int) -> None:
        width, height = box[2] - box[0], box[3] - box[1]
        if height <= THIN and width <= THIN:
            return
        if colour == _WHITE and min(width, height) > THIN:
            return
        if height <= THIN:
            self._page.across.append(Rule((box[1] + box[3]) / 2, box[0], box[2]))
        elif width <= THIN:
            self._page.down.append(Rule((box[0] + box[2]) / 2, box[1], box[3]))
        elif width * height < 0.9 * self._page.width * self._page.height:
            self._page.fills.append(Fill(box, colour))

    def _rule(self, first: Point, second: Point) -> None:
        if abs(first[0] - second[0]) > abs(first[1] - second[1]):
            start, end = sorted((first[0], second[0]))
            self._page.across.append(Rule((first[1] + second[1]) / 2, start, end))
        else:
            start, end = sorted((first[1], second[1]))
            self._page.down.append(Rule((first[0] + second[0]) / 2, start, end))

    def _bounds(self, item: Any, matrix: Matrix) -> Box | None:
        edges = [c_float() for _ in range(4)]
        if not self._raw.FPDFPageObj_GetBounds(item, *[byref(edge) for edge in edges]):
            return None
        left, bottom, right, top = [edge.value for edge in edges]
        x0, y0 = self._place(*_apply(matrix, left, bottom))
        x1, y1 = self._place(*_apply(matrix, right, top))
        return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def _matrix(self, item: Any) -> Matrix:
        found = self._raw.FS_MATRIX()
        if not self._raw.FPDFPageObj_GetMatrix(item, byref(found)):
            return _IDENTITY
        return (found.a, found.b, found.c, found.d, found.e, found.f)


def _times(first: Matrix, second: Matrix) -> Matrix:
    """The matrix that does `first`, then `second`."""
    if second is _IDENTITY:
        return first
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _apply(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e, b * x + d * y + f)


def _along_axis(first: Point, second: Point) -> bool:
    dx, dy = abs(first[0] - second[0]), abs(first[1] - second[1])
    return (dx <= 0.7) != (dy <= 0.7)
