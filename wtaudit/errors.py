"""Every error that wtaudit raises on purpose, under one base class."""

from __future__ import annotations


class WtauditError(Exception):
    """Base of all errors that a user can cause and mend; its text is one plain line."""


class UnreadableError(WtauditError):
    """A file could not be read at all; the text says why and what to do."""


class KindUndecidedError(WtauditError):
    """Neither content nor name says which kind of document a file is."""


class ChecklistError(WtauditError):
    """A checklist is invalid; the text starts with file and line."""


class UsageError(WtauditError):
    """The command line, or a call, names something that does not exist."""


class ResultError(WtauditError):
    """A file is not a saved result of an audit; the text starts with its name."""
