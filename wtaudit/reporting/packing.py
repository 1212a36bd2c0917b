"""Office packages with nothing of the moment in them: the same parts give the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

from wtaudit.model import Report
from wtaudit.reporting.wording import plain, report_title

CORE_PROPERTIES = "docProps/core.xml"
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def repacked(package: bytes, replaced: Mapping[str, str]) -> bytes:
    """A zip package with fixed times and with some parts replaced, in the order of the original."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # otherwise the bytes would tell Windows from the rest
            entry.external_attr = 0o600 << 16
            data = replaced[name].encode("utf-8") if name in replaced else old.read(name)
            new.writestr(entry, data, compresslevel=6)
    return out.getvalue()


def core_properties(report: Report) -> str:
    """The part that names title and program of a package, without a date."""
    program = escape(plain(f"wtaudit {report.tool_version}".strip()))
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(report_title(report))}</dc:title><dc:creator>{program}</dc:creator>"
        "<dc:language>en-GB</dc:language></cp:coreProperties>"
    )
