"""What the shared parts show: predictions with their labels, the models compared, and the controls of the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ecgviz.app import Control
from models.evaluation import HeldOutPredictions


@dataclass(frozen=True)
class PartControls:
    """The controls of the parts: each page has its own, so that a choice on one does not move the other."""

    cells: Control[str]
    label: Control[str]
    threshold: Control[float]
    abstention: Control[float]
    first: Control[str]
    second: Control[str]


@dataclass(frozen=True)
class Scope:
    """Labelled predictions as the parts show them.

    Attributes
    ----------
    predictions : HeldOutPredictions
    models : tuple of str
        Those to show.
    controls : PartControls
    notes : tuple of str
        What the reports are, for the files under each chart.
    shipped : mapping of str to float
        The abstention thresholds that ship with the models, where they hold for these predictions.
    """

    predictions: HeldOutPredictions
    models: tuple[str, ...]
    controls: PartControls
    notes: tuple[str, ...]
    shipped: Mapping[str, float] = field(default_factory=dict)
