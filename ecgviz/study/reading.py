"""The reading of a report as plain data: the contract of the command line."""

from __future__ import annotations

import hashlib
from typing import Any

from ecgviz.study.lead_checks import checks, warnings
from ecgviz.study.opening import STEPS, open_study
from ecgviz.study.outlines import quad_in_picture
from ecgviz.study.study import Study
from models.networks import MODEL_KEYS, lead_name
from models.serving import Prediction, Verdict
from preprocessing.errors import EcgImageError
from preprocessing.leads import LeadBox
from preprocessing.measuring import Measured, Measurements
from preprocessing.picture import MAX_BYTES
from preprocessing.stages import StageSettings

SCHEMA = "ecgviz.reading/2"
_WAVES = ("st_j_mv", "st_j60_mv", "r_mv", "s_mv", "q_ms", "t_mv")
_STEPS = (*STEPS, "stages", "models")


def reading_of(
    data: bytes, file: str, with_models: bool = True, settings: StageSettings | None = None
) -> dict[str, Any]:
    """Read a report, or return why it was refused.

    Parameters
    ----------
    data : bytes
        The file's content.
    file : str
        Name to put on the reading.
    with_models : bool
        Without, no network is loaded and ``models`` holds None.
    settings : StageSettings, optional
        Of the stages that networks over pictures receive; by default the article's.

    Returns
    -------
    dict
        ``status`` is ``read`` or ``refused``. What this version cannot fill is None, never invented.
    """
    try:
        return reading_from(open_study(data, file, with_models=with_models, settings=settings))
    except EcgImageError as error:
        return refusal_of(data, file, error)


def refusal_of(data: bytes, file: str, error: EcgImageError) -> dict[str, Any]:
    """Return the reading of file content that was refused."""
    # An oversized file is not read to its end, so its hash is unknown.
    whole = len(data) <= MAX_BYTES
    return refusal(file, hashlib.sha256(data).hexdigest() if whole else None, error)


def refusal(file: str, sha256: str | None, error: EcgImageError) -> dict[str, Any]:
    """Return the reading of a file that was refused."""
    return {
        "schema": SCHEMA,
        "file": file,
        "sha256": sha256,
        "status": "refused",
        "refusal": {"code": error.code, "message": error.message},
        "trust": None,
        "warnings": [],
        "page": None,
        "layout": None,
        "leads": None,
        "models": None,
        "findings": None,
        "measurements": None,
        "checks": None,
        "settings": None,
        "seconds": None,
    }


def reading_from(study: Study) -> dict[str, Any]:
    """Return the reading of a study, with its prediction unless it is to have none."""
    # First, because the prediction adds to the notices and the seconds.
    prediction = study.prediction
    page, layout, seconds = study.page, study.layout, study.seconds
    height, width = study.image.original_shape
    # All pixels of the contract are those of the file, also where it was read at a half of its size.
    file_px = study.image.reduced_by
    return {
        "schema": SCHEMA,
        "file": study.file,
        "sha256": study.image.sha256,
        "status": "read",
        "trust": {"state": study.trust.state.value, "reasons": list(study.trust.reasons)},
        "warnings": [{"code": notice.code, "message": notice.message} for notice in warnings(study)],
        "page": {
            "width": width,
            "height": height,
            "rotation_deg": round(page.rotation_deg, 2),
            "mirrored": page.turn.mirrored,
            "laid_flat": page.flattening is not None,
            "px_per_mm_x": round(page.px_per_mm_x * file_px, 4),
            "px_per_mm_y": round(page.px_per_mm_y * file_px, 4),
            "speed_mm_s": page.speed_mm_s,
            "speed_from": page.speed_from,
            "gain_mm_mv": page.gain_mm_mv,
            "gain_from": page.gain_from,
            "scale_from": page.scale_from,
            "grid_strength": None if page.grid_strength is None else round(page.grid_strength, 2),
        },
        "layout": {
            "name": layout.form.arrangement,
            "order": layout.form.order,
            "confidence": layout.confidence,
            "probability": None if layout.probability is None else round(layout.probability, 4),
        },
        "leads": [
            {
                "lead": box.lead,
                "role": box.role,
                "quad": (quad_in_picture(page, box) * file_px).round(1).tolist(),
                "quality": round(trace.quality, 4),
                "signal": signal.value,
                "estimated_snr_db": round(snr_db, 1),
                **_waves(study.measurements, box.lead),
                "probabilities": _by_network(prediction, box),
            }
            for box, trace, signal, snr_db in zip(
                layout.boxes, study.traces, study.measurements.signals, study.lead_snr_db, strict=True
            )
        ],
        "models": {key: _verdict(prediction, key) for key in MODEL_KEYS},
        "findings": None if prediction is None else _findings(prediction),
        "measurements": _measurements(study.measurements),
        "checks": [
            {
                "law": check.law,
                "left_over_mv": None if check.residual_mv is None else round(check.residual_mv, 4),
                "share": None if check.share is None else round(check.share, 4),
                "holds": check.holds,
            }
            for check in checks(study)
        ],
        "settings": {"sigma": study.settings.sigma, "threshold_shift": study.settings.threshold_shift},
        "seconds": {step: None if step not in seconds else round(seconds[step], 4) for step in _STEPS},
    }


def _by_network(prediction: Prediction | None, box: LeadBox) -> dict[str, list[float]] | None:
    """Return each network's probabilities from one lead alone; None without networks, or where nothing was read."""
    if prediction is None:
        return None
    name = lead_name(box.id)
    return {key: _rounded_all(leads[name]) for key, leads in prediction.leads.items() if name in leads} or None


def _waves(measured: Measurements, lead: str) -> dict[str, float | None]:
    """Return the heights of a lead's waves in the median beat, None where they were not measured."""
    found = measured.waves.get(lead)
    values = {name: None if found is None else getattr(found, name) for name in _WAVES}
    return {name: None if value is None else round(value, 3) for name, value in values.items()}


def _verdict(prediction: Prediction | None, key: str) -> dict[str, Any] | None:
    if prediction is None:
        return None
    verdict: Verdict | None = prediction.verdicts.get(key)
    if verdict is None:
        return None
    return {
        "probabilities": _rounded_all(verdict.probabilities),
        "label": verdict.label,
        "confidence": round(verdict.confidence, 4),
        "state": verdict.state.value,
        "abstains": verdict.abstains,
        "reasons": list(verdict.reasons),
        "unlike_training": verdict.out_of_distribution,
        "version": verdict.version,
    }


def _findings(prediction: Prediction) -> dict[str, float] | None:
    found = prediction.findings
    return None if found is None else {name: round(probability, 4) for name, probability in found.items()}


def _rounded_all(probabilities: tuple[float, ...]) -> list[float]:
    return [round(one, 4) for one in probabilities]


def _measurements(measured: Measurements) -> dict[str, Any]:
    """Return the values by name, None where missing; then the reasons and the basis, by the same names."""
    values, rr = measured.values, measured.rr
    return {
        **{name: _rounded(value) for name, value in values.items()},
        "rr_ms": None
        if rr is None
        else {"median": round(rr.median_ms), "shortest": round(rr.shortest_ms), "longest": round(rr.longest_ms)},
        "reasons": {name: value.reason for name, value in values.items() if value.reason is not None},
        "rests_on": {name: value.rests_on for name, value in values.items()},
    }


def _rounded(measured: Measured) -> float | str | None:
    # Whole units, as recorders print them: the decimals are not significant.
    return round(measured.value) if isinstance(measured.value, float) else measured.value
