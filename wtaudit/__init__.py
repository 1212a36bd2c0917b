"""wtaudit: audit safeguarding partnership documents against Working Together to Safeguard Children 2023."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wtaudit.errors import WtauditError

if TYPE_CHECKING:
    from wtaudit.auditor import Auditor
    from wtaudit.reading import read_document

__version__ = "0.1.0"
__all__ = ["Auditor", "WtauditError", "__version__", "read_document"]


def __getattr__(name: str) -> Any:
    """Load the public names on first use, so that `wtaudit --help` pays for neither spaCy nor a PDF reader."""
    if name == "Auditor":
        from wtaudit.auditor import Auditor

        return Auditor
    if name == "read_document":
        from wtaudit.reading import read_document

        return read_document
    raise AttributeError(f"module 'wtaudit' has no attribute {name!r}")
