__all__ = [
    "MISSING",
    "beside_trace",
    "in_words",
    "lead_names",
    "measured",
    "of_network",
    "page_facts",
    "plain",
    "waves",
]

from . import lead_names, measured, page_facts
from .lead_names import beside_trace, in_words, of_network
from .markdown import plain
from .measured import MISSING, waves
