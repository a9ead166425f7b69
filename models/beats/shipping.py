"""Writes the beat networks that the app runs: with quantised weights, each with its card."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np

from models.beats.classifier import BeatCard
from models.beats.live import file_stem, task_key
from models.beats.published import NO_AUGMENTATION, is_published
from models.beats.registry import BEAT_NET, BEAT_NETWORKS, TRACE_KIND
from models.beats.scoring import class_weights
from models.beats.tasks import Task
from models.beats.train import PREDICTIONS_FILE
from models.beats.training import predict

if TYPE_CHECKING:
    import keras

LIVE_TASKS = ("six_published", "five_patients")
# On spectra the app runs one small published network, and ours.
LIVE_SPECTRUM_NETWORKS = ("beat_cnn_64", BEAT_NET)
# Too large to ship for both tasks; for five classes their results are shown, the networks are not run.
SIX_CLASSES_ONLY = ("beat_cnn_wide", "beat_deep_cnn", "beat_cnn_lstm", "beat_cnn_gru_attention")
# Of 260 MB; its distilled form ships in its place.
NOT_SHIPPED = "beat_vgg16"
# Quantising a dense layer of fewer inputs saves too little.
MIN_QUANTISED_INPUTS = 128
# Test beats on which predictions before and after quantisation are compared.
COMPARED_BEATS = 2000
DATA = {
    "six_published": "22,166 single-beat pictures of six classes, drawn from the MIT-BIH Arrhythmia Database; 15,341 "
    "of the folder train",
    "five_patients": "beats of the 22 records DS1 of the MIT-BIH Arrhythmia Database, at most 4,000 of a class, drawn "
    "by this project",
}
DISTILLED = "beat_vgg_distilled"
DISTILLED_FROM = (
    "; on their labels and on the probabilities of VGG16, whose convolutions were trained on the same pictures from "
    "scratch and then frozen under a head trained as published"
)
EXTRA_DATA = "; and beats of records that these pictures do not show, drawn like them"
SPLIT = {
    "six_published": "the published folders: a third of the test pictures are also training pictures, and most others "
    "show the same patients",
    "five_patients": "trained on DS1, tested on DS2: other patients, but for records 201 and 202 of one patient",
}
LIMITS = (
    "Trained on beats of one lead of at most 47 patients, recorded between 1975 and 1979.",
    "Not validated on beats of other recorders, other leads or printed pages.",
    "For research and teaching only.",
)


def is_live(run: dict[str, Any]) -> bool:
    """Return whether the app runs a run's network."""
    if run["task"] not in LIVE_TASKS or run["network"] == NOT_SHIPPED:
        return False
    if run["kind"] != TRACE_KIND:
        is_of_five = run["task"] != LIVE_TASKS[0]
        return is_of_five and run["network"] in LIVE_SPECTRUM_NETWORKS and run["augmentation"] == NO_AUGMENTATION
    too_large = run["task"] != LIVE_TASKS[0] and run["network"] in SIX_CLASSES_ONLY
    return is_published(run) and not too_large


def quantised(network: keras.Model) -> keras.Model:
    """Return a copy with larger dense layers in int8, and convolutions rounded to float16.

    The latter stay stored as float32, which then compresses to about half.
    """
    import keras

    small = keras.models.clone_model(network)
    small.set_weights(network.get_weights())
    for layer in small.layers:
        if isinstance(layer, keras.layers.Dense) and layer.kernel.shape[0] >= MIN_QUANTISED_INPUTS:
            layer.quantize("int8")
        if isinstance(layer, keras.layers.Conv2D):
            layer.kernel.assign(np.asarray(layer.kernel).astype(np.float16).astype(np.float32))
    return small


def ship(run: dict[str, Any], result: dict[str, Any], task: Task, folder: Path) -> None:
    """Write one network and its card, with its metrics before quantisation and how often its predictions stay."""
    import keras

    name = run["network"]
    network = quantised(keras.saving.load_model(run["folder"] / "split0.keras", compile=False))
    with np.load(run["folder"] / PREDICTIONS_FILE) as arrays:
        index, before = arrays["index"], arrays["probabilities"]
    some = np.sort(np.random.default_rng(0).permutation(len(index))[:COMPARED_BEATS])
    after = predict(network, name, task, index[some])
    weights = class_weights(task) if task.name.startswith("five") else np.ones(len(task.classes))
    agreement = float(((after * weights).argmax(axis=1) == (before[some] * weights).argmax(axis=1)).mean())
    folder.mkdir(exist_ok=True)
    file = folder / f"{file_stem(name, task_key(task.name, run['kind']))}.keras"
    network.save(file)
    recompress(file)
    metrics = next(iter(result["by_protocol"].values()))
    card = BeatCard(
        name=file.stem,
        sha256=hashlib.sha256(file.read_bytes()).hexdigest(),
        keras=keras.__version__,
        network=name,
        task=task.name,
        kind=run["kind"],
        data=DATA[task.name]
        + (EXTRA_DATA if name == BEAT_NET and len(task.extra_train) else "")
        + (DISTILLED_FROM if name == DISTILLED else ""),
        split=SPLIT[task.name],
        seed=run["seed"],
        input=BEAT_NETWORKS[name].shape,
        rhythm=task.rhythm.shape[1] if name == BEAT_NET else 0,
        classes=task.classes,
        class_weights=tuple(round(float(one), 6) for one in weights),
        figures={key: metrics[key] for key in ("n", "accuracy", "macro_f1")}
        | {"agreement_after_quantisation": {"n": len(some), "share": round(agreement, 4)}},
        limits=LIMITS,
    )
    file.with_suffix(".json").write_text(json.dumps(asdict(card), indent=1) + "\n", "utf-8")


def recompress(file: Path) -> None:
    """Compress the members of a .keras file, which Keras stores plain: a tenth to a half smaller."""
    with ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
