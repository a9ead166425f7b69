"""Train a network on the four classes, one member per fold: ``python -m models.train --model cnn``.

Starts from the weights of `models.pretrain` and the reports of `models.prepare`. A fold's member is trained on the
other four folds; one in eight of their reports is the validation set for early stopping. `models.publish` reads the
members from the cache: all five together are the network that ships.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from models.classes import CLASSES
from models.data import FOLDS, Prepared, cache_folder, folds_of, headline, inner_split, prepared, training_rows
from models.networks import TRACE_NETWORKS, build
from models.pretrain import pretrained_file
from models.training import Batch, FitConfig, augmented, fit, mixed
from preprocessing.lead_id import LEADS

FIT = FitConfig(epochs=14, steps=25, rate=1e-3, patience=5)
BATCH = 32
# Label smoothing, and the parameter of mixup: shares from Beta(MIX, MIX).
SMOOTHING, MIX = 0.05, 0.2
# A report is drawn by its class's size to this power: halfway between the classes' sizes and equal classes.
BALANCE = -0.5
# Other layouts are drawn half as often as the headline's.
OTHER_LAYOUTS = 0.5
# Weight of the leads' own loss beside the report's.
LEADS_WEIGHT = 0.3


def targets_of(classes: np.ndarray) -> dict[str, np.ndarray]:
    """Return the targets of a report and of each of its leads, from shares of the classes, shape (n, 4)."""
    by_lead = np.repeat(classes[:, None], len(LEADS) + 1, axis=1)
    return {"report": classes.astype(np.float32), "leads": by_lead.astype(np.float32)}


def sampling_probabilities(labels: np.ndarray, among: np.ndarray, own_layout: np.ndarray) -> np.ndarray:
    """Return the probability of drawing each of the training reports; they sum to 1."""
    sizes = np.bincount(labels[among], minlength=len(CLASSES)).astype(float)
    weight = sizes[labels[among]] ** BALANCE
    # First balanced among the classes, then weighted by layout.
    weight = weight / weight.sum() * np.where(own_layout[among], 1.0, OTHER_LAYOUTS)
    return np.asarray(weight / weight.sum())


def train_fold(
    name: str, known: Prepared, folds: np.ndarray, fold: int, seed: int, cache: Path, config: FitConfig = FIT
) -> dict[str, np.ndarray]:
    """Train one fold's member, save it to the cache, and return its outputs on the fold's reports.

    Returns
    -------
    dict
        ``report``, ``leads`` and ``features`` as the network gives them; the first two are logits.
    """
    import keras

    keras.utils.set_random_seed(1000 * seed + fold)
    labels = known.table["label"].to_numpy()
    among = np.flatnonzero(training_rows(known.table) & (folds != fold))
    own, validation = inner_split(known.table, among, 1000 * seed + fold)
    sampled_with = sampling_probabilities(labels, own, headline(known.table))
    classes = np.eye(len(CLASSES), dtype=np.float32)[labels]

    def draw(rng: np.random.Generator) -> Batch:
        at = rng.choice(own, BATCH, p=sampled_with)
        rows, shares = mixed(augmented(known.rows[at], rng), classes[at], MIX, rng)
        return rows, targets_of(shares)

    network = build(name)
    network.load_weights(pretrained_file(name, cache))
    loss = keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=SMOOTHING)
    fit(
        network,
        {"report": loss, "leads": loss},
        {"report": 1.0, "leads": LEADS_WEIGHT},
        draw,
        (known.rows[validation], targets_of(classes[validation])),
        config,
        seed,
        member_file(name, fold, cache).parent,
    )
    network.save(member_file(name, fold, cache))
    outputs: dict[str, np.ndarray] = network.predict(known.rows[folds == fold], verbose=0)
    return outputs


def member_file(name: str, fold: int, cache: Path) -> Path:
    """Return the file of one fold's trained member; its history and outputs are beside it."""
    return cache / f"{name}_fold{fold}" / "member.keras"


def main() -> None:
    """Train the members of the folds given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True, choices=TRACE_NETWORKS)
    parser.add_argument("--folds", type=int, nargs="+", default=list(range(FOLDS)), help="by default all five")
    parser.add_argument("--seed", type=int, default=0, help="of the batches and the validation set")
    parser.add_argument("--cache", type=Path, default=cache_folder(), help="holds the reports and receives the members")
    given = parser.parse_args()
    known = prepared(given.cache)
    folds = folds_of(known.table)
    for fold in given.folds:
        outputs = train_fold(given.model, known, folds, fold, given.seed, given.cache)
        file = member_file(given.model, fold, given.cache).with_name("out_of_fold.npz")
        np.savez(file, allow_pickle=False, places=np.flatnonzero(folds == fold), **outputs)
        correct = outputs["report"].argmax(axis=1) == known.table["label"].to_numpy()[folds == fold]
        accuracy = correct[headline(known.table)[folds == fold]].mean()
        print(f"fold {fold}: accuracy {accuracy:.3f} on the headline's held-out reports")


if __name__ == "__main__":
    main()
