"""`--baseline`, `--fail-on-regression` and `--write-baseline`: the part of an audit that looks back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wtaudit.cli.output import write_file
from wtaudit.errors import UsageError
from wtaudit.model import Report, Status

if TYPE_CHECKING:
    from wtaudit.changes import Comparison
    from wtaudit.decisions.baseline import Baseline

BaselineOption = Annotated[
    Path | None,
    typer.Option("--baseline", metavar="FILE", help="Say what got better or worse since this baseline."),
]
RegressionOption = Annotated[
    bool,
    typer.Option(
        "--fail-on-regression/--no-fail-on-regression",
        help="Exit with 1 only for what got worse since the baseline, instead of --fail-on.",
    ),
]
WriteBaselineOption = Annotated[
    Path | None,
    typer.Option(
        "--write-baseline", metavar="FILE", help="Write what the documents evidence now as a baseline."
    ),
]


@dataclass(frozen=True, slots=True)
class Ratchet:
    """The baseline that an audit is held against, or the file that the next ones will be held against."""

    path: Path | None = None
    baseline: Baseline | None = None
    to_write: Path | None = None

    def turn(self, audited: Report, selected: Report) -> Comparison | None:
        """Compare the findings that are reported with the baseline, or write a new one of all findings.

        `audited` holds the findings on every requirement. Raises BaselineError, and UsageError for a path that cannot
        be written.
        """
        from wtaudit.decisions.baseline import baseline_text, check_baseline, compare_with_baseline

        if self.to_write is not None:
            write_file(self.to_write, baseline_text(audited))
        if self.path is None or self.baseline is None:
            return None
        check_baseline(self.baseline, self.path, audited)
        return compare_with_baseline(self.baseline, selected)


def ratchet(baseline: Path | None, fail_on_regression: bool, to_write: Path | None) -> Ratchet:
    """What the settings ask for, with the baseline read before any document is; raises BaselineError and UsageError."""
    if to_write is not None:
        return Ratchet(to_write=to_write)
    if baseline is None:
        if fail_on_regression:
            raise UsageError("--fail-on-regression needs a baseline: name it with --baseline FILE")
        return Ratchet()
    from wtaudit.decisions.baseline import load_baseline

    return Ratchet(baseline, load_baseline(baseline))


def regression_lines(comparison: Comparison) -> list[str]:
    """The comparison for stderr: one line in all, then one for each thing that fails."""
    from wtaudit.reporting.comparing import TITLES, comparison_sentence, details, standing_words

    lines = [f"against the baseline: {comparison_sentence(comparison)}"]
    for change in (*comparison.regressions, *comparison.no_longer_judged):
        told = f"{TITLES[change.outcome].lower().removesuffix('s')}: {change.requirement_id} {change.title}"
        lines.append(f"{told} ({standing_words(change)}). {details(change)[0]}")
    unheld = sum(c.is_gap and c.before in (None, Status.UNKNOWN) for c in comparison.changes)
    if unheld:
        what = "gap is of a requirement" if unheld == 1 else "gaps are of requirements"
        lines.append(
            f"{unheld} {what} that the baseline does not hold, or that could not be judged then; "
            "they do not fail until you write it again"
        )
    return lines
