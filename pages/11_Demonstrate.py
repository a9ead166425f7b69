"""Demonstrate: nine steps from photograph to aggregated verdict, one screen each, by arrow keys."""

from ecgviz.app import ui
from ecgviz.learn import section_demonstration

ui.frame("Demonstrate", "From photograph to verdict in nine steps. Arrow keys: back and next. W: what would go wrong.")

section_demonstration.show()
