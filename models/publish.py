"""From trained members to the networks that ship: ``python -m models.publish``.

Gathers the outputs of the members over traces on their held-out folds, chooses temperatures and abstention thresholds
on these, saves each network's five members as one file, and writes its card. `models.publish_pictures` follows: it adds
the networks over pictures and the ensemble.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from models.classes import CLASSES
from models.data import FOLDS, Prepared, cache_folder, folds_of, headline, prepared, training_rows
from models.evaluate import Settings, figures_of, settings_of
from models.evaluation import FILE, OutOfFold, heart_rate_features, linear, save, simple_features
from models.networks import (
    OWN_NETWORKS,
    PAPER_NETWORKS,
    ROWS_SHAPE,
    TRACE_NETWORKS,
    member_ensemble,
    statistics,
    whitening_of,
    with_distance,
)
from models.serving import WEIGHTS_FOLDER
from models.train import member_file
from preprocessing.lead_id import LEADS

if TYPE_CHECKING:
    import keras

DATA = (
    "EDAN SE-3 reports of the ECG Images dataset of Cardiac Patients (Mendeley Data gwbz3fsgp8, version 1), distinct "
    "images; pre-trained on 1,532 records of PTB-XL with their diagnostic codes"
)
SPLIT = "five members, each trained on four of five folds by report; figures are of each member on its held-out fold"
LIMITS = (
    "Trained on reports of one hospital from one recorder, filtered at 0.67 to 25 Hz, which distorts ST segments.",
    "Labels are the hospital's folders, not a second reading; infarctions are few.",
    "Other recorders, layouts and photographs were not scored by class, only by their distance from the training set.",
    "For research and teaching only.",
)
HISTORIES = FILE.with_name("histories.json")


@dataclass(frozen=True)
class Origin:
    """What a card says of where a network comes from: its data, and the shape of one report."""

    data: str
    input_shape: tuple[int, ...]


TRACES = Origin(DATA, ROWS_SHAPE)


def distance_member(
    network: keras.Model, rows: np.ndarray | dict[str, np.ndarray], training: np.ndarray
) -> tuple[keras.Model, np.ndarray]:
    """Return a member that also outputs its distance, and the distance of every report, shape (n,).

    Parameters
    ----------
    network : keras.Model
    rows : ndarray, or dict of ndarray
        Every report, as the member takes it.
    training : ndarray of bool, shape (n,)
        The rows that the member was trained on.
    """
    import keras

    pooled = statistics(network)
    parts = keras.Model(network.input, {"maps": pooled, "features": network.output["features"]})
    values = parts.predict(rows, verbose=0)
    whitenings = {part: whitening_of(own[training]) for part, own in values.items()}
    distances = np.mean([whitenings[part].distance(own) for part, own in values.items()], axis=0)
    return with_distance(network, pooled, whitenings["maps"], whitenings["features"]), distances


def gather(known: Prepared, cache: Path) -> tuple[OutOfFold, dict[str, list[keras.Model]]]:
    """Collect the outputs of the models on their held-out folds, and the members over traces with their distances.

    `models.publish_pictures` adds the networks over pictures.
    """
    import keras

    table, n = known.table, len(known.table)
    folds, own = folds_of(table), training_rows(table)
    shape = len(OWN_NETWORKS), n
    reports, leads = np.full((*shape, len(CLASSES)), np.nan), np.full((*shape, len(LEADS) + 1, len(CLASSES)), np.nan)
    distances = np.full(shape, np.nan)
    members: dict[str, list[keras.Model]] = {name: [] for name in TRACE_NETWORKS}
    for name in TRACE_NETWORKS:
        at = OWN_NETWORKS.index(name)
        for fold in range(FOLDS):
            network = keras.saving.load_model(member_file(name, fold, cache), compile=False)
            member, every_distance = distance_member(network, known.rows, own & (folds != fold))
            held_out = folds == fold
            outputs = member.predict(known.rows[held_out], verbose=0)
            reports[at, held_out], leads[at, held_out] = outputs["report"], outputs["leads"]
            distances[at, held_out] = every_distance[held_out]
            members[name].append(member)
    wanted = headline(table)
    labels = table["label"].to_numpy()
    papers = np.full((2, n, len(LEADS) + 1, len(CLASSES)), np.nan)
    for at, name in enumerate(PAPER_NETWORKS):
        for file in sorted(cache.glob(f"{name}_fold*.npz")):
            with np.load(file) as held:
                papers[at, held["places"]] = held["leads"]
    baselines = np.full((2, n, len(CLASSES)), np.nan)
    for at, features in enumerate((heart_rate_features(table), simple_features(table, known.rows))):
        baselines[at, wanted] = linear(features[wanted], labels[wanted], folds[wanted], len(CLASSES))
    with np.load(cache / "paper_cnn_leaking.npz") as held:
        leaking = held["places"], held["seen"], held["leads"]
    gathered = OutOfFold(
        sha256=np.array([digits[:16] for digits in table["sha256"]]),
        group=np.unique(table["group"], return_inverse=True)[1].astype(np.int16),
        fold=folds.astype(np.int8),
        label=labels.astype(np.int8),
        in_v2=table["in_v2"].to_numpy(),
        layout=table["layout"].to_numpy().astype(str),
        report_logits=reports.astype(np.float32),
        lead_logits=halved(leads),
        linear_logits=np.full((n, len(CLASSES)), np.nan, np.float32),
        distances=distances.astype(np.float32),
        paper_leads=halved(papers),
        heart_rate=baselines[0].astype(np.float32),
        simple=baselines[1].astype(np.float32),
        leaking_place=leaking[0].astype(np.int16),
        leaking_seen=leaking[1],
        leaking_leads=halved(leaking[2]),
    )
    return gathered, members


def halved(values: np.ndarray) -> np.ndarray:
    """Round to half precision, which halves the file."""
    return values.astype(np.float16).astype(np.float32)


def write(
    name: str,
    members: list[keras.Model],
    settings: Settings,
    figures: dict[str, Any],
    seed: int,
    folder: Path,
    origin: Origin = TRACES,
) -> None:
    """Write a network's five members as one file, and its card beside it."""
    import keras

    file = folder / f"{name}.keras"
    member_ensemble(name, members).save(file)
    card = {
        "name": name,
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "keras": keras.__version__,
        "data": origin.data,
        "split": SPLIT,
        "seed": seed,
        "input": list(origin.input_shape),
        "classes": list(CLASSES),
        "temperature": settings.temperature[name],
        "abstain_below": settings.abstain_below[name],
        "distance_limit": settings.distance_limit[name],
        "figures": figures["headline"][name],
        "limits": list(LIMITS),
    }
    file.with_suffix(".json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Gather the outputs, choose the settings, and write networks, cards and histories."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=cache_folder(), help="holds the reports and the trained members")
    parser.add_argument("--seed", type=int, default=0, help="that the members were trained with, for the cards")
    parser.add_argument("--outputs-only", action="store_true", help="leave the weights and their cards as they are")
    given = parser.parse_args()
    outputs, members = gather(prepared(given.cache), given.cache)
    save(outputs)
    if given.outputs_only:
        return
    settings, figures = settings_of(outputs), figures_of(outputs)
    WEIGHTS_FOLDER.mkdir(exist_ok=True)
    for name in TRACE_NETWORKS:
        write(name, members[name], settings, figures, given.seed, WEIGHTS_FOLDER)
    histories = {
        name: [
            json.loads(member_file(name, fold, given.cache).with_name("history.json").read_text(encoding="utf-8"))
            for fold in range(FOLDS)
        ]
        for name in TRACE_NETWORKS
    }
    HISTORIES.write_text(json.dumps(histories) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
