"""Reads web archives (.mhtml): the page saved in them, not its pictures or frames."""

from __future__ import annotations

import email
import email.policy

from wtaudit.errors import UnreadableError
from wtaudit.reading.html import read_html
from wtaudit.reading.interface import Reading


def read_mhtml(data: bytes) -> Reading:
    """Blocks of the first HTML part, which is the page itself."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                return read_html(content, charset=part.get_content_charset())
    raise UnreadableError("the web archive holds no page")
