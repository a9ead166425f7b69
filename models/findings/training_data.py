"""The recordings that the findings head is trained on, as ``python -m models.prepare_findings`` stores them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy

from models.classes import FINDINGS
from models.data import records
from models.findings.labels import targets_of_codes, targets_of_rhythm
from models.findings.laid_out import SOURCE_RATE_HZ, page_traces
from models.findings.measured_inputs import measured_features
from preprocessing.measuring import measure
from sample_images import RHYTHMS, simulate

# PTB-XL's own folds, by patient: eight to train on, the ninth held out for the report.
TRAINING_STRATA, HELD_OUT_STRATUM = range(1, 9), 9
SIMULATED_STRATUM = 0
VIEWS_N = 3
# Recordings of each rhythm; their random seeds are beyond those of tests, gallery and benchmarks.
SIMULATED_EACH, FIRST_SEED = 20, 50_000


@dataclass(frozen=True, eq=False)
class FindingData:
    """What is measured and known of each recording.

    Attributes
    ----------
    targets : ndarray, shape (n, 15), int8
        1 present, 0 absent, -1 unknown, in the order of `FINDINGS`.
    stratum : ndarray, shape (n,), int8
        PTB-XL's fold, 0 of simulated recordings.
    measured : ndarray, shape (n, `VIEWS_N`, features), float32
        `measured_features` of the recording on different pages.
    """

    targets: np.ndarray
    stratum: np.ndarray
    measured: np.ndarray


def data_file(cache: Path) -> Path:
    """Return the file of the prepared recordings."""
    return cache / "findings" / "recordings.npz"


def load_data(file: Path) -> FindingData:
    """Read the prepared recordings."""
    with np.load(file, allow_pickle=False) as arrays:
        return FindingData(arrays["targets"], arrays["stratum"], arrays["measured"])


def stratum_of(folder: Path, stratum: int) -> Iterator[tuple[int, np.ndarray, dict[str, int]]]:
    """Yield the records of one fold of PTB-XL: ecg_id, signals of shape (12, 1000) in mV, and targets."""
    table = records(folder)
    table = table[table["strat_fold"] == stratum]
    with np.load(folder / "signals" / "ptbxl.npz") as arrays:
        signals = arrays["signals"]
    for place, row in table.iterrows():
        # The other values are missing and "unknown".
        staged = str(row["infarction_stadium1"]).startswith("Stad")
        targets = targets_of_codes(ast.literal_eval(row["scp_codes"]), staged)
        yield int(row["ecg_id"]), signals[place].T / 1000, targets


def recordings(folder: Path) -> Iterator[tuple[np.ndarray, dict[str, int], int]]:
    """Yield signals of shape (12, 1000) in mV, targets and stratum of all recordings to train on."""
    for stratum in TRAINING_STRATA:
        for _, mv, targets in stratum_of(folder, stratum):
            yield mv, targets, stratum
    for rhythm, kind in RHYTHMS.items():
        for number in range(SIMULATED_EACH):
            rng = np.random.default_rng((FIRST_SEED, number))
            rate = None if kind.rate_bpm is None else kind.rate_bpm * rng.uniform(0.85, 1.15)
            signal = simulate(rhythm, rate, FIRST_SEED + number)
            down = round(signal.rate_hz) // SOURCE_RATE_HZ
            yield scipy.signal.resample_poly(signal.signals_mv, 1, down, axis=-1), targets_of_rhythm(rhythm), 0


def prepare(folder: Path, file: Path, seed: int = 0) -> int:
    """Show every recording on `VIEWS_N` pages, measure these, store what was found, and return how many there are."""
    found: dict[str, list[np.ndarray]] = {"targets": [], "stratum": [], "measured": []}
    for number, (mv, targets, stratum) in enumerate(recordings(folder)):
        rng = np.random.default_rng((seed, number))
        views = [measured_features(measure(page_traces(mv, rng))) for _ in range(VIEWS_N)]
        found["targets"].append(np.array([targets[name] for name in FINDINGS], np.int8))
        found["stratum"].append(np.array(stratum, np.int8))
        found["measured"].append(np.stack(views))
    file.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(file, allow_pickle=False, **{name: np.stack(parts) for name, parts in found.items()})
    return len(found["stratum"])
