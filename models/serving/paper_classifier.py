"""The article's trained networks: each lead's picture alone, and the mean over the leads, as in the article.

Their weights ship in half precision, and in 8-bit integers with one scale for each output where a layer is large.
Probabilities stay within 0.01 of those of the trained network.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from models.networks import BACKGROUND, PaperConfig, build
from models.serving.cards import WEIGHTS_FOLDER, Card, ModelFileError, checked_file
from models.serving.classifier import Outputs
from models.serving.kept_session import keep_session
from models.serving.network_file import Later
from models.serving.sessions import LARGE_THREADS, Sessions, checked_graph

if TYPE_CHECKING:
    import keras

# Arrays of more values than this are stored as integers.
_LARGE = 1_000_000
_STEPS = 127
_LEAST = 1e-7


class PaperClassifier:
    """One of the article's networks with its weights.

    Parameters
    ----------
    arrays : sequence of ndarray
        The network's weights in the order of Keras.
    card : Card
    whitening : tuple of ndarray
        Weights and bias that whiten the mean of a report's features, before the last layer, over the training set.
    network : callable
        Returns the same network in Keras; called when an explanation needs it.
    """

    def __init__(
        self,
        arrays: Sequence[np.ndarray],
        card: Card,
        whitening: tuple[np.ndarray, np.ndarray],
        network: Callable[[], keras.Model],
    ) -> None:
        named = {str(at): values for at, values in enumerate(arrays)}
        self._squares = Sessions(checked_graph(card.name), [named], LARGE_THREADS)
        self._network = Later(network)
        self._whitening = whitening
        self.card = card

    @property
    def network(self) -> keras.Model:
        """The network in Keras, for gradients; built when first asked for."""
        return self._network()

    def __call__(self, squares: np.ndarray) -> Outputs:
        """Predict reports.

        Parameters
        ----------
        squares : ndarray, shape (n, 13, 150, 150), uint8
            `ReportPictures.squares` of each report. Leads without ink do not count.
        """
        if squares.shape[1:] != self.card.input:
            raise ValueError(f"{self.card.name} takes pictures of {self.card.input}, not {squares.shape[1:]}")
        n, leads_n = squares.shape[:2]
        shades = squares.reshape(-1, *squares.shape[2:], 1).astype(np.float32) / 255
        found = self._squares({"lead_image": np.repeat(shades, 3, axis=-1)})
        by_lead = found["probabilities"].reshape(n, leads_n, -1)
        shown = np.asarray(np.any(squares < BACKGROUND, axis=(2, 3)))
        # Without any lead the mean would be of nothing; then all count.
        shown |= ~shown.any(axis=1, keepdims=True)
        shares = shown / shown.sum(axis=1, keepdims=True)
        report = np.einsum("nl,nlc->nc", shares, by_lead)
        mean = np.einsum("nl,nlf->nf", shares, found["features"].reshape(n, leads_n, -1))
        weights, bias = self._whitening
        distance = ((mean @ weights + bias) ** 2).mean(axis=1)
        logits = [np.log(np.maximum(part, _LEAST)) / self.card.temperature for part in (report, by_lead)]
        return Outputs(logits[0], logits[1], distance)


def of_leads(leads: Mapping[str, Sequence[float]], temperature: float) -> np.ndarray:
    """Return a report's probabilities, shape (4,), from those of some of its leads: the mean before calibration.

    Parameters
    ----------
    leads : mapping of str to four floats
        Calibrated probabilities from each lead alone.
    temperature : float
        Of the network's card.

    Examples
    --------
    >>> of_leads({"I": (0.8, 0.1, 0.05, 0.05), "V2": (0.4, 0.5, 0.05, 0.05)}, 1.0).round(2).tolist()
    [0.6, 0.3, 0.05, 0.05]
    """
    uncalibrated = np.array(list(leads.values())) ** temperature
    mean = (uncalibrated / uncalibrated.sum(axis=1, keepdims=True)).mean(axis=0) ** (1 / temperature)
    return np.asarray(mean / mean.sum())


def load_paper(name: str, folder: Path = WEIGHTS_FOLDER) -> PaperClassifier:
    """Load one of the article's networks after checking its card and the hash of its file.

    Raises
    ------
    ModelFileError
        When the card or the file is missing or invalid, or does not hold the network's weights.
    """
    file, card = checked_file(name, folder)
    weights, whitening = _arrays(file)
    return PaperClassifier(weights, card, whitening, lambda: _in_keras(name, file))


def _in_keras(name: str, file: Path) -> keras.Model:
    keep_session()
    network = build(name, PaperConfig(initializer="zeros"))
    network.set_weights(_arrays(file)[0])
    return network


def _arrays(file: Path) -> tuple[list[np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """Return the weights in the order of Keras, and the whitening's weights and bias."""
    try:
        with np.load(file, allow_pickle=False) as arrays:
            count = sum(key.startswith(("half_", "integer_")) for key in arrays.files)
            weights = [_restored(arrays, at) for at in range(count)]
            return weights, (arrays["whitening_weights"], arrays["whitening_bias"])
    except (OSError, KeyError, ValueError) as error:
        raise ModelFileError(f"{file.name} does not hold the weights of {file.stem}: {error}") from error


def stored_arrays(network: keras.Model) -> dict[str, np.ndarray]:
    """Return a network's weights as its file keeps them, in the order of ``network.get_weights()``."""
    found: dict[str, np.ndarray] = {}
    for at, weights in enumerate(network.get_weights()):
        if weights.size <= _LARGE:
            found[f"half_{at}"] = weights.astype(np.float16)
            continue
        scale = np.abs(weights).max(axis=tuple(range(weights.ndim - 1)), keepdims=True) / _STEPS
        scale = np.maximum(scale, np.finfo(np.float32).tiny)
        found[f"integer_{at}"] = np.round(weights / scale).astype(np.int8)
        found[f"scale_{at}"] = scale.astype(np.float32)
    return found


def _restored(arrays: Any, at: int) -> np.ndarray:
    if f"half_{at}" in arrays:
        return np.asarray(arrays[f"half_{at}"], np.float32)
    return np.asarray(arrays[f"integer_{at}"] * arrays[f"scale_{at}"], np.float32)
