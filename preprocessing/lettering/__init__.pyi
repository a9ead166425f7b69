__all__ = [
    "CHARACTERS",
    "LETTER_WEIGHTS",
    "LINE_WEIGHTS",
    "PRINTED_LEADS",
    "TRUSTED_NAME",
    "WINDOW_ROWS",
    "PrintedName",
    "PrintedSettings",
    "codes",
    "find_lead_names",
    "free_places",
    "halved",
    "letter_pieces",
    "names_at",
    "names_speak_for",
    "paper_ink",
    "promising_places",
    "read_settings",
    "spellings",
    "strip",
    "window",
    "windows",
]

from .find_names import find_lead_names, names_speak_for
from .glyph_windows import WINDOW_ROWS, paper_ink, strip, window, windows
from .lead_words import PRINTED_LEADS, TRUSTED_NAME, PrintedName, spellings
from .letter_network import LETTER_WEIGHTS, halved
from .line_network import LINE_WEIGHTS
from .name_reading import free_places, names_at
from .name_search import promising_places
from .pieces import letter_pieces
from .printed_line import CHARACTERS, codes
from .printed_settings import PrintedSettings, read_settings
