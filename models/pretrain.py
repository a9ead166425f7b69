"""Pre-train a network on real signals with diagnostic codes (PTB-XL): ``python -m models.pretrain --model cnn``.

Uses no report, so one pre-trained network serves every fold. A quarter of an hour per network on two cores.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from models.data import LabelledSignals, cache_folder, data_folder, labelled_signals, printed
from models.networks import FEATURES, TRACE_NETWORKS, build
from models.scoring import auroc
from models.training import Batch, FitConfig, augmented, fit

if TYPE_CHECKING:
    import keras

FIT = FitConfig(epochs=16, steps=100, rate=2e-3, patience=5)
BATCH = 48
VALIDATION_N = 200
# The weight of a code in the loss is the inverse root of its frequency, at most this.
MOST_WEIGHT = 8.0


def pretrained_file(name: str, folder: Path) -> Path:
    """Return the file of a network's pre-trained weights; its heads are in it, untrained."""
    return folder / f"{name}_pretrained" / "body.weights.h5"


def with_codes(body: keras.Model, codes: int) -> keras.Model:
    """Add a head for diagnostic codes that shares a network's features."""
    import keras
    from keras import layers

    logits = layers.Dense(codes, name="codes")(layers.Dropout(0.3)(body.get_layer(FEATURES).output))
    return keras.Model(body.input, {"codes": logits}, name=f"{body.name}_codes")


def pretrain(name: str, signals: LabelledSignals, seed: int, cache: Path, config: FitConfig = FIT) -> float:
    """Pre-train one network, write its weights, and return its mean AUROC over codes on the validation records."""
    import keras
    from keras import ops

    order = np.random.default_rng(seed).permutation(len(signals.codes))
    validation_at, own = order[:VALIDATION_N], order[VALIDATION_N:]
    weight = np.clip(signals.codes[own].mean(axis=0) ** -0.5, 1, MOST_WEIGHT).astype(np.float32)
    rare = signals.codes[own] @ weight
    # Half of the probability of a record goes by how rare its codes are.
    chance = 0.5 * rare / rare.sum() + 0.5 / len(own)

    def draw(rng: np.random.Generator) -> Batch:
        at = rng.choice(own, BATCH, p=chance)
        return augmented(printed(signals.mv[at], rng), rng), {"codes": signals.codes[at]}

    def loss(codes: keras.KerasTensor, logits: keras.KerasTensor) -> keras.KerasTensor:
        return ops.mean(weight * ops.binary_crossentropy(codes, logits, from_logits=True), axis=-1)

    keras.utils.set_random_seed(seed)
    body = build(name)
    network = with_codes(body, len(signals.names))
    rows, codes = printed(signals.mv[validation_at], np.random.default_rng(seed)), signals.codes[validation_at]
    file = pretrained_file(name, cache)
    fit(network, {"codes": loss}, {"codes": 1.0}, draw, (rows, {"codes": codes}), config, seed, file.parent)
    body.save_weights(file)
    return _mean_auroc(network, rows, codes)


def _mean_auroc(network: keras.Model, rows: np.ndarray, codes: np.ndarray) -> float:
    """Return the mean AUROC of the codes that at least three records have and three lack."""
    logits = network.predict(rows, verbose=0)["codes"]
    found = [
        auroc(positive, scores)[0]
        for positive, scores in zip(codes.T > 0, logits.T, strict=True)
        if 2 < positive.sum() < len(positive) - 2
    ]
    return float(np.mean(found))


def main() -> None:
    """Pre-train one network on the codes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True, choices=TRACE_NETWORKS)
    parser.add_argument("--data", type=Path, default=data_folder(), help="holds signals/ptbxl.npz and ptbxl.csv")
    parser.add_argument("--cache", type=Path, default=cache_folder(), help="receives the weights")
    parser.add_argument("--seed", type=int, default=0, help="of the split, the batches and the initial weights")
    given = parser.parse_args()
    mean = pretrain(given.model, labelled_signals(given.data), given.seed, given.cache)
    print(f"mean AUROC of {VALIDATION_N} validation records: {mean:.3f}")


if __name__ == "__main__":
    main()
