__all__ = [
    "MISSING",
    "article",
    "changes",
    "comparison",
    "criteria",
    "doubts",
    "finding_names",
    "first_line",
    "glossary",
    "hand_measurements",
    "in_words",
    "layout_checks",
    "lead_names",
    "measured",
    "of_network",
    "page_facts",
    "plain",
    "printed",
    "statements",
    "waves",
]

from . import (
    article,
    comparison,
    criteria,
    doubts,
    finding_names,
    first_line,
    glossary,
    hand_measurements,
    layout_checks,
    lead_names,
    measured,
    page_facts,
    printed,
    statements,
)
from .changes_of import changes
from .lead_names import in_words
from .markdown import plain
from .measured import MISSING, waves
from .network_leads import of_network
