"""The matrix in any format: one writer per format behind one interface."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING

from wtaudit.reporting import Layout

if TYPE_CHECKING:
    from wtaudit.portfolio.matrix import Matrix


class MatrixFormat(StrEnum):
    """The formats a matrix can be written in."""

    TABLE = "table"
    CSV = "csv"
    HTML = "html"
    JSON = "json"


def render_matrix(matrix: Matrix, format_: MatrixFormat, layout: Layout | None = None) -> str:
    """The matrix as text in one format. The same matrix gives the same text."""
    writer: Callable[[Matrix, Layout], str] = import_module(f"wtaudit.portfolio.{format_.value}_format").write
    return writer(matrix, layout or Layout())
