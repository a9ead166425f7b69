"""The results of the beat networks as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from ecgviz.beat_lab.explanations import SHORT_NAMES
from models.beats import (
    BEAT_NET,
    BEAT_NETWORKS,
    CONTEXT_NET,
    MACRO_F1_CLASSES,
    NO_AUGMENTATION,
    PROTOCOLS,
    SIX_CLASSES,
    TRACE_KIND,
    is_published,
)

# Never "CNN" or "CNN-LSTM" alone, which are the networks of the page Models.
NAMES = {
    "beat_cnn_64": "Beat CNN 64",
    "beat_cnn_wide": "Wide beat CNN",
    "beat_deep_cnn": "Deep beat CNN",
    "beat_shallow_cnn": "Shallow beat CNN",
    "beat_cnn_lstm": "Beat CNN-LSTM",
    "beat_cnn_gru_attention": "Beat CNN-GRU",
    "beat_vgg16": "VGG16",
    "beat_vgg_distilled": "VGG16, distilled",
    "beat_vgg_slim": "Slim VGG",
    BEAT_NET: "BeatNet (ours)",
    CONTEXT_NET: "BeatContext (ours)",
}
PICTURE_ONLY = f"{BEAT_NET} without rhythm"
# The rows of the results: every network, and ours once more without the rhythm.
ROW_NAMES = NAMES | {PICTURE_ONLY: "BeatNet, picture only"}
PROTOCOL_NAMES = {
    "published split": "Published split",
    "deduplicated": "Copies removed",
    "patient halves": "Patient halves",
    "random split": "Random split",
    "inter-patient": "Inter-patient split",
}
FIGURES = {"accuracy": "Accuracy", "macro_f1": "Macro-F1"}
NOT_TRAINED = "not trained"

Results = dict[str, Any]


def metrics_of(results: Results, row: str, protocol: str) -> dict[str, Any] | None:
    """Return the metrics of one of `ROW_NAMES` under a protocol; None where there are none."""
    run = _published_run(results, row, protocol)
    found: dict[str, Any] | None = None if run is None else run[_metrics_key(row)][protocol]
    return found


def training_words(results: Results, row: str, protocol: str) -> str:
    """Return on how many beats one of `ROW_NAMES` was trained for a protocol, and for how many epochs."""
    run = _published_run(results, row, protocol)
    assert run is not None, "only published runs are shown"
    epochs = " and ".join(str(len(history["loss"])) for history in run["histories"])
    halves = " in two halves, each tested on the other," if len(run["histories"]) > 1 else ""
    towers = sorted({len(tower["loss"]) for history in run["histories"] for tower in history.get("towers", [])})
    # The fewest and the most, or one number where all are equal.
    parts = f" (head) and {' to '.join(map(str, towers[:: len(towers) - 1 or 1]))} (towers)" if towers else ""
    before = sorted({len(history["convolutions"]["loss"]) for history in run["histories"] if "convolutions" in history})
    # Those of VGG16 are trained on their own, and frozen under a head.
    parts += f" (head) over convolutions trained for {' to '.join(map(str, before))}" if before else ""
    return f"Trained on {run['train_n']:,} beats{halves} for {epochs} epochs{parts}."


def overview(results: Results, figure: str) -> pd.DataFrame:
    """Return one row for each of `ROW_NAMES`: the reported figure, the figure under each protocol, and the size."""
    rows = []
    for row, shown in ROW_NAMES.items():
        network = _network_of(row)
        size = results["sizes"][network]
        rows.append(
            {
                "Network": shown,
                "In the code": network,
                "Reported": BEAT_NETWORKS[network].reported if network in BEAT_NETWORKS else "",
                **{
                    name: with_interval(metrics_of(results, row, protocol), figure)
                    for protocol, name in PROTOCOL_NAMES.items()
                },
                "Parameters": size["parameters"],
                "MB": size["megabytes"],
                "ms per beat": size["milliseconds"],
            }
        )
    return pd.DataFrame(rows)


def scores(results: Results, figure: str, protocols: list[str]) -> pd.DataFrame:
    """Return one row for each of `ROW_NAMES` and protocol: ``network, protocol, value, low, high, n``."""
    rows = [
        {"network": shown, "protocol": PROTOCOL_NAMES[protocol], **metrics[figure], "n": metrics["n"]}
        for row, shown in ROW_NAMES.items()
        for protocol in protocols
        if (metrics := metrics_of(results, row, protocol)) is not None
    ]
    return pd.DataFrame(rows, columns=["network", "protocol", "value", "low", "high", "n"])


def by_class(metrics: dict[str, Any]) -> pd.DataFrame:
    """Return one row a class: its number of beats, and its figures against the rest."""
    return pd.DataFrame(
        [
            {
                "Class": name,
                "Beats": own["n"],
                "Sensitivity": own["recall"],
                "Specificity": own["specificity"],
                "Precision": own["precision"],
                "F1": own["f1"],
                "AUROC": own["auroc"],
            }
            for name, own in metrics["classes"].items()
        ]
    )


def confusion(metrics: dict[str, Any]) -> pd.DataFrame:
    """Return one row a cell: ``truth, prediction, beats, row_share``."""
    classes = short_names(metrics["classes"])
    return pd.DataFrame(
        [
            {"truth": truth, "prediction": predicted, "beats": count, "row_share": count / max(sum(row), 1)}
            for truth, row in zip(classes, metrics["confusion"], strict=True)
            for predicted, count in zip(classes, row, strict=True)
        ]
    )


def short_names(classes: Iterable[str]) -> list[str]:
    """Return classes as the columns of a chart name them.

    Examples
    --------
    >>> short_names(["Normal", "Premature ventricular"])
    ['Normal', 'PVC']
    """
    return [SHORT_NAMES.get(name, name) for name in classes]


def kinds(results: Results, figure: str) -> pd.DataFrame:
    """Return one row a network and kind of picture, inter-patient: ``network, kind, value, low, high, n``."""
    return _compared(results, figure, "kind", lambda run: bool(run["augmentation"] == NO_AUGMENTATION))


def augmentations(results: Results, figure: str) -> pd.DataFrame:
    """Return one row a network and augmentation, inter-patient: ``network, augmentation, value, low, high, n``."""
    return _compared(results, figure, "augmentation", lambda run: bool(run["kind"] == TRACE_KIND))


def trials(search: dict[str, dict[str, Any]]) -> pd.DataFrame:
    """Return one row a trial of the search: macro-F1 and accuracy with their intervals, and F1 of each class."""
    rows = [
        {"Trial": name, **{shown: with_interval(own, figure) for figure, shown in FIGURES.items()}}
        | {f"F1 {label}": f1 for label, f1 in own["f1"].items()}
        for name, own in search.items()
    ]
    return pd.DataFrame(rows)


def held_out_records(results: Results) -> dict[str, Any] | None:
    """Return the metrics of our network on beats in context on DS1, each record predicted without it; None without."""
    run = _published_run(results, CONTEXT_NET, "inter-patient")
    found: dict[str, Any] | None = None if run is None else run["held_out_records"]
    return found


def averaged_classes(protocol: str) -> str:
    """Return the classes that a protocol's macro-F1 averages over, in words.

    Examples
    --------
    >>> averaged_classes("inter-patient")
    'F, N, S, V'
    """
    return ", ".join(MACRO_F1_CLASSES if PROTOCOLS[protocol].startswith("five") else SIX_CLASSES)


def six_class_table(results: Results) -> pd.DataFrame:
    """Return one row for each of the six classes: its pictures, their copies, and whose beats they show."""
    return pd.DataFrame(
        [
            {
                "Class": name,
                "Train": own["train"],
                "Test": own["test"],
                "Test pictures also in train": own["test_copies"],
                "Distinct": own["distinct"],
                "Annotated as": ", ".join(f"{symbol} {count:,}" for symbol, count in own["symbols"].items()),
                "Records": ", ".join(f"{record} ({count:,})" for record, count in own["records"].items()),
            }
            for name, own in results["six_classes"].items()
        ]
    )


def with_interval(metrics: dict[str, Any] | None, figure: str) -> str:
    """Return a figure with its 95% interval in words; that it was not trained where there are no metrics."""
    if metrics is None:
        return NOT_TRAINED
    own = metrics[figure]
    return f"{own['value']:.3f} ({own['low']:.3f} to {own['high']:.3f})"


def _compared(results: Results, figure: str, field: str, is_compared: Callable[[dict[str, Any]], bool]) -> pd.DataFrame:
    rows = [
        {"network": NAMES[run["network"]], field: run[field], **own[figure], "n": own["n"]}
        for run in results["runs"]
        if is_compared(run) and (own := run["by_protocol"].get("inter-patient"))
    ]
    table = pd.DataFrame(rows, columns=["network", field, "value", "low", "high", "n"])
    # Networks trained in one way only are not compared.
    return table[table.groupby("network")[field].transform("nunique") > 1]


def _network_of(row: str) -> str:
    return BEAT_NET if row == PICTURE_ONLY else row


def _metrics_key(row: str) -> str:
    return "by_protocol_without_rhythm" if row == PICTURE_ONLY else "by_protocol"


def _published_run(results: Results, row: str, protocol: str) -> dict[str, Any] | None:
    for run in results["runs"]:
        if run["network"] == _network_of(row) and is_published(run) and protocol in run.get(_metrics_key(row), {}):
            found: dict[str, Any] = run
            return found
    return None
