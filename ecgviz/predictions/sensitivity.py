"""What a network's prediction depends on, as tables: along each lead, and lead by lead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import pandas as pd

from ecgviz.study import Study
from ecgviz.words import of_network
from models.classes import CLASSES
from models.explaining import OCCLUDED_SAMPLES, grad_cam, occlusion, without_each_lead
from models.networks import QUARTERS, RATE_HZ, ROW_SAMPLES, lead_rows
from models.serving import Classifier, predictor
from preprocessing.lead_id import LEADS

# In shares of the probability: a smaller effect of any one window counts as none, and under a point gets no number.
LEAST_EFFECT, ONE_POINT = 0.005, 0.01


@dataclass(frozen=True)
class Sensitivity:
    """What one network's probabilities depend on.

    Attributes
    ----------
    waves : DataFrame
        ``row, time_s, mv``: each lead as the network's input; the strip in four rows.
    along : DataFrame
        ``class, row, start_s, stop_s, grad_cam, occlusion``: Grad-CAM in [0, 1], and the drop of the probability when
        the window is occluded.
    left_out : DataFrame
        ``lead, class, change``: the change of the probability when a lead is left out.
    """

    waves: pd.DataFrame
    along: pd.DataFrame
    left_out: pd.DataFrame

    def of_class(self, label: str) -> pd.DataFrame:
        """Return the rows of `along` for one class."""
        return self.along[self.along["class"] == label]


def sensitivity_of(study: Study, network: str) -> Sensitivity:
    """Compute Grad-CAM, occlusion and the effect of leaving out each lead.

    Parameters
    ----------
    study : Study
    network : str
        Name of a network over traces.
    """
    # Networks over pictures have maps of their own.
    classifier = cast(Classifier, predictor.networks().by_name[network])
    rows = lead_rows(study.good_traces)
    cam = grad_cam(classifier.network, rows).reshape(len(CLASSES), len(rows), -1, OCCLUDED_SAMPLES).mean(axis=3)
    drop = occlusion(classifier, rows)
    whole = classifier(rows[None]).report[0]
    names = row_names()
    printed = [row for row in range(len(rows)) if rows[row, :, 1].any()]
    waves = [
        # A sample that was not read breaks the line.
        {"row": names[row], "time_s": sample / RATE_HZ, "mv": float(mv) if read else None}
        for row in printed
        for sample, (mv, read) in enumerate(rows[row])
    ]
    step_s = OCCLUDED_SAMPLES / RATE_HZ
    along = [
        {"class": label, "row": names[row], "start_s": step * step_s, "stop_s": (step + 1) * step_s,
         "grad_cam": float(cam[place, row, step]), "occlusion": float(drop[place, row, step])}
        for place, label in enumerate(CLASSES)
        for row in printed
        for step in range(cam.shape[2])
    ]  # fmt: skip
    left_out = [
        {"lead": of_network(lead), "class": label, "change": float(change)}
        for lead, probabilities in without_each_lead(classifier, rows).items()
        for label, change in zip(CLASSES, probabilities - whole, strict=True)
    ]
    return Sensitivity(pd.DataFrame(waves), pd.DataFrame(along), pd.DataFrame(left_out))


def row_names() -> list[str]:
    """Return the display names of the networks' input rows: the twelve leads, then the strip's four parts."""
    quarter_s = ROW_SAMPLES / RATE_HZ
    strip = [f"strip {part * quarter_s:g} s" for part in range(QUARTERS)]
    return [*LEADS, *strip]


def most_sensitive(found: Sensitivity, label: str) -> str:
    """Return in one sentence where occlusion lowers the probability of a class most."""
    own = found.of_class(label)
    if not len(own):
        return "No lead was read, so there is nothing to occlude."
    best = own.loc[own["occlusion"].idxmax()]
    if best["occlusion"] < LEAST_EFFECT:
        return "No quarter of a second lowers the probability by half a percentage point or more when occluded."
    points = round(100 * best["occlusion"])
    drop = (
        f"{points} percentage point{'s' * (points != 1)}"
        if best["occlusion"] >= ONE_POINT
        else "less than a percentage point"
    )
    return (
        f"Most sensitive in {best['row']}, {best['start_s']:.2f} to {best['stop_s']:.2f} s: occluding this window "
        f"lowers the probability by {drop}."
    )


def largest_change(found: Sensitivity, label: str) -> str:
    """Return in one sentence which lead, left out, changes the probability of a class most."""
    own = found.left_out[found.left_out["class"] == label]
    best = own.loc[own["change"].abs().idxmax()]
    lead = "the strip" if best["lead"] == "strip" else best["lead"]
    change = f"{100 * best['change']:+.1f}".replace("-", "\N{MINUS SIGN}")
    return f"Leaving out {lead} changes {label} most: {change} percentage points."


def change_matrix(found: Sensitivity) -> pd.DataFrame:
    """Return the changes as a table of leads by classes, in percentage points."""
    table = found.left_out.pivot(index="lead", columns="class", values="change")
    order = list(dict.fromkeys(found.left_out["lead"]))
    return (100 * table.reindex(index=order, columns=list(CLASSES))).round(1)
