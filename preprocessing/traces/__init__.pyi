__all__ = ["RATE_HZ", "Trace", "trace_leads"]

from .digitise import trace_leads
from .lead_signal import RATE_HZ, Trace
