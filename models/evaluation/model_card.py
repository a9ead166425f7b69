"""The model card: the figures as Markdown tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from models.classes import CLASSES
from models.networks import ENSEMBLE

_NAMES = {
    ENSEMBLE: "**Combined**",
    "cnn": "**cnn**",
    "cnn_lstm": "**cnn_lstm**",
    "trace_cnn": "**trace_cnn**",
    "trace_cnn_lstm": "**trace_cnn_lstm**",
    "paper_cnn": "the article's CNN",
    "paper_cnn_lstm": "the article's CNN-LSTM",
    "simple_linear": "linear model of measurements and amplitudes",
    "heart_rate": "heart rate alone",
    "majority": "majority class",
}


def card_page(figures: dict[str, Any]) -> str:
    """Return the page in Markdown."""
    parts = [
        "# Model card\n",
        "Written by `python -m models.evaluate` from `models/evaluation/out_of_fold.npz`. Every report is held out:",
        "the network that scores it was trained neither on it nor on another report of its group. Intervals are 95 %",
        "bootstrap intervals over groups. Combined is the ensemble of all four networks of ours, `cnn` and `cnn_lstm`",
        "over pictures, `trace_cnn` and `trace_cnn_lstm` over traces, and of a linear head over the backbone of those",
        "over pictures: a weighted mean of log probabilities. Other folds choose weights, temperature and an offset",
        "for infarctions, which are predicted somewhat more often than their few training reports suggest.\n",
        _headline(figures["headline"]),
        _classes(figures["headline"]),
        _abstention(figures["abstention"]),
        _aggregation(figures["aggregation"]),
        _others(figures["other_reports"]),
        _distances(figures["distance"]),
        _other_pages(figures["out_of_distribution"]),
        _contradicted(figures["drawn_rhythms"], figures["contradicted"]),
        _leaking(figures["leaking"], figures["headline"]["paper_cnn"]),
        _LIMITS,
    ]
    return "\n".join(part for part in parts if part)


def _headline(headline: dict[str, Any]) -> str:
    keys = ("macro_f1", "balanced_accuracy", "accuracy", "brier", "ece")
    rows = [
        (shown, headline[name]["n"], *(_spread(headline[name][key]) for key in keys))
        for name, shown in _NAMES.items()
        if headline[name]["n"]
    ]
    return _part(
        "## Held-out reports: 3x4+1 pages of the curated collection",
        _table(("model", "n", "macro-F1", "balanced accuracy", "accuracy", "Brier", "calibration error"), rows),
        "The article's networks were trained for three of the five folds only, hence their smaller n. Those that ship\n"
        "were trained on all curated reports, so no report of the collection is held out from them.",
    )


def _classes(headline: dict[str, Any]) -> str:
    combined = headline[ENSEMBLE]
    keys = ("recall", "precision", "specificity", "f1", "auroc", "average_precision")
    rows = [(name, one["n"], *(f"{one[key]:.3f}" for key in keys)) for name, one in combined["by_class"].items()]
    return _part(
        "## By class, Combined",
        _table(("class", "n", "recall", "precision", "specificity", "F1", "AUROC", "average precision"), rows),
        "Confusion matrix, truth by row, prediction by column:",
        _table(("", *CLASSES), [(name, *row) for name, row in zip(CLASSES, combined["confusion"], strict=True)]),
    )


def _abstention(abstention: dict[str, Any]) -> str:
    rows = []
    for name, one in abstention.items():
        accuracy = one["selective_accuracy"]
        shown = "none" if accuracy is None else f"{accuracy:.3f}"
        rows.append((_NAMES[name], f"{one['threshold']:.3f}", f"{one['coverage']:.3f}", shown))
    return _part(
        "## Abstention",
        "A model abstains where its confidence is below its threshold. The threshold was set on these same reports:\n"
        "at most 5 % of the predictions above it are wrong.",
        _table(("model", "threshold", "coverage", "selective accuracy"), rows),
    )


def _aggregation(aggregation: dict[str, Any]) -> str:
    keys = ("macro_f1", "balanced_accuracy", "ece")
    rows = [
        (name, method, *(f"{one[key]:.3f}" for key in keys))
        for name, methods in aggregation.items()
        for method, one in methods.items()
    ]
    return _part(
        "## From leads to the report",
        "`joint` is the network's own head over all leads; the others aggregate the predictions of single leads.",
        _table(("network", "aggregation", "macro-F1", "balanced accuracy", "calibration error"), rows),
    )


def _others(others: dict[str, Any]) -> str:
    combined = {part: models[ENSEMBLE] for part, models in others.items() if models[ENSEMBLE]["n"]}
    rows = [(part, one["n"], _spread(one["macro_f1"]), _spread(one["accuracy"])) for part, one in combined.items()]
    return _part(
        "## Other reports, Combined",
        "No page in two columns is Normal, so their macro-F1 is over the classes that occur or were predicted. The\n"
        "rest of version 1 follows other labels than the curated part.",
        _table(("reports", "n", "macro-F1", "accuracy"), rows),
    )


def _distances(distances: dict[str, Any]) -> str:
    rows = [
        (name, kind, one["n"], f"{one['beyond_limit']:.3f}")
        for name, kinds in distances.items()
        for kind, one in kinds.items()
        if one["n"]
    ]
    return _part("## Out-of-distribution reports", _table(("network", "reports", "n", "beyond the limit"), rows))


def _other_pages(pages: dict[str, Any]) -> str:
    outcomes = ("refused", "out_of_distribution", "unsure", "predicted")
    rows = [(kind, one["n"], *(one.get(key, 0) for key in outcomes)) for kind, one in pages.items()]
    return _part(
        "What Combined does with other pages, and with drawn pages whose leads were replaced, counted by\n"
        "`python tests/benchmarks/out_of_distribution.py`, before the linear head was among its members. The networks\n"
        "over traces alone see replaced leads, and saw the photographs when they were counted:",
        _table(("pages", "n", "refused", "out of distribution", "not confident", "predicted"), rows),
    )


def _contradicted(rhythms: dict[str, Any], normal: dict[str, Any]) -> str:
    outcomes = ("refused", "not_applicable", "unsure", "predicted", "confidently_normal")
    rows = [(name, one["n"], *(one.get(key, 0) for key in outcomes)) for name, one in rhythms.items()]
    cost = [(name, one["n"], one["contradicted"], one["slow"]) for name, one in normal.items()]
    return _part(
        "## What contradicts Normal",
        "The figures above are of the networks alone. In the app a finding that is certain enough and never normal\n"
        "makes the verdict Normal unsure (`models/findings/CARD.md`), and so does a heart rate below 50 bpm. What\n"
        "Combined then does with simulated pages, scanned and photographed by turns, counted by\n"
        "`python tests/benchmarks/drawn_rhythms.py`; the last column is Normal with a confidence above 0.7:",
        _table(("drawn as", "n", "refused", "not applicable", "unsure", "predicted", "Normal above 0.7"), rows),
        "What that costs: normal pages whose verdict it makes unsure.",
        _table(("pages", "n", "unsure by a finding", "by the heart rate"), cost),
    )


def _leaking(leaking: dict[str, Any], honest: dict[str, Any]) -> str:
    if not leaking:
        return ""
    shown = {"all": "the leaking split", "with_copy": "of them, with a copy in the training set"}
    shown |= {"without_copy": "of them, without", "honest": "folds by report"}
    rows = []
    for part, one in {**leaking, "honest": honest}.items():
        if one["n"]:
            recall = one["by_class"]["Myocardial infarction"]["recall"]
            rows.append((shown[part], one["n"], _spread(one["macro_f1"]), _spread(one["accuracy"]), f"{recall:.3f}"))
    return _part(
        "## A leaking split",
        "The article's CNN, trained in the same way, on a random split of the collection's files, which puts copies\n"
        "of one report on both sides; and on folds by report.",
        _table(("test files", "n", "macro-F1", "accuracy", "recall of infarction"), rows),
    )


def _part(*paragraphs: str) -> str:
    """Separate paragraphs by empty lines."""
    return "\n\n".join(paragraphs) + "\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, *rows]
    written = ["|" + "".join(f" {cell}".rstrip() + " |" for cell in line) for line in lines]
    return "\n".join([written[0], "|---" * len(head) + "|", *written[1:]])


def _spread(one: dict[str, float]) -> str:
    return f"{one['value']:.3f} ({one['low']:.3f} to {one['high']:.3f})"


_LIMITS = """## Limits

One hospital, one recorder, few infarctions, labels from folders; no labelled collection of another hospital was at
hand for the four classes. The recorder's filter, 0.67 to 25 Hz on most pages, distorts ST segments. For research and
teaching only; not a medical device.

The commands do not give these weights again bit for bit: training runs on several threads, and reports are read anew
by a reader that has been improved since. The linear head and the figures do come out the same, from the cache and from
`out_of_fold.npz`.
"""
