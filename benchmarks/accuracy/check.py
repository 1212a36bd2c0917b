"""The project's own labelled cases against floors: `python benchmarks/accuracy/check.py [SET…]`.

Without a set all are judged, which takes some minutes; `--write` puts the table into the README.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tabulate import tabulate

from wtaudit.auditor import Auditor
from wtaudit.evaluating.cases import load_cases
from wtaudit.evaluating.metrics import Figures
from wtaudit.evaluating.run import TOOL, Evaluation, evaluate

HERE = Path(__file__).parent
README = HERE.parent.parent / "README.md"
START, END = "<!-- accuracy -->", "<!-- /accuracy -->"
SETS = {
    "bank of passages": [HERE / "bank"],
    "whole documents": [HERE / "documents"],
    "fixtures": [HERE.parent.parent / "fixtures" / "source"],
}
FLOORS = {
    "bank of passages": {"f1": 0.97, "met_precision": 0.97, "accuracy": 0.94},
    "whole documents": {"f1": 0.96, "met_precision": 0.97, "accuracy": 0.94},
    "fixtures": {"f1": 0.96, "met_precision": 0.97, "accuracy": 0.96},
}


def main() -> int:
    """Evaluate every set, compare with the floors and with the README."""
    auditor = Auditor()
    rows, short = [], []
    names = [a for a in sys.argv[1:] if not a.startswith("-")] or list(SETS)
    for name in names:
        paths = SETS[name]
        evaluation = evaluate(auditor, load_cases(paths, auditor.checklist))
        rows += _rows(name, evaluation)
        figures = evaluation.figures()
        short += [
            f"{name}: {metric} {getattr(figures, metric):.3f} < {floor}"
            for metric, floor in FLOORS[name].items()
            if getattr(figures, metric) < floor
        ]
    head = ["cases", "method", "n", "violations P", "R", "F1", "F2", "met P", "accuracy"]
    table = tabulate(rows, head, tablefmt="github", disable_numparse=True)
    print(table)
    if "--write" in sys.argv:
        before, rest = README.read_text(encoding="utf-8").split(START)
        README.write_text(f"{before}{START}\n{table}\n{END}{rest.split(END)[1]}", encoding="utf-8")
    if short:
        print("falls short: " + "; ".join(short))
    return 1 if short else 0


def _rows(name: str, evaluation: Evaluation) -> list[list[str]]:
    return [
        _row(name, method, evaluation.figures(method))
        for method in (TOOL, *[m for m in evaluation.verdicts if m != TOOL])
    ]


def _row(name: str, method: str, f: Figures) -> list[str]:
    shown = (f.precision, f.recall, f.f1, f.f2, f.met_precision, f.accuracy)
    return [name, method, str(f.cases), *(f"{value:.3f}" for value in shown)]


if __name__ == "__main__":
    sys.exit(main())
