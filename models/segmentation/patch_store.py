"""A growing store of drawn training patches: one process draws while another trains on what is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd
import scipy

from preprocessing.page import NAMES, NAMES_STRIDE, PIXEL_LABELS
from sample_images.endless import training_patches

PATCHES_A_SHARD, PER_PAGE = 256, 8
RATE_HZ = 500
# Half-width of a name's heat map, in pixels of the map.
NAME_SIGMA = 1.0
# Calibration pulses are in one patch of ten, and cover one pixel of two thousand: such patches are used more often.
PULSE, PULSES_AGAIN = PIXEL_LABELS.index("pulse"), 3
# PTB-XL's own folds 9 and 10 are left for evaluation.
TRAINING_FOLDS = range(1, 9)

Batch = tuple[np.ndarray, dict[str, np.ndarray]]


def name_maps(names: tuple[tuple[str, float, float], ...], size: int) -> np.ndarray:
    """Draw the heat maps of lead names.

    Parameters
    ----------
    names : tuple of (str, float, float)
        Each name with the column and row of its centre, in pixels of the patch.
    size : int
        Rows and columns of the patch.

    Returns
    -------
    ndarray, shape (size / 4, size / 4, 13), float32 in [0, 1]
        1 at the centre of a name, falling off as a Gaussian; the last channel is any name.
    """
    cells = np.arange(size // NAMES_STRIDE)
    maps = np.zeros((cells.size, cells.size, len(NAMES)), np.float32)
    for lead, x, y in names:
        at_x, at_y = ((place + 0.5) / NAMES_STRIDE - 0.5 for place in (x, y))
        blob = np.exp(-((cells - at_y)[:, None] ** 2 + (cells - at_x) ** 2) / (2 * NAME_SIGMA**2))
        for channel in (NAMES.index(lead.removeprefix("-")), len(NAMES) - 1):
            maps[..., channel] = np.maximum(maps[..., channel], blob)
    return maps


def recorded_signals(folder: Path) -> Callable[[np.random.Generator], np.ndarray]:
    """Return a source of real recordings, (12, n) mV at `RATE_HZ`, from PTB-XL's training folds.

    Parameters
    ----------
    folder : Path
        The data folder with ``signals/ptbxl.npz``.
    """
    table = pd.read_csv(folder / "signals" / "ptbxl.csv")
    with np.load(folder / "signals" / "ptbxl.npz") as arrays:
        chosen = table["strat_fold"].isin(TRAINING_FOLDS).to_numpy()
        signals = arrays["signals"][chosen].transpose(0, 2, 1).astype(np.float32) / 1000

    def draw(rng: np.random.Generator) -> np.ndarray:
        record = signals[rng.integers(len(signals))]
        return np.asarray(scipy.signal.resample_poly(record, 5, 1, axis=1), np.float32)

    return draw


def draw_shards(store: Path, folder: Path, seed: int, first: int, stop: int) -> None:
    """Draw shards of patches, numbers `first` to `stop` (exclusive), each from its own random seed."""
    signals = recorded_signals(folder)
    for number in range(first, stop):
        path = store / f"{seed}_{number:05d}.npz"
        if path.exists():
            continue
        rng = np.random.default_rng((seed, number))
        patches = [
            patch
            for _ in range(PATCHES_A_SHARD // PER_PAGE)
            for patch in training_patches(rng, signals, RATE_HZ, per_page=PER_PAGE)
        ]
        part = path.with_suffix(".part")
        with part.open("wb") as file:
            np.savez_compressed(
                file,
                rgb=np.array([patch.rgb for patch in patches]),
                coverage=np.array([patch.coverage for patch in patches]),
                names=(np.array([name_maps(patch.names, len(patch.rgb)) for patch in patches]) * 255).astype(np.uint8),
            )
        part.rename(path)


def batches(store: Path, size: int, rng: np.random.Generator, shards_at_once: int = 4) -> Iterator[Batch]:
    """Draw training batches from all shards that are there, without end.

    Parameters
    ----------
    store : Path
    size : int
        Patches in a batch.
    rng : Generator
    shards_at_once : int
        Shards that are mixed, so that a batch holds patches of many pages.

    Yields
    ------
    ndarray, shape (size, rows, columns, 3), float32, 0 to 255
    dict of str to ndarray
        ``pixels`` and ``names``, float32 in [0, 1].
    """
    uses: dict[Path, int] = {}
    choosing, mixing = rng.spawn(2)

    def load() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        for path in store.glob("*.npz"):
            uses.setdefault(path, 0)
        # The least used first: new shards at once, and old ones in turn.
        chosen = sorted(uses, key=lambda path: (uses[path], choosing.random()))[:shards_at_once]
        if not chosen:
            raise FileNotFoundError(f"{store} holds no training patches")
        loaded = []
        for path in chosen:
            uses[path] += 1
            with np.load(path) as arrays:
                loaded.append((arrays["rgb"], arrays["coverage"], arrays["names"]))
        rgb, coverage, names = (np.concatenate(parts) for parts in zip(*loaded, strict=True))
        return rgb, coverage, names

    with ThreadPoolExecutor(1) as reader:
        following = reader.submit(load)
        while True:
            rgb, coverage, names = following.result()
            following = reader.submit(load)
            with_pulse = np.flatnonzero((coverage[..., PULSE] > 127).any(axis=(1, 2)))
            order = mixing.permutation(np.concatenate([np.arange(len(rgb)), np.repeat(with_pulse, PULSES_AGAIN)]))
            for first in range(0, len(order) - size + 1, size):
                some = order[first : first + size]
                yield (
                    _jittered(rgb[some].astype(np.float32), mixing),
                    {"pixels": coverage[some] / np.float32(255), "names": names[some] / np.float32(255)},
                )


def _jittered(rgb: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Vary contrast, brightness and colour, so that a patch that is used again looks different."""
    shape = (len(rgb), 1, 1, 3)
    gain = rng.normal(1, 0.08, (len(rgb), 1, 1, 1)) * rng.normal(1, 0.04, shape)
    shift = rng.normal(0, 8, (len(rgb), 1, 1, 1)) + rng.normal(0, 4, shape)
    return np.asarray(np.clip(rgb * gain.astype(np.float32) + shift.astype(np.float32), 0, 255))
