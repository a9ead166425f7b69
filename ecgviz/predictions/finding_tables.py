"""The findings of a report as a table, each with how well it is found on held-out patients."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from ecgviz.predictions.prediction_tables import percent
from ecgviz.words import doubts, finding_names
from models.classes import FINDINGS
from models.findings import findings_card
from models.serving import Prediction

HEAD = ("Finding", "Probability", "Present", "AUROC", "n")
NOT_RUN = "The findings head was not run."
RARE = 10


def rows(prediction: Prediction) -> list[tuple[str, str, str, str, str]]:
    """Return one row of `HEAD` for each finding, those present first; empty where findings do not apply."""
    found = prediction.findings
    if found is None:
        return []
    card = findings_card()
    limits = dict(zip(FINDINGS, card.present_above, strict=True))
    figures = card.figures["findings"]
    order = sorted(FINDINGS, key=lambda name: found[name] < limits[name])
    return [
        (
            finding_names.TITLES[name],
            percent(found[name]),
            "yes" if found[name] >= limits[name] else "no",
            auroc(figures[name]),
            f"{figures[name]['present']} of {figures[name]['n']}",
        )
        for name in order
    ]


def table(prediction: Prediction) -> pd.DataFrame:
    """Return the rows as a frame."""
    return pd.DataFrame(rows(prediction), columns=list(HEAD))


def auroc(figure: dict[str, Any]) -> str:
    """Return an area under the ROC curve with its interval.

    Examples
    --------
    >>> auroc({"auroc": 0.912, "low": 0.87, "high": 0.95})
    '0.91 (0.87 to 0.95)'
    """
    return f"{figure['auroc']:.2f} ({figure['low']:.2f} to {figure['high']:.2f})"


def present_titles(found: Mapping[str, float]) -> list[str]:
    """Return the titles of the findings whose probability reaches their threshold, in the order of the contract."""
    limits = dict(zip(FINDINGS, findings_card().present_above, strict=True))
    return [finding_names.TITLES[name] for name in FINDINGS if found[name] >= limits[name]]


def present(prediction: Prediction) -> str:
    """Return one sentence with the findings that are present, or why there are none."""
    if prediction.findings is None:
        reasons = prediction.findings_reasons
        return f"No findings, because {doubts.because(reasons)}." if reasons else NOT_RUN
    titles = present_titles(prediction.findings)
    return f"Present: {', '.join(titles)}." if titles else "No finding reaches its threshold."


def caption() -> str:
    """Return what the figures rest on."""
    figures = findings_card().figures
    rare = [finding_names.TITLES[name].lower() for name in FINDINGS if figures["findings"][name]["present"] < RARE]
    few = f" Fewer than {RARE} pages show {', '.join(rare[:-1])} or {rare[-1]}." if len(rare) > 1 else ""
    return (
        "Calibrated probabilities of a separate network, trained on PTB-XL and on simulated rhythms; a finding counts "
        "as present from its own threshold on. AUROC with its 95% interval is of held-out patients, whose "
        f"{figures['pages_n']} pages were drawn in five layouts and read by this reader; n is on how many of these "
        f"pages the finding is stated.{few}"
    )
