__all__ = [
    "MISSING",
    "beside_trace",
    "changes",
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
    "waves",
]

from . import criteria, doubts, first_line, glossary, layout_checks, lead_names, measured, page_facts
from .changes_of import changes
from .lead_names import beside_trace, in_words
from .markdown import plain
from .measured import MISSING, waves
from .network_leads import of_network
