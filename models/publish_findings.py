"""Fit and write the findings head that ships: ``python -m models.publish_findings``; two minutes on a core.

Fits one member without each of PTB-XL's training folds, calibrates and chooses thresholds on the recordings that they
lack, and scores them on the held-out fold, drawn as pages and read (a quarter of an hour, kept in the cache).
`models.prepare_findings` comes first.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from dataclasses import asdict, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from models.classes import FINDINGS
from models.data import cache_folder, data_folder
from models.findings import (
    FindingsCard,
    FindingsHead,
    HeldOutPages,
    calibration_of,
    cross_fitted,
    data_file,
    figures_of,
    held_out_pages,
    load_data,
    load_pages,
    markdown_of,
    mean_of,
    save_pages,
)
from models.networks import limit_of, whitening_of
from models.serving import WEIGHTS_FOLDER

CARD = Path(__file__).resolve().parent / "findings" / "CARD.md"
DATA = (
    "PTB-XL records of folds 1 to 8 (Wagner et al. 2020), each on three pages as our reader would return them, and 320 "
    "simulated recordings of sixteen rhythms; figures on fold 9, drawn as pages in five layouts and read by our reader"
)
SPLIT = "eight members, each fitted without one fold; calibration and thresholds on the folds that the members lack"
LIMITS = (
    "Findings are the statements of PTB-XL's reports, few of which were read twice.",
    "Incomplete bundle branch blocks and infarctions of a likelihood below 50 % count neither way.",
    "Atrial flutter, paced rhythms, premature atrial beats and bundle branch blocks rest on a few dozen records.",
    "Figures are of drawn pages without camera; infarctions of other collections were not scored.",
    "For research and teaching only.",
)


def page_figures(head: FindingsHead, pages: HeldOutPages) -> dict[str, Any]:
    """Return the figures of the head on the held-out pages."""
    found, distances = head(pages.measured)
    every = figures_of(found, pages.targets, pages.patient)
    for at, name in enumerate(FINDINGS):
        known = pages.targets[:, at] >= 0
        present = pages.targets[known, at] == 1
        called = found[known, at] >= head.card.present_above[at]
        every[name] |= {"sensitivity": float(called[present].mean()), "specificity": float(1 - called[~present].mean())}
    unlike = float((distances > head.card.distance_limit).mean())
    return {"findings": every, "pages_n": len(found), "refused_n": pages.refused_n, "unlike_share": unlike}


def main() -> None:
    """Write the findings head and its card."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=data_folder(), help="holds signals/ptbxl.npz and ptbxl.csv")
    parser.add_argument("--cache", type=Path, default=cache_folder(), help="holds the recordings, receives the pages")
    parser.add_argument("--out", type=Path, default=WEIGHTS_FOLDER, help="receives weights and card")
    given = parser.parse_args()
    file = data_file(given.cache)
    data = load_data(file)
    members, logits = cross_fitted(data)
    real = data.stratum > 0
    targets = np.repeat(data.targets[real], data.measured.shape[1], axis=0)
    flat = logits[real].reshape(-1, len(FINDINGS))
    calibration = calibration_of(flat, targets)
    every = data.measured.reshape(-1, data.measured.shape[-1])
    gate = whitening_of(every)
    trees = mean_of(members)
    written = given.out / "findings.npz"
    np.savez_compressed(
        written,
        allow_pickle=False,
        **vars(trees),
        gate_weights=gate.weights.astype(np.float32),
        gate_bias=gate.bias.astype(np.float32),
    )
    card = FindingsCard(
        name="findings",
        sha256=hashlib.sha256(written.read_bytes()).hexdigest(),
        keras=f"none; fitted by scikit-learn {version('scikit-learn')}",
        data=DATA,
        split=SPLIT,
        seed=0,
        input=every.shape[1:],
        classes=FINDINGS,
        figures={},
        limits=LIMITS,
        distance_limit=limit_of(gate.distance(every)),
        **asdict(calibration),
    )
    pages_file = file.with_name("held_out_pages.npz")
    if not pages_file.is_file():
        save_pages(held_out_pages(given.data), pages_file)
    figures = page_figures(FindingsHead(trees, calibration, gate, card), load_pages(pages_file))
    recordings = np.repeat(np.arange(len(data.stratum))[real], data.measured.shape[1])
    own = figures_of(calibration.probabilities(flat), targets, recordings)
    card = replace(card, figures=figures | {"held_out_recordings": own})
    written.with_suffix(".json").write_text(json.dumps(asdict(card), indent=1) + "\n", encoding="utf-8")
    CARD.write_text(markdown_of(card), encoding="utf-8")


if __name__ == "__main__":
    main()
