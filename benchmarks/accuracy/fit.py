"""Fit the word lists and the shared logistic model from labelled text: `python benchmarks/accuracy/fit.py --out …`.

Word lists: per element, logistic regression on bags of words over the checklist's examples; passages about other requirements,
and passages of whole documents in which the element is labelled false, stand as background. Shared model: logistic regression
on `first_sight.jsonl`: what patterns and words said of passages and of six areas' whole documents when they were first
seen, before any pattern was written or widened from them, with the labels. Needs scikit-learn (extra `fit`). Prints the ablation.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from wtaudit.auditor import Auditor
from wtaudit.checklist.loading import load_checklist
from wtaudit.checklist.schema import Example
from wtaudit.judging.judge import Judge
from wtaudit.judging.precedents import evidences, example_bags
from wtaudit.judging.weights import FILE as WEIGHTS_FILE
from wtaudit.judging.witnesses import FEATURES, hear
from wtaudit.judging.word_weights import CONTRADICTED, Key, WordList, WordWeights
from wtaudit.matching.patterns import Plan
from wtaudit.matching.similarity import Rarity
from wtaudit.model import Document
from wtaudit.reading import read_document

HERE = Path(__file__).parent
FOLDS = 5
BACKGROUND = 500
KEPT = 150  # words kept per list
THRESHOLD = 0.53  # above even odds, because a false "met" is the worst error
SEED = 20231215


@dataclass
class Labelled:
    """A document with what is known of elements and of contradiction; `group` is held out together."""

    document: Document
    group: str
    elements: dict[Key, bool]
    contradicted: dict[str, bool]


def labels(example: Example, auditor: Auditor) -> tuple[dict[Key, bool], dict[str, bool]]:
    """What one example says of the elements of its requirement."""
    requirement = auditor.checklist.by_id[example.requirement]
    known = {(requirement.id, e.id): evidences(example, e.id, e.essential) for e in requirement.elements}
    told = {key: value for key, value in known.items() if value is not None}
    whole = {} if example.element else {requirement.id: example.expected == "contradicted"}
    return told, whole


def gold_document(path: Path) -> Labelled:
    """A whole document beside its gold file."""
    kind = path.name.split(".")[0]
    found = next(p for p in sorted(path.parent.iterdir()) if p.stem == kind)
    gold = yaml.safe_load(path.read_text(encoding="utf-8"))
    elements = {(rid, e): bool(v) for rid, g in gold.items() for e, v in g.get("elements", {}).items()}
    contrary = {rid: g["verdict"] in ("conflict", "contradicted") for rid, g in gold.items()}
    return Labelled(read_document(found, kind=kind), path.parent.name, elements, contrary)


def fit_list(matrix, positive: list[int], negative: list[int], background: list[int]):  # type: ignore[no-untyped-def]
    """One word list: positives weigh as much as look-alikes and background together."""
    rows = [*positive, *negative, *background]
    target = np.r_[np.ones(len(positive)), np.zeros(len(rows) - len(positive))]
    share = 0.6 if negative else 0.0
    weight = (
        np.r_[
            np.full(len(positive), 1 / len(positive)),
            np.full(len(negative), share / max(1, len(negative))),
            np.full(len(background), (1 - share) / max(1, len(background))),
        ]
        * len(rows)
        / 2
    )
    model = LogisticRegression(C=0.5, max_iter=100, solver="liblinear")
    model.fit(matrix[rows], target, sample_weight=weight)
    return model.coef_[0], float(model.intercept_[0])


class Fitter:
    """Examples and document passages as one matrix, with what each says of each list."""

    def __init__(self, auditor: Auditor, documents: list[Labelled]) -> None:
        self.auditor = auditor
        examples = auditor.checklist.examples
        bags = example_bags(examples, auditor._analyser.match)
        self.rarity = Rarity.of(bags)
        self.told: list[tuple[dict[Key, bool], dict[str, bool]]] = [labels(e, auditor) for e in examples]
        self.groups = [f"fold{n % FOLDS}" for n in range(len(examples))]
        self.requirement = [e.requirement for e in examples]
        for item in documents:
            analysis = auditor._analyser.analyse(item.document, 0)
            passages = auditor._judge.passages(analysis)
            denied = {key: False for key, value in item.elements.items() if not value}
            for bag in passages.bags:
                bags.append(bag)
                self.told.append((denied, {}))
                self.groups.append(item.group)
                self.requirement.append("")
        self.vectors = DictVectorizer(dtype=np.float32)
        self.matrix = self.vectors.fit_transform([self.rarity.scaled(b) for b in bags]).tocsr()
        self.names = self.vectors.get_feature_names_out()

    def lists(self, without: str | None = None) -> WordWeights:
        """All word lists, fitted without one fold or document group."""
        random = np.random.default_rng(SEED)
        rows = [n for n, g in enumerate(self.groups) if g != without]
        examples = [n for n in rows if self.requirement[n]]
        by_requirement = defaultdict(list)
        denied_in: dict[Key, list[int]] = defaultdict(list)
        for n in rows:
            if self.requirement[n]:
                by_requirement[self.requirement[n]].append(n)
            else:
                for key in self.told[n][0]:
                    denied_in[key].append(n)
        out: dict[Key, WordList] = {}
        for requirement in self.auditor.checklist.requirements:
            own = by_requirement[requirement.id]
            others = [n for n in examples if self.requirement[n] != requirement.id]
            keys = [(requirement.id, e.id) for e in requirement.elements]
            for key in [*keys, (requirement.id, CONTRADICTED)]:
                known = {n: self._says(n, key) for n in own}
                positive = [n for n, v in known.items() if v is True]
                negative = [n for n, v in known.items() if v is False]
                if len(positive) < 2:
                    continue
                background = list(random.choice(others, min(BACKGROUND, len(others)), replace=False))
                denied = denied_in[key]
                if denied:
                    background += list(random.choice(denied, min(BACKGROUND, len(denied)), replace=False))
                coefficients, bias = fit_list(self.matrix, positive, negative, background)
                top = np.argsort(-np.abs(coefficients))[:KEPT]
                out[key] = WordList(
                    bias, {str(self.names[i]): float(coefficients[i]) for i in top if coefficients[i]}
                )
        return WordWeights.of(self.rarity, out)

    def _says(self, row: int, key: Key) -> bool | None:
        if key[1] == CONTRADICTED:
            return self.told[row][1].get(key[0])
        return self.told[row][0].get(key)


def testimony(auditor: Auditor, words: WordWeights, cases: list[Labelled]):  # type: ignore[no-untyped-def]
    """Feature rows, labels and groups for elements."""
    judge = Judge(auditor.checklist, auditor._judge.weights, words)
    rows = []
    for item in cases:
        analysis = auditor._analyser.analyse(item.document, 0)
        passages = judge.passages(analysis)
        for key, value in item.elements.items():
            element = next(e for e in auditor.checklist.by_id[key[0]].elements if e.id == key[1])
            heard = hear(
                [Plan.of(p) for p in element.patterns], analysis.index, passages, words.columns.get(key)
            )
            rows.append((heard.features, value, item.group, key))
    return rows


def logistic(rows, columns=None, regular: float = 0.3):  # type: ignore[no-untyped-def]
    """The shared model on some features (all by default), as a function and as its weights."""
    features = np.array([r[0] for r in rows], dtype=float)
    target = np.array([r[1] for r in rows], dtype=int)
    kept = list(range(features.shape[1])) if columns is None else columns
    model = LogisticRegression(C=regular, max_iter=500).fit(features[:, kept], target)
    weights = np.zeros(features.shape[1])
    weights[kept] = model.coef_[0]
    return weights, float(model.intercept_[0])


def probabilities(rows, weights, bias):  # type: ignore[no-untyped-def]
    return 1 / (1 + np.exp(-(np.array([r[0] for r in rows]) @ weights + bias)))


def report(name: str, rows, chance) -> None:  # type: ignore[no-untyped-def]
    target = np.array([r[1] for r in rows], dtype=bool)
    said = chance >= 0.5
    hit = (said & target).sum()
    print(
        f"{name:<26} n={len(rows):<6} accuracy {(said == target).mean():.3f} precision {hit / max(1, said.sum()):.3f} "
        f"recall {hit / max(1, target.sum()):.3f}"
    )


def cross_validated(rows, columns=None):  # type: ignore[no-untyped-def]
    groups = sorted({r[2] for r in rows})
    chance = np.zeros(len(rows))
    for group in groups:
        inside = [n for n, r in enumerate(rows) if r[2] == group]
        outside = [r for r in rows if r[2] != group]
        weights, bias = logistic(outside, columns)
        chance[inside] = probabilities([rows[n] for n in inside], weights, bias)
    return chance


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--checklist", default="wt2023")
    parser.add_argument(
        "--background", nargs="*", type=Path, default=[], help="KIND.gold.yaml files, for word lists"
    )
    parser.add_argument("--out", type=Path, help="folder of the checklist to write the weights into")
    args = parser.parse_args()
    rows = first_sight(HERE / "first_sight.jsonl")
    print("elements, each group (passages of a theme, or an area) held out in turn")
    report("a pattern holds", rows, np.array([r[0][0] for r in rows]))
    alone = [n for n, f in enumerate(FEATURES) if "words" not in f]
    wordy = [n for n, f in enumerate(FEATURES) if f in ("best_words", "brevity")]
    for label, columns in (("patterns only", alone), ("examples' words only", wordy), ("both", None)):
        chance = cross_validated(rows, columns)
        for kind, passages in (("passages", True), ("whole documents", False)):
            inside = [n for n, r in enumerate(rows) if r[2].startswith("passages") is passages]
            report(f"{label}, {kind}", [rows[n] for n in inside], chance[inside])
    weights, bias = logistic(rows)
    fitted = {
        "element": {
            "bias": round(bias, 3), "weights": {f: round(float(w), 3) for f, w in zip(FEATURES, weights, strict=True)},
            "threshold": THRESHOLD,
        },
        "contradiction": {"bias": -3.4, "weights": {f: 5.6 * (f == "matched") for f in FEATURES}, "threshold": 0.5},
    }  # fmt: skip
    print(json.dumps(fitted["element"]))
    if args.out:
        auditor = Auditor(load_checklist(args.checklist))
        (args.out / WEIGHTS_FILE).write_text(json.dumps(fitted, indent=2) + "\n", encoding="utf-8")
        Fitter(auditor, [gold_document(path) for path in args.background]).lists().save(args.out)


def first_sight(path: Path):  # type: ignore[no-untyped-def]
    """Rows of `first_sight.jsonl`: what the witnesses said of passages on the day they were written, and the labels."""
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        if set(data["features"]) != set(FEATURES):
            raise SystemExit(f"{path}: recorded with other features than {', '.join(FEATURES)}")
        features = tuple(data["features"][name] for name in FEATURES)
        rows.append((features, data["label"], data["group"], (data["requirement"], data["element"])))
    return rows


if __name__ == "__main__":
    main()
