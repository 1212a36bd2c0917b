"""Every error that wtaudit raises on purpose, under one base class."""

from __future__ import annotations


class WtauditError(Exception):
    """Base of all errors that a user can cause and mend; its text is one plain line."""


class UnreadableError(WtauditError):
    """A file could not be read at all; the text says why and what to do."""


class KindUndecidedError(WtauditError):
    """Neither content nor name says which kind of document a file is."""


class InvalidFileError(WtauditError):
    """A file that steers an audit, or a saved one, is not what it should be; the text starts with its name."""


class ChecklistError(InvalidFileError):
    """A checklist is invalid; the text starts with file and line."""


class SettingsError(InvalidFileError):
    """A settings file is invalid; the text starts with file and line."""


class ManifestError(InvalidFileError):
    """A portfolio's manifest is invalid; the text starts with its name and line."""


class DecisionsError(InvalidFileError):
    """A decisions file is invalid or cannot be written; the text starts with file and line."""


class BaselineError(InvalidFileError):
    """A baseline is invalid or does not fit the checklist; the text starts with file and line."""


class UsageError(WtauditError):
    """The command line, or a call, names something that does not exist."""


class ResultError(InvalidFileError):
    """A file is not a saved result of an audit; the text starts with its name."""
