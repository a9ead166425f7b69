"""Fit heads to confirmed readings: ``python -m models.retrain --store URL --pictures FOLDER``.

Takes a store (a SQLite file, or a URL as in ``ECGVIZ_STORE``) or its export as JSON Lines, and the pictures of its
reports by their hash: those that readers kept in the store, and those in a folder. The heads of the shipped members,
over pictures and over traces, are fitted to these reports together with the published ones, in the same folds by
report; all else in the networks stays. A network is published only through the promotion gate
(`models.retraining.gate`), with its card; ``--rollback`` puts the former ones back. Pictures are needed once; the
cache holds what `models.prepare` and `models.picture_features` made of the published reports.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from models.classes import CLASSES
from models.data import (
    FOLDS,
    cache_folder,
    feature_file,
    folds_of,
    headline,
    load_features,
    prepared,
    prepared_table,
    report_name,
    save_features,
    training_rows,
    with_features,
)
from models.evaluate import report_figures
from models.networks import FEATURES, OWN_NETWORKS, TRACE_NETWORKS, members_of
from models.prepare import report_of
from models.retraining import (
    RETRAIN,
    Confirmed,
    Gate,
    Head,
    StoreError,
    confirmed_labels,
    files_of,
    fit_head,
    fold_of,
    judged,
    kept_pictures,
    kept_readings,
    promote,
    roll_back,
)
from models.scoring import abstention_threshold, probabilities, temperature_of
from models.serving import WEIGHTS_FOLDER, checked_card, loaded_backbone, weights_file
from models.serving import Card as NetworkCard
from models.training import pictures_of

if TYPE_CHECKING:
    import keras

CONFIRMED = "confirmed"


@dataclass(frozen=True)
class Reports:
    """Reports as one network takes them, the published ones first.

    Attributes
    ----------
    inputs : ndarray, or dict of ndarray
    labels, folds : ndarray of int, shape (n,)
    confirmed : ndarray of bool
        Which people confirmed.
    trained, scored : ndarray of bool
        Which may be trained on, and which the gate scores.
    """

    inputs: Any
    labels: np.ndarray
    folds: np.ndarray
    confirmed: np.ndarray
    trained: np.ndarray
    scored: np.ndarray


def read_pictures(pictures: Iterable[tuple[str, bytes]], known: Confirmed, cache: Path) -> int:
    """Read the pictures of confirmed reports and cache what networks take; return how many were added."""
    backbone, added = None, 0
    for sha256, content in pictures:
        rows = _rows_file(sha256, cache)
        if sha256 not in known.labels or rows.is_file():
            continue
        read = report_of(content)
        if read["refusal"] is not None:
            print(f"{sha256[:12]} was refused: {read['refusal']}", file=sys.stderr)
            continue
        backbone = backbone or loaded_backbone()
        save_features(backbone(pictures_of(read["page"])[None]), feature_file(report_name(sha256), cache))
        rows.parent.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(rows, rows=read["rows"])
        added += 1
    return added


def reports_for(name: str, known: Confirmed, cache: Path) -> Reports:
    """Return the published reports and the confirmed ones beside them, as one network takes them.

    A confirmed report that is among the published ones keeps its published class.
    """
    table = prepared_table(cache)
    pictured = name not in TRACE_NETWORKS
    kept = with_features(table, cache) if pictured else np.ones(len(table), bool)
    own = [sha for sha in known.labels if _rows_file(sha, cache).is_file() and sha not in set(table["sha256"])]
    if pictured:
        names = [report_name(sha256) for sha256 in [*table["sha256"][kept], *own]]
        features = load_features(names, cache)
        inputs: Any = features.rows(features.first)
    else:
        inputs = np.concatenate([prepared(cache).rows, *(_rows(sha256, cache)[None] for sha256 in own)])
    n, new = int(kept.sum()), len(own)
    labels = np.concatenate([table["label"].to_numpy()[kept], [known.labels[sha256] for sha256 in own]])
    return Reports(
        inputs,
        labels.astype(int),
        np.concatenate([folds_of(table)[kept], [fold_of(sha256) for sha256 in own]]).astype(int),
        np.concatenate([np.zeros(n, bool), np.ones(new, bool)]),
        np.concatenate([training_rows(table)[kept], np.ones(new, bool)]),
        np.concatenate([headline(table)[kept], np.ones(new, bool)]),
    )


def refitted(network: keras.Model, reports: Reports) -> tuple[np.ndarray, np.ndarray]:
    """Fit the head of each member in place; return the logits on held-out reports before and after, (n, 4) each."""
    import keras

    before, after = (np.full((len(reports.labels), len(CLASSES)), np.nan) for _ in range(2))
    for fold, member in enumerate(members_of(network)):
        layer = member.get_layer("report")
        features = keras.Model(member.input, member.get_layer(FEATURES).output).predict(reports.inputs, verbose=0)
        head, own = Head(*layer.get_weights()), reports.trained & (reports.folds != fold)
        new = fit_head(head, features[own], reports.labels[own])
        held_out = reports.folds == fold
        before[held_out], after[held_out] = head.logits(features[held_out]), new.logits(features[held_out])
        layer.set_weights([new.kernel, new.bias])
    return before, after


def card_of(
    name: str, reports: Reports, after: np.ndarray, gate: Gate, known: Confirmed, folder: Path
) -> dict[str, Any]:
    """Return the card of a retrained network, without the hash of its weights."""
    card: dict[str, Any] = json.loads(weights_file(name, folder).with_suffix(".json").read_text(encoding="utf-8"))
    published = reports.scored & ~reports.confirmed
    labels = reports.labels[published]
    temperature = temperature_of(after[published], labels)
    found = probabilities(after[published], temperature)
    counts = np.bincount(reports.labels[reports.confirmed], minlength=len(CLASSES)).tolist()
    return card | {
        "temperature": temperature,
        "abstain_below": abstention_threshold(labels, found),
        "figures": report_figures(labels, found, np.arange(len(labels))),
        "retrained": {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "from": card["sha256"],
            "labels": hashlib.sha256(json.dumps(known.labels).encode()).hexdigest(),
            "confirmed": dict(zip(CLASSES, counts, strict=True)),
            "gate": asdict(gate),
        },
    }


def retrain(name: str, known: Confirmed, given: argparse.Namespace) -> Gate:
    """Fit one network's heads, and publish it where the gate lets it through."""
    import keras

    checked_card(name, given.weights, NetworkCard)
    network = keras.saving.load_model(weights_file(name, given.weights), compile=False)
    if len(members_of(network)) != FOLDS:
        raise ValueError(f"{name} has {len(members_of(network))} members, where {FOLDS} are needed")
    reports = reports_for(name, known, given.cache)
    before, after = refitted(network, reports)
    at = reports.scored
    config = replace(RETRAIN, margin=given.margin)
    gate = judged(reports.labels[at], reports.confirmed[at], before[at], after[at], config)
    if gate.passed and not given.check:
        file = given.cache / f"{name}.keras"
        network.save(file)
        card = card_of(name, reports, after, gate, known, given.weights)
        card |= {"sha256": hashlib.sha256(file.read_bytes()).hexdigest(), "keras": keras.__version__}
        file.with_suffix(".json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
        promote(name, file, file.with_suffix(".json"), given.weights)
    return gate


def main() -> int:
    """Retrain, or roll back; the exit code is 1 where no network passed the gate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--store", help="SQLite file or URL of a store, or its export as JSON Lines (.jsonl)")
    what.add_argument("--rollback", action="store_true", help="put the former weights and cards back in place")
    parser.add_argument("--pictures", type=Path, help="folder with files of the reports, under any name")
    parser.add_argument("--model", nargs="+", choices=OWN_NETWORKS, default=list(OWN_NETWORKS), help="by default all")
    parser.add_argument(
        "--single", action="store_true", help="one reader confirms; by default two agree, or one decides"
    )
    parser.add_argument("--margin", type=float, default=RETRAIN.margin, help="least gain of macro-F1 (%(default)g)")
    parser.add_argument("--check", action="store_true", help="print what the gate finds and publish nothing")
    parser.add_argument("--cache", type=Path, default=cache_folder(), help="holds the published reports' features")
    parser.add_argument("--weights", type=Path, default=WEIGHTS_FOLDER, help="holds the weights in use")
    given = parser.parse_args()
    if given.rollback:
        names = roll_back(given.weights)
        print(json.dumps({"rolled_back": names}))
        return 0 if names else 1
    try:
        known = confirmed_labels(kept_readings(given.store), given.single)
        read_pictures(kept_pictures(given.store), known, given.cache)
    except StoreError as error:
        parser.error(str(error))
    if given.pictures is not None:
        read_pictures(files_of(given.pictures), known, given.cache)
    for file in ("reports.csv", "reports.npz"):
        if not (given.cache / file).is_file():
            parser.error(f"the published reports are not in {given.cache}: run python -m models.prepare first")
    passed = [_reported(name, retrain(name, known, given), given.check) for name in given.model]
    return 0 if any(passed) else 1


def _reported(name: str, gate: Gate, check: bool) -> bool:
    print(json.dumps({"model": name, "published": gate.passed and not check, **asdict(gate)}))
    return gate.passed


def _rows_file(sha256: str, cache: Path) -> Path:
    return cache / CONFIRMED / f"{sha256}.npz"


def _rows(sha256: str, cache: Path) -> np.ndarray:
    with np.load(_rows_file(sha256, cache)) as held:
        return np.asarray(held["rows"], np.float32)


if __name__ == "__main__":
    sys.exit(main())
