"""Writes the networks of beats that are shown live: their weights rounded, each with its card."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np

from models.beats import NETWORKS, OURS, PLAIN_KIND
from models.beats.classifier import BeatCard
from models.beats.live import asked_as, file_name
from models.beats.published import PLAIN_WAY, is_told
from models.beats.scoring import class_weights
from models.beats.tasks import Task
from models.beats.teaching import said_of

if TYPE_CHECKING:
    import keras

# What is shown live: of six classes as the field splits them, and of five taught on other patients.
LIVE = ("six_published", "five_patients")
# Asked about spectra too; a small network of the field, and ours.
LIVE_ON_SPECTRA = ("beat_cnn_64", OURS)
# Their weights would take half of what all may; of five classes they are told of, not shown.
TOO_LARGE_TWICE = ("beat_cnn_wide", "beat_deep_cnn", "beat_cnn_lstm", "beat_cnn_gru_attention")
# A dense layer of fewer inputs is not worth rounding.
LEAST_QUANTISED = 128
COMPARED = 2000
DATA = {
    "six_published": "22,166 single-beat pictures of six classes, drawn from the MIT-BIH Arrhythmia Database; 15,341 "
    "of the folder train",
    "five_patients": "beats of the 22 records DS1 of the MIT-BIH Arrhythmia Database, at most 4,000 of a class, drawn "
    "by this project",
}
MORE = "; and beats of the records that none of its pictures shows, drawn in its manner"
SPLIT = {
    "six_published": "the folders as published: a third of the test pictures are also training pictures, and most "
    "others show the same patients",
    "five_patients": "DS1 taught, DS2 tested: other patients, but for records 201 and 202, which are one patient's",
}
LIMITS = (
    "Taught on beats of one lead of at most 47 patients, recorded between 1975 and 1979.",
    "A beat of another machine, another lead or a printed page is not what it was taught on.",
    "For research and teaching only.",
)


def is_live(run: dict[str, Any]) -> bool:
    """Say whether a run's network is shown live: taught as its results are told."""
    if run["task"] not in LIVE:
        return False
    if run["kind"] != PLAIN_KIND:
        return run["network"] in LIVE_ON_SPECTRA and run["augmentation"] == PLAIN_WAY
    too_large = run["task"] != LIVE[0] and run["network"] in TOO_LARGE_TWICE
    return is_told(run) and not too_large


def quantised(network: keras.Model) -> keras.Model:
    """Return a network whose larger dense layers keep their weights as whole numbers of eight bits.

    Convolutions keep theirs as half-precision numbers would, in full-width ones that compress to about half.
    """
    import keras

    small = keras.models.clone_model(network)
    small.set_weights(network.get_weights())
    for layer in small.layers:
        if isinstance(layer, keras.layers.Dense) and layer.kernel.shape[0] >= LEAST_QUANTISED:
            layer.quantize("int8")
        if isinstance(layer, keras.layers.Conv2D):
            layer.kernel.assign(np.asarray(layer.kernel).astype(np.float16).astype(np.float32))
    return small


def ship(run: dict[str, Any], line: dict[str, Any], task: Task, folder: Path) -> None:
    """Write one network with its card: its figures before rounding, and how many of its answers rounding left alone."""
    import keras

    name = run["network"]
    network = quantised(keras.saving.load_model(run["folder"] / "part0.keras", compile=False))
    with np.load(run["folder"] / "said.npz") as said:
        places, before = said["places"], said["probabilities"]
    some = np.sort(np.random.default_rng(0).permutation(len(places))[:COMPARED])
    now = said_of(network, name, task, places[some])
    odds = class_weights(task) if task.name.startswith("five") else np.ones(len(task.classes))
    alike = float(((now * odds).argmax(axis=1) == (before[some] * odds).argmax(axis=1)).mean())
    folder.mkdir(exist_ok=True)
    file = folder / f"{file_name(name, asked_as(task.name, run['kind']))}.keras"
    network.save(file)
    _packed(file)
    (scored,) = list(line["scorings"].values())[:1]
    card = BeatCard(
        name=file.stem,
        sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
        keras=keras.__version__,
        network=name,
        task=task.name,
        kind=run["kind"],
        data=DATA[task.name] + (MORE if name == OURS and len(task.more) else ""),
        split=SPLIT[task.name],
        seed=run["seed"],
        input=NETWORKS[name].shape,
        rhythm=task.rhythm.shape[1] if name == OURS else 0,
        classes=task.classes,
        weights=tuple(round(float(one), 6) for one in odds),
        figures={key: scored[key] for key in ("n", "accuracy", "macro_f1")}
        | {"answers_as_before_rounding": {"n": len(some), "share": round(alike, 4)}},
        limits=LIMITS,
    )
    file.with_suffix(".json").write_text(json.dumps(asdict(card), indent=1) + "\n", "utf-8")


def _packed(file: Path) -> None:
    """Write a .keras file anew with its parts compressed, a tenth to a half smaller; Keras reads it as before."""
    with ZipFile(file) as plain:
        parts = {name: plain.read(name) for name in plain.namelist()}
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=9) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
