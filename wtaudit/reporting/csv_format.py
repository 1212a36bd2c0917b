"""CSV: the action plan for any spreadsheet program."""

from __future__ import annotations

import csv
import io

from wtaudit.model import Report
from wtaudit.reporting import Layout
from wtaudit.reporting.action_plan import HEADINGS, actions

BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads UTF-8 as something else


def write(report: Report, layout: Layout) -> str:
    """One row per gap, gravest first, with a byte order mark and CRLF as Excel expects them."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    writer.writerows(action.cells() for action in actions(report))
    return BYTE_ORDER_MARK + file.getvalue()
