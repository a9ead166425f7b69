"""Train the article's networks, on folds by report or on a split that leaks: ``python -m models.train_paper --help``.

As in the article: every lead is a picture of its own with the report's class, cross-entropy, Adam, no augmentation, at
most 20 epochs. One in eight training reports is the validation set of ModelCheckpoint and EarlyStopping. A report's
probabilities are the mean over its leads. ``--everything`` trains the network that ships: no fold is held out.
``--bfloat16`` halves the time where the hardware has it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from models.classes import CLASSES
from models.data import FOLDS, Prepared, cache_folder, folds_of, headline, inner_split, leaking_split, prepared
from models.networks import PAPER_NETWORKS, build
from models.training import fit_epochs

if TYPE_CHECKING:
    import keras

BATCH = 64
RATE = 1e-3
# Epochs without a lower validation loss before training stops.
PATIENCE = 5
LEADS_N = 13


def as_input(pictures: np.ndarray) -> np.ndarray:
    """Return lead images as the networks take them: (n, 150, 150, 3), float32 in [0, 1], three equal channels."""
    return np.repeat((pictures.astype(np.float32) / 255)[..., None], 3, axis=-1)


def train(
    name: str,
    known: Prepared,
    reports: np.ndarray,
    epochs: int,
    seed: int,
    folder: Path,
    validation: np.ndarray | None = None,
) -> tuple[keras.Model, dict[str, list[float]]]:
    """Train a network on the leads of reports, and return it with its history.

    Parameters
    ----------
    reports : ndarray of int
        Places of the training reports; one that is given twice counts twice.
    validation : ndarray of int, optional
        Places of the reports by which the best epoch is chosen; by default the last epoch counts.
    """
    import keras

    keras.utils.set_random_seed(seed)
    network = build(name)
    network.compile(keras.optimizers.Adam(RATE), "sparse_categorical_crossentropy", metrics=["accuracy"])
    labels = known.table["label"].to_numpy()
    leads = np.stack([np.repeat(reports, LEADS_N), np.tile(np.arange(LEADS_N), len(reports))])

    def batches() -> Iterator[tuple[np.ndarray, np.ndarray]]:
        for epoch in count():
            order = np.random.default_rng((seed, epoch)).permutation(leads.shape[1])
            for start in range(0, len(order), BATCH):
                report, lead = leads[:, order[start : start + BATCH]]
                yield as_input(known.pictures[report, lead]), labels[report]

    checked = None
    if validation is not None:
        pictures = known.pictures[validation].reshape(-1, *known.pictures.shape[2:])
        checked = as_input(pictures), np.repeat(labels[validation], LEADS_N)
    steps = -(-leads.shape[1] // BATCH)
    history = fit_epochs(network, batches(), epochs, steps, folder, checked, PATIENCE, BATCH)
    (folder / "history.json").write_text(json.dumps(history, indent=1) + "\n", encoding="utf-8")
    return network, history


def lead_probabilities(network: keras.Model, known: Prepared, reports: np.ndarray) -> np.ndarray:
    """Return the probabilities of each lead of some reports, shape (reports, 13, 4), float32."""
    found = [network.predict_on_batch(as_input(known.pictures[report])) for report in reports]
    return np.stack(found).astype(np.float32)


def paper_folder(name: str, cache: Path) -> Path:
    """Return the folder of the network trained on everything; its history is in it."""
    return cache / f"{name}_everything"


def main() -> None:
    """Train one of the article's networks, on folds or on the leaking split."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True, choices=PAPER_NETWORKS)
    parser.add_argument("--folds", type=int, nargs="*", default=list(range(FOLDS)), help="by default all five")
    parser.add_argument("--leaking", action="store_true", help="train on a random split of the collection's files")
    parser.add_argument("--everything", action="store_true", help="hold no fold out, and keep the network")
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--bfloat16", action="store_true", help="use mixed precision")
    parser.add_argument("--cache", type=Path, default=cache_folder(), help="holds the reports, receives the outputs")
    given = parser.parse_args()
    if given.bfloat16:
        import keras

        keras.mixed_precision.set_global_policy("mixed_bfloat16")
    known = prepared(given.cache)
    wanted = np.flatnonzero(headline(known.table))
    if given.everything:
        own, validation = inner_split(known.table, wanted, given.seed)
        folder = paper_folder(given.model, given.cache)
        network, _ = train(given.model, known, own, given.epochs, given.seed, folder, validation)
        network.save(folder / "network.keras")
        return
    if given.leaking:
        own, test = leaking_split(known.table["copies_n"].to_numpy()[wanted], given.seed)
        splits = {"leaking": (wanted[own], wanted[test])}
    else:
        folds = folds_of(known.table)[wanted]
        splits = {f"fold{fold}": (wanted[folds != fold], wanted[folds == fold]) for fold in given.folds}
    for split, (own, test) in splits.items():
        folder = given.cache / f"{given.model}_{split}"
        # The leaking split has no validation set: its point is what publications do.
        training, chosen_by = own, None
        if not given.leaking:
            training, chosen_by = inner_split(known.table, own, given.seed)
        network, _ = train(given.model, known, training, given.epochs, given.seed, folder, chosen_by)
        leads = lead_probabilities(network, known, test)
        np.savez(folder.with_suffix(".npz"), places=test, leads=leads, seen=np.isin(test, own))
        correct = leads.mean(axis=1).argmax(axis=1) == known.table["label"].to_numpy()[test]
        accuracy = f"accuracy {correct.mean():.3f} on {len(test)} test reports over {len(CLASSES)} classes"
        print(f"{given.model} {split}: {accuracy}", flush=True)


if __name__ == "__main__":
    main()
