"""`wtaudit read`: what the tool read, block by block, so that a misread can be seen."""

from __future__ import annotations

import json
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from wtaudit.cli.exits import ExitCode
from wtaudit.cli.inputs import read_inputs
from wtaudit.cli.options import NoCacheOption, NoProgressOption, OcrOption, PasswordOption, wants_progress
from wtaudit.errors import UsageError
from wtaudit.model import Block, Document, Kind, ReadStatus


class ReadFormat(StrEnum):
    """How `read` prints."""

    TEXT = "text"
    JSON = "json"


def read(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The document.")],
    kind: Annotated[Kind | None, typer.Option(help="Declare its kind.")] = None,
    format_: Annotated[ReadFormat, typer.Option("-f", "--format", help="text or json.")] = ReadFormat.TEXT,
    page: Annotated[int | None, typer.Option(help="Only this page (counted from 1).")] = None,
    image: Annotated[
        Path | None, typer.Option(metavar="OUT.png", help="Draw that page of a PDF with its blocks boxed.")
    ] = None,
    password: PasswordOption = None,
    ocr: OcrOption = False,
    no_cache: NoCacheOption = False,
    no_progress: NoProgressOption = False,
) -> None:
    """Show what was read: every block with its page, kind and headings."""
    if image is not None and page is None:
        raise UsageError("--image draws one page: say which with --page")
    (document,) = read_inputs(
        [], [(file, kind)], password=password, ocr=ocr, use_cache=not no_cache,
        progress=wants_progress(no_progress, False), needs_kind=False,
    )  # fmt: skip
    blocks = [(n, b) for n, b in enumerate(document.blocks) if page is None or b.page == page]
    if page is not None and document.pages is not None and not 1 <= page <= document.pages:
        raise UsageError(f"{file} has {document.pages} pages, so no page {page}")
    if image is not None:
        _draw(document, page or 1, image, password)
    typer.echo(_as_json(document, blocks) if format_ is ReadFormat.JSON else _as_text(document, blocks))
    raise typer.Exit(ExitCode.OK if document.status is ReadStatus.READ else ExitCode.INCOMPLETE)


def _draw(document: Document, page: int, image: Path, password: str | None) -> None:
    if document.format != "pdf":
        raise UsageError(f"only pages of a PDF can be drawn, and {document.path} is {document.format}")
    from wtaudit.reading.pdf_image import draw_page

    data = Path(document.path).read_bytes()
    blocks = [b for b in document.blocks if b.page == page]
    try:
        draw_page(data, page, blocks, password).save(image, format="PNG")
    except OSError as error:
        raise UsageError(f"{image}: cannot be written ({error.strerror})") from None


def _as_text(document: Document, blocks: list[tuple[int, Block]]) -> str:
    kind = (
        f"{document.kind} ({document.kind_reason or document.kind_source})"
        if document.kind
        else f"undecided ({document.kind_reason})"
    )
    lines = [
        f"{document.path}: {document.format}, {document.pages or 'no'} pages, {len(document.blocks)} blocks, {document.status.value}",
        f"title: {document.title or 'none'}",
        f"kind: {kind}",
    ]
    page: int | None = None
    for number, block in blocks:
        if block.page != page:
            page = block.page
            label = (
                f" (printed {block.page_label})" if block.page_label and block.page_label != str(page) else ""
            )
            lines += ["", f"== page {page}{label} =="]
        lines.append(f"[{number}] {_describe(block)} {block.text}")
    return "\n".join(lines)


def _describe(block: Block) -> str:
    about = block.kind.value
    if block.heading_level:
        about += f" {block.heading_level}"
    if block.cell:
        headers = " / ".join(h for h in (block.cell.row_header, block.cell.column_header) if h)
        about += f" {block.cell.table}.{block.cell.row}.{block.cell.column}" + (
            f" under {headers}" if headers else ""
        )
    if block.lead_in:
        about += f" after “{block.lead_in[-60:]}”"
    return f"<{about}>"


def _as_json(document: Document, blocks: list[tuple[int, Block]]) -> str:
    listed = [{"block": number, **asdict(block)} for number, block in blocks]
    return json.dumps({**document.to_dict(), "blocks": listed}, ensure_ascii=False, indent=2)
