"""The frozen backbone of the networks over pictures: its file with a card, loaded once, run once for each report."""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import numpy as np

from models.networks import PICTURE_SHAPE, PictureFeatures, pooled_features
from models.serving.cards import WEIGHTS_FOLDER, ModelFileError
from models.serving.network_file import once_per_process
from models.serving.sessions import LARGE_THREADS, Sessions, checked_graph

BACKBONE = "backbone"
# Whose features are kept, 2 MB each: those of sessions whose networks take turns.
KEPT_REPORTS = 8


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


@dataclass(frozen=True)
class _Seen:
    """Pictures that were seen, and what came of them."""

    pictures: np.ndarray
    outputs: dict[str, np.ndarray]
    features: PictureFeatures


class Backbone:
    """The backbone with its weights, safe to call from any thread."""

    def __init__(self, weights: Mapping[str, np.ndarray]) -> None:
        single = {name: values.astype(np.float32) for name, values in weights.items()}
        self._network = Sessions(checked_graph(BACKBONE), [single], LARGE_THREADS)
        self._kept = deque[_Seen]()
        self._keeping = Lock()

    def outputs(self, pictures: np.ndarray) -> dict[str, np.ndarray]:
        """Return the feature maps, (m, 8, 16, 112), and the pooled features, (m, 1280), of all m pictures."""
        return self._network({"picture": pictures.reshape(-1, *PICTURE_SHAPE, 1)})

    def __call__(self, pictures: np.ndarray) -> PictureFeatures:
        """Return the features of reports' pictures, shape (n, 16, 128, 250), uint8.

        Both networks take the features of the same pictures, one after the other, and of a report with a lead left out
        most are the same as before: those of the last pictures are kept, and those nearest to the new ones are used.
        """
        with self._keeping:
            alike = [seen for seen in self._kept if seen.pictures.shape == pictures.shape]
        nearest, new = None, np.ones(pictures.shape[:2], bool)
        for seen in alike:
            changed = (seen.pictures != pictures).any(axis=(2, 3))
            if changed.sum() < new.sum():
                nearest, new = seen, changed
        if nearest is not None and not new.any():
            return nearest.features
        outputs = self.outputs(pictures[new])
        if nearest is not None:
            outputs = {name: _replaced(nearest.outputs[name], new.ravel(), own) for name, own in outputs.items()}
        features = pooled_features(pictures, outputs)
        with self._keeping:
            self._kept.append(_Seen(pictures.copy(), outputs, features))
            while len(self._kept) > 1 and sum(len(seen.pictures) for seen in self._kept) > KEPT_REPORTS:
                self._kept.popleft()
        return features


def _replaced(whole: np.ndarray, places: np.ndarray, parts: np.ndarray) -> np.ndarray:
    changed = whole.copy()
    changed[places] = parts
    return changed


@once_per_process
def loaded_backbone(folder: Path = WEIGHTS_FOLDER) -> Backbone:
    """Return the backbone that ships."""
    return Backbone(backbone_weights(folder))
