"""Documents as JSON and back: what goes into the cache and comes from the reading processes."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from wtaudit.model import Block, BlockKind, Cell, DateSource, Document, Kind, ReadStatus

_BLOCK_DEFAULTS = {f.name: f.default for f in fields(Block)}


def document_to_json(document: Document) -> dict[str, Any]:
    """A dict that `json` can write; values of a block that are as usual are left out."""
    content = asdict(document)
    content["blocks"] = [_block_to_json(block) for block in document.blocks]
    return content


def document_from_json(content: dict[str, Any]) -> Document:
    """The document again. Raises KeyError, TypeError or ValueError if `content` is none."""
    kind, dated = content["kind"], content["date_source"]
    return Document(
        **{
            **content,
            "blocks": tuple(_block_from_json(block) for block in content["blocks"]),
            "kind": None if kind is None else Kind(kind),
            "date_source": None if dated is None else DateSource(dated),
            "status": ReadStatus(content["status"]),
            "unreadable_pages": tuple(content["unreadable_pages"]),
            "notes": tuple(content["notes"]),
        }
    )


def _block_to_json(block: Block) -> dict[str, Any]:
    values = asdict(block)
    return {name: v for name, v in values.items() if name == "text" or v != _BLOCK_DEFAULTS[name]}


def _block_from_json(values: dict[str, Any]) -> Block:
    cell, box = values.get("cell"), values.get("box")
    return Block(
        **{
            **values,
            "kind": BlockKind(values["kind"]),
            "headings": tuple(values.get("headings", ())),
            "cell": None if cell is None else Cell(**cell),
            "box": None if box is None else (box[0], box[1], box[2], box[3]),
        }
    )
