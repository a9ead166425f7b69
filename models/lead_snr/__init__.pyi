__all__ = [
    "HALVES",
    "MISSING_DB",
    "KitPage",
    "fit_lead_snr",
    "half_of",
    "kit_pages",
    "snr_db",
]

from . import fit_lead_snr
from .kit import HALVES, KitPage, half_of, kit_pages
from .signal_noise import MISSING_DB, snr_db
