"""Train a network over pictures, one member per fold: ``python -m models.train_pictures --model cnn``.

Starts each member from that of the same fold over traces, and trains on the features of `models.picture_features`: the
reports of the other folds, plain and augmented, and drawn pages of PTB-XL records and simulated rhythms. One in eight
reports is the validation set for early stopping; it is the member's over traces, which did not see it either.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from models.classes import CLASSES
from models.data import (
    FOLDS,
    StoredFeatures,
    cache_folder,
    data_folder,
    drawn_classes,
    folds_of,
    headline,
    inner_split,
    load_features,
    prepared_table,
    report_name,
    training_rows,
    with_features,
)
from models.networks import PICTURE_NETWORKS, build, members_of, start_from
from models.serving import load
from models.train import SMOOTHING, sampling_probabilities, targets_of
from models.training import FitConfig, fit

if TYPE_CHECKING:
    import keras

# Few steps and a low rate: the member over traces is already good, and reports are few.
FIT = FitConfig(epochs=6, steps=25, rate=3e-4, patience=3, warm_steps=20)
BATCH, DRAWN_OF_BATCH = 32, 8
MIX = 0.2
LEADS_WEIGHT = 0.3
# Standard deviations of the logarithm of the outline's gain, of reports and of leads; shares of leads and strips lost.
GAIN, LEAD_GAIN, LEAD_LOSS, STRIP_LOSS = 0.12, 0.05, 0.04, 0.1
TRACES = {"cnn": "trace_cnn", "cnn_lstm": "trace_cnn_lstm"}
Parts = dict[str, np.ndarray]


def varied(parts: Parts, rng: np.random.Generator) -> Parts:
    """Return features with another gain of the outline, and without some leads."""
    outline = parts["outline"].copy()
    reports, rows = outline.shape[:2]
    gain = np.exp(rng.normal(0, GAIN, (reports, 1, 1, 1)) + rng.normal(0, LEAD_GAIN, (reports, rows, 1, 1)))
    outline[..., [0, 2, 3]] *= gain.astype(np.float32)
    kept = rng.random((reports, rows)) > LEAD_LOSS
    kept[rng.random(reports) < STRIP_LOSS, 12:] = False
    changed = parts | {"outline": outline}
    return {name: part * kept.reshape(reports, rows, *[1] * (part.ndim - 2)) for name, part in changed.items()}


def blended(parts: Parts, shares: np.ndarray, rng: np.random.Generator) -> tuple[Parts, np.ndarray]:
    """Blend each report with another, and their classes: mixup."""
    share = rng.beta(MIX, MIX, len(shares)).astype(np.float32)
    other = rng.permutation(len(shares))

    def mixed(values: np.ndarray) -> np.ndarray:
        across = share.reshape(-1, *[1] * (values.ndim - 1))
        return np.asarray(across * values + (1 - across) * values[other])

    return {name: mixed(part) for name, part in parts.items()}, mixed(shares)


def train_fold(
    name: str,
    table: pd.DataFrame,
    reports: StoredFeatures,
    drawn: tuple[StoredFeatures, np.ndarray],
    fold: int,
    seed: int,
    folder: Path,
    start: keras.Model,
    config: FitConfig = FIT,
    network: keras.Model | None = None,
) -> keras.Model:
    """Train one fold's member and save it with its history.

    Parameters
    ----------
    table : DataFrame
        Every report; those without features have no row in `reports`.
    drawn : tuple
        Features of the drawn pages, and their classes.
    start : keras.Model
        The fold's member over traces.
    network : keras.Model, optional
        The member of another fold, to be trained anew: its graph is traced already.
    """
    import keras

    keras.utils.set_random_seed(1000 * seed + fold)
    folds, labels = folds_of(table), table["label"].to_numpy()
    known = np.flatnonzero(table["features"].to_numpy())
    place = np.full(len(table), -1)
    place[known] = np.arange(len(known))
    # The split of the members over traces, whatever the seed: their validation reports are held out here too.
    own, validation = inner_split(table, np.flatnonzero(training_rows(table) & (folds != fold)), fold)
    own, validation = own[place[own] >= 0], validation[place[validation] >= 0]
    chance = sampling_probabilities(labels, own, headline(table))
    classes = np.eye(len(CLASSES), dtype=np.float32)
    pages, drawn_labels = drawn
    drawn_chance = 1 / np.bincount(drawn_labels)[drawn_labels]
    drawn_chance = drawn_chance / drawn_chance.sum()

    def draw(rng: np.random.Generator) -> tuple[Parts, dict[str, np.ndarray]]:
        at = rng.choice(own, BATCH - DRAWN_OF_BATCH, p=chance)
        beside = rng.choice(len(drawn_labels), DRAWN_OF_BATCH, p=drawn_chance)
        first, second = reports.rows(reports.drawn_views(place[at], rng)), pages.rows(pages.drawn_views(beside, rng))
        both = {name: np.concatenate([part, second[name]]) for name, part in first.items()}
        mixed, shares = blended(varied(both, rng), classes[np.concatenate([labels[at], drawn_labels[beside]])], rng)
        return mixed, targets_of(shares)

    fresh = build(name)
    if network is None:
        network = fresh
    else:
        network.set_weights(fresh.get_weights())
    start_from(network, start)
    loss = keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=SMOOTHING)
    checked = reports.rows(reports.first[place[validation]]), targets_of(classes[labels[validation]])
    weights = {"report": 1.0, "leads": LEADS_WEIGHT}
    fit(network, {"report": loss, "leads": loss}, weights, draw, checked, config, seed, folder)
    network.save(folder / "member.keras")
    return network


def member_folder(name: str, fold: int, seed: int, cache: Path) -> Path:
    """Return the folder of one fold's member; its history is in it."""
    return cache / f"{name}_fold{fold}_seed{seed}"


def main() -> None:
    """Train the members of the folds given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True, choices=PICTURE_NETWORKS)
    parser.add_argument("--folds", type=int, nargs="+", default=list(range(FOLDS)), help="by default all five")
    parser.add_argument("--seed", type=int, default=0, help="of the batches and of what is new in the networks")
    parser.add_argument("--data", type=Path, default=data_folder(), help="holds the reports and signals/ptbxl.csv")
    parser.add_argument("--cache", type=Path, default=cache_folder(), help="holds the features, receives the members")
    given = parser.parse_args()
    table = prepared_table(given.cache)
    table = table.assign(features=with_features(table, given.cache) & training_rows(table))
    folds, labels = folds_of(table), table["label"].to_numpy()
    known = table["features"].to_numpy()
    reports = load_features([report_name(one) for one in table["sha256"][known]], given.cache)
    names, drawn_labels = drawn_classes(given.data, given.cache)
    drawn = load_features(names, given.cache), drawn_labels
    members = members_of(load(TRACES[given.model]).network)
    network = None
    for fold in given.folds:
        folder = member_folder(given.model, fold, given.seed, given.cache)
        network = train_fold(
            given.model, table, reports, drawn, fold, given.seed, folder, members[fold], network=network
        )
        held_out = np.flatnonzero(known & (folds == fold))
        places = reports.first[np.cumsum(known)[held_out] - 1]
        outputs = network.predict(reports.rows(places), verbose=0)
        np.savez(folder / "out_of_fold.npz", allow_pickle=False, places=held_out, **outputs)
        correct = outputs["report"].argmax(axis=1) == labels[held_out]
        accuracy = correct[headline(table)[held_out]].mean()
        print(f"fold {fold}: accuracy {accuracy:.3f} on the headline's held-out reports", flush=True)


if __name__ == "__main__":
    main()
