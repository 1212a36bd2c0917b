"""Excel: the action plan with lists to choose from, what could not be assessed, and what was audited."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from wtaudit.model import Report, Status
from wtaudit.reporting import Layout
from wtaudit.reporting.action_plan import HEADINGS, OWNERS, STATES, actions, guarded
from wtaudit.reporting.packing import CORE_PROPERTIES, core_properties, repacked
from wtaudit.reporting.wording import (
    LABELS,
    LIMITS,
    by_theme,
    checklist_line,
    dated,
    decision_sentence,
    file_name,
    guidance_place,
    plain,
    read_state,
    report_title,
    theme_title,
    verdict_sentence,
    with_status,
)

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTHS = {
    "Id": 9, "Priority": 9, "Finding": 13, "Requirement": 28, "What to add": 40, "Guidance": 17, "Owner": 17,
    "Due date": 11, "Progress": 12, "Notes": 20, "Theme": 18, "Level": 10, "Not evidenced": 50, "Conflict": 36,
    "Evidence found": 90, "Does not count": 90, "Suggested wording": 90, "Decision": 36,
}  # fmt: skip
_LAST_PRINTED = "Notes"
_FONT = "Arial"
_FILLS = {"Contradicted": "F4C7C3", "Missing": "F9DEDC", "Partial": "FDEBC8", "Unknown": "E3E3E3"}
_SPARE_OWNERS = 20
_TALLEST_ROW, _LINE = 130, 13  # points; what does not fit shows when the row is pulled open
_COLUMNS = (Status.MET, Status.PARTIAL, Status.MISSING, Status.CONTRADICTED, Status.UNKNOWN)


def write(report: Report, layout: Layout) -> bytes:
    """The workbook's bytes: the same for the same report."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.remove(book.worksheets[0])
    plan = book.create_sheet("Action plan")
    printed = HEADINGS.index(_LAST_PRINTED) + 1
    widths = [_WIDTHS[h] for h in HEADINGS]
    _fill(plan, HEADINGS, [action.cells() for action in actions(report)], widths, heights_by=printed)
    _not_assessed(book, report)
    _about(book, report)
    plan.print_area = f"A1:{get_column_letter(printed)}{plan.max_row}"
    _choices(book, plan)
    file = io.BytesIO()
    book.save(file)
    return repacked(file.getvalue(), {CORE_PROPERTIES: core_properties(report)})


def _fill(
    sheet: Worksheet, head: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int],
    heights_by: int | None = None,
) -> None:  # fmt: skip
    """Write a table as text: bold head that stays in sight and repeats in print, wrapped cells, fitting heights.

    `heights_by` is the number of columns that the heights go by, where long quotes stand in the others.
    """
    from openpyxl.utils import get_column_letter

    _write_row(sheet, 1, head, is_head=True)
    last = 1
    for last, texts in enumerate(rows, 2):
        _write_row(sheet, last, texts)
        texts = texts[:heights_by]
        lines = [_lines(text, width) for text, width in zip(texts, widths, strict=False)]
        sheet.row_dimensions[last].height = min(_TALLEST_ROW, max(lines, default=1) * _LINE + 6)
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(head))}{last}"
    _print_setup(sheet)


def _write_row(sheet: Worksheet, row: int, texts: Sequence[str], *, is_head: bool = False) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    line = Border(bottom=Side("thin", color="B8C4CC"))
    font = Font(name=_FONT, size=10, bold=is_head, color="FFFFFF" if is_head else "000000")
    wrapped = Alignment(vertical="center" if is_head else "top", wrap_text=True)
    for number, text in enumerate(texts, 1):
        cell = sheet.cell(row, number)
        if text:
            cell.value = text
            cell.data_type = "s"  # never a formula, whatever it starts with
        cell.font, cell.alignment, cell.border = font, wrapped, line
        fill = "1F3A4D" if is_head else _FILLS.get(text)
        if fill:
            cell.fill = PatternFill("solid", fgColor=fill)


def _lines(text: str, width: int) -> int:
    return sum(1 + int(len(line) * 1.15) // width for line in text.split("\n"))


def _print_setup(sheet: Worksheet) -> None:
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    properties: Any = sheet.sheet_properties.pageSetUpPr
    properties.fitToPage = True
    footer: Any = sheet.oddFooter
    footer.center.text = "&A, page &P of &N"


def _not_assessed(book: Workbook, report: Report) -> None:
    rows = [
        [
            plain(f.requirement_id),
            theme_title(f, report),
            plain(f.title),
            guidance_place(f.source),
            plain(f.summary),
            decision_sentence(f.decision) if f.decision else "",
        ]
        for f in with_status(report, Status.UNKNOWN)
    ]
    rows = rows or [["", "", "Every requirement could be judged.", "", "", ""]]
    head = ["Id", "Theme", "Requirement", "Guidance", "Why it could not be judged", "Decision"]
    _fill(book.create_sheet("Not assessed"), head, _guarded(rows), [10, 20, 46, 26, 60, 36])


def _about(book: Workbook, report: Report) -> None:
    rows = [
        ["Report", report_title(report)],
        ["Result", verdict_sentence(report)],
        ["Judged by", checklist_line(report)],
    ]
    rows += [
        ["Checklist sha256", report.checklist.sha256],
        ["Made with", plain(f"wtaudit {report.tool_version}")],
    ]
    for document in report.documents:
        about = f"{file_name(document)} ({document.kind or 'kind undecided'}), dated {dated(document)}, {read_state(document)}, sha256 {document.sha256 or 'none'}"
        rows.append(["Document", about])
    for title, findings in by_theme(report.findings, report):
        found = [f.status for f in findings]
        counts = ", ".join(f"{found.count(s)} {LABELS[s].lower()}" for s in _COLUMNS if s in found)
        rows.append([f"Theme: {title}", counts])
    rows += [["Note", plain(note)] for note in report.notes]
    rows.append(["Limits", LIMITS])
    _fill(book.create_sheet("About"), ["What", "Value"], _guarded(rows), [28, 100])


def _guarded(rows: Iterable[Sequence[str]]) -> list[list[str]]:
    return [[guarded(text) for text in row] for row in rows]


def _choices(book: Workbook, plan: Worksheet) -> None:
    """Lists for owner and progress; owners stand on a sheet of their own, where a partnership can add its names."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    _fill(book.create_sheet("Lists"), ["Owner", "Progress"], _columns(OWNERS, STATES), [32, 20])
    last = max(2, plan.max_row)
    owners = DataValidation(
        "list", formula1=f"Lists!$A$2:$A${len(OWNERS) + 1 + _SPARE_OWNERS}", allow_blank=True
    )
    owners.errorStyle = "information"
    owners.promptTitle, owners.prompt = "Owner", "Choose, or type a name. The list is on the sheet Lists."
    states = DataValidation("list", formula1=f"Lists!$B$2:$B${len(STATES) + 1}", allow_blank=True)
    states.errorTitle, states.error = "Progress", "Choose one of: " + ", ".join(STATES)
    dates = DataValidation("date", operator="greaterThan", formula1="36526", allow_blank=True)
    dates.errorTitle, dates.error = "Due date", "Give a date, such as 31/03/2027."
    for name, rule in (("Owner", owners), ("Progress", states), ("Due date", dates)):
        rule.showErrorMessage = rule.showInputMessage = True
        letter = get_column_letter(HEADINGS.index(name) + 1)
        rule.add(f"{letter}2:{letter}{last}")
        plan.add_data_validation(rule)
        for row in range(2, last + 1):
            plan[f"{letter}{row}"].number_format = "dd/mm/yyyy" if name == "Due date" else "General"


def _columns(*columns: Sequence[str]) -> list[list[str]]:
    longest = max(len(column) for column in columns)
    return [[column[n] if n < len(column) else "" for column in columns] for n in range(longest)]
