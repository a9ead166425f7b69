"""Teach the networks what ECGs look like on real signals with diagnostic codes: ``python -m models.pretrain --help``.

Nothing of any report is seen here, so that one pre-trained network serves every fold. A quarter of an hour a network.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from models.data import cache_folder, data_folder, labelled_signals, printed
from models.networks import FEATURES, build
from models.scoring import auroc
from models.training import Batch, FitConfig, augmented, fit

if TYPE_CHECKING:
    import keras

FIT = FitConfig(epochs=16, steps=100, rate=2e-3, patience=5)
BATCH = 48
WATCHED = 200
# Rare codes count for more, up to so much.
MOST_WEIGHT = 8.0


def pretrained_file(name: str, folder: Path) -> Path:
    """Return where a network's pre-trained weights lie; its heads are in them, untaught."""
    return folder / f"{name}_pretrained" / "body.weights.h5"


def with_codes(body: keras.Model, codes: int) -> keras.Model:
    """Put a head beside a network's own that scores codes from the same features."""
    import keras
    from keras import layers

    scores = layers.Dense(codes, name="codes")(layers.Dropout(0.3)(body.get_layer(FEATURES).output))
    return keras.Model(body.input, {"codes": scores}, name=f"{body.name}_codes")


def main() -> None:
    """Teach one network on the codes."""
    import keras
    from keras import ops

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True, choices=("cnn", "cnn_lstm"))
    parser.add_argument("--data", type=Path, default=data_folder())
    parser.add_argument("--cache", type=Path, default=cache_folder())
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    known = labelled_signals(given.data)
    order = np.random.default_rng(given.seed).permutation(len(known.codes))
    watch, own = order[:WATCHED], order[WATCHED:]
    weight = np.clip(known.codes[own].mean(axis=0) ** -0.5, 1, MOST_WEIGHT).astype(np.float32)
    rare = known.codes[own] @ weight
    # Half of the draws go by how rare a record's codes are.
    chance = 0.5 * rare / rare.sum() + 0.5 / len(own)

    def draw(rng: np.random.Generator) -> Batch:
        at = rng.choice(own, BATCH, p=chance)
        return augmented(printed(known.mv[at], rng), rng), {"codes": known.codes[at]}

    def loss(codes: keras.KerasTensor, scores: keras.KerasTensor) -> keras.KerasTensor:
        return ops.mean(weight * ops.binary_crossentropy(codes, scores, from_logits=True), axis=-1)

    keras.utils.set_random_seed(given.seed)
    body = build(given.model)
    network = with_codes(body, len(known.names))
    watched = printed(known.mv[watch], np.random.default_rng(given.seed)), {"codes": known.codes[watch]}
    file = pretrained_file(given.model, given.cache)
    fit(network, {"codes": loss}, {"codes": 1.0}, draw, watched, FIT, given.seed, file.parent)
    body.save_weights(file)
    print(f"mean AUROC of {WATCHED} records not taught on: {_mean_auroc(network, *watched):.3f}")


def _mean_auroc(network: keras.Model, rows: np.ndarray, targets: dict[str, np.ndarray]) -> float:
    """Return the mean over codes of how often a record with the code scores above one without."""
    scores = network.predict(rows, verbose=0)["codes"]
    found = []
    for has, score in zip(targets["codes"].T > 0, scores.T, strict=True):
        if 2 < has.sum() < len(has) - 2:
            found.append(auroc(has, score)[0])
    return float(np.mean(found))


if __name__ == "__main__":
    main()
