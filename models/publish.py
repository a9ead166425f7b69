"""From what was taught to what ships: ``python -m models.publish``.

Gathers what the folds' networks said of reports they had not seen, chooses temperatures and bars on that, joins each
network's five members into one file, and writes its card.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from models.classes import CLASSES
from models.data import FOLDS, Prepared, cache_folder, folds_of, headline, prepared, training_rows
from models.evaluate import Settings, figures_of, settings_of
from models.evaluation import OutOfFold, heart_rate_features, linear, save, simple_features
from models.networks import (
    ENSEMBLE,
    NETWORKS,
    PAPER_NETWORKS,
    ROWS_SHAPE,
    member_ensemble,
    statistics,
    whitening_of,
    with_distance,
)
from models.serving import WEIGHTS_FOLDER
from preprocessing.lead_id import LEADS

if TYPE_CHECKING:
    import keras

DATA = (
    "EDAN SE-3 reports of the ECG Images dataset of Cardiac Patients (Mendeley Data gwbz3fsgp8, version 1), distinct "
    "images; pre-trained on 1,532 records of PTB-XL with their diagnostic codes"
)
SPLIT = "five members, each taught on four of five folds by report; figures are of each member on the fold left out"
LIMITS = (
    "Taught on one hospital's reports from one recorder, filtered at 0.67 to 25 Hz, which distorts ST segments.",
    "The labels are those of the hospital's folders, not of a second reading; the infarctions are few.",
    "Other recorders, layouts and photographs were not scored for the classes, only for how alike they are taken.",
    "For research and teaching only.",
)


def _with_distance(network: keras.Model, rows: np.ndarray, own: np.ndarray) -> tuple[keras.Model, np.ndarray]:
    """Return a member that tells its distance, and the distance of every report; `own` are those it was taught on."""
    import keras

    seen = statistics(network)
    told = keras.Model(network.input, {"maps": seen, "features": network.output["features"]}).predict(rows, verbose=0)
    whitenings = {part: whitening_of(values[own]) for part, values in told.items()}
    away = np.mean([whitenings[part].distance(values) for part, values in told.items()], axis=0)
    return with_distance(network, seen, whitenings["maps"], whitenings["features"]), away


def gather(known: Prepared, cache: Path) -> tuple[OutOfFold, dict[str, list[Any]]]:
    """Collect what was said out of fold, and the members with their distances."""
    import keras

    table, n = known.table, len(known.table)
    folds, own = folds_of(table), training_rows(table)
    reports, leads = np.full((2, n, len(CLASSES)), np.nan), np.full((2, n, len(LEADS) + 1, len(CLASSES)), np.nan)
    distances = np.full((2, n), np.nan)
    members: dict[str, list[Any]] = {name: [] for name in NETWORKS}
    for at, name in enumerate(NETWORKS):
        for fold in range(FOLDS):
            network = keras.saving.load_model(cache / f"{name}_fold{fold}" / "member.keras", compile=False)
            member, away = _with_distance(network, known.rows, own & (folds != fold))
            unseen = folds == fold
            said = member.predict(known.rows[unseen], verbose=0)
            reports[at, unseen], leads[at, unseen] = said["report"], said["leads"]
            distances[at, unseen] = away[unseen]
            members[name].append(member)
    wanted = headline(table)
    labels = table["label"].to_numpy()
    papers = np.full((2, n, len(LEADS) + 1, len(CLASSES)), np.nan)
    for at, name in enumerate(PAPER_NETWORKS):
        for file in sorted(cache.glob(f"{name}_fold*.npz")):
            with np.load(file) as told:
                papers[at, told["places"]] = told["leads"]
    alone = np.full((2, n, len(CLASSES)), np.nan)
    for at, features in enumerate((heart_rate_features(table), simple_features(table, known.rows))):
        alone[at, wanted] = linear(features[wanted], labels[wanted], folds[wanted], len(CLASSES))
    with np.load(cache / "paper_cnn_leaking.npz") as told:
        leaking = told["places"], told["seen"], told["leads"]
    kept = OutOfFold(
        sha256=np.array([digits[:16] for digits in table["sha256"]]),
        group=np.unique(table["group"], return_inverse=True)[1].astype(np.int16),
        fold=folds.astype(np.int8),
        label=labels.astype(np.int8),
        in_v2=table["in_v2"].to_numpy(),
        layout=table["layout"].to_numpy().astype(str),
        report_logits=reports.astype(np.float32),
        lead_logits=leads.astype(np.float16).astype(np.float32),
        distances=distances.astype(np.float32),
        paper_leads=papers.astype(np.float16).astype(np.float32),
        heart_rate=alone[0].astype(np.float32),
        simple=alone[1].astype(np.float32),
        leaking_place=leaking[0].astype(np.int16),
        leaking_seen=leaking[1],
        leaking_leads=leaking[2].astype(np.float16).astype(np.float32),
    )
    return kept, members


def write(name: str, members: list[Any], settings: Settings, figures: dict[str, Any], seed: int, folder: Path) -> None:
    """Write a network's five members as one file, and its card."""
    import keras

    file = folder / f"{name}.keras"
    member_ensemble(name, members).save(file)
    card = {
        "name": name,
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "keras": keras.__version__,
        "data": DATA,
        "split": SPLIT,
        "seed": seed,
        "input": list(ROWS_SHAPE),
        "classes": list(CLASSES),
        "temperature": settings.temperature[name],
        "abstain_below": settings.abstain_below[name],
        "distance_limit": settings.distance_limit[name],
        "figures": figures["headline"][name],
        "limits": list(LIMITS),
    }
    file.with_suffix(".json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Gather, choose, join and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=cache_folder())
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--answers-only", action="store_true", help="leave the weights and their cards as they are")
    given = parser.parse_args()
    kept, members = gather(prepared(given.cache), given.cache)
    save(kept)
    if given.answers_only:
        return
    settings, figures = settings_of(kept), figures_of(kept)
    WEIGHTS_FOLDER.mkdir(exist_ok=True)
    for name in NETWORKS:
        write(name, members[name], settings, figures, given.seed, WEIGHTS_FOLDER)
    joint = {"temperature": settings.temperature[ENSEMBLE], "abstain_below": settings.abstain_below[ENSEMBLE]}
    (WEIGHTS_FOLDER / f"{ENSEMBLE}.json").write_text(json.dumps(joint, indent=1) + "\n", encoding="utf-8")
    histories = {
        name: [json.loads((given.cache / f"{name}_fold{fold}" / "history.json").read_text()) for fold in range(FOLDS)]
        for name in NETWORKS
    }
    (WEIGHTS_FOLDER.parent / "evaluation" / "histories.json").write_text(json.dumps(histories) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
