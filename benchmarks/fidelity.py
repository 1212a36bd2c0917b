"""Measures how truly text is read: words in the right order, against the source text of the fixtures and a guidance PDF.

    python benchmarks/fidelity.py [GUIDANCE.pdf] [--json]

A fixture's figure is the longest common run-with-gaps of words (subsequence) of the source text and of what was read, over the
words of the source; running heads, navigation and contents lists, which no source holds, are left out. For a guidance with
numbered paragraphs it says how many of paragraphs 1 to 403 start a block, in order, and how many of them stand under a heading.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "fixtures"))

PARAGRAPHS = 403
WORD = re.compile(r"[^\W_]+")


def words(texts: Iterable[str]) -> list[str]:
    """Words of texts, in order; hyphens and apostrophes part them, so that only letters and figures count."""
    return [word for text in texts for word in WORD.findall(text)]


def common(source: Sequence[str], read: Sequence[str]) -> int:
    """Length of the longest common subsequence, bit by bit in one long number (Hyyrö's way)."""
    places: dict[str, int] = {}
    for place, word in enumerate(source):
        places[word] = places.get(word, 0) | 1 << place
    whole = (1 << len(source)) - 1
    row = whole
    for word in read:
        match = row & places.get(word, 0)
        row = (row + match | row - match) & whole
    return len(source) - row.bit_count()


def read_words(path: Path) -> list[str]:
    """The words of a file's running text as it is read."""
    from wtaudit import read_document
    from wtaudit.model import BlockKind

    aside = (BlockKind.FURNITURE, BlockKind.CONTENTS)
    return words(b.text for b in read_document(path).blocks if b.kind not in aside)


def source_words(path: Path) -> list[str]:
    """The words of a fixture's source text, part by part."""
    from source import Bullets, Item, Table, load_source

    def item_texts(item: Item) -> list[str]:
        return [item.text, *(t for child in item.children for t in item_texts(child))]

    texts: list[str] = []
    for part in load_source(path).parts:
        if isinstance(part, Bullets):
            texts += [t for item in part.items for t in item_texts(item)]
        elif isinstance(part, Table):
            texts += [cell for row in part.rows for cell in row]
        else:
            texts.append(part.text)
    return words(texts)


def fixture_figures() -> list[dict[str, object]]:
    """A row for every fixture: words of its source, and the share that was read in order."""
    rows: list[dict[str, object]] = []
    for source in sorted((ROOT / "fixtures" / "source").glob("*/*.md")):
        wanted = source_words(source)
        folder = ROOT / "fixtures" / source.parent.name
        for file in sorted(p for p in folder.glob(f"{source.stem}.*") if p.is_file()):
            share = common(wanted, read_words(file)) / len(wanted)
            name = f"{folder.name}/{file.name}"
            rows.append({"file": name, "words": len(wanted), "in_order": round(share, 5)})
    return rows


def guidance_figures(path: Path) -> dict[str, object]:
    """Which of the numbered paragraphs start a block, each after the one before, and which stand under no heading."""
    from wtaudit import read_document
    from wtaudit.model import BlockKind

    aside = (BlockKind.FURNITURE, BlockKind.CONTENTS, BlockKind.FOOTNOTE)
    blocks = [b for b in read_document(path, kind="arrangements").blocks if b.kind not in aside]
    missing, unheaded, place = [], [], 0
    for number in range(1, PARAGRAPHS + 1):
        start = re.compile(rf"{number}\. ?(?=\D)")
        found = next((n for n in range(place, len(blocks)) if start.match(blocks[n].text)), None)
        if found is None:
            missing.append(number)
            continue
        place = found + 1
        if not blocks[found].headings:
            unheaded.append(number)
    return {
        "file": path.name, "paragraphs": PARAGRAPHS, "found_in_order": PARAGRAPHS - len(missing),
        "missing": missing, "without_heading": unheaded,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("guidance", nargs="?", type=Path)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    rows = fixture_figures()
    guidance = guidance_figures(args.guidance) if args.guidance else None
    if args.json:
        print(json.dumps({"fixtures": rows, "guidance": guidance}, indent=2))
        return
    for row in rows:
        print(f"{row['file']:32} {row['words']:>6} words {row['in_order']:.2%} in order")
    if guidance:
        print(
            f"{guidance['file']}: {guidance['found_in_order']} of {PARAGRAPHS} paragraphs found in order; "
            f"missing {guidance['missing'] or 'none'}; without a heading {guidance['without_heading'] or 'none'}"
        )


if __name__ == "__main__":
    main()
