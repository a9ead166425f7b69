"""Evaluation: how good the networks are on reports that they never saw, and what such figures are worth."""

from ecgviz import evaluation, ui

ui.frame("Evaluation", "How often the networks are right on reports that they never saw, and what that is worth.")

evaluation.headline()
evaluation.parts()
evaluation.sources()
