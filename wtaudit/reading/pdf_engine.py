"""Opens a PDF with pdfium and reads its pages one by one, each closed before the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wtaudit.errors import UnreadableError
from wtaudit.reading.pdf_page import Page
from wtaudit.reading.pdf_shapes import ShapeReader
from wtaudit.reading.pdf_tags import read_tags
from wtaudit.reading.pdf_words import Place, WordReader

if TYPE_CHECKING:
    from PIL.Image import Image

_PASSWORD_ERROR = 4
MAX_PIXELS = 40_000_000  # a picture larger than this is drawn smaller
MAX_SIDE = 20_000.0  # points; larger pages are drawings or attacks


class Pdfium:
    """A PDF opened with pdfium; raises UnreadableError if it needs a password, OSError if it is broken."""

    def __init__(self, data: bytes, password: str | None) -> None:
        import pypdfium2

        self._fonts: dict[int, bool] = {}
        try:
            self.document = pypdfium2.PdfDocument(data, password=password)
            self.count = len(self.document)
        except pypdfium2.PdfiumError as error:
            if getattr(error, "err_code", None) == _PASSWORD_ERROR or "assword" in str(error):
                raise password_error(password) from error
            raise OSError(str(error)) from error

    def close(self) -> None:
        """Give the memory back."""
        self.document.close()

    def page(self, number: int) -> Page:
        """Read page `number` (from 1); raises OSError if this page is broken."""
        import pypdfium2

        try:
            handle = self.document[number - 1]
        except pypdfium2.PdfiumError as error:
            raise OSError(str(error)) from error
        try:
            return self._read(handle, number)
        except pypdfium2.PdfiumError as error:
            raise OSError(str(error)) from error
        finally:
            handle.close()

    def _read(self, handle: Any, number: int) -> Page:
        rotation = handle.get_rotation()
        page = Page(number, *_size(handle, rotation))
        place = _placing(handle, rotation)
        page.tags = read_tags(handle.raw)
        text_page = handle.get_textpage()
        try:
            page.words = WordReader(text_page, place, rotation, self._fonts, bool(page.tags)).words()
        finally:
            text_page.close()
        ShapeReader(page, place).read(handle.raw)
        return page

    def picture(self, number: int, scale: float, *, grey: bool = False) -> Image:
        """Page `number` drawn with `scale` pixels per point; raises OSError if it cannot be."""
        import pypdfium2

        try:
            handle = self.document[number - 1]
            try:
                width, height = handle.get_size()
                if width * height * scale * scale > MAX_PIXELS:
                    scale = (MAX_PIXELS / (width * height)) ** 0.5
                image: Image = handle.render(scale=scale, grayscale=grey).to_pil()
                return image.convert("L" if grey else "RGB")
            finally:
                handle.close()
        except (pypdfium2.PdfiumError, ValueError, MemoryError) as error:
            raise OSError(str(error)) from error

    def label(self, number: int) -> str | None:
        """The printed label the file gives page `number`, if it gives one."""
        label = str(self.document.get_page_label(number - 1) or "").strip()
        return label or None

    def title(self) -> str:
        """The title in the file's metadata, as it stands there."""
        return str(self.document.get_metadata_value("Title") or "")

    def date(self) -> str:
        """When the file was made, as its metadata write it."""
        return str(self.document.get_metadata_value("CreationDate") or "")

    def outline(self) -> list[tuple[str, int, int | None]]:
        """The bookmarks as (title, level from 1, page from 1)."""
        import pypdfium2

        entries: list[tuple[str, int, int | None]] = []
        try:
            for bookmark in self.document.get_toc(max_depth=8):
                target = bookmark.get_dest()
                index = target.get_index() if target else None
                page = None if index is None else index + 1
                entries.append((bookmark.get_title(), bookmark.level + 1, page))
                if len(entries) >= 5000:
                    break
        except (pypdfium2.PdfiumError, ValueError):  # a damaged outline: what was read of it will do
            pass
        return entries


def password_error(password: str | None) -> UnreadableError:
    """The error of a file that is encrypted and not opened by `password`."""
    if password:
        return UnreadableError("the PDF is encrypted and the password given does not open it")
    return UnreadableError("the PDF is encrypted: give its password with --password")


def _size(handle: Any, rotation: int) -> tuple[float, float]:
    left, bottom, right, top = _frame(handle)
    width, height = right - left, top - bottom
    return (height, width) if rotation in (90, 270) else (width, height)


def _frame(handle: Any) -> tuple[float, float, float, float]:
    """The part of user space that is shown, as left, bottom, right, top."""
    left, bottom, right, top = handle.get_bbox()
    if right - left < 1 or top - bottom < 1 or right - left > MAX_SIDE or top - bottom > MAX_SIDE:
        width, height = handle.get_size()
        return (0.0, 0.0, max(1.0, width), max(1.0, height))
    return (left, bottom, right, top)


def _placing(handle: Any, rotation: int) -> Place:
    left, bottom, right, top = _frame(handle)
    if rotation == 90:
        return lambda x, y: (y - bottom, x - left)
    if rotation == 180:
        return lambda x, y: (right - x, y - bottom)
    if rotation == 270:
        return lambda x, y: (top - y, right - x)
    return lambda x, y: (x - left, top - y)
