"""What the networks' answer depends on, as tables: along each lead, and lead by lead."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ecgviz.study import Study
from ecgviz.words import of_network
from models.classes import CLASSES
from models.explaining import OCCLUDED_SAMPLES, grad_cam, occlusion, without_each_lead
from models.networks import QUARTERS, RATE_HZ, ROW_SAMPLES, lead_rows
from models.serving import predictor
from preprocessing.lead_id import LEADS


@dataclass(frozen=True)
class Sensitivity:
    """What one network's scores depend on.

    Attributes
    ----------
    waves : DataFrame
        ``row, time_s, mv``: each lead as the network gets it; the strip in four rows.
    along : DataFrame
        ``class, row, start_s, stop_s, seen, lost``: Grad-CAM, 0 to 1, and what probability hiding the stretch costs.
    left_out : DataFrame
        ``lead, class, change``: how each class's probability changes when a lead is left out.
    """

    waves: pd.DataFrame
    along: pd.DataFrame
    left_out: pd.DataFrame

    def of_class(self, label: str) -> pd.DataFrame:
        """Return what one class's score depends on along the rows."""
        return self.along[self.along["class"] == label]


def sensitivity_of(study: Study, network: str) -> Sensitivity:
    """Ask one network what its scores depend on.

    Parameters
    ----------
    study : Study
    network : str
        Name of a network.
    """
    classifier = predictor.networks().by_name[network]
    rows = lead_rows(study.traces)
    seen = grad_cam(classifier.network, rows).reshape(len(CLASSES), len(rows), -1, OCCLUDED_SAMPLES).mean(axis=3)
    lost = occlusion(classifier, rows)
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
         "seen": float(seen[place, row, step]), "lost": float(lost[place, row, step])}
        for place, label in enumerate(CLASSES)
        for row in printed
        for step in range(seen.shape[2])
    ]  # fmt: skip
    left_out = [
        {"lead": of_network(lead), "class": name, "change": float(change)}
        for lead, said in without_each_lead(classifier, rows).items()
        for name, change in zip(CLASSES, said - whole, strict=True)
    ]
    return Sensitivity(pd.DataFrame(waves), pd.DataFrame(along), pd.DataFrame(left_out))


def row_names() -> list[str]:
    """Name the networks' rows as people read them."""
    quarter_s = ROW_SAMPLES / RATE_HZ
    strip = [f"strip {part * quarter_s:g} s" for part in range(QUARTERS)]
    return [*LEADS, *strip]


def strongest(found: Sensitivity, label: str) -> str:
    """Say where a class's score is most sensitive, in one sentence."""
    own = found.of_class(label)
    if not len(own):
        return "Nothing was read in which the score could be sensitive."
    best = own.loc[own["lost"].idxmax()]
    if best["lost"] < 0.005:
        return (
            "No single quarter of a second moves the score by half a percentage point: it rests on many small things."
        )
    points = round(100 * best["lost"])
    taken = (
        f"{points} percentage point{'s' * (points != 1)}" if best["lost"] >= 0.01 else "less than a percentage point"
    )
    return (
        f"The score is most sensitive in {best['row']} between {best['start_s']:.2f} and {best['stop_s']:.2f} s: "
        f"hiding that stretch takes {taken} from it."
    )


def largest_change(found: Sensitivity, label: str) -> str:
    """Say which lead's absence moves a class most."""
    own = found.left_out[found.left_out["class"] == label]
    best = own.loc[own["change"].abs().idxmax()]
    lead = "the strip" if best["lead"] == "strip" else best["lead"]
    change = f"{100 * best['change']:+.1f}".replace("-", "\N{MINUS SIGN}")
    return f"Leaving {lead} out changes {label} most: by {change} percentage points."


def as_matrix(found: Sensitivity) -> pd.DataFrame:
    """Return the changes as a table of leads by classes, in percentage points."""
    table = found.left_out.pivot(index="lead", columns="class", values="change")
    order = list(dict.fromkeys(found.left_out["lead"]))
    return (100 * table.reindex(index=order, columns=list(CLASSES))).round(1)
