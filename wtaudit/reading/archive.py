"""Opens zip-based documents with limits: bombs, encrypted members and hostile XML are refused."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from wtaudit.errors import UnreadableError

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_MEMBERS = 20_000
MAX_RATIO = 300  # unpacked to packed; the XML of office files seldom goes above 30
RATIO_FLOOR = 8 * 1024 * 1024  # small members may be packed as tightly as they like
MAX_DEPTH = 250
DAMAGED = "the file is damaged or cut short"
# The ISO "strict" variant of Word's format differs in its namespaces only.
_STRICT_ROOT = b"http://purl.oclc.org/ooxml/"
_USUAL_ROOT = b"http://schemas.openxmlformats.org/"
_STRICT_PATHS = (
    (b"wordprocessingml/main", b"wordprocessingml/2006/main"),
    (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
    (b"officeDocument/math", b"officeDocument/2006/math"),
    (b"drawingml/main", b"drawingml/2006/main"),
    (b"drawingml/diagram", b"drawingml/2006/diagram"),
)


class Archive:
    """The members of a zip file, read on demand. Everything that goes wrong is an UnreadableError."""

    def __init__(self, data: bytes, max_unpacked_bytes: int) -> None:
        """Check the directory of the archive before anything is unpacked."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise UnreadableError(DAMAGED) from error
        members = self._zip.infolist()
        self.names = frozenset(member.filename for member in members)
        self._left = max_unpacked_bytes
        if len(members) > MAX_MEMBERS:
            raise UnreadableError(f"more than {MAX_MEMBERS:,} parts in it")
        total = sum(member.file_size for member in members)
        if total > max_unpacked_bytes:
            megabytes = max_unpacked_bytes // (1024 * 1024)
            raise UnreadableError(f"unpacks to more than {megabytes} MB")
        for member in members:
            packed = max(member.compress_size, 1)
            if member.file_size > RATIO_FLOOR and member.file_size > packed * MAX_RATIO:
                raise UnreadableError("unpacks to far more than its size, like a zip bomb")

    def read(self, name: str) -> bytes:
        """The bytes of a member; b"" if there is none."""
        if name not in self.names:
            return b""
        try:
            with self._zip.open(name) as member:
                content = member.read(self._left + 1)
        except RuntimeError as error:  # what zipfile raises for an encrypted member
            raise UnreadableError("protected by a password: save a copy without it") from error
        except (
            zipfile.BadZipFile,
            zlib.error,
            OSError,
            EOFError,
            ValueError,
            LookupError,
        ) as error:
            raise UnreadableError(DAMAGED) from error
        self._left -= len(content)  # the directory may lie about sizes
        if self._left < 0:
            raise UnreadableError("unpacks to more than its directory says")
        return content

    def xml(self, name: str) -> _Element | None:
        """The root element of a member; None if there is none or it is empty."""
        content = self.read(name)
        return parse_xml(content) if content.strip() else None


def parse_xml(content: bytes) -> _Element:
    """The root element of an XML text; no entities, no network, no more than `MAX_DEPTH` levels."""
    from lxml import etree

    if _STRICT_ROOT in content:
        for strict, usual in _STRICT_PATHS:
            content = content.replace(_STRICT_ROOT + strict, _USUAL_ROOT + usual)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        deep = "depth" in str(error).lower()
        raise UnreadableError("its elements are nested too deep" if deep else DAMAGED) from error
    if _is_deeper(root, MAX_DEPTH):
        raise UnreadableError("its elements are nested too deep")
    return root


def _is_deeper(root: _Element, limit: int) -> bool:
    from lxml import etree

    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limit:
            return True
    return False
