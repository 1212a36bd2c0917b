"""Measures a whole `wtaudit audit`, interpreter start included, against `pdftotext | grep` on the same PDFs, all in one run.

    python benchmarks/audit.py [FILE.pdf ...] [--rounds 3] [--json]

Without files it makes three PDFs of 60 pages from the pages of the fixtures. Figures are CPU seconds of the process and its
children, the least of the rounds: cold (no cache of documents and results; the checklist's compiled form is kept, as after the
first run of an installation), with the documents read before, and with the same question asked before. Judging alone is
measured in one process, the pipeline loaded: a document of 60 pages against every requirement, and a passage.
`--help` is laid beside that of an empty typer program.
"""

from __future__ import annotations

import argparse
import json
import os
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
PAGES = 60
TERMS = 100
PASSAGE = (
    "## Who may lead\n\nThe lead practitioner for a child in need is named by the team manager, who is a registered "
    "social worker, and may be a family support worker, a health visitor or a member of school staff."
)
EMPTY = """import typer

app = typer.Typer(rich_markup_mode=None)


@app.command()
def nothing() -> None:
    pass


app()
"""
KINDS = ("arrangements", "threshold", "protocol")


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of this process and of the children that ended meanwhile."""
    before = _used()
    work()
    return _used() - before


def _used() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def sixty_pages(folder: Path) -> list[Path]:
    """Three PDFs of 60 pages, each the pages of one fixture again and again."""
    import pypdfium2

    made = []
    for number, source in enumerate(sorted((ROOT / "fixtures").glob("*/*.pdf"))[:3]):
        whole = pypdfium2.PdfDocument.new()
        pages = pypdfium2.PdfDocument(source)
        while len(whole) < PAGES:
            whole.import_pages(pages, list(range(min(len(pages), PAGES - len(whole)))))
        made.append(folder / f"{KINDS[number]}.pdf")
        whole.save(made[-1])
    return made


def terms(folder: Path) -> Path:
    """A file of phrases for grep: the plain ones among the checklist's."""
    from wtaudit.checklist.loading import load_checklist

    phrases = (p for found in load_checklist().vocabulary.values() for p in found)
    plain = [p for p in phrases if p.replace(" ", "").isalpha() and len(p) > 6]
    path = folder / "terms.txt"
    path.write_text("\n".join(plain[:: max(1, len(plain) // TERMS)][:TERMS]), encoding="utf-8")
    return path


def searched(files: list[Path], terms_file: Path) -> None:
    """`pdftotext FILE - | grep -c -i -F -f TERMS`, file by file."""
    for file in files:
        text = subprocess.Popen(["pdftotext", str(file), "-"], stdout=subprocess.PIPE)
        subprocess.run(
            ["grep", "-c", "-i", "-F", "-f", str(terms_file)],
            stdin=text.stdout, stdout=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        text.wait()


def audited(files: list[Path], cache: Path) -> None:
    """`wtaudit audit` with its cache in one folder; gaps make it exit with 1."""
    declared = [part for kind, file in zip(KINDS, files, strict=False) for part in (f"--{kind}", str(file))]
    done = subprocess.run(
        [sys.executable, "-m", "wtaudit", "audit", *declared, "-q", "-f", "json", "-o", os.devnull],
        env=_environment(cache), check=False,
    )  # fmt: skip
    if done.returncode not in (0, 1):
        raise SystemExit(f"wtaudit audit exited with {done.returncode}")


def helped(program: list[str], cache: Path) -> None:
    """A program's `--help`."""
    subprocess.run([*program, "--help"], env=_environment(cache), stdout=subprocess.DEVNULL, check=True)


def _environment(cache: Path) -> dict[str, str]:
    """A user's: the code of an installed program is compiled, whatever this machine is set to."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    own = {"XDG_CACHE_HOME": cache, "PYTHONPATH": ROOT, "PYTHONPYCACHEPREFIX": cache / "code"}
    return kept | {name: str(path) for name, path in own.items()}


def forget(cache: Path, *kept: str) -> None:
    """Empty a cache but for some of its folders."""
    for folder in (cache / "wtaudit").glob("*"):
        if folder.name not in kept:
            shutil.rmtree(folder)


def judging(files: list[Path], folder: Path) -> dict[str, float]:
    """CPU seconds of judging alone, the pipeline loaded."""
    from wtaudit import Auditor, read_document

    auditor = Auditor()
    document = read_document(files[0], kind=KINDS[0])
    passage = folder / "passage.md"
    passage.write_text(PASSAGE, encoding="utf-8")
    short = read_document(passage, kind="protocol")
    auditor.audit([short])
    return {
        "judging 60 pages": min(cpu(lambda: auditor.audit([document])) for _ in range(3)),
        "judging a passage": min(cpu(lambda: auditor.audit([short])) for _ in range(20)),
    }


def measure(files: list[Path], rounds: int, folder: Path) -> dict[str, float]:
    """All figures in CPU seconds, the least of the rounds."""
    words, cache = terms(folder), folder / "cache"
    audited(files, cache)
    empty = folder / "empty.py"
    empty.write_text(EMPTY, encoding="utf-8")
    programs = {
        "an empty program, --help": [sys.executable, str(empty)],
        "wtaudit --help": [sys.executable, "-m", "wtaudit"],
    }
    figures: dict[str, list[float]] = {
        "pdftotext | grep": [], "audit, cold": [], "audit, documents kept": [], "audit, result kept": [],
        **{name: [] for name in programs},
    }  # fmt: skip
    for _ in range(rounds):
        figures["pdftotext | grep"].append(cpu(lambda: searched(files, words)))
        forget(cache, "checklists")
        figures["audit, cold"].append(cpu(lambda: audited(files, cache)))
        forget(cache, "checklists", "documents")
        figures["audit, documents kept"].append(cpu(lambda: audited(files, cache)))
        figures["audit, result kept"].append(cpu(lambda: audited(files, cache)))
        for name, program in programs.items():
            figures[name].append(cpu(lambda program=program: helped(program, cache)))
    return {name: min(times) for name, times in figures.items()} | judging(files, folder)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        figures = measure(args.files or sixty_pages(folder), args.rounds, folder)
    if args.json:
        print(json.dumps(figures, indent=2))
        return
    anchor = figures["pdftotext | grep"]
    for label, seconds in figures.items():
        print(f"{label:28} {seconds:8.3f} s CPU {seconds / anchor:7.1f} times pdftotext | grep")


if __name__ == "__main__":
    main()
