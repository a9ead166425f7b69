__all__ = ["AECG_LEADS", "MDC_LEADS"]

from .lead_codes import AECG_LEADS, MDC_LEADS
