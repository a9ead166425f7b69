"""From trained members over pictures to the networks that ship: ``python -m models.publish_pictures``.

Runs after `models.publish`: adds the members' outputs on their held-out folds to ``models/evaluation/out_of_fold.npz``,
chooses temperatures, thresholds and the share of each road in the ensemble on these, and writes the networks with
their cards and ``ensemble.json``.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

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
from models.evaluation import OutOfFold, load, road_weights, save
from models.networks import ENSEMBLE, OWN_NETWORKS, PICTURE_NETWORKS, PICTURES_SHAPE
from models.publish import HISTORIES, Origin, distance_member, halved, write
from models.serving import WEIGHTS_FOLDER
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


def write_ensemble(settings: Settings, folder: Path) -> None:
    """Write how the networks are combined, with pictures and without."""
    both = {"temperature": settings.temperature[ENSEMBLE], "abstain_below": settings.abstain_below[ENSEMBLE]}
    kept = {
        "both": {"weights": road_weights(settings.road_share["pictures"]), **both},
        "traces": {"weights": road_weights(0.0), **settings.traces_only},
    }
    (folder / f"{ENSEMBLE}.json").write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Gather the outputs, choose the settings, and write networks, cards and histories."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=cache_folder(), help="holds the features and the trained members")
    parser.add_argument("--seed", type=int, default=0, help="that the members were trained with")
    given = parser.parse_args()
    outputs = load()
    members = with_pictures(outputs, given.seed, given.cache)
    save(outputs)
    settings, figures = settings_of(outputs), figures_of(outputs)
    for name in PICTURE_NETWORKS:
        write(name, members[name], settings, figures, given.seed, WEIGHTS_FOLDER, ORIGIN)
    write_ensemble(settings, WEIGHTS_FOLDER)
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
