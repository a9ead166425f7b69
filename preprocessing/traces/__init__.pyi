__all__ = ["RATE_HZ", "Trace", "lead_paths", "minimal_path", "trace_leads"]

from . import lead_paths, minimal_path
from .digitise import RATE_HZ, Trace, trace_leads
