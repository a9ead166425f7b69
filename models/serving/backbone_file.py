"""The frozen backbone of the networks over pictures: its file with a card, loaded once, run once for each report."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from threading import Lock

import numpy as np

from models.networks import PICTURE_SHAPE, PictureFeatures, pooled_features
from models.serving.cards import WEIGHTS_FOLDER, ModelFileError
from models.serving.network_file import once_per_process
from models.serving.sessions import LARGE_THREADS, Sessions, checked_graph

BACKBONE = "backbone"


def backbone_weights(folder: Path = WEIGHTS_FOLDER) -> dict[str, np.ndarray]:
    """Return the backbone's weights by layer, after checking the hash of their file.

    Raises
    ------
    ModelFileError
        When the file or its card is missing, or the hash does not match.
    """
    file = folder / f"{BACKBONE}.npz"
    try:
        card = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
        content = file.read_bytes()
    except (OSError, ValueError) as error:
        raise ModelFileError(f"{file.name} or its card cannot be read: {error}") from error
    found = hashlib.sha256(content).hexdigest()
    if not isinstance(card, dict) or found != card.get("sha256"):
        raise ModelFileError(f"{file.name} has the sha256 {found}, where its card has another")
    with np.load(file, allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}


def write_backbone(weights: Mapping[str, np.ndarray], source: str, folder: Path = WEIGHTS_FOLDER) -> None:
    """Write the backbone's weights in half precision, and their card."""
    file = folder / f"{BACKBONE}.npz"
    np.savez_compressed(file, allow_pickle=False, **{name: part.astype(np.float16) for name, part in weights.items()})
    card = {
        "name": BACKBONE,
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "architecture": "EfficientNet-Lite0, batch normalisation folded, one grey channel, without the classes",
        "source": source,
        "licence": "Apache-2.0",
        "trained_on": "ImageNet; no ECG",
    }
    file.with_suffix(".json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


class Backbone:
    """The backbone with its weights, safe to call from any thread."""

    def __init__(self, weights: Mapping[str, np.ndarray]) -> None:
        single = {name: values.astype(np.float32) for name, values in weights.items()}
        self._network = Sessions(checked_graph(BACKBONE), [single], LARGE_THREADS)
        self._last: tuple[np.ndarray, dict[str, np.ndarray], PictureFeatures] | None = None
        self._keeping = Lock()

    def outputs(self, pictures: np.ndarray) -> dict[str, np.ndarray]:
        """Return the feature maps, (m, 8, 16, 112), and the pooled features, (m, 1280), of all m pictures."""
        return self._network({"picture": pictures.reshape(-1, *PICTURE_SHAPE, 1)})

    def __call__(self, pictures: np.ndarray) -> PictureFeatures:
        """Return the features of reports' pictures, shape (n, 16, 128, 250), uint8.

        Both networks take the features of the same pictures, one after the other, and of a report with a lead left out
        most are the same as before: those of the last pictures are kept.
        """
        with self._keeping:
            last = self._last
        new = np.ones(pictures.shape[:2], bool)
        if last is not None and last[0].shape == pictures.shape:
            new = (last[0] != pictures).any(axis=(2, 3))
            if not new.any():
                return last[2]
        outputs = self.outputs(pictures[new])
        if last is not None and not new.all():
            outputs = {name: _replaced(last[1][name], new.ravel(), own) for name, own in outputs.items()}
        features = pooled_features(pictures, outputs)
        with self._keeping:
            self._last = pictures.copy(), outputs, features
        return features


def _replaced(whole: np.ndarray, places: np.ndarray, parts: np.ndarray) -> np.ndarray:
    changed = whole.copy()
    changed[places] = parts
    return changed


@once_per_process
def loaded_backbone(folder: Path = WEIGHTS_FOLDER) -> Backbone:
    """Return the backbone that ships."""
    return Backbone(backbone_weights(folder))
