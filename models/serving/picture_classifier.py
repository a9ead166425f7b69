"""A trained network over pictures: the shared backbone, then the members' heads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from models.networks import COLUMNS_SHAPE, OUTLINE_SHAPE, PICTURES_SHAPE, POOLED_SHAPE, PictureFeatures
from models.serving.backbone_file import Backbone, loaded_backbone
from models.serving.cards import WEIGHTS_FOLDER, Card, ModelFileError, checked_file
from models.serving.classifier import Outputs, calibrated, keras_ensemble
from models.serving.keras_file import member_arrays
from models.serving.network_file import Later
from models.serving.sessions import Sessions, checked_graph

if TYPE_CHECKING:
    import keras


class PictureClassifier:
    """A network over pictures with its weights: the shared backbone, then the members' heads.

    Parameters
    ----------
    members : sequence of dict
        The arrays of each member, by their names in the network's graph.
    card : Card
    backbone : Backbone
    network : callable
        Returns the members in Keras; called when an explanation needs them.
    """

    def __init__(
        self,
        members: Sequence[Mapping[str, np.ndarray]],
        card: Card,
        backbone: Backbone,
        network: Callable[[], keras.Model],
    ) -> None:
        self._members = Sessions(checked_graph(card.name), members)
        self._network = Later(network)
        self.card = card
        self.backbone = backbone

    @property
    def network(self) -> keras.Model:
        """The members in Keras, for gradients; loaded when first asked for."""
        return self._network()

    def __call__(self, pictures: np.ndarray) -> Outputs:
        """Predict reports.

        Parameters
        ----------
        pictures : ndarray, shape (n, 16, 128, 250), uint8
            `ReportPictures.scaled` of each report.
        """
        if pictures.shape[1:] != self.card.input:
            raise ValueError(f"{self.card.name} takes pictures of {self.card.input}, not {pictures.shape[1:]}")
        return self.of_features(self.backbone(pictures))

    def of_features(self, features: PictureFeatures) -> Outputs:
        """Predict reports from the features of their pictures."""
        return calibrated(self._members(features.parts()), self.card)


def load_pictures(name: str, folder: Path = WEIGHTS_FOLDER) -> PictureClassifier:
    """Load a trained network over pictures after checking its card and the hash of its file.

    Raises
    ------
    ModelFileError
        As `load` raises it, and when the backbone is missing or changed.
    """
    file, card = checked_file(name, folder)
    if card.input != PICTURES_SHAPE:
        raise ModelFileError(f"{file.stem}.json has pictures of {card.input}, where {PICTURES_SHAPE} are needed")
    taken = {"outline": OUTLINE_SHAPE, "columns": COLUMNS_SHAPE, "pooled": POOLED_SHAPE}
    shapes = {part: (None, *shape) for part, shape in taken.items()}
    return PictureClassifier(
        member_arrays(file), card, loaded_backbone(folder), lambda: keras_ensemble(file, card, shapes)
    )
