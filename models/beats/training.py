"""How a beat network is trained on one split: a published one on its pictures; ours in two steps, towers and head."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from models.beats.beat_net import BeatNetConfig, beat_net, head_of, towers_of
from models.beats.drawing import network_inputs
from models.beats.fitting import PREDICT_BATCH, BeatFitConfig, fit_beats
from models.beats.recordings import record_folds
from models.beats.registry import BEAT_NET, BEAT_NETWORKS, build
from models.beats.tasks import Split, Task

if TYPE_CHECKING:
    import keras

Augmentation = Callable[[np.ndarray, np.random.Generator], np.ndarray]
VALIDATION_SHARE = 0.1
# Towers are split by record only if each class above this share of the beats has enough records.
MIN_CLASS_SHARE = 0.01
# Of a tower's held-out fold, at most so many beats are its validation set.
MAX_VALIDATION = 2000
# Share of training beats whose rhythm is hidden, as it is unknown of a picture on its own.
RHYTHM_DROPOUT = 0.25
# The head is forty times smaller than a tower; its epochs and patience are multiplied by this.
HEAD_FACTOR = 5


def train_split(
    name: str,
    task: Task,
    split: Split,
    augment: Augmentation,
    fit: BeatFitConfig,
    seed: int,
    folder: Path,
    config: BeatNetConfig | None = None,
) -> tuple[keras.Model, dict[str, Any]]:
    """Train one network on one split of a task, and return it at its best epoch with its history.

    `config` is of our network; the others are built as their authors describe them.
    """
    import keras

    keras.utils.set_random_seed(seed)
    own = np.concatenate([split.train, task.extra_train]) if name == BEAT_NET else split.train
    order = np.random.default_rng(seed).permutation(own)
    if name == BEAT_NET:
        return _train_beat_net(task, order, augment, fit, seed, folder, config)
    network = build_for_task(name, len(task.classes), 0)
    inputs = _picture_inputs(task, BEAT_NETWORKS[name].shape, augment)
    return network, fit_beats(network, inputs, task.label, *train_and_validation(order), fit, seed, folder)


def _train_beat_net(
    task: Task,
    order: np.ndarray,
    augment: Augmentation,
    fit: BeatFitConfig,
    seed: int,
    folder: Path,
    config: BeatNetConfig | None,
) -> tuple[keras.Model, dict[str, Any]]:
    """Train each tower on all folds but one, and the head on the towers' predictions for the folds held out.

    Trained on the towers' own training beats, the head would trust the towers entirely: they know those patients' early
    beats by heart, and the rhythm would go unused. Where `_split_by_record` holds, folds share no record, and the
    held-out fold is the tower's validation set too, since on its own patients a tower only gets better.
    """
    network = build_for_task(BEAT_NET, len(task.classes), task.rhythm.shape[1], config)
    towers = towers_of(network)
    by_record = _split_by_record(task, order, len(towers))
    fold = (
        record_folds(task.label[order], task.group[order], len(task.classes), len(towers))
        if by_record
        else np.random.default_rng((seed, 2)).integers(len(towers), size=len(order))
    )
    pictures = _picture_inputs(task, BEAT_NETWORKS[BEAT_NET].shape, augment)
    out_of_fold = np.zeros((len(task.label), len(task.classes)), np.float32)
    histories = []
    for number, tower in enumerate(towers):
        held_out = order[fold == number]
        # A single tower has no held-out fold and is trained on everything.
        own = order[fold != number] if len(towers) > 1 else order
        train, validation = (own, held_out[:MAX_VALIDATION]) if by_record else train_and_validation(own)
        histories.append(fit_beats(tower, pictures, task.label, train, validation, fit, seed + number, folder))
        out_of_fold[held_out] = _predict_in_batches(tower, lambda at: pictures(at, None), held_out)

    def head_inputs(at: np.ndarray, rng: np.random.Generator | None) -> tuple[np.ndarray, np.ndarray]:
        rhythm = task.rhythm[at]
        if rng is not None:
            rhythm[rng.random(len(at)) < RHYTHM_DROPOUT] = 0
        return out_of_fold[at], rhythm

    longer = replace(
        fit,
        epochs=HEAD_FACTOR * fit.epochs,
        patience=HEAD_FACTOR * fit.patience,
        plateau_patience=HEAD_FACTOR * fit.plateau_patience,
    )
    history = fit_beats(head_of(network), head_inputs, task.label, *train_and_validation(order), longer, seed, folder)
    # Keras cannot save a model whose layers are shared with others; the weights go into a new one.
    whole = build_for_task(BEAT_NET, len(task.classes), task.rhythm.shape[1], config)
    whole.set_weights(network.get_weights())
    return whole, history | {"towers": histories}


def train_and_validation(order: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return shuffled indices without their first tenth, and that tenth as the validation set."""
    validation_n = int(VALIDATION_SHARE * len(order))
    return order[validation_n:], order[:validation_n]


def _split_by_record(task: Task, order: np.ndarray, folds_n: int) -> bool:
    """Return whether the towers' folds share no record: on inter-patient tasks in which no fold takes a whole class.

    A tower that never saw a class is wrong about it, and the head would learn to distrust every tower there.
    """
    records_n = [
        len(np.unique(task.group[own]))
        for one in range(len(task.classes))
        if len(own := order[task.label[order] == one]) >= MIN_CLASS_SHARE * len(order)
    ]
    return task.inter_patient and min(records_n) >= folds_n > 1


def _picture_inputs(
    task: Task, shape: tuple[int, int, int], augment: Augmentation
) -> Callable[[np.ndarray, np.random.Generator | None], Any]:
    """Return a function from indices to the inputs of a network that takes pictures only."""

    def inputs(at: np.ndarray, rng: np.random.Generator | None) -> Any:
        own = task.pictures[at]
        pictures = own if rng is None else np.stack([augment(picture, rng) for picture in own])
        return network_inputs(pictures, shape)

    return inputs


def build_for_task(name: str, classes_n: int, rhythm_n: int, config: BeatNetConfig | None = None) -> keras.Model:
    """Build a network for so many classes; only ours takes rhythm features."""
    return beat_net(classes_n, rhythm_n, config) if name == BEAT_NET else build(name, classes_n)


def predict(network: keras.Model, name: str, task: Task, at: np.ndarray, rhythm_known: bool = True) -> np.ndarray:
    """Return the probabilities of some of a task's pictures, shape (n, classes), float32."""

    def inputs(some: np.ndarray) -> np.ndarray | dict[str, np.ndarray]:
        rhythm = task.rhythm[some] * rhythm_known if name == BEAT_NET else None
        return network_inputs(task.pictures[some], BEAT_NETWORKS[name].shape, rhythm)

    return _predict_in_batches(network, inputs, at)


def _predict_in_batches(network: keras.Model, inputs: Callable[[np.ndarray], Any], at: np.ndarray) -> np.ndarray:
    batches = (at[first : first + PREDICT_BATCH] for first in range(0, len(at), PREDICT_BATCH))
    predicted = [np.asarray(network.predict_on_batch(inputs(batch))) for batch in batches]
    return np.concatenate([np.zeros((0, network.output_shape[1]), np.float32), *predicted])
