"""Teach a network to tell the four classes, once for each fold: ``python -m models.train --model cnn``.

Starts from what `models.pretrain` left and from the reports that `models.prepare` read. Each fold's network sees
neither the fold's reports nor, while it is taught, one in eight of the rest, which only says when to stop. What the
five say of the reports that each has not seen goes to the cache for `models.publish`; the five together ship.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from models.classes import CLASSES
from models.data import FOLDS, Prepared, cache_folder, folds_of, headline, inner_split, prepared, training_rows
from models.networks import build
from models.pretrain import pretrained_file
from models.training import Batch, FitConfig, augmented, fit, mixed
from preprocessing.lead_id import LEADS

FIT = FitConfig(epochs=14, steps=25, rate=1e-3, patience=5)
BATCH = 32
# Labels are smoothed by so much, and reports blended by shares from Beta(MIX, MIX).
SMOOTHING, MIX = 0.05, 0.2
# A report is drawn by its class's size to this power: halfway between as they come and all classes alike.
BALANCE = -0.5
# Other layouts are drawn half as often as the headline's.
OTHER_LAYOUTS = 0.5
# What the leads' own scores count beside the report's.
LEADS_WEIGHT = 0.3


def targets_of(classes: np.ndarray) -> dict[str, np.ndarray]:
    """Return the targets of a report and of each of its leads, from shares of the classes, shape (n, 4)."""
    by_lead = np.repeat(classes[:, None], len(LEADS) + 1, axis=1)
    return {"report": classes.astype(np.float32), "leads": by_lead.astype(np.float32)}


def drawing_chances(labels: np.ndarray, among: np.ndarray, own_layout: np.ndarray) -> np.ndarray:
    """Return how likely each of the training reports is drawn; the chances sum to 1."""
    sizes = np.bincount(labels[among], minlength=len(CLASSES)).astype(float)
    chance = sizes[labels[among]] ** BALANCE
    # First balanced among themselves, then weighed.
    chance = chance / chance.sum() * np.where(own_layout[among], 1.0, OTHER_LAYOUTS)
    return chance / chance.sum()


def teach_fold(
    name: str, known: Prepared, folds: np.ndarray, fold: int, seed: int, cache: Path
) -> dict[str, np.ndarray]:
    """Teach one fold's network, keep it, and return what it says of the fold's reports.

    Returns
    -------
    dict
        ``report``, ``leads`` and ``features`` as the network gives them.
    """
    import keras

    keras.utils.set_random_seed(1000 * seed + fold)
    labels = known.table["label"].to_numpy()
    own, watch = inner_split(
        known.table, np.flatnonzero(training_rows(known.table) & (folds != fold)), 1000 * seed + fold
    )
    chance = drawing_chances(labels, own, headline(known.table))
    classes = np.eye(len(CLASSES), dtype=np.float32)[labels]

    def draw(rng: np.random.Generator) -> Batch:
        at = rng.choice(own, BATCH, p=chance)
        rows, shares = mixed(augmented(known.rows[at], rng), classes[at], MIX, rng)
        return rows, targets_of(shares)

    network = build(name)
    network.load_weights(pretrained_file(name, cache))
    loss = keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=SMOOTHING)
    folder = cache / f"{name}_fold{fold}"
    fit(
        network,
        {"report": loss, "leads": loss},
        {"report": 1.0, "leads": LEADS_WEIGHT},
        draw,
        (known.rows[watch], targets_of(classes[watch])),
        FIT,
        seed,
        folder,
    )
    network.save(folder / "member.keras")
    return network.predict(known.rows[folds == fold], verbose=0)


def main() -> None:
    """Teach the folds that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True, choices=("cnn", "cnn_lstm"))
    parser.add_argument("--folds", type=int, nargs="+", default=list(range(FOLDS)))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--cache", type=Path, default=cache_folder())
    given = parser.parse_args()
    known = prepared(given.cache)
    folds = folds_of(known.table)
    for fold in given.folds:
        said = teach_fold(given.model, known, folds, fold, given.seed, given.cache)
        file = given.cache / f"{given.model}_fold{fold}" / "out_of_fold.npz"
        np.savez(file, allow_pickle=False, places=np.flatnonzero(folds == fold), **said)
        right = said["report"].argmax(axis=1) == known.table["label"].to_numpy()[folds == fold]
        print(f"fold {fold}: {right[headline(known.table)[folds == fold]].mean():.3f} of the headline's reports right")


if __name__ == "__main__":
    main()
