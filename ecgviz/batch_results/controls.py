"""The controls of what the page Batch shows about results."""

from __future__ import annotations

from ecgviz.app import Control, ControlSet
from ecgviz.evaluation import PartControls


class ResultControls(ControlSet):
    """What a reader sets on Overview, Scores and Drift; each control takes the default of its widget."""

    batch_part: Control[str] = Control()

    # Overview
    batch_pair_first: Control[str] = Control()
    batch_pair_second: Control[str] = Control()
    batch_pair_class: Control[str] = Control()

    # Scores
    batch_models: Control[list[str]] = Control()
    batch_subset: Control[str] = Control()
    batch_score_part: Control[str] = Control()
    batch_score: Control[str] = Control()
    batch_cells: Control[str] = Control()
    batch_class: Control[str] = Control()
    batch_threshold: Control[float] = Control()
    batch_abstention: Control[float] = Control()
    batch_first: Control[str] = Control()
    batch_second: Control[str] = Control()

    # Drift
    batch_drift_value: Control[str] = Control()


SCORE_CONTROLS = PartControls(
    ResultControls.batch_cells,
    ResultControls.batch_class,
    ResultControls.batch_threshold,
    ResultControls.batch_abstention,
    ResultControls.batch_first,
    ResultControls.batch_second,
)
