"""How a network of beats is taught: the field's on their pictures, and ours first its towers and then its head."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from models.beats import NETWORKS, OURS, build
from models.beats.beat_net import BeatNetConfig, beat_net, head_of, towers_of
from models.beats.fitting import ASKED, BeatCourse, fitted
from models.beats.inputs import inputs_of
from models.beats.six_classes import dealt
from models.beats.tasks import Part, Task

if TYPE_CHECKING:
    import keras

Augmented = Callable[[np.ndarray, np.random.Generator], np.ndarray]
WATCHED_SHARE = 0.1
# What is less of all beats is no class that a part of them must not be without.
LEAST_SHARE = 0.01
# Of the records that a tower is not taught, so many beats are watched at most.
MOST_WATCHED = 2000
# So often ours is taught as if nothing were known of the rhythm, as nothing is of a picture that comes alone.
RHYTHM_UNKNOWN = 0.25
# The head is forty times smaller than a tower, and is given so many times its epochs and its patience.
HEAD_TIMES = 5


def teach_part(
    name: str,
    task: Task,
    part: Part,
    augmented: Augmented,
    course: BeatCourse,
    seed: int,
    folder: Path,
    config: BeatNetConfig | None = None,
) -> tuple[keras.Model, dict[str, Any]]:
    """Teach one network on one part of a task, and return it at its best epoch with its history.

    `config` is of ours alone; the others are what their authors describe.
    """
    import keras

    keras.utils.set_random_seed(seed)
    own = np.concatenate([part.taught, task.more]) if name == OURS else part.taught
    order = np.random.default_rng(seed).permutation(own)
    if name == OURS:
        return _teach_ours(task, order, augmented, course, seed, folder, config)
    network = network_for(name, len(task.classes), 0)
    given = _pictures(task, NETWORKS[name].shape, augmented)
    return network, fitted(network, given, task.label, *_watched(order), course, seed, folder)


def _teach_ours(
    task: Task,
    order: np.ndarray,
    augmented: Augmented,
    course: BeatCourse,
    seed: int,
    folder: Path,
    config: BeatNetConfig | None,
) -> tuple[keras.Model, dict[str, Any]]:
    """Teach each tower on all parts of the pictures but one, and the head on what each says of the part left out.

    Where `_by_record` says so, the parts share no record, and the part left out says when a tower is taught
    enough: on its own patients it only gets better. The head then learns how far a tower is to be trusted on hearts
    that it never saw. Taught on the same pictures as the towers, it would trust them in all, as they know by heart
    which of their own patients' beats came early, and would leave the rhythm alone.
    """
    network = network_for(OURS, len(task.classes), task.rhythm.shape[1], config)
    towers = towers_of(network)
    by_record = _by_record(task, order, len(towers))
    left_out = (
        dealt(task.label[order], task.group[order], len(task.classes), len(towers))
        if by_record
        else np.random.default_rng((seed, 2)).integers(len(towers), size=len(order))
    )
    given = _pictures(task, NETWORKS[OURS].shape, augmented)
    seen = np.zeros((len(task.label), len(task.classes)), np.float32)
    histories = []
    for number, tower in enumerate(towers):
        other = order[left_out == number]
        # A single tower has nothing left out, and is taught all.
        own = order[left_out != number] if len(towers) > 1 else order
        own, watched = (own, other[:MOST_WATCHED]) if by_record else _watched(own)
        histories.append(fitted(tower, given, task.label, own, watched, course, seed + number, folder))
        seen[other] = _asked_in_parts(tower, lambda at: given(at, None), other)

    def seen_and_rhythm(places: np.ndarray, rng: np.random.Generator | None) -> tuple[np.ndarray, np.ndarray]:
        rhythm = task.rhythm[places]
        if rng is not None:
            rhythm[rng.random(len(places)) < RHYTHM_UNKNOWN] = 0
        return seen[places], rhythm

    longer = replace(
        course,
        epochs=HEAD_TIMES * course.epochs,
        patience=HEAD_TIMES * course.patience,
        slower_after=HEAD_TIMES * course.slower_after,
    )
    history = fitted(head_of(network), seen_and_rhythm, task.label, *_watched(order), longer, seed, folder)
    # Models that share layers cannot be saved; the whole is built again, with what was taught.
    whole = network_for(OURS, len(task.classes), task.rhythm.shape[1], config)
    whole.set_weights(network.get_weights())
    return whole, history | {"towers": histories}


def _watched(order: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return what is taught of shuffled places, and the first tenth, which is watched."""
    watched_n = int(WATCHED_SHARE * len(order))
    return order[watched_n:], order[:watched_n]


def _by_record(task: Task, order: np.ndarray, parts_n: int) -> bool:
    """Say whether parts are to share no record: other patients are tested, and no part leaves a whole class out.

    A class of fewer records than there are parts would be left out with one of them, and the head would learn that
    whoever speaks of it is wrong. Classes of a few beats are not asked.
    """
    records_n = [
        len(np.unique(task.group[own]))
        for one in range(len(task.classes))
        if len(own := order[task.label[order] == one]) >= LEAST_SHARE * len(order)
    ]
    return task.other_patients and min(records_n) >= parts_n > 1


def _pictures(
    task: Task, shape: tuple[int, int, int], augmented: Augmented
) -> Callable[[np.ndarray, np.random.Generator | None], Any]:
    """Return how some of a task's pictures are given to a network that takes nothing else."""

    def given(places: np.ndarray, rng: np.random.Generator | None) -> Any:
        own = task.pictures[places]
        pictures = own if rng is None else np.stack([augmented(picture, rng) for picture in own])
        return inputs_of(pictures, shape)

    return given


def network_for(name: str, classes_n: int, rhythm_n: int, config: BeatNetConfig | None = None) -> keras.Model:
    """Build a network for so many classes; ours is given so many figures of the rhythm."""
    return beat_net(classes_n, rhythm_n, config) if name == OURS else build(name, classes_n)


def said_of(network: keras.Model, name: str, task: Task, places: np.ndarray, rhythm_known: bool = True) -> np.ndarray:
    """Return what a network says of some of a task's pictures, shape (n, classes), float32."""

    def given(at: np.ndarray) -> np.ndarray | dict[str, np.ndarray]:
        rhythm = task.rhythm[at] * rhythm_known if name == OURS else None
        return inputs_of(task.pictures[at], NETWORKS[name].shape, rhythm)

    return _asked_in_parts(network, given, places)


def _asked_in_parts(network: keras.Model, given: Callable[[np.ndarray], Any], places: np.ndarray) -> np.ndarray:
    parts = (places[first : first + ASKED] for first in range(0, len(places), ASKED))
    said = [np.asarray(network.predict_on_batch(given(at))) for at in parts]
    return np.concatenate([np.zeros((0, network.output_shape[1]), np.float32), *said])
