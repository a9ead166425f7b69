"""What the networks' answer depends on, as tables: along each lead, and lead by lead."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ecgviz.study import Study
from models import verdicts
from models.classes import CLASSES
from models.explanation import HIDDEN_SAMPLES, grad_cam, occlusion, without_each_lead
from models.lead_rows import LEADS, QUARTERS, RATE_HZ, ROW_SAMPLES, STRIP, lead_rows


@dataclass(frozen=True)
class Sensitivity:
    """What one network's score of one class depends on.

    Attributes
    ----------
    waves : DataFrame
        ``row, time_s, mv``: each lead as the network gets it; the strip in four rows.
    along : DataFrame
        ``row, start_s, stop_s, seen, lost``: Grad-CAM (0 to 1) and what hiding the stretch costs, in probability.
    left_out : DataFrame
        ``lead, class, change``: how each class's probability changes when a lead is left out.
    """

    waves: pd.DataFrame
    along: pd.DataFrame
    left_out: pd.DataFrame


def sensitivity(study: Study, network: str, label: str) -> Sensitivity:
    """Ask one network what its score of a class depends on.

    Parameters
    ----------
    study : Study
    network : str
        Name of a network.
    label : str
        One of `CLASSES`.
    """
    classifier = verdicts.networks().by_name[network]
    rows, place = lead_rows(study.traces), CLASSES.index(label)
    seen = grad_cam(classifier.network, rows, place).reshape(len(rows), -1, HIDDEN_SAMPLES).mean(axis=2)
    lost = occlusion(classifier, rows, place)
    whole = classifier(rows[None]).report[0]
    names = row_names()
    printed = [row for row in range(len(rows)) if rows[row, :, 1].any()]
    waves = [
        # A sample that was not read breaks the line.
        {"row": names[row], "time_s": sample / RATE_HZ, "mv": float(mv) if read else None}
        for row in printed
        for sample, (mv, read) in enumerate(rows[row])
    ]
    step_s = HIDDEN_SAMPLES / RATE_HZ
    along = [
        {"row": names[row], "start_s": step * step_s, "stop_s": (step + 1) * step_s, "seen": float(seen[row, step]),
         "lost": float(lost[row, step])}
        for row in printed
        for step in range(seen.shape[1])
    ]  # fmt: skip
    left_out = [
        {"lead": "strip" if lead == STRIP else lead, "class": name, "change": float(change)}
        for lead, said in without_each_lead(classifier, rows).items()
        for name, change in zip(CLASSES, said - whole, strict=True)
    ]
    return Sensitivity(pd.DataFrame(waves), pd.DataFrame(along), pd.DataFrame(left_out))


def row_names() -> list[str]:
    """Name the networks' rows as people read them."""
    quarter_s = ROW_SAMPLES / RATE_HZ
    strip = [f"strip {part * quarter_s:g} s" for part in range(QUARTERS)]
    return [*LEADS, *strip]


def strongest(found: Sensitivity) -> str:
    """Say where the score is most sensitive, in one sentence."""
    if not len(found.along):
        return "Nothing was read in which the score could be sensitive."
    best = found.along.loc[found.along["lost"].idxmax()]
    if best["lost"] < 0.005:
        return "No single quarter of a second moves the score by half a percent: it rests on many small things."
    percent = f"{100 * best['lost']:.0f}" if best["lost"] >= 0.01 else "less than one"
    return (
        f"The score is most sensitive in {best['row']} between {best['start_s']:.2f} and {best['stop_s']:.2f} s: "
        f"hiding that stretch takes {percent} points of a hundred from it."
    )


def largest_change(found: Sensitivity, label: str) -> str:
    """Say which lead's absence moves a class most."""
    own = found.left_out[found.left_out["class"] == label]
    best = own.loc[own["change"].abs().idxmax()]
    return f"Leaving {best['lead']} out changes {label} most: by {100 * best['change']:+.1f} points of a hundred."


def as_matrix(found: Sensitivity) -> pd.DataFrame:
    """Return the changes as a table of leads by classes, in points of a hundred."""
    table = found.left_out.pivot(index="lead", columns="class", values="change")
    order = list(dict.fromkeys(found.left_out["lead"]))
    return (100 * table.reindex(index=order, columns=list(CLASSES))).round(1)
