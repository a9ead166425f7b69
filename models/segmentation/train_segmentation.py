"""Train the page segmentation network: ``python -m models.segmentation.train_segmentation STORE``.

Processes draw patches into the folder STORE while this one trains on them; all go on where they stopped. Three hours
on two cores see some 100,000 patches. A GPU with sixteen cores draws 200 patches a second and sees each several times
in eight minutes: ``KERAS_BACKEND=jax`` with ``--workers 14 --batch 64 --minutes 8 --half-precision --uncompressed``.
The weights and their card go to ``preprocessing/page/segmentation.onnx`` and ``.json`` with ``--publish``.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from models.data import data_folder
from models.segmentation.losses import name_loss, pixel_loss, validation_figures
from models.segmentation.network import build_network
from models.segmentation.onnx_file import publish
from models.segmentation.patch_store import PATCHES_A_SHARD, batches, draw_shards

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    import keras

BATCH, LEARNING_RATE = 16, 2e-3
AVERAGED, AVERAGED_EVERY = 0.998, 10
VALIDATION_SHARDS = 2
# A process that TensorFlow runs in cannot be forked safely.
WORKERS = get_context("spawn")


def learning_rate(step: int, done: float, highest: float = LEARNING_RATE) -> float:
    """Return the rate at a step when a share `done` of the training is over: a short rise, then half a cosine to zero.

    Examples
    --------
    >>> learning_rate(0, 0.0) < learning_rate(200, 0.02) > learning_rate(9_999, 0.9999)
    True
    """
    rise = min(1.0, (step + 1) / 200)
    return highest * rise * float(0.5 + 0.5 * np.cos(np.pi * min(1.0, done)))


@dataclass(frozen=True)
class Course:
    """How long and how to train.

    Attributes
    ----------
    steps, first_step : the last step, and the one to go on from
    minutes : ends the training before `steps` if it is not 0
    batch : patches in a step
    shards_at_once, readers : as in `batches`
    half_precision : compute in bfloat16, as GPUs do fast
    report_every : steps from one checkpoint and line of the log to the next
    """

    steps: int
    first_step: int = 0
    minutes: float = 0.0
    batch: int = BATCH
    shards_at_once: int = 4
    readers: int = 1
    half_precision: bool = False
    report_every: int = 200

    def done(self, step: int, minutes: float) -> float:
        """Return the share of the training, 0 to 1, that is over."""
        return max(step / self.steps, minutes / self.minutes if self.minutes else 0.0)


def train(store: Path, course: Course, seed: int) -> keras.Model:
    """Train, with a checkpoint and a line of the log every `Course.report_every` steps.

    The weights that are validated and published are the running average of those that are trained.
    """
    import keras

    keras.utils.set_random_seed(seed + course.first_step)
    if course.half_precision:
        keras.mixed_precision.set_global_policy("mixed_bfloat16")
    network, averaged = build_network(), build_network()
    checkpoint, average_file = store / "network.weights.h5", store / "averaged.weights.h5"
    if course.first_step or checkpoint.exists():
        network.load_weights(checkpoint)
        averaged.load_weights(average_file)
    else:
        averaged.set_weights(network.get_weights())
    optimizer = keras.optimizers.AdamW(LEARNING_RATE, weight_decay=1e-4, clipnorm=1.0)
    trained = jittered(network)
    # Compiled by XLA for processors, convolutions run in one thread and a step takes three times as long.
    trained.compile(optimizer, loss={"pixels": pixel_loss, "names": name_loss}, jit_compile=course.half_precision)
    held_out = _validation_patches(store / "validation")
    started, losses = time.monotonic(), []
    source = batches(
        store, course.batch, np.random.default_rng((seed, course.first_step)), course.shards_at_once, course.readers
    )
    step, done = course.first_step, 0.0
    while done < 1:
        minutes = (time.monotonic() - started) / 60
        optimizer.learning_rate = learning_rate(step, course.done(step, minutes))
        rgb, target = next(source)
        losses.append(trained.train_on_batch(rgb, target)[0])
        step += 1
        done = course.done(step, minutes)
        if step % AVERAGED_EVERY == 0:
            kept = min(AVERAGED**AVERAGED_EVERY, (step + 1) / (step + 100))
            averaged.set_weights(
                [
                    kept * old + (1 - kept) * new
                    for old, new in zip(averaged.get_weights(), network.get_weights(), strict=True)
                ]
            )
        if step % course.report_every == 0 or done >= 1:
            network.save_weights(checkpoint)
            averaged.save_weights(average_file)
            line = {
                "step": step,
                "batch": course.batch,
                "loss": round(float(np.mean([float(loss) for loss in losses[-course.report_every :]])), 4),
                "minutes": round(minutes, 1),
                "shards": len(list(store.glob("*.npz"))),
                **validation_figures(averaged, held_out),
            }
            with (store / "log.jsonl").open("a") as log:
                log.write(json.dumps(line) + "\n")
            print(line, flush=True)
    return averaged


def jittered(network: keras.Model) -> keras.Model:
    """Return the network behind a layer that varies contrast, brightness and colour while it is trained."""
    import keras

    class Jitter(keras.layers.Layer):  # type: ignore[misc]
        """A patch that is used again looks different."""

        def __init__(self) -> None:
            super().__init__(name="jitter")
            self.seeds = keras.random.SeedGenerator()

        def call(self, rgb: Any, training: bool = False) -> Any:
            rgb = keras.ops.cast(rgb, "float32")
            if not training:
                return rgb
            count = keras.ops.shape(rgb)[0]

            def normal(channels: int, spread: float) -> Any:
                return keras.random.normal((count, 1, 1, channels), 0, spread, seed=self.seeds)

            gain = (1 + normal(1, 0.08)) * (1 + normal(3, 0.04))
            return keras.ops.clip(rgb * gain + normal(1, 8) + normal(3, 4), 0, 255)

    picture = keras.Input((None, None, 3), name="rgb", dtype="uint8")
    return keras.Model(picture, network(Jitter()(picture)))


def _validation_patches(folder: Path) -> tuple[np.ndarray, np.ndarray]:
    rgb, coverage = [], []
    for path in sorted(folder.glob("*.npz")):
        with np.load(path) as arrays:
            rgb.append(arrays["rgb"])
            coverage.append(arrays["coverage"])
    return np.concatenate(rgb), np.concatenate(coverage)


def main() -> None:
    """Train with the settings of the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path, help="folder of patches, checkpoints and the log")
    parser.add_argument("--steps", type=int, default=6000, help="the last training step")
    parser.add_argument("--first-step", type=int, default=0, help="go on from the checkpoint at this step")
    parser.add_argument("--minutes", type=float, default=0.0, help="end after so many minutes, before the last step")
    parser.add_argument("--batch", type=int, default=BATCH, help="patches in a step")
    parser.add_argument("--half-precision", action="store_true", help="compute in bfloat16, on a GPU")
    parser.add_argument("--readers", type=int, default=1, help="threads that read shards ahead")
    parser.add_argument("--report-every", type=int, default=200, help="steps between checkpoints")
    parser.add_argument("--shards", type=int, default=400, help=f"shards of {PATCHES_A_SHARD} patches to draw")
    parser.add_argument("--workers", type=int, default=1, help="processes that draw")
    parser.add_argument("--uncompressed", action="store_true", help="shards of 164 MB that are drawn twice as fast")
    parser.add_argument("--seed", type=int, default=7, help="random seed")
    parser.add_argument("--draw-only", action="store_true", help="draw patches and do not train")
    parser.add_argument("--publish", action="store_true", help="write the averaged checkpoint as the shipped network")
    given = parser.parse_args()
    if given.publish:
        publish(given.store, given.seed)
        return
    (given.store / "validation").mkdir(parents=True, exist_ok=True)
    drawing = [_drawing(given, worker) for worker in range(given.workers)]
    for process in drawing:
        process.start()
    try:
        if not given.draw_only:
            _wait_for_shards(given.store, drawing)
            course = Course(
                given.steps,
                given.first_step,
                given.minutes,
                given.batch,
                shards_at_once=4 * given.readers,
                readers=given.readers,
                half_precision=given.half_precision,
                report_every=given.report_every,
            )
            train(given.store, course, given.seed)
    finally:
        for process in drawing:
            if not given.draw_only:
                process.terminate()
            process.join()


def _drawing(given: argparse.Namespace, worker: int) -> BaseProcess:
    """Return the process of one worker: the validation shards are drawn first, by those that come first."""
    return WORKERS.Process(target=_draw, args=(given, worker))


def _draw(given: argparse.Namespace, worker: int) -> None:
    folder = data_folder()
    draw_shards(given.store / "validation", folder, given.seed + 1, range(worker, VALIDATION_SHARDS, given.workers))
    draw_shards(given.store, folder, given.seed, range(worker, given.shards, given.workers), not given.uncompressed)


def _wait_for_shards(store: Path, drawing: list[BaseProcess]) -> None:
    """Wait until there is enough to train on and to validate with."""
    wanted = [(store / "validation", VALIDATION_SHARDS), (store, max(4, len(drawing) - VALIDATION_SHARDS))]
    while any(len(list(folder.glob("*.npz"))) < count for folder, count in wanted):
        if all(process.exitcode for process in drawing):
            raise RuntimeError("every process that draws has failed")
        time.sleep(1)


if __name__ == "__main__":
    main()
