"""CSV: the matrix for any spreadsheet program, a row for each requirement and a column for each partnership."""

from __future__ import annotations

import csv
import io

from wtaudit.portfolio.matrix import Matrix
from wtaudit.portfolio.wording import mean_confidence, per_cent
from wtaudit.reporting import Layout
from wtaudit.reporting.action_plan import guarded
from wtaudit.reporting.csv_format import BYTE_ORDER_MARK
from wtaudit.reporting.wording import LABELS, plain

_ABOUT = ("Id", "Requirement", "Theme", "Level")
_COUNTS = (
    "With the gap",
    "Judged",
    "Unknown",
    "Share with the gap",
    "At least",
    "At most",
    "Mean confidence",
)


def write(matrix: Matrix, layout: Layout) -> str:
    """In checklist order, with a byte order mark and CRLF as Excel expects them."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(
        [guarded(plain(text)) for text in (*_ABOUT, *_COUNTS, *(row.name for row in matrix.rows))]
    )
    for place, asked in enumerate(matrix.requirements):
        gap = matrix.gap(place)
        shares = [per_cent(share) if gap.judged else "" for share in (gap.share, gap.low, gap.high)]
        cells = [
            plain(asked.id), plain(asked.title), plain(asked.theme_title), asked.level.value.capitalize(),
            str(gap.partnerships), str(gap.judged), str(gap.unknown), *shares, mean_confidence(gap),
            *(LABELS[row.statuses[place]] for row in matrix.rows),
        ]  # fmt: skip
        writer.writerow([guarded(cell) for cell in cells])
    return BYTE_ORDER_MARK + file.getvalue()
