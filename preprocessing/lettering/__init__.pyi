__all__ = [
    "BLOCK_CHARACTERS",
    "BLOCK_WEIGHTS",
    "CHARACTERS",
    "LETTER_WEIGHTS",
    "LINE_WEIGHTS",
    "PRINTED_LEADS",
    "STATEMENTS_KNOWN",
    "WINDOW_ROWS",
    "PrintedBlock",
    "PrintedName",
    "PrintedSettings",
    "Statements",
    "block_codes",
    "candidate_places",
    "codes",
    "edits",
    "find_lead_names",
    "free_standing_places",
    "half_resolution",
    "letter_components",
    "letter_network",
    "line_network",
    "line_window",
    "names_at",
    "paper_ink",
    "read_block",
    "read_settings",
    "spellings",
    "upright_evidence",
    "window",
    "windows",
]

from . import letter_network, line_network
from .components import letter_components
from .find_names import find_lead_names, upright_evidence
from .glyph_windows import WINDOW_ROWS, line_window, paper_ink, window, windows
from .lead_words import PRINTED_LEADS, PrintedName, spellings
from .letter_network import LETTER_WEIGHTS, half_resolution
from .line_network import BLOCK_WEIGHTS, LINE_WEIGHTS
from .name_reading import free_standing_places, names_at
from .name_search import candidate_places
from .printed_block import PrintedBlock, read_block
from .printed_line import BLOCK_CHARACTERS, CHARACTERS, block_codes, codes
from .printed_settings import PrintedSettings, read_settings
from .printed_statements import STATEMENTS_KNOWN, Statements, edits
