__all__ = ["EcgImageError", "Notice", "decode", "find_leads", "find_page", "lead_stages", "measure", "trace_leads"]

from .errors import EcgImageError, Notice
from .leads import find_leads
from .measuring import measure
from .page import find_page
from .picture import decode
from .stages import lead_stages
from .traces import trace_leads
