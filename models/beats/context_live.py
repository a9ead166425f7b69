"""The network on beats in context, ready to predict: for a beat among at least eight of one lead without gaps."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.beats.classifier import BEAT_WEIGHTS_FOLDER
from models.beats.context import CONTEXT, context_features
from models.beats.context_calibration import calibrate
from models.beats.context_layers import ContextNet, context_net_of
from models.beats.registry import CONTEXT_NET
from models.serving import ModelFileError, NetworkCard, checked_card, once_per_process


@dataclass(frozen=True)
class ContextCard(NetworkCard):
    """The card of the network on beats in context; its input is the number of features of one beat."""

    strip_s: float  # length of the strips that it was trained on beside whole records
    reference_share: float  # as `ContextConfig` had it in training
    fewest_beats: int
    scale: tuple[float, ...]  # of each class's log-probability, by calibration
    offset: tuple[float, ...]


class ContextClassifier:
    """The network behind one function of a fixed signature, safe to call from any thread.

    Parameters
    ----------
    network : ContextNet
    card : ContextCard
    """

    def __init__(self, network: ContextNet, card: ContextCard) -> None:
        self._network = network
        self.card = card

    def __call__(self, features: np.ndarray) -> np.ndarray:
        """Predict the AAMI classes of beats: features, shape (n, 46), to probabilities, shape (n, 5), float32."""
        found = self._network(np.asarray(features, np.float32))
        return calibrate(found, np.array(self.card.scale), np.array(self.card.offset)).astype(np.float32)


def load_context(folder: Path = BEAT_WEIGHTS_FOLDER) -> ContextClassifier:
    """Load the trained network, after its card and the hash of its file were checked.

    Raises
    ------
    ModelFileError
        When the card or the file is missing or wrong, or was made with other features than these.
    """
    file, card = checked_card(CONTEXT_NET, folder, ContextCard)
    made_with = card.reference_share, card.fewest_beats
    if made_with != (CONTEXT.reference_share, CONTEXT.fewest_beats):
        raise ModelFileError(f"{file.stem}.json was trained on other features than this version computes")
    try:
        with np.load(file, allow_pickle=False) as arrays:
            network = context_net_of(dict(arrays))
    except (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise ModelFileError(f"{file.name} could not be loaded: {error}") from error
    if network.sizes != (needed := (*card.input, len(card.classes))):
        raise ModelFileError(f"{file.name} has the sizes {network.sizes}, where its card has {needed}")
    return ContextClassifier(network, card)


@once_per_process
def context_network() -> ContextClassifier:
    """Load the network that ships, once a process."""
    return load_context()


def beat_in_context(mv: np.ndarray, rate_hz: float, at_s: float, beats_s: np.ndarray) -> np.ndarray | None:
    """Return the features of one beat of a lead, shape (46,), float32; None where its context is not known.

    It is not known where the lead has a gap between its first and last known sample, or fewer than eight beats, or
    where the beat's own window reaches beyond it.

    Parameters
    ----------
    mv : ndarray, shape (n,)
        NaN where unknown.
    rate_hz : float
    at_s : float
        Time of the beat's R wave from the first sample.
    beats_s : ndarray
        Times of all beats of the lead on the same clock, rising, the beat among them.

    Examples
    --------
    >>> clock = np.arange(0, 10, 1 / 360)
    >>> mv = np.exp(-((((clock + 0.5) % 1 - 0.5) / 0.02) ** 2))
    >>> beat_in_context(mv, 360.0, 4.0, np.arange(1.0, 10.0)).shape
    (46,)
    >>> beat_in_context(mv, 360.0, 4.0, np.arange(1.0, 6.0)) is None
    True
    """
    known = np.flatnonzero(~np.isnan(mv))
    if not len(known) or len(known) != known[-1] - known[0] + 1:
        return None
    first_s, last_s = known[0] / rate_hz, known[-1] / rate_hz
    if not first_s + CONTEXT.before_s <= at_s <= last_s - CONTEXT.after_s:
        return None
    inside = beats_s[(beats_s >= first_s) & (beats_s <= last_s)]
    features = context_features(mv[known], rate_hz, inside - first_s)
    return None if features is None else features[int(np.abs(inside - at_s).argmin())]
