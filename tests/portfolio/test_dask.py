"""An existing Dask cluster: two worker processes on this machine, reached over loopback."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from portfolio_folders import partnership, small_checklist, work
from typer.testing import CliRunner

from wtaudit.cli.exits import ExitCode
from wtaudit.cli.main import app
from wtaudit.errors import UsageError, WtauditError
from wtaudit.portfolio.crews import DaskCrew
from wtaudit.portfolio.running import Runner

distributed = pytest.importorskip(
    "distributed", reason="the Dask extra is not installed: pip install 'wtaudit[dask]'"
)
pytestmark = pytest.mark.filterwarnings("default")  # what a cluster warns of is its own affair


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    os.environ["PYTHONPATH"] = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
    cluster: Any = distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, silence_logs=50
    )
    yield cluster.scheduler_address
    cluster.close()


def test_tasks_run_on_the_cluster_and_failures_cost_one_each(address: str) -> None:
    with DaskCrew(address) as crew:
        assert crew.width == 2
        outcomes = dict(Runner(crew, work).run(iter(["a", "raise", *map(str, range(20))])))
    assert outcomes["raise"].failure == "the audit failed on it (ValueError: no good)"
    workers = {outcome.result.rpartition(" ")[2] for outcome in outcomes.values() if outcome.result}
    assert len(workers) == 2
    assert str(os.getpid()) not in workers


def test_the_command_gives_the_same_as_this_machine(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("Ashby", "Borton", "Corby"):
        partnership(tmp_path / "areas", name, with_threshold=name == "Ashby")
    own = small_checklist(tmp_path / "own")
    out = {}
    for name, crew in (("cluster", ["--dask", address]), ("here", ["--jobs", "1"])):
        result = CliRunner().invoke(
            app, ["portfolio", "areas", "--checklist", own, "-f", "json", "--results", name, *crew]
        )
        assert result.exit_code == ExitCode.OK, result.output
        out[name] = json.loads(result.stdout)
    assert out["cluster"] == out["here"]
    for stem in ("ashby", "borton", "corby"):
        assert (tmp_path / "cluster" / f"{stem}.json").read_bytes() == (
            tmp_path / "here" / f"{stem}.json"
        ).read_bytes()


def test_nobody_at_the_address_is_one_plain_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wtaudit.portfolio.crews._ANSWER_SECONDS", 0.5)
    with (
        pytest.raises(UsageError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9"),
        DaskCrew("tcp://127.0.0.1:9"),
    ):
        pass


def test_without_dask_nothing_of_it_is_imported() -> None:
    import subprocess

    code = "import sys, wtaudit.cli.main, wtaudit.portfolio.auditing; sys.exit('distributed' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_cluster_that_goes_away_says_how_to_go_on() -> None:
    from distributed.comm import CommClosedError

    class Gone:
        def nthreads(self) -> dict[str, int]:
            raise CommClosedError("gone")

    crew = DaskCrew("tcp://127.0.0.1:9")
    crew._client = Gone()
    with pytest.raises(WtauditError, match="the same command goes on from here"):
        crew.width  # noqa: B018 - asking is the test
