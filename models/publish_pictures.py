"""From trained members over pictures to the networks that ship: ``python -m models.publish_pictures``.

Runs after `models.publish`: adds the members' outputs on their held-out folds to ``models/evaluation/out_of_fold.npz``,
fits the linear head beside them, chooses temperatures, thresholds and the combination of the ensemble on these, and
writes the networks with their cards, the head, and ``ensemble.json``. ``--ensemble-only`` leaves the networks.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from models.classes import CLASSES
from models.data import (
    FOLDS,
    cache_folder,
    folds_of,
    load_features,
    prepared_table,
    report_name,
    training_rows,
    with_features,
)
from models.evaluate import Settings, figures_of, settings_of
from models.evaluation import OutOfFold, held_out_linear, load, save
from models.networks import (
    ENSEMBLE,
    LINEAR_HEAD,
    OWN_NETWORKS,
    PICTURE_NETWORKS,
    PICTURES_SHAPE,
    TRACE_NETWORKS,
    LinearHead,
    column_means,
)
from models.publish import HISTORIES, Origin, distance_member, halved, write
from models.serving import WEIGHTS_FOLDER, write_linear_head
from models.train_pictures import member_folder

if TYPE_CHECKING:
    import keras

ORIGIN = Origin(
    data=(
        "EDAN SE-3 reports of the ECG Images dataset of Cardiac Patients (Mendeley Data gwbz3fsgp8, version 1), "
        "distinct images, as pictures of the preprocessing stages, plain and augmented; 288 pages drawn from PTB-XL "
        "records of folds 1 to 8 and from simulated rhythms. The backbone is EfficientNet-Lite0, trained on ImageNet "
        "and frozen; the layers over the ink's outline start from the members over traces of the same folds, which "
        "were pre-trained on 1,532 records of PTB-XL with their diagnostic codes"
    ),
    input_shape=PICTURES_SHAPE,
)

HEAD_DATA = (
    "the frozen backbone's features of EDAN SE-3 reports of the ECG Images dataset of Cardiac Patients (Mendeley Data "
    "gwbz3fsgp8, version 1), distinct images; the mean of five heads, each fitted without one fold"
)


def with_pictures(kept: OutOfFold, seed: int, cache: Path) -> dict[str, list[keras.Model]]:
    """Add the held-out outputs of the members over pictures, in place, and return the members with their distances."""
    import keras

    table = prepared_table(cache)
    folds, own = folds_of(table), training_rows(table)
    known = with_features(table, cache)
    features = load_features([report_name(one) for one in table["sha256"][known]], cache)
    inputs = features.rows(features.first)
    places = np.flatnonzero(known)
    members: dict[str, list[keras.Model]] = {name: [] for name in PICTURE_NETWORKS}
    for name in PICTURE_NETWORKS:
        at = OWN_NETWORKS.index(name)
        for fold in range(FOLDS):
            network = keras.saving.load_model(member_folder(name, fold, seed, cache) / "member.keras", compile=False)
            member, distances = distance_member(network, inputs, (own & (folds != fold))[places])
            held_out = folds[places] == fold
            outputs = member.predict({part: values[held_out] for part, values in inputs.items()}, verbose=0)
            kept.report_logits[at, places[held_out]] = outputs["report"]
            kept.lead_logits[at, places[held_out]] = halved(outputs["leads"])
            kept.distances[at, places[held_out]] = distances[held_out]
            members[name].append(member)
    return members


def with_linear_head(kept: OutOfFold, cache: Path) -> LinearHead:
    """Fit the linear head, add its held-out logits in place, and return the head."""
    table = prepared_table(cache)
    known = np.flatnonzero(with_features(table, cache))
    features = load_features([report_name(one) for one in table["sha256"].iloc[known]], cache)
    means = column_means(features.features.columns[features.first])
    labels = table["label"].to_numpy()[known]
    logits, head = held_out_linear(means, labels, folds_of(table)[known], training_rows(table)[known])
    kept.linear_logits[:] = np.nan
    kept.linear_logits[known] = logits
    return head


def write_ensemble(settings: Settings, folder: Path) -> None:
    """Write how the members are combined, with pictures and without."""
    shared = dict.fromkeys(TRACE_NETWORKS, 1 / len(TRACE_NETWORKS))
    both = {"temperature": settings.temperature[ENSEMBLE], "abstain_below": settings.abstain_below[ENSEMBLE]}
    kept = {
        "both": {"weights": settings.weights, "offsets": settings.offsets, **both},
        "traces": {"weights": shared, "offsets": dict.fromkeys(CLASSES, 0.0), **settings.traces_only},
    }
    (folder / f"{ENSEMBLE}.json").write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Gather the outputs, fit head and settings, and write networks, cards and histories."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, default=cache_folder(), help="holds the features and the trained members")
    parser.add_argument("--seed", type=int, default=0, help="that the members were trained with")
    parser.add_argument("--ensemble-only", action="store_true", help="leave the networks and their cards as they are")
    given = parser.parse_args()
    outputs = load()
    members = {} if given.ensemble_only else with_pictures(outputs, given.seed, given.cache)
    head = with_linear_head(outputs, given.cache)
    save(outputs)
    settings = settings_of(outputs)
    write_linear_head(head, settings.temperature[LINEAR_HEAD], HEAD_DATA)
    write_ensemble(settings, WEIGHTS_FOLDER)
    if not members:
        return
    figures = figures_of(outputs)
    for name in PICTURE_NETWORKS:
        write(name, members[name], settings, figures, given.seed, WEIGHTS_FOLDER, ORIGIN)
    histories = json.loads(HISTORIES.read_text(encoding="utf-8")) | {
        name: [
            json.loads((member_folder(name, fold, given.seed, given.cache) / "history.json").read_text("utf-8"))
            for fold in range(FOLDS)
        ]
        for name in PICTURE_NETWORKS
    }
    HISTORIES.write_text(json.dumps(histories) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
