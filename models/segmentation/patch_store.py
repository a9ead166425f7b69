"""A growing store of drawn training patches: some processes draw while another trains on what is there."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
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
PULSE, PULSES_AGAIN = PIXEL_LABELS.index("pulse"), 1
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
    ndarray, shape (size / 4, size / 4, 13), uint8
        255 at the centre of a name, falling off as a Gaussian; the last channel is any name.
    """
    cells = np.arange(size // NAMES_STRIDE)
    maps = np.zeros((cells.size, cells.size, len(NAMES)), np.float32)
    for lead, x, y in names:
        at_x, at_y = ((place + 0.5) / NAMES_STRIDE - 0.5 for place in (x, y))
        blob = np.exp(-((cells - at_y)[:, None] ** 2 + (cells - at_x) ** 2) / (2 * NAME_SIGMA**2))
        for channel in (NAMES.index(lead.removeprefix("-")), len(NAMES) - 1):
            maps[..., channel] = np.maximum(maps[..., channel], blob)
    return np.rint(maps * 255).astype(np.uint8)


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


def draw_shards(store: Path, folder: Path, seed: int, numbers: Iterable[int], compressed: bool = True) -> None:
    """Draw the shards of these numbers, each from its own random seed.

    Parameters
    ----------
    store : Path
    folder : Path
        The data folder with ``signals/ptbxl.npz``.
    seed : int
    numbers : iterable of int
    compressed : bool
        A shard takes 32 MB instead of 164; compressing takes as long as drawing.
    """
    signals = recorded_signals(folder)
    save = np.savez_compressed if compressed else np.savez
    for number in numbers:
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
            save(
                file,
                rgb=np.array([patch.rgb for patch in patches]),
                coverage=np.array([patch.coverage for patch in patches]),
                names=np.array([name_maps(patch.names, len(patch.rgb)) for patch in patches]),
            )
        part.rename(path)


def batches(
    store: Path, size: int, rng: np.random.Generator, shards_at_once: int = 4, readers: int = 1
) -> Iterator[Batch]:
    """Draw training batches from all shards that are there, without end.

    Parameters
    ----------
    store : Path
    size : int
        Patches in a batch.
    rng : Generator
    shards_at_once : int
        Shards that are mixed, so that a batch holds patches of many pages.
    readers : int
        Mixtures that are read ahead, each by its own thread.

    Yields
    ------
    ndarray, shape (size, rows, columns, 3), uint8
    dict of str to ndarray
        ``pixels`` and ``names``, uint8: 255 is certain.
    """
    uses: dict[Path, int] = {}
    choosing, mixing = rng.spawn(2)

    def choose() -> list[Path]:
        for path in store.glob("*.npz"):
            uses.setdefault(path, 0)
        # The least used first: new shards at once, and old ones in turn.
        chosen = sorted(uses, key=lambda path: (uses[path], choosing.random()))[:shards_at_once]
        if not chosen:
            raise FileNotFoundError(f"{store} holds no training patches")
        for path in chosen:
            uses[path] += 1
        return chosen

    with ThreadPoolExecutor(readers) as pool:
        following = deque(pool.submit(_mixed, choose()) for _ in range(readers))
        while True:
            rgb, coverage, names = following.popleft().result()
            following.append(pool.submit(_mixed, choose()))
            with_pulse = np.flatnonzero((coverage[:, ::2, ::2, PULSE] > 127).any(axis=(1, 2)))
            order = mixing.permutation(np.concatenate([np.arange(len(rgb)), np.repeat(with_pulse, PULSES_AGAIN)]))
            for first in range(0, len(order) - size + 1, size):
                some = order[first : first + size]
                yield rgb[some], {"pixels": coverage[some], "names": names[some]}


def _mixed(paths: list[Path]) -> tuple[np.ndarray, ...]:
    """Return pictures, coverage and maps of names of several shards."""
    loaded = []
    for path in paths:
        with np.load(path) as arrays:
            loaded.append([arrays[name] for name in ("rgb", "coverage", "names")])
    return tuple(np.concatenate(parts) for parts in zip(*loaded, strict=True))
