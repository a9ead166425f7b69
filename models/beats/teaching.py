"""How a network of beats is taught: every one in the same way, until a tenth of its pictures say that it is enough."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from models.beats import NETWORKS, OURS, build
from models.beats.beat_net import BeatNetConfig, beat_net
from models.beats.inputs import inputs_of
from models.beats.tasks import Part, Task

if TYPE_CHECKING:
    import keras

WATCHED_SHARE = 0.1
# So often ours is taught as if nothing were known of the rhythm, as nothing is of a picture that comes alone.
RHYTHM_UNKNOWN = 0.25
# Pictures are asked about so many at a time.
ASKED = 256


@dataclass(frozen=True)
class BeatCourse:
    """How long and how fast a network of beats is taught."""

    epochs: int = 10
    batch: int = 64
    rate: float = 1e-3
    patience: int = 3
    # After how many epochs without a better loss the rate is halved.
    slower_after: int = 1
    # How much of a running mean of the weights each step keeps; without one, the weights are those of the last step.
    averaging: float = 0.0
    # What share of a label is spread evenly over all classes, so that no network is taught to be certain.
    smoothing: float = 0.0


def teach_part(
    name: str,
    task: Task,
    part: Part,
    augmented: Callable[[np.ndarray, np.random.Generator], np.ndarray],
    course: BeatCourse,
    seed: int,
    folder: Path,
    config: BeatNetConfig | None = None,
) -> tuple[keras.Model, dict[str, list[float]]]:
    """Teach one network on one part of a task, and return it at its best epoch with its history.

    `config` is of ours alone; the others are what their authors describe.
    """
    import keras

    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    order = rng.permutation(np.concatenate([part.taught, task.more]) if name == OURS else part.taught)
    watched_n = int(WATCHED_SHARE * len(order))
    watched, own = order[:watched_n], order[watched_n:]
    network = network_for(name, len(task.classes), task.rhythm.shape[1], config)
    network.compile(
        keras.optimizers.Adam(course.rate, use_ema=course.averaging > 0, ema_momentum=course.averaging),
        _loss(len(task.classes), course.smoothing),
        metrics=["accuracy"],
        jit_compile=False,
    )
    folder.mkdir(parents=True, exist_ok=True)
    best = folder / "best.weights.h5"
    # What another part was taught must never be taken for this one's best.
    best.unlink(missing_ok=True)

    def batches() -> Iterator[tuple[Any, np.ndarray]]:
        drawing = np.random.default_rng((seed, 1))
        while True:
            mixed = drawing.permutation(own)
            for first in range(0, max(len(mixed) - course.batch + 1, 1), course.batch):
                at = mixed[first : first + course.batch]
                changed = np.stack([augmented(task.pictures[one], drawing) for one in at])
                rhythm = task.rhythm[at]
                if name == OURS:
                    rhythm[drawing.random(len(at)) < RHYTHM_UNKNOWN] = 0
                yield _asked(name, changed, rhythm), task.label[at]

    history = network.fit(
        batches(),
        steps_per_epoch=max(len(own) // course.batch, 1),
        epochs=course.epochs,
        validation_data=(_asked(name, task.pictures[watched], task.rhythm[watched]), task.label[watched]),
        validation_batch_size=ASKED,
        verbose=2,
        callbacks=[
            # Before the checkpoint, so that what is watched and what is kept is the mean.
            *([keras.callbacks.SwapEMAWeights(swap_on_epoch=True)] if course.averaging else []),
            keras.callbacks.ModelCheckpoint(best, monitor="val_loss", save_best_only=True, save_weights_only=True),
            keras.callbacks.ReduceLROnPlateau(monitor="val_loss", factor=0.5, patience=course.slower_after),
            keras.callbacks.EarlyStopping(monitor="val_loss", patience=course.patience),
            keras.callbacks.TerminateOnNaN(),
        ],
    ).history
    network.load_weights(best)
    return network, {key: [round(float(value), 5) for value in values] for key, values in history.items()}


def _loss(classes_n: int, smoothing: float) -> Callable[[Any, Any], Any]:
    import keras

    def loss(label: Any, said: Any) -> Any:
        truth = keras.ops.one_hot(keras.ops.reshape(label, (-1,)), classes_n)
        return keras.losses.categorical_crossentropy(truth, said, label_smoothing=smoothing)

    return loss


def network_for(name: str, classes_n: int, rhythm_n: int, config: BeatNetConfig | None = None) -> keras.Model:
    """Build a network for so many classes; ours is given so many figures of the rhythm."""
    return beat_net(classes_n, rhythm_n, config) if name == OURS else build(name, classes_n)


def said_of(network: keras.Model, name: str, task: Task, places: np.ndarray, rhythm_known: bool = True) -> np.ndarray:
    """Return what a network says of some of a task's pictures, shape (n, classes), float32."""
    said = [
        np.asarray(network.predict_on_batch(_asked(name, task.pictures[at], task.rhythm[at] * rhythm_known)))
        for at in np.array_split(places, max(-(-len(places) // ASKED), 1))
    ]
    return np.concatenate(said)


def _asked(name: str, pictures: np.ndarray, rhythm: np.ndarray) -> np.ndarray | dict[str, np.ndarray]:
    return inputs_of(pictures, NETWORKS[name].shape, rhythm if name == OURS else None)
