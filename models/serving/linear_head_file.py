"""The linear head of the ensemble: its file with a card, checked before it is used."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.networks import LINEAR_HEAD, LinearHead
from models.scoring import probabilities
from models.serving.backbone_file import Backbone, loaded_backbone
from models.serving.cards import WEIGHTS_FOLDER, ModelFileError


@dataclass(frozen=True)
class LinearMember:
    """The linear head with the backbone that it needs.

    Attributes
    ----------
    head : LinearHead
    backbone : Backbone
    temperature : float
        Divides the logits before the softmax.
    version : str
        First digits of the hash of the weights.
    """

    head: LinearHead
    backbone: Backbone
    temperature: float
    version: str

    def __call__(self, pictures: np.ndarray) -> np.ndarray:
        """Return the calibrated probabilities of reports, shape (n, 4), from `ReportPictures.scaled` of each."""
        return probabilities(self.head.logits(self.backbone(pictures).columns), self.temperature)


def load_linear_head(folder: Path = WEIGHTS_FOLDER) -> LinearMember:
    """Load the linear head that ships.

    Raises
    ------
    ModelFileError
        When the file or its card is missing or invalid, or the hash does not match.
    """
    file = folder / f"{LINEAR_HEAD}.npz"
    try:
        card = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
        found = hashlib.sha256(file.read_bytes()).hexdigest()
        if found != card["sha256"]:
            raise ModelFileError(f"{file.name} has the sha256 {found}, where its card has {card['sha256']}")
        with np.load(file, allow_pickle=False) as arrays:
            head = LinearHead(arrays["kernel"].astype(np.float32), arrays["bias"].astype(np.float32))
        temperature = float(card["temperature"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelFileError(f"{file.name} or its card cannot be read: {error}") from error
    return LinearMember(head, loaded_backbone(folder), temperature, found[:12])


def write_linear_head(head: LinearHead, temperature: float, data: str, folder: Path = WEIGHTS_FOLDER) -> None:
    """Write the linear head, and its card with what it was fitted on."""
    file = folder / f"{LINEAR_HEAD}.npz"
    np.savez_compressed(file, allow_pickle=False, kernel=head.kernel, bias=head.bias)
    card = {
        "name": LINEAR_HEAD,
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "architecture": "mean over time of the backbone's maps of each lead, then one matrix",
        "data": data,
        "temperature": temperature,
    }
    file.with_suffix(".json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
