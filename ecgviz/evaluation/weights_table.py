"""Which weights are in use: each network's version, and the readings that it was retrained on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

from ecgviz.predictions import EVERY_NAME
from models.serving import WEIGHTS_FOLDER, shipped

# As many digits of the hash as verdicts and exports give.
VERSION_DIGITS = 12


def weights_in_use(folder: Path = WEIGHTS_FOLDER) -> pd.DataFrame:
    """Return one row per trained network: its name, version, training data, and when and on what it was retrained."""
    rows = []
    for name in shipped(folder):
        card: dict[str, Any] = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        rows.append(
            {
                "Network": EVERY_NAME.get(name, name),
                "Version": card["sha256"][:VERSION_DIGITS],
                "Retrained": _retrained(card.get("retrained")),
                "Trained on": card["data"],
            }
        )
    return pd.DataFrame(rows)


def _retrained(how: dict[str, Any] | None) -> str:
    if how is None:
        return "no"
    gate, n = how["gate"], sum(how["confirmed"].values())
    return (
        f"{how['at'][:10]}, {n} confirmed reports; macro-F1 on {gate['n']} held-out reports "
        f"{gate['before']:.3f} to {gate['after']:.3f}"
    )
