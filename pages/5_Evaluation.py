"""Evaluation: how good the networks are on reports that they never saw, and what such figures are worth."""

from ecgviz.app import ui
from ecgviz.evaluation import page

ui.frame("Evaluation", "How often the networks are right on reports that they never saw, and what that is worth.")

page.headline()
page.parts()
page.sources()
