"""Exit codes, and how an audit comes to its own."""

from __future__ import annotations

from enum import IntEnum, StrEnum

from wtaudit.model import GRAVITY, ReadStatus, Report, Status


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
    read = [d for d in report.documents if d.status is not ReadStatus.UNREADABLE]
    if not read or (is_incomplete(report) and not allow_incomplete):
        return ExitCode.INCOMPLETE
    if fail_on is FailOn.NEVER:
        return ExitCode.OK
    grave = GRAVITY[: GRAVITY.index(Status(fail_on.value)) + 1]
    if any(f.status in grave for f in report.findings):
        return ExitCode.GAPS
    return ExitCode.OK


def is_incomplete(report: Report) -> bool:
    """Whether something was not read, or a finding could not be judged."""
    return (
        not report.documents
        or any(d.status is not ReadStatus.READ for d in report.documents)
        or any(f.status is Status.UNKNOWN for f in report.findings)
    )
