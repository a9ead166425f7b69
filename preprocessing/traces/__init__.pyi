__all__ = ["RATE_HZ", "Trace", "trace_leads"]

from .digitise import RATE_HZ, Trace, trace_leads
