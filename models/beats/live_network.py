"""A beat network that ships, ready to predict by ONNX Runtime; Keras and TensorFlow are loaded for saliency maps alone.

The first opening of a page would otherwise wait some six seconds for both.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from models.beats.classifier import (
    BEAT_WEIGHTS_FOLDER,
    BeatClassifier,
    checked_beat_card,
    load_beat_network,
    picture_inputs,
    weighted,
)
from models.beats.file_arrays import PROBABILITIES, file_arrays, graph_name
from models.serving import Sessions, checked_graph, once_per_process


class LiveBeatNetwork:
    """A shipped network behind one function, safe to call from any thread.

    Parameters
    ----------
    name : str
        Of its file, without the ending.
    folder : Path

    Raises
    ------
    ModelFileError
        When the card, the file or the graph is missing or wrong.
    """

    def __init__(self, name: str, folder: Path = BEAT_WEIGHTS_FOLDER) -> None:
        file, self.card = checked_beat_card(name, folder)
        graph = checked_graph(graph_name(self.card.network, len(self.card.classes)))
        self._sessions = Sessions(graph, [file_arrays(file)])
        self._folder = folder

    def __call__(self, pictures: np.ndarray, rhythm: np.ndarray | None = None) -> np.ndarray:
        """Predict the classes of beats; takes and returns what `BeatClassifier` does."""
        inputs = picture_inputs(self.card, pictures, rhythm)
        given = inputs if isinstance(inputs, dict) else {"picture": inputs}
        return weighted(self._sessions(given)[PROBABILITIES], self.card)

    def grad_cam(self, picture: np.ndarray, label: int, rhythm: np.ndarray | None = None) -> np.ndarray:
        """Return the Grad-CAM saliency map of one picture for a class, as `BeatClassifier.grad_cam` does."""
        return _in_keras(self.card.name, self._folder).grad_cam(picture, label, rhythm)


@once_per_process
def _in_keras(name: str, folder: Path) -> BeatClassifier:
    return load_beat_network(name, folder)
