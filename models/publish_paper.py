"""From the article's trained networks to the files that ship: ``python -m models.publish_paper``.

Takes the networks of ``python -m models.train_paper --everything``, stores their weights as 8-bit integers and half
precision, and checks that no probability moves by more than 0.01. Temperature and threshold are those of the held-out
predictions of the folds that were trained.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from models.classes import CLASSES
from models.data import Prepared, cache_folder, headline, inner_split, prepared
from models.evaluate import report_figures
from models.evaluation import load
from models.networks import FALSE_ALARMS, PAPER_NETWORKS, build, whitening_of
from models.scoring import abstention_threshold, cross_fitted, temperature_of
from models.serving import WEIGHTS_FOLDER, load_paper, stored_arrays
from models.train_paper import LEADS_N, as_input, paper_folder

if TYPE_CHECKING:
    import keras

DATA = (
    "the 330 curated 3x4+1 reports of the ECG Images dataset of Cardiac Patients (Mendeley Data gwbz3fsgp8), distinct "
    "images, every lead through the article's stages; one in eight reports is the validation set of EarlyStopping"
)
SPLIT = (
    "trained on all curated reports, none held out. The figures are of networks of the same form trained for 15 epochs "
    "on three of five folds by report, each on its held-out fold"
)
LIMITS = (
    "The article's network, the baseline for ours; it sees each lead alone and squeezed into a square.",
    "Trained on reports of one hospital from one recorder; infarctions are few.",
    "For research and teaching only.",
)
LARGEST_CHANGE = 0.01
CHECKED_N = 40


def features_of_reports(network: keras.Model, known: Prepared, reports: np.ndarray) -> np.ndarray:
    """Return the mean over the leads of what the last layer takes, shape (reports, 512)."""
    import keras

    body = keras.Model(network.input, network.layers[-2].output)
    return np.stack([body.predict_on_batch(as_input(known.pictures[one])).mean(axis=0) for one in reports])


def publish(name: str, known: Prepared, seed: int, cache: Path, folder: Path) -> float:
    """Write one network's file and card, and return by how much a probability moved at most."""
    import keras

    network = keras.saving.load_model(paper_folder(name, cache) / "network.keras", compile=False)
    # Trained in mixed precision perhaps; from here on everything is single precision.
    plain = build(name)
    plain.set_weights(network.get_weights())
    wanted = np.flatnonzero(headline(known.table))
    own, validation = inner_split(known.table, wanted, seed)
    whitening = whitening_of(features_of_reports(plain, known, own))
    distances = whitening.distance(features_of_reports(plain, known, validation))
    file = folder / f"{name}.npz"
    arrays = {"whitening_weights": whitening.weights, "whitening_bias": whitening.bias}
    np.savez_compressed(file, allow_pickle=False, **stored_arrays(plain), **arrays)
    outputs = load()
    leads = outputs.paper_leads[PAPER_NETWORKS.index(name)]
    tested = np.isfinite(leads).all(axis=(1, 2))
    held_out, labels = leads[tested].mean(axis=1), outputs.label[tested].astype(int)
    logits = np.log(np.maximum(held_out, 1e-7))
    card = {
        "name": name,
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "keras": keras.__version__,
        "data": DATA,
        "split": SPLIT,
        "seed": seed,
        "input": list(known.pictures.shape[1:]),
        "classes": list(CLASSES),
        "temperature": temperature_of(logits, labels),
        "abstain_below": abstention_threshold(labels, cross_fitted(logits, labels, outputs.fold[tested])),
        "distance_limit": float(np.quantile(distances, 1 - FALSE_ALARMS)),
        "figures": report_figures(labels, held_out, outputs.group[tested]),
        "limits": list(LIMITS),
        "history": json.loads((paper_folder(name, cache) / "history.json").read_text(encoding="utf-8")),
    }
    file.with_suffix(".json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    checked = wanted[:CHECKED_N]
    trained = plain.predict(as_input(known.pictures[checked].reshape(-1, *known.pictures.shape[2:])), verbose=0)
    shipped = np.exp(load_paper(name, folder)(known.pictures[checked]).lead_logits * card["temperature"])
    return float(np.abs(trained.reshape(-1, LEADS_N, len(CLASSES)) - shipped).max())


def main() -> None:
    """Write both networks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=cache_folder(), help="holds the reports and the networks")
    parser.add_argument("--seed", type=int, default=0, help="that the networks were trained with")
    given = parser.parse_args()
    known = prepared(given.cache)
    for name in PAPER_NETWORKS:
        moved = publish(name, known, given.seed, given.cache, WEIGHTS_FOLDER)
        print(f"{name}: probabilities moved by at most {moved:.4f}")
        if moved > LARGEST_CHANGE:
            raise SystemExit(f"{name} must not move by more than {LARGEST_CHANGE}")


if __name__ == "__main__":
    main()
