"""A trained network over pictures: the shared backbone, then the members' heads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from models.networks import PICTURES_SHAPE, PictureFeatures, members_of, values_of
from models.serving.backbone_file import Backbone, loaded_backbone
from models.serving.cards import WEIGHTS_FOLDER, Card, ModelFileError, checked_file
from models.serving.classifier import Outputs
from models.serving.network_file import PREDICTING, loaded_network
from preprocessing.lead_id import LEADS

if TYPE_CHECKING:
    import keras


class PictureClassifier:
    """A network over pictures behind one function of a fixed signature.

    Parameters
    ----------
    network
        An ensemble of members from `PictureFeatures` to ``report`` and ``leads``, which are logits, and ``distance``.
    card : Card
    backbone : Backbone
    """

    def __init__(self, network: keras.Model, card: Card, backbone: Backbone) -> None:
        import tensorflow as tf

        members = members_of(network)

        def one_member(weights: list[Any], states: list[Any], features: Any) -> Any:
            return members[0].stateless_call(weights, states, features, training=False)[0]

        # One graph for all members, as in `Classifier`.
        of_member = tf.function(one_member)

        def outputs_of(features: Any) -> Any:
            outputs = [of_member(*values_of(member), features) for member in members]
            return {part: tf.add_n([one[part] for one in outputs]) / len(outputs) for part in outputs[0]}

        shapes = {name: tuple(part.shape) for name, part in network.input.items()}
        signature = [{name: tf.TensorSpec(shape, tf.float32) for name, shape in shapes.items()}]
        self._function: Callable[[Any], Any] = tf.function(outputs_of, input_signature=signature)
        self._to_tensor: Callable[..., Any] = tf.convert_to_tensor
        self.network = network
        self.card = card
        self.backbone = backbone

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
        with PREDICTING:
            outputs = self._function({name: self._to_tensor(part) for name, part in features.parts().items()})
        report, leads = (outputs[part].numpy() / self.card.temperature for part in ("report", "leads"))
        return Outputs(report, leads, outputs["distance"].numpy()[:, 0])


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
    classes = len(card.classes)
    outputs = {"report": (None, classes), "leads": (None, len(LEADS) + 1, classes), "distance": (None, 1)}
    network = loaded_network(file, _output_shapes, outputs)
    if not members_of(network):
        raise ModelFileError(f"{file.name} holds a single network, where an ensemble of members is expected")
    return PictureClassifier(network, card, loaded_backbone(folder))


def _output_shapes(network: keras.Model) -> dict[str, tuple[int | None, ...]]:
    return {name: tuple(part.shape) for name, part in network.output.items()}
