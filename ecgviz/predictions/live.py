"""Predictions from the pictures of a report under other settings of the stages, and their change."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ecgviz.predictions.model_names import NAMES
from ecgviz.predictions.prediction_tables import percent
from ecgviz.study import Study
from ecgviz.words import of_network
from models.classes import CLASSES
from models.networks import PAPER_NETWORKS, PICTURE_NETWORKS
from models.serving import NO_BEATS, Verdict, predictor

USUAL, CHOSEN = "Article's settings", "Your settings"
# A change of probability below this, in shares, is called none.
LEAST_CHANGE = 0.005


@dataclass(frozen=True)
class PicturePrediction:
    """What one network predicts from the pictures of a report.

    Attributes
    ----------
    network : str
    verdict : Verdict
        For the report.
    leads : dict of str to tuple of float
        Probabilities of the classes by lead, the strip as ``rhythm``.
    """

    network: str
    verdict: Verdict
    leads: dict[str, tuple[float, ...]]


def picture_networks() -> dict[str, str]:
    """Return the networks over pictures that are loaded, with their display names, the article's first."""
    loaded = predictor.networks().by_name
    return {name: NAMES[name] for name in (*PAPER_NETWORKS, *PICTURE_NETWORKS) if name in loaded}


def of_pictures(study: Study, network: str) -> PicturePrediction:
    """Predict by one network from the pictures that a study's stages give."""
    beatless = study.measurements.beats.reason is not None
    doubts = (*study.forbids_prediction, *((NO_BEATS.code,) if beatless else ()))
    found = predictor.networks().of_pictures(study.pictures, [network], doubts)
    return PicturePrediction(network, found.verdicts[network], found.leads[network])


def lead_table(usual: PicturePrediction, now: PicturePrediction) -> pd.DataFrame:
    """Return the probabilities from each lead alone.

    Returns
    -------
    DataFrame
        ``lead, class, usual, probability, change``.
    """
    return pd.DataFrame(
        [
            {"lead": of_network(lead), "class": label, "usual": before, "probability": after, "change": after - before}
            for lead in now.leads
            for label, before, after in zip(CLASSES, usual.leads.get(lead, ()), now.leads[lead], strict=False)
        ],
        columns=["lead", "class", "usual", "probability", "change"],
    )


def report_table(usual: PicturePrediction, now: PicturePrediction) -> pd.DataFrame:
    """Return the report's probabilities under both settings: ``settings, class, probability``."""
    return pd.DataFrame(
        [
            {"settings": settings, "class": label, "probability": probability}
            for settings, one in ((USUAL, usual), (CHOSEN, now))
            for label, probability in zip(CLASSES, one.verdict.probabilities, strict=True)
        ]
    )


def change_sentence(usual: PicturePrediction, now: PicturePrediction) -> str:
    """Return in one sentence how the report's most probable class changed with the settings.

    Examples
    --------
    >>> from models.serving import VerdictState
    >>> def of(*found):
    ...     label = CLASSES[found.index(max(found))]
    ...     return PicturePrediction("cnn", Verdict(found, label, VerdictState.PREDICTED, (), "0"), {})
    >>> change_sentence(of(0.7, 0.1, 0.1, 0.1), of(0.3, 0.5, 0.1, 0.1))
    'Most probable is now Abnormal heartbeat (50%) instead of Normal (70% before, 30% now).'
    """
    first, then = usual.verdict, now.verdict
    before, after = first.confidence, now.verdict.probabilities[CLASSES.index(first.label)]
    if then.label != first.label:
        return (
            f"Most probable is now {then.label} ({percent(then.confidence)}) instead of {first.label} "
            f"({percent(before)} before, {percent(after)} now)."
        )
    if abs(after - before) < LEAST_CHANGE:
        return f"{first.label} remains most probable at {percent(after)}: no change."
    points = f"{100 * (after - before):+.0f}".replace("-", "\N{MINUS SIGN}")
    if points.strip("+\N{MINUS SIGN}") == "0":
        points = "less than one"
    return f"{first.label} remains most probable: {percent(before)} before, {percent(after)} now ({points} points)."


def leads_changed(usual: PicturePrediction, now: PicturePrediction) -> str:
    """Return in one sentence for how many leads alone another class is most probable now."""
    changed = [
        of_network(lead)
        for lead, found in now.leads.items()
        if lead in usual.leads and _top(found) != _top(usual.leads[lead])
    ]
    if not changed:
        return "From every lead alone, the same class remains most probable."
    return f"Another class is most probable from {len(changed)} of {len(now.leads)} leads: {', '.join(changed)}."


def _top(found: tuple[float, ...]) -> int:
    return found.index(max(found))
