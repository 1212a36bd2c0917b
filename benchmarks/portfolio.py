"""Measures `wtaudit portfolio` on two cores against one process that audits the same partnerships one after the other.

    python benchmarks/portfolio.py [--partnerships 150] [--jobs 2] [--seed 1] [--folder DIR] [--json]

The partnerships are made from the fixtures' sources: other names, sections shuffled and dropped, each document as PDF, Word,
web page or Markdown; one of them is given a broken PDF on top, and must be the only one that differs. Reads nothing from
and writes nothing to the user's cache; both ways start with the same compiled checklist and no document read.

On a machine that does other work the ratio of times says little: the ratio of CPU times, times the jobs, is what
two idle cores would give, and is printed beside it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "fixtures"))

KINDS = ("arrangements", "threshold", "protocol")
AREAS = ("Ellerbrook", "Harrowmoor", "Oldcastle")
FIRST = (
    "Ash",
    "Birch",
    "Cold",
    "Dun",
    "East",
    "Fen",
    "Glen",
    "High",
    "Iver",
    "Kings",
    "Long",
    "Mill",
    "Nether",
    "Oak",
    "Penn",
)
LAST = (
    "borough",
    "by",
    "combe",
    "dale",
    "field",
    "ford",
    "ham",
    "ley",
    "mere",
    "stead",
    "ton",
    "wick",
    "worth",
)
DROPPED = 0.08
POISONED = "%PDF-1.7\n1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n2 0 obj <</Kids [2 0 R] /Count 9"


def make(folder: Path, count: int, seed: int) -> str:
    """Write the partnerships; gives the name of the poisoned one."""
    from make_docx import write_docx
    from make_html import write_html
    from make_pdf import write_pdf

    writers: dict[str, Callable[..., object]] = {
        "pdf": lambda source, path: write_pdf(source, path, columns=random.choice((1, 2))),
        "docx": write_docx,
        "html": write_html,
    }
    random.seed(seed)
    names = random.sample([a + b for a in FIRST for b in LAST], count)
    for number, name in enumerate(names):
        (folder / name).mkdir(parents=True)
        for kind in KINDS:
            _make_document(folder / name, kind, AREAS[number % len(AREAS)], name, writers)
    poisoned = names[count // 2]
    (folder / poisoned / "threshold-annex.pdf").write_text(POISONED, encoding="ascii")
    return poisoned


def _make_document(
    folder: Path, kind: str, area: str, name: str, writers: dict[str, Callable[..., object]]
) -> None:
    from source import load_source

    text = (ROOT / "fixtures" / "source" / area.lower() / f"{kind}.md").read_text(encoding="utf-8")
    text = text.replace(area, name).replace(area.lower(), name.lower())
    opening, *sections = text.split("\n## ")
    random.shuffle(sections)
    varied = "\n## ".join([opening, *(s for s in sections if random.random() > DROPPED)])
    format_ = random.choice((*writers, "md"))
    path = folder / f"{kind}.{format_}"
    if format_ == "md":
        path.write_text(varied.split("---\n", 2)[2], encoding="utf-8")
        return
    with tempfile.TemporaryDirectory() as scratch:
        (Path(scratch) / "source.md").write_text(varied, encoding="utf-8")
        writers[format_](load_source(Path(scratch) / "source.md"), path)


def one_process(folder: Path, results: Path) -> None:
    """The plain way: one auditor, one reading process, one partnership after the other."""
    from wtaudit.cli.inputs import document_cache, load_auditor
    from wtaudit.cli.inputs import shown_path as shown
    from wtaudit.model import ReadStatus
    from wtaudit.reading import find_documents, read_all
    from wtaudit.reporting import Format, render

    auditor = load_auditor("wt2023")
    cache = document_cache()
    results.mkdir()
    for member in sorted(folder.iterdir(), key=lambda p: p.name.lower()):
        read = read_all([(p, None) for p in find_documents([member])], workers=1, cache=cache)
        documents = [d for d in read if d.kind is not None or d.status is ReadStatus.UNREADABLE]
        report = auditor.audit(documents, member.name)
        made = render(report, Format.JSON)
        assert isinstance(made, str)
        for document in documents:
            made = made.replace(json.dumps(document.path), json.dumps(shown(document.path)))
        (results / f"{member.name.lower()}.json").write_text(made, encoding="utf-8")


def measured(command: list[str], cache: Path, jobs: int) -> dict[str, object]:
    """Seconds, CPU seconds and memory (MB, sampled) of a command and all its processes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    environment = _environment(cache)
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, cwd=cache.parent
    )
    samples: list[tuple[int, int, int]] = []
    output = cache.parent / "output.txt"
    with output.open("wb") as kept:
        assert process.stdout is not None
        os.set_blocking(process.stdout.fileno(), False)
        while process.poll() is None:
            kept.write(process.stdout.read() or b"")
            samples.append(_memory(process.pid))
            time.sleep(0.25)
    seconds = time.perf_counter() - started
    assert process.stderr is not None
    if process.returncode not in (0, 3):  # gaps never fail this run
        raise SystemExit(process.stderr.read().decode())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {
        "seconds": round(seconds, 1),
        "cpu_seconds": round(cpu, 1),
        "exit": process.returncode,
        **_thirds(samples),
    }


def _environment(cache: Path) -> dict[str, str]:
    """This checkout, whatever else is installed, and a cache of its own."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(cache), "CI": "1"}


def _memory(pid: int) -> tuple[int, int, int]:
    """MB held by a process, by the largest below it, and by all together."""
    held = {pid: _resident(pid)}
    open_ = [pid]
    while open_:
        parent = open_.pop()
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                children = [int(child) for child in task.read_text().split()]
            except OSError:
                continue
            held.update({child: _resident(child) for child in children})
            open_ += children
    below = [size for child, size in held.items() if child != pid]
    return held[pid], max(below, default=0), sum(held.values())


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize() // 2**20
    except (OSError, IndexError):
        return 0


def _thirds(samples: list[tuple[int, int, int]]) -> dict[str, object]:
    """The peaks of each third of the run: flat memory shows as three like figures."""
    size = max(1, len(samples) // 3)
    thirds = [samples[:size], samples[size : 2 * size], samples[2 * size :]]
    names = ("parent_mb", "largest_below_mb", "all_mb")
    return {name: [max((s[n] for s in third), default=0) for third in thirds] for n, name in enumerate(names)}


def compare(alone: Path, together: Path, poisoned: str) -> dict[str, object]:
    """Whether the results are the same bytes; the poisoned one is looked at by itself."""
    names = sorted(p.name for p in alone.glob("*.json"))
    differing = [
        n
        for n in names
        if not (together / n).exists() or (alone / n).read_bytes() != (together / n).read_bytes()
    ]
    result = json.loads((together / f"{poisoned.lower()}.json").read_text(encoding="utf-8"))
    unread = [d["path"].rpartition("/")[2] for d in result["documents"] if d["status"] == "unreadable"]
    incomplete = []
    for path in together.glob("*.json"):
        documents = json.loads(path.read_text(encoding="utf-8"))["documents"]
        if any(d["status"] != "read" for d in documents):
            incomplete.append(path.stem)
    return {"results": len(names), "differing": differing, "rows_with_trouble": incomplete, "unread": unread}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--partnerships", type=int, default=150)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="keep the partnerships and results here")
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--one-process", nargs=2, type=Path, metavar=("FOLDER", "RESULTS"), help=argparse.SUPPRESS
    )
    options = parser.parse_args()
    if options.one_process:
        one_process(*options.one_process)
        return
    work = options.folder or Path(tempfile.mkdtemp(prefix="wtaudit-portfolio-"))
    try:
        print(json.dumps(run(work, options), indent=2) if options.json else told(run(work, options), options))
    finally:
        if options.folder is None:
            shutil.rmtree(work)


def run(work: Path, options: argparse.Namespace) -> dict[str, dict[str, object]]:
    """All figures of one comparison."""
    work.mkdir(parents=True, exist_ok=True)
    poisoned = make(work / "areas", options.partnerships, options.seed)
    warm = work / "warm"
    code = "from wtaudit.cli.inputs import load_auditor; load_auditor('wt2023')"
    subprocess.run([sys.executable, "-c", code], check=True, env=_environment(warm))
    out: dict[str, dict[str, object]] = {
        "load": {"before": round(os.getloadavg()[0], 1), "cores": os.cpu_count()}
    }
    commands = {
        "alone": [sys.executable, str(Path(__file__).resolve()), "--one-process", "areas", "alone"],
        "together": [
            sys.executable, "-m", "wtaudit", "portfolio", "areas", "--results", "together",
            "--jobs", str(options.jobs), "--fail-on", "never",
        ],
    }  # fmt: skip
    for name, command in commands.items():
        shutil.copytree(warm, work / f"cache-{name}")
        out[name] = measured(command, work / f"cache-{name}", options.jobs)
    out["load"]["after"] = round(os.getloadavg()[0], 1)
    out["same"] = compare(work / "alone", work / "together", poisoned)
    return out


def told(out: dict[str, dict[str, object]], options: argparse.Namespace) -> str:
    """The figures as text."""
    alone, together, same = out["alone"], out["together"], out["same"]
    times = float(str(alone["seconds"])) / float(str(together["seconds"]))
    cpu = options.jobs * float(str(alone["cpu_seconds"])) / float(str(together["cpu_seconds"]))
    lines = [
        f"{options.partnerships} partnerships x {len(KINDS)} documents, load {out['load']['before']} before and "
        f"{out['load']['after']} after on {out['load']['cores']} cores",
        f"one process:     {alone['seconds']} s, {alone['cpu_seconds']} s of CPU",
        f"{options.jobs} jobs:          {together['seconds']} s, {together['cpu_seconds']} s of CPU, exit {together['exit']}",
        f"throughput:      {times:.2f} times one process; {cpu:.2f} by CPU time (target {0.85 * options.jobs:.2f} or more)",
        f"memory in MB, peak of each third of the run: parent {together['parent_mb']}, largest worker "
        f"{together['largest_below_mb']}, all {together['all_mb']} (one process: all {alone['all_mb']})",
        f"results the same byte for byte: {int(str(same['results'])) - len(list(same['differing']))} of {same['results']}"  # type: ignore[call-overload]
        f"; differing {same['differing']}",
        f"rows with trouble: {same['rows_with_trouble']} (unread: {same['unread']})",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
