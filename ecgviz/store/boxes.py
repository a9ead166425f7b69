"""A layout that a person set by hand, as plain data to keep with a reading, and back."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from ecgviz.study import Corrections
from preprocessing.page import Turn


def boxes_of(corrections: Corrections) -> dict[str, Any]:
    """Return corrections as JSON holds them: lines and boxes in pixels of the flat, upright page."""
    written: dict[str, Any] = json.loads(json.dumps(asdict(corrections)))
    return written


def corrections_of(boxes: dict[str, Any]) -> Corrections:
    """Return the corrections that `boxes_of` wrote.

    Examples
    --------
    >>> set_by_hand = Corrections("3x4+1", (0.0, 90.0), (0.0, 50.0), boxes=(("I", (1.0, 2.0, 3.0, 4.0)),))
    >>> corrections_of(boxes_of(set_by_hand)) == set_by_hand
    True
    """
    scale = boxes["px_per_mm"]
    return Corrections(
        layout=boxes["layout"],
        columns=tuple(boxes["columns"]),
        rows=tuple(boxes["rows"]),
        speed_mm_s=boxes["speed_mm_s"],
        gain_mm_mv=boxes["gain_mm_mv"],
        px_per_mm=None if scale is None else (scale[0], scale[1]),
        boxes=tuple((key, tuple(edges)) for key, edges in boxes["boxes"]),
        strips=tuple(boxes["strips"]),
        turn=Turn(**boxes["turn"]),
    )
