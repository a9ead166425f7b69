"""The controls of the page Evaluation."""

from __future__ import annotations

from ecgviz.app import Control, ControlSet


class EvaluationControls(ControlSet):
    """What a reader sets on the page Evaluation; each control takes the default of its widget."""

    evaluation_part: Control[str] = Control()
    evaluation_score: Control[str] = Control()

    # The selection that the parts on predictions share
    evaluation_models: Control[list[str]] = Control()
    evaluation_reports: Control[str] = Control()
    evaluation_aggregation: Control[str] = Control()

    # Confusion matrix, Thresholds, Calibration, Compare models
    evaluation_cells: Control[str] = Control()
    evaluation_class: Control[str] = Control()
    evaluation_threshold: Control[float] = Control()
    evaluation_abstention: Control[float] = Control()
    evaluation_first: Control[str] = Control()
    evaluation_second: Control[str] = Control()

    # Leads, Layouts, Leakage, Training history
    evaluation_lead_models: Control[list[str]] = Control()
    evaluation_lead_score: Control[str] = Control()
    evaluation_layout_score: Control[str] = Control()
    evaluation_copies: Control[bool] = Control()
    evaluation_loss: Control[str] = Control()

    # The documents below
    evaluation_weights: Control[bool] = Control()
    evaluation_card: Control[bool] = Control()
    evaluation_log: Control[bool] = Control()
