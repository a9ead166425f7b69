__all__ = [
    "MISSING",
    "article",
    "beside_trace",
    "changes",
    "comparison",
    "criteria",
    "doubts",
    "first_line",
    "glossary",
    "in_words",
    "layout_checks",
    "lead_names",
    "measured",
    "of_network",
    "page_facts",
    "plain",
    "printed",
    "waves",
]

from . import (
    article,
    comparison,
    criteria,
    doubts,
    first_line,
    glossary,
    layout_checks,
    lead_names,
    measured,
    page_facts,
    printed,
)
from .changes_of import changes
from .lead_names import beside_trace, in_words
from .markdown import plain
from .measured import MISSING, waves
from .network_leads import of_network
