"""Today's date, the one thing of the moment that decisions need."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from wtaudit.errors import UsageError


def today() -> date:
    """The date, or that of SOURCE_DATE_EPOCH (seconds since 1970) for runs that can be repeated."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    if not fixed:
        return date.today()
    try:
        return datetime.fromtimestamp(int(fixed), UTC).date()
    except (ValueError, OverflowError, OSError):
        raise UsageError(f"SOURCE_DATE_EPOCH holds {fixed!r}; it takes whole seconds since 1970") from None
