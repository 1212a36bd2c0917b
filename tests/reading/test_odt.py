"""What the OpenDocument reader finds in a small text."""

from __future__ import annotations

import io
import zipfile

import pytest

from wtaudit.errors import UnreadableError
from wtaudit.model import BlockKind
from wtaudit.reading.odt import read_odt

NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"))
)
BODY = """
<text:table-of-content><text:index-body><text:p>Money 2</text:p></text:index-body></text:table-of-content>
<text:h text:outline-level="1">Money</text:h>
<text:p>Paid. They<text:s/>settle it.<text:note><text:note-citation>1</text:note-citation><text:note-body>
<text:p>All three.</text:p></text:note-body></text:note></text:p>
<text:p>They will:</text:p>
<text:list><text:list-item><text:p>pay</text:p><text:list><text:list-item><text:p>monthly</text:p>
</text:list-item></text:list></text:list-item></text:list>
<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Who</text:p></table:table-cell>
<table:table-cell><text:p>Pays</text:p></table:table-cell></table:table-row></table:table-header-rows>
<table:table-row><table:table-cell><text:p>ICB</text:p></table:table-cell><table:table-cell><text:p>£1</text:p>
</table:table-cell></table:table-row></table:table>
"""


def odt(body: str, manifest: str = "<x/>") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        content = (
            f"<office:document-content {NAMES}><office:body>{body}</office:body></office:document-content>"
        )
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return stream.getvalue()


def test_blocks_of_an_opendocument_text() -> None:
    found = read_odt(odt(f"<office:text>{BODY}</office:text>")).blocks
    assert [(b.kind, b.text, b.lead_in) for b in found] == [
        (BlockKind.CONTENTS, "Money 2", ""),
        (BlockKind.HEADING, "Money", ""),
        (BlockKind.PARAGRAPH, "Paid. They settle it.", ""),
        (BlockKind.PARAGRAPH, "They will:", ""),
        (BlockKind.LIST_ITEM, "pay", "They will:"),
        (BlockKind.LIST_ITEM, "monthly", "They will: pay"),
        (BlockKind.CELL, "Who", ""),
        (BlockKind.CELL, "Pays", ""),
        (BlockKind.CELL, "ICB", ""),
        (BlockKind.CELL, "£1", ""),
        (BlockKind.FOOTNOTE, "All three.", "They settle it."),
    ]
    cell = found[9].cell
    assert cell is not None
    assert (cell.row_header, cell.column_header) == ("ICB", "Pays")


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(UnreadableError, match="not a text"):
        read_odt(odt("<office:spreadsheet/>"))
    with pytest.raises(UnreadableError, match="password"):
        read_odt(odt(f"<office:text>{BODY}</office:text>", "<m:encryption-data xmlns:m='x'/>"))
