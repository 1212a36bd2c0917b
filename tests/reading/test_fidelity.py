"""The fixtures' words come back in the right order, whatever the format."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_words_of_the_fixtures_come_back_in_order() -> None:
    run = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "fidelity.py"), "--json"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    rows = json.loads(run.stdout)["fixtures"]
    assert len(rows) == 9
    assert [row for row in rows if row["in_order"] < 0.995] == []
