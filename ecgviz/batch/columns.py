"""The columns of a batch's files: every value of a reading, one row a report, or one row a lead."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from ecgviz import __version__
from ecgviz.batch.reading import Done
from models.classes import CLASSES, FINDINGS
from models.networks import ENSEMBLE, MODEL_KEYS
from preprocessing.measuring import Measurements

TEXT, NUMBER, YES_NO = "string", "Float64", "boolean"
_FILE = {"number": NUMBER, "file": TEXT, "status": TEXT, "refusal": TEXT, "message": TEXT, "sha256": TEXT,
         "duplicate_of": TEXT, "warnings": TEXT, "seconds": NUMBER, "report": TEXT, "label": TEXT}  # fmt: skip
_LAYOUT = {"layout": TEXT, "order": TEXT, "layout_confidence": NUMBER}
_PAGE = {"width": NUMBER, "height": NUMBER, "rotation_deg": NUMBER, "mirrored": YES_NO, "laid_flat": YES_NO,
         "px_per_mm_x": NUMBER, "px_per_mm_y": NUMBER, "speed_mm_s": NUMBER, "speed_from": TEXT, "gain_mm_mv": NUMBER,
         "gain_from": TEXT, "scale_from": TEXT, "grid_strength": NUMBER}  # fmt: skip
# Named in the code of the measurements, so a new one is a column as well; only the rhythm is a word.
_MEASURED = {one.name: TEXT if one.name == "rhythm" else NUMBER for one in fields(Measurements)
             if one.type == "Measured"}  # fmt: skip
_RR = {f"rr_{name}_ms": NUMBER for name in ("median", "shortest", "longest")}
_TRUST = {"trust": TEXT, "trust_reasons": TEXT, "networks_agree": YES_NO}
_VERDICT = {"label": TEXT, "confidence": NUMBER, "state": TEXT, "abstains": YES_NO, "reasons": TEXT, "version": TEXT}
_SETTINGS = {"sigma": NUMBER, "threshold_shift": NUMBER}
_FINDINGS = {f"finding_{name}": NUMBER for name in FINDINGS}
# A class as the end of a column's name.
ENDINGS = [label.lower().replace(" ", "_") for label in CLASSES]


def _of_models(names: Sequence[str]) -> dict[str, str]:
    return {
        f"{model}_{name}": kind
        for model in names
        for name, kind in {**_VERDICT, **{f"p_{ending}": NUMBER for ending in ENDINGS}}.items()
    }


# By name, with the kind of its values: nullable dtypes of pandas.
COLUMNS: dict[str, str] = {
    **_FILE, **_LAYOUT, **_PAGE, **_MEASURED, **_RR, **_TRUST, **_of_models(MODEL_KEYS), **_FINDINGS,
    **_SETTINGS,
    "app_version": TEXT,
}  # fmt: skip
_NETWORKS = [name for name in MODEL_KEYS if name != ENSEMBLE]
_LEAD = {"lead": TEXT, "role": TEXT, "quality": NUMBER, "signal": TEXT, "estimated_snr_db": NUMBER,
         "st_j_mv": NUMBER, "st_j60_mv": NUMBER, "r_mv": NUMBER, "s_mv": NUMBER, "q_ms": NUMBER,
         "t_mv": NUMBER}  # fmt: skip
LEAD_COLUMNS: dict[str, str] = {
    **{name: _FILE[name] for name in ("number", "file", "sha256", "label")}, **_LEAD,
    **{f"{network}_p_{ending}": NUMBER for network in _NETWORKS for ending in ENDINGS},
}  # fmt: skip


def report_values(done: Done) -> dict[str, Any]:
    """Return every value of a file by `COLUMNS`, None where there is none."""
    row, reading = done.row, json.loads(done.line)
    values = {name: getattr(row, name) for name in _FILE}
    values |= {"app_version": __version__}
    if row.status == "read":
        values |= {"layout": row.layout, "order": row.order, "layout_confidence": reading["layout"]["confidence"]}
        values |= {name: reading["page"][name] for name in _PAGE}
        values |= {name: reading["measurements"].get(name) for name in _MEASURED}
        values |= {f"rr_{name}_ms": value for name, value in (reading["measurements"]["rr_ms"] or {}).items()}
        values |= {"trust": row.trust, "trust_reasons": row.trust_reasons, "networks_agree": row.agree()}
        values |= {f"finding_{name}": value for name, value in (reading.get("findings") or {}).items()}
        values |= {name: (reading.get("settings") or {}).get(name) for name in _SETTINGS}
        for model, verdict in reading["models"].items():
            values |= {} if verdict is None else _of_verdict(model, verdict)
    return {name: _plain(values.get(name)) for name in COLUMNS}


def lead_values(done: Done) -> list[dict[str, Any]]:
    """Return every value of each lead of a file by `LEAD_COLUMNS`; none of a refused file."""
    found = []
    for lead in json.loads(done.line)["leads"] or ():
        values = {name: getattr(done.row, name) for name in ("number", "file", "sha256", "label")}
        values |= {name: lead[name] for name in _LEAD}
        for network, own in (lead["probabilities"] or {}).items():
            values |= {f"{network}_p_{ending}": value for ending, value in zip(ENDINGS, own, strict=True)}
        found.append({name: values.get(name) for name in LEAD_COLUMNS})
    return found


def _of_verdict(model: str, verdict: dict[str, Any]) -> dict[str, Any]:
    values = {f"{model}_{name}": verdict[name] for name in _VERDICT}
    return values | {
        f"{model}_p_{ending}": value for ending, value in zip(ENDINGS, verdict["probabilities"], strict=True)
    }


def _plain(value: Any) -> Any:
    """Write several codes as words between spaces."""
    return " ".join(value) if isinstance(value, list | tuple) else value
