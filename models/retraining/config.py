"""The numbers of retraining, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RetrainConfig:
    """How heads are fitted, and when a new one may replace the old. Decisions: no confirmed readings existed yet."""

    # By how much the macro-F1 on held-out reports must rise. One report of the rarest class moves it by about 0.005.
    margin: float = 0.01
    # Fewest confirmed reports: below, chance alone decides whether the margin is reached.
    least_reports: int = 20
    # Weight of the squared distance from the weights that ship, per report: a few readings move a head a little. At
    # 0.003 a head fitted to the published reports alone stays within 0.01 of its held-out macro-F1.
    pull: float = 0.003
    label_smoothing: float = 0.05
    # Steps of the optimiser: the loss is convex, and a fit of 500 reports ends after 60 to 150.
    most_steps: int = 500


RETRAIN = RetrainConfig()
