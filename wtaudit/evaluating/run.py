"""Judge labelled cases with the tool and with the baselines, and lay the figures side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby

from tabulate import tabulate

from wtaudit.auditor import Auditor
from wtaudit.evaluating.baselines import keyword_only, nearest_example
from wtaudit.evaluating.cases import Case
from wtaudit.evaluating.metrics import Figures, Verdict, calibration, figures

TOOL = "wtaudit"
HEAD = ["", "cases", "P", "R", "F1", "F2", "met P", "accuracy", "macro-F1"]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Cases with the verdicts of every method, in the order of the cases."""

    cases: Sequence[Case]
    verdicts: Mapping[str, Sequence[Verdict]]

    def figures(self, method: str = TOOL) -> Figures:
        """The figures of one method over all cases."""
        return figures(self.verdicts[method])

    def by(self, key: Callable[[Case], str]) -> dict[str, Figures]:
        """The tool's figures per group of cases, groups in alphabetical order."""
        groups: dict[str, list[Verdict]] = defaultdict(list)
        for case, verdict in zip(self.cases, self.verdicts[TOOL], strict=True):
            groups[key(case)].append(verdict)
        return {name: figures(groups[name]) for name in sorted(groups)}

    def to_dict(self) -> dict[str, object]:
        """All figures as plain data, rounded to four places."""
        return {
            "methods": {method: _rounded(self.figures(method)) for method in self.verdicts},
            "by_requirement": {n: _rounded(f) for n, f in self.by(lambda c: c.requirement).items()},
            "by_trap": {n: _rounded(f) for n, f in self.by(lambda c: c.trap or "none").items()},
            "calibration": [[round(x, 4) for x in row] for row in calibration(self.verdicts[TOOL])],
            "wrong": [
                {"case": c.name, "requirement": c.requirement, "expected": v.expected, "got": v.got}
                for c, v in zip(self.cases, self.verdicts[TOOL], strict=True)
                if v.expected is not v.got
            ],
        }


def evaluate(auditor: Auditor, cases: Sequence[Case]) -> Evaluation:
    """Judge every case with the tool and with the baselines."""
    methods = {
        "keywords only": keyword_only(auditor.checklist),
        "nearest example": nearest_example(auditor.checklist, auditor.precedents),
    }
    verdicts: dict[str, list[Verdict]] = {TOOL: [], **{name: [] for name in methods}}
    for _, group in groupby(cases, key=lambda case: id(case.document)):
        batch = list(group)
        for case, finding, (analysis, passages) in auditor.judge_cases(batch):
            verdicts[TOOL].append(Verdict(case.expected, finding.status, finding.confidence))
            for name, judge in methods.items():
                verdicts[name].append(Verdict(case.expected, judge(case, analysis, passages)))
    return Evaluation(cases, verdicts)


def _rounded(result: Figures) -> dict[str, float]:
    return {name: round(value, 4) for name, value in asdict(result).items()}


def tables(evaluation: Evaluation, themes: Mapping[str, str], by: str = "theme") -> Iterator[str]:
    """The figures as text tables: methods side by side, groups, traps, calibration."""
    methods = [_row(name, evaluation.figures(name)) for name in evaluation.verdicts]
    yield tabulate(methods, ["method", *HEAD[1:]], disable_numparse=True)
    key: Callable[[Case], str] = (
        (lambda c: c.requirement) if by == "requirement" else (lambda c: themes[c.requirement])
    )
    yield tabulate(
        [_row(n, f) for n, f in evaluation.by(key).items()], [by, *HEAD[1:]], disable_numparse=True
    )
    traps = [
        [trap, result.cases, f"{result.recall:.3f}"]
        for trap, result in evaluation.by(lambda c: c.trap).items()
        if trap
    ]
    if traps:
        yield tabulate(traps, ["trap", "cases", "seen as a gap"], disable_numparse=True)
    rows = [
        [f"{low:.2f} to {high:.2f}", count, f"{mean:.3f}", f"{right:.3f}"]
        for low, high, count, mean, right in calibration(evaluation.verdicts[TOOL])
    ]
    yield tabulate(rows, ["confidence", "verdicts", "mean", "right"], disable_numparse=True)


def _row(name: str, result: Figures) -> list[object]:
    shown = (
        result.precision,
        result.recall,
        result.f1,
        result.f2,
        result.met_precision,
        result.accuracy,
        result.macro_f1,
    )
    return [name, result.cases, *(f"{value:.3f}" for value in shown)]
