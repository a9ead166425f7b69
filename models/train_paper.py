"""Teach the paper's networks, on the honest folds and on the split that leaks: ``python -m models.train_paper --help``.

The paper's way: every lead is a picture of its own with the report's class, cross-entropy, Adam, no augmentation; a
report's probabilities are the mean of its leads'. Reduced precision (bfloat16) halves the time where it is at hand.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from models.classes import CLASSES
from models.data import FOLDS, Prepared, cache_folder, folds_of, headline, leaking_split, prepared
from models.networks import build

BATCH = 64
RATE = 1e-3
LEADS_N = 13


def as_input(pictures: np.ndarray) -> np.ndarray:
    """Return lead images as the networks take them: (n, 150, 150, 3), float32 in [0, 1], three equal channels."""
    return np.repeat((pictures.astype(np.float32) / 255)[..., None], 3, axis=-1)


def taught_on(name: str, known: Prepared, reports: np.ndarray, test: np.ndarray, epochs: int, seed: int) -> np.ndarray:
    """Teach a network on reports, as often as each is named, and return its probabilities of the test's leads.

    Returns
    -------
    ndarray, shape (reports of the test, 13, 4)
    """
    import keras

    keras.utils.set_random_seed(seed)
    network = build(name)
    network.compile(keras.optimizers.Adam(RATE), "sparse_categorical_crossentropy", metrics=["accuracy"])
    labels = known.table["label"].to_numpy()
    leads = np.stack([np.repeat(reports, LEADS_N), np.tile(np.arange(LEADS_N), len(reports))])
    for epoch in range(epochs):
        order = np.random.default_rng((seed, epoch)).permutation(leads.shape[1])
        totals = []
        for start in range(0, len(order), BATCH):
            report, lead = leads[:, order[start : start + BATCH]]
            totals.append(network.train_on_batch(as_input(known.pictures[report, lead]), labels[report])[0])
            if start // BATCH % 20 == 0:
                recent = np.mean(totals[-20:])
                print(f"epoch {epoch + 1} of {epochs}, {start} of {len(order)} leads, loss {recent:.4f}", flush=True)
            network.reset_metrics()
    said = [network.predict_on_batch(as_input(known.pictures[report])) for report in test]
    return np.stack(said).astype(np.float32)


def main() -> None:
    """Teach one of the paper's networks, on folds or on the leaking split."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True, choices=("paper_cnn", "paper_cnn_lstm"))
    parser.add_argument("--folds", type=int, nargs="*", default=list(range(FOLDS)))
    parser.add_argument("--leaking", action="store_true", help="the random split of the collection's files instead")
    parser.add_argument("--epochs", type=int, default=15)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--bfloat16", action="store_true")
    parser.add_argument("--cache", type=Path, default=cache_folder())
    given = parser.parse_args()
    if given.bfloat16:
        import keras

        keras.mixed_precision.set_global_policy("mixed_bfloat16")
    known = prepared(given.cache)
    wanted = np.flatnonzero(headline(known.table))
    if given.leaking:
        own, test = leaking_split(known.table["copies_n"].to_numpy()[wanted], given.seed)
        splits = {"leaking": (wanted[own], wanted[test])}
    else:
        folds = folds_of(known.table)[wanted]
        splits = {f"fold{fold}": (wanted[folds != fold], wanted[folds == fold]) for fold in given.folds}
    for split, (own, test) in splits.items():
        leads = taught_on(given.model, known, own, test, given.epochs, given.seed)
        np.savez(given.cache / f"{given.model}_{split}.npz", places=test, leads=leads, seen=np.isin(test, own))
        labels = known.table["label"].to_numpy()[test]
        right = leads.mean(axis=1).argmax(axis=1) == labels
        print(f"{given.model} {split}: {right.mean():.3f} of {len(test)} right over {len(CLASSES)} classes", flush=True)


if __name__ == "__main__":
    main()
