"""A drawn image and its exact ground truth: leads, positions and printed samples."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sample_images.leads import Signal

DRAWN_BY = "sample_images"


@dataclass(frozen=True, eq=False)
class DrawnLead:
    """One lead as printed. Points are (x, y) in pixels, with pixel centres at whole numbers.

    Attributes
    ----------
    lead : its name as printed, such as "V1" or "-aVR"
    role : "12-lead" or "rhythm"
    quad : (4, 2) corners of its cell, clockwise from the top left
    start_s : time of its first sample
    samples_mv : (n,) the samples printed, mV; NaN where nothing is printed
    trace_px : (n, 2) position of each sample's ink
    """

    lead: str
    role: str
    quad: Signal
    start_s: float
    samples_mv: Signal
    trace_px: Signal


@dataclass(frozen=True, eq=False)
class Drawing:
    """An image with its ground truth. One that is no ECG has no leads, class or layout.

    Attributes
    ----------
    image : (height, width, 3) array of uint8, RGB
    kind : "ecg", "document" or "blank grid"
    px_per_mm : pixels per millimetre of paper; the mean over the leads in a photograph
    """

    image: NDArray[np.uint8]
    kind: str
    px_per_mm: float
    leads: tuple[DrawnLead, ...] = ()
    label: str | None = None
    rhythm: str | None = None
    layout: str | None = None
    speed_mm_s: float | None = None
    gain_mm_mv: float | None = None
    rate_hz: float | None = None
    heart_rate_bpm: float | None = None
    seed: int | None = None

    def to_dict(self, with_samples: bool = False) -> dict[str, Any]:
        """Return the ground truth, ready for JSON, optionally with samples (mV, rounded to 1 uV)."""
        return {
            "drawn_by": DRAWN_BY,
            "kind": self.kind,
            "class": self.label,
            "rhythm": self.rhythm,
            "layout": self.layout,
            "speed_mm_s": self.speed_mm_s,
            "gain_mm_mv": self.gain_mm_mv,
            "px_per_mm": round(self.px_per_mm, 4),
            "heart_rate_bpm": None if self.heart_rate_bpm is None else round(self.heart_rate_bpm, 1),
            "rate_hz": self.rate_hz,
            "seed": self.seed,
            "width": self.image.shape[1],
            "height": self.image.shape[0],
            "leads": [_lead_dict(lead, with_samples) for lead in self.leads],
        }

    def truth_json(self, with_samples: bool = False) -> str:
        """Return the ground truth as JSON text, one lead per line."""
        truth = self.to_dict(with_samples)
        leads = ",".join(f"\n    {json.dumps(lead)}" for lead in truth.pop("leads"))
        head = json.dumps(truth, indent=2).removesuffix("\n}")
        return head + ',\n  "leads": [' + (leads and f"{leads}\n  ") + "]\n}\n"


def _lead_dict(lead: DrawnLead, with_samples: bool) -> dict[str, Any]:
    truth: dict[str, Any] = {
        "lead": lead.lead,
        "role": lead.role,
        "quad": np.round(lead.quad, 2).tolist(),
        "start_s": round(lead.start_s, 4),
    }
    if with_samples:
        # JSON has no NaN: a gap is null.
        truth["samples_mv"] = [None if np.isnan(mv) else round(float(mv), 3) for mv in lead.samples_mv]
    return truth
