"""What the Markdown and plain-text readers make of headings, lists, tables and notes."""

from __future__ import annotations

from wtaudit.model import Block, BlockKind
from wtaudit.reading.markdown import read_markdown
from wtaudit.reading.plain_text import read_plain_text


def blocks(text: str) -> tuple[Block, ...]:
    return read_markdown(text).blocks


def test_heading_path_and_levels() -> None:
    found = blocks("# A\n\n## B\n\ntext\n\n### C\n\nmore\n\n## D\n\nend")
    paths = {b.text: b.headings for b in found}
    assert paths["text"] == ("A", "B")
    assert paths["more"] == ("A", "B", "C")
    assert paths["end"] == ("A", "D")
    assert [b.heading_level for b in found if b.kind is BlockKind.HEADING] == [1, 2, 3, 2]


def test_lead_in_reaches_every_item_and_nested_items() -> None:
    found = blocks("The partners will:\n\n- meet\n  - monthly;\n  - by video;\n- report\n")
    items = [b for b in found if b.kind is BlockKind.LIST_ITEM]
    assert [(b.text, b.list_level, b.lead_in) for b in items] == [
        ("meet", 1, "The partners will:"),
        ("monthly;", 2, "The partners will: meet"),
        ("by video;", 2, "The partners will: meet"),
        ("report", 1, "The partners will:"),
    ]


def test_long_closed_paragraph_is_no_lead_in() -> None:
    sentence = " ".join(["word"] * 40) + "."
    assert blocks(f"{sentence}\n\n- item")[-1].lead_in == ""


def test_heading_between_paragraph_and_list_ends_the_lead_in() -> None:
    assert blocks("They will:\n\n## Next\n\n- item")[-1].lead_in == ""


def test_ordered_list_has_no_number_in_its_text() -> None:
    assert [b.text for b in blocks("1. one\n2. two")] == ["one", "two"]


def test_table_cells_know_row_and_column() -> None:
    found = blocks("Who pays:\n\n| Partner | Share |\n|---|---|\n| Council | £10 |\n| Police | £5 |\n")
    cell = next(b for b in found if b.text == "£5")
    assert cell.kind is BlockKind.CELL
    assert cell.lead_in == "Who pays:"
    assert cell.cell is not None
    assert (cell.cell.row, cell.cell.column) == (2, 1)
    assert (cell.cell.row_header, cell.cell.column_header) == ("Police", "Share")
    header = next(b for b in found if b.text == "Share")
    assert header.cell is not None
    assert header.cell.is_header


def test_table_with_empty_header_row_has_row_headers() -> None:
    found = blocks("| | |\n|---|---|\n| Adopted by | The Council |\n| Review | May 2026 |")
    cell = next(b.cell for b in found if b.text == "May 2026")
    assert cell is not None
    assert (cell.row_header, cell.column_header) == ("Review", "")


def test_level_columns_are_not_row_headers() -> None:
    found = blocks("| Level 1 | Level 2 | Level 3 |\n|---|---|---|\n| Happy | Sad | Hurt |")
    cell = next(b.cell for b in found if b.text == "Sad")
    assert cell is not None
    assert (cell.row_header, cell.column_header) == ("", "Level 2")


def test_contents_list_is_not_text() -> None:
    found = blocks("## Contents\n\n1. Foreword\n2. Funding\n\n## Funding\n\nText.")
    assert [b.kind for b in found[:3]] == [
        BlockKind.HEADING,
        BlockKind.CONTENTS,
        BlockKind.CONTENTS,
    ]
    assert found[-1].kind is BlockKind.PARAGRAPH


def test_prose_under_a_contents_heading_is_kept() -> None:
    prose = "The partners agree each year how the arrangements will be funded and who pays what."
    assert blocks(f"## Contents\n\n{prose}")[-1].kind is BlockKind.PARAGRAPH


def test_links_into_the_page_are_contents() -> None:
    found = blocks("- [One](#one)\n- [Two](#two)\n")
    assert {b.kind for b in found} == {BlockKind.CONTENTS}


def test_footnote_has_the_place_of_its_mark() -> None:
    found = blocks("# A\n\nFirst. They decide.[^1] More.\n\n# B\n\n[^1]: All three\n    together.\n")
    note = found[-1]
    assert note.kind is BlockKind.FOOTNOTE
    assert (note.text, note.headings, note.lead_in) == (
        "All three together.",
        ("A",),
        "They decide.",
    )
    assert found[1].text == "First. They decide. More."


def test_numbered_clause_stays_a_paragraph_with_its_number() -> None:
    found = blocks("## 3\n\n3.1.1 The Chair is elected.")
    assert (found[-1].kind, found[-1].text) == (BlockKind.PARAGRAPH, "3.1.1 The Chair is elected.")


def test_bold_lines_are_headings_only_without_real_ones() -> None:
    assert blocks("**Funding**\n\nText")[0].kind is BlockKind.HEADING
    assert blocks("# A\n\n**Funding**\n\nText")[1].kind is BlockKind.PARAGRAPH


def test_bold_labels_on_following_lines_are_apart() -> None:
    found = blocks("# A\n\n**Members:** the DSPs.\n**Quorum:** all three.")
    assert [b.text for b in found[1:]] == ["Members: the DSPs.", "Quorum: all three."]


def test_html_inside_markdown_is_read() -> None:
    found = blocks("# A\n\n<table><tr><th>Who</th><th>Pays</th></tr><tr><td>ICB</td><td>£1</td></tr></table>")
    assert [b.text for b in found] == ["A", "Who", "Pays", "ICB", "£1"]
    assert found[-1].headings == ("A",)


def test_front_matter_gives_the_title() -> None:
    reading = read_markdown("---\ntitle: Our arrangements\n---\nText")
    assert reading.title == "Our arrangements"
    assert [b.text for b in reading.blocks] == ["Text"]


def test_plain_text() -> None:
    found = read_plain_text("FUNDING\n=======\n\nThe partners\nwill:\n\n- pay\n- agree\n\nThe end.").blocks
    assert [(b.kind, b.text, b.lead_in) for b in found] == [
        (BlockKind.HEADING, "FUNDING", ""),
        (BlockKind.PARAGRAPH, "The partners will:", ""),
        (BlockKind.LIST_ITEM, "pay", "The partners will:"),
        (BlockKind.LIST_ITEM, "agree", "The partners will:"),
        (BlockKind.PARAGRAPH, "The end.", ""),
    ]
