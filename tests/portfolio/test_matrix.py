from __future__ import annotations

import csv
import html
import io
import json
import re

import pytest

from wtaudit.model import ChecklistIdentity, Level, Status
from wtaudit.portfolio.formats import MatrixFormat, render_matrix
from wtaudit.portfolio.matrix import Asked, Matrix, Row, failed_row, wilson
from wtaudit.reporting import Layout

M, P, X, C, U = Status.MET, Status.PARTIAL, Status.MISSING, Status.CONTRADICTED, Status.UNKNOWN
ASKED = (
    Asked("GOV-01", "Partners named", "governance", "Governance", Level.CORE),
    Asked("GOV-02", "Area stated", "governance", "Governance", Level.SUPPORT),
    Asked("SEND-01", "Short breaks", "send", "SEND", Level.DERIVED),
)
HOSTILE = "=cmd|'/C calc'!A0 <script>alert(1)</script> \x1b[31m\u202e"


def row(name: str, *statuses: Status, confidence: float = 0.9, **more: object) -> Row:
    return Row(name, name.lower()[:5], statuses, (confidence,) * len(statuses), 1, 1, **more)  # type: ignore[arg-type]


def matrix(*rows: Row, notes: tuple[str, ...] = ()) -> Matrix:
    identity = ChecklistIdentity("wt2023", "2026.11", "b" * 64, "Working Together 2023")
    return Matrix(identity, "0.1.0", ASKED, rows, notes)


SOME = matrix(
    row("Ashby", M, X, U, confidence=0.8), row("Borton", P, X, U, confidence=0.6), row("Corby", M, C, U),
    failed_row("Derby", "derby", 3, "the audit broke\n down", 2), notes=("loose.md: not audited",),
)  # fmt: skip


@pytest.mark.parametrize(
    ("hits", "trials", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (1, 1, 0.2065, 1.0), (0, 0, 0.0, 1.0)],
)  # fmt: skip
def test_wilson_interval_agrees_with_published_figures(
    hits: int, trials: int, low: float, high: float
) -> None:
    assert wilson(hits, trials) == pytest.approx((low, high), abs=1e-4)


def test_unknown_is_counted_apart_and_never_a_gap() -> None:
    gap = SOME.gap(1)
    assert (gap.partnerships, gap.missing, gap.contradicted, gap.judged, gap.unknown) == (3, 2, 1, 3, 1)
    assert gap.share == 1.0
    assert gap.confidence == pytest.approx((0.8 + 0.6 + 0.9) / 3)
    nothing = SOME.gap(2)
    assert (nothing.partnerships, nothing.judged, nothing.unknown) == (0, 0, 4)


def test_the_commonest_gap_is_the_one_proven_on_most() -> None:
    rows = [row(f"P{n}", X if n < 19 else M, X if n == 0 else U, M) for n in range(20)]
    assert [g.requirement.id for g in matrix(*rows).commonest()] == [
        "GOV-01",
        "GOV-02",
    ]  # 19 of 20 before 1 of 1


def test_narrowing_keeps_statuses_with_their_requirements() -> None:
    narrowed = SOME.narrowed([Level.CORE, Level.SUPPORT], ["governance"])
    assert [r.id for r in narrowed.requirements] == ["GOV-01", "GOV-02"]
    assert narrowed.rows[1].statuses == (P, X)
    assert SOME.narrowed([Level.DERIVED], []).rows[0].statuses == (U,)


def test_json_holds_every_cell_and_the_counts() -> None:
    made = json.loads(render_matrix(SOME, MatrixFormat.JSON))
    assert [p["name"] for p in made["partnerships"]] == ["Ashby", "Borton", "Corby", "Derby"]
    assert made["partnerships"][3] | {"summary": 0} == {
        "name": "Derby", "result": None, "failure": "the audit broke down", "summary": 0,
        "documents": {"given": 2, "read": 0, "troubles": []},
    }  # fmt: skip
    asked = made["requirements"][0]
    assert asked["statuses"] == ["met", "partial", "met", "unknown"]
    assert asked["gaps"]["share"] == 0.3333
    assert (made["requirements"][2]["gaps"]["share"], made["requirements"][2]["gaps"]["mean_confidence"]) == (
        None,
        None,
    )
    assert made["commonest_gaps"] == ["GOV-02", "GOV-01"]
    assert made["notes"] == ["loose.md: not audited"]


def test_csv_has_a_column_for_each_partnership_and_no_formula() -> None:
    made = render_matrix(matrix(row(HOSTILE, M, X, P)), MatrixFormat.CSV)
    head, *lines = list(csv.reader(io.StringIO(made.removeprefix("\ufeff"))))
    assert head[-1].startswith("'=cmd")
    assert [line[0] for line in lines] == ["GOV-01", "GOV-02", "SEND-01"]
    assert [line[-1] for line in lines] == ["Met", "Missing", "Partial"]


def test_the_table_marks_every_cell_without_colour() -> None:
    made = render_matrix(SOME, MatrixFormat.TABLE, Layout(80))
    assert re.search(r"GOV-01 +Partners named +\+/\+\?", made)
    assert re.search(r"GOV-02 +Area stated +xx!\?", made)
    assert "Not judged: the audit broke down" in " ".join(made.split())
    assert "Note: loose.md" in made
    assert "\033" not in made
    assert "\033[31mx" in render_matrix(SOME, MatrixFormat.TABLE, Layout(80, color=True))


@pytest.mark.parametrize("width", [72, 80, 160])
@pytest.mark.parametrize("count", [1, 7, 150])
def test_the_table_fits_its_width_and_shows_every_partnership(width: int, count: int) -> None:
    long = "A partnership with a very long name for so small an area"
    rows = [row(f"{long} {n}", X, M, U, troubles=(f"{long}.pdf: broken",)) for n in range(count)]
    made = render_matrix(matrix(*rows), MatrixFormat.TABLE, Layout(width))
    assert max(map(len, made.splitlines())) <= width
    signs = "".join(re.findall(r"GOV-01 +Partners named +([x ]+)$", made, re.MULTILINE)).replace(" ", "")
    assert signs == "x" * count


@pytest.mark.parametrize("format_", MatrixFormat)
def test_hostile_names_do_nothing_and_bytes_stay_the_same(format_: MatrixFormat) -> None:
    hostile = matrix(
        row(HOSTILE, M, X, C, troubles=(HOSTILE,)), failed_row(HOSTILE, "x", 3, HOSTILE, 1), notes=(HOSTILE,)
    )
    made = render_matrix(hostile, format_)
    assert made == render_matrix(hostile, format_)
    assert "\x1b" not in made
    assert ("\u202e" in made) == (format_ is MatrixFormat.JSON)
    if format_ is MatrixFormat.HTML:
        assert "<script" not in made


def test_no_partnership_at_all_can_be_written() -> None:
    for format_ in MatrixFormat:
        assert render_matrix(matrix(), format_)


def test_html_has_table_semantics_and_a_strict_policy() -> None:
    made = html.unescape(render_matrix(SOME, MatrixFormat.HTML))
    assert "default-src 'none'; style-src 'sha256-" in made
    assert "script-src" not in made
    assert made.count('scope="rowgroup"') == 2
    assert made.count('class="cell ') == len(ASKED) * len(SOME.rows)
    assert '<td class="cell contradicted"><span>Contradicted</span></td>' in made
    assert made.count("<th ") == made.count("scope=")
