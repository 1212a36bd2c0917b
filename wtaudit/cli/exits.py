"""Exit codes, and how an audit comes to its own."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from wtaudit.model import GRAVITY, ReadStatus, Report, Status

if TYPE_CHECKING:
    from wtaudit.changes import Comparison


class ExitCode(IntEnum):
    """What each exit code says; documented in the README, never reused."""

    OK = 0
    GAPS = 1
    USAGE = 2
    INCOMPLETE = 3
    INVALID = 4
    INTERNAL = 5
    INTERRUPTED = 130


class FailOn(StrEnum):
    """The status, or a graver one, that makes an audit exit with 1."""

    CONTRADICTED = "contradicted"
    MISSING = "missing"
    PARTIAL = "partial"
    NEVER = "never"


def audit_exit(report: Report, fail_on: FailOn, allow_incomplete: bool) -> ExitCode:
    """The exit code of an audit: incomplete outranks gaps, unless it is allowed. Reading nothing is never OK."""
    if _stops_short(report, allow_incomplete):
        return ExitCode.INCOMPLETE
    if fail_on is FailOn.NEVER:
        return ExitCode.OK
    grave = GRAVITY[: GRAVITY.index(Status(fail_on.value)) + 1]
    if any(f.standing in grave for f in report.findings):
        return ExitCode.GAPS
    return ExitCode.OK


def regression_exit(report: Report, comparison: Comparison, allow_incomplete: bool) -> ExitCode:
    """The exit code where only what got worse fails: a gap graver than before, or a verdict that cannot be had now."""
    if _stops_short(report, allow_incomplete):
        return ExitCode.INCOMPLETE
    return ExitCode.GAPS if comparison.regressions or comparison.no_longer_judged else ExitCode.OK


def comparison_exit(comparison: Comparison) -> ExitCode:
    """The exit code of a comparison that is to fail: 3 where something can no longer be judged, 1 where it got worse."""
    if comparison.no_longer_judged:
        return ExitCode.INCOMPLETE
    return ExitCode.GAPS if comparison.regressions else ExitCode.OK


def _stops_short(report: Report, allow_incomplete: bool) -> bool:
    read = [d for d in report.documents if d.status is not ReadStatus.UNREADABLE]
    return not read or (is_incomplete(report) and not allow_incomplete)


def is_incomplete(report: Report) -> bool:
    """Whether something was not read, or a finding could not be judged."""
    return (
        not report.documents
        or any(d.status is not ReadStatus.READ for d in report.documents)
        or any(f.status is Status.UNKNOWN for f in report.findings)
    )
