"""Evaluation: the scores of the networks on held-out reports, and what they mean."""

from ecgviz.app import ui
from ecgviz.evaluation import page

ui.frame("Evaluation", "How well the networks predict held-out reports, and how far to trust these figures.")

page.headline()
page.parts()
page.sources()
