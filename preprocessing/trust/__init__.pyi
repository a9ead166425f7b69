__all__ = [
    "DOUBTS",
    "FORBIDS_PREDICTION",
    "LEAD_SNR",
    "SIGNS",
    "SNR_FILE",
    "Rest",
    "Trust",
    "TrustState",
    "doubted_leads",
    "estimated_snr_db",
    "lead_signs",
    "trust_of",
]

from .config import LEAD_SNR
from .doubts import DOUBTS, FORBIDS_PREDICTION, Rest
from .lead_snr import SNR_FILE, doubted_leads, estimated_snr_db
from .signs import SIGNS, lead_signs
from .trust_state import Trust, TrustState, trust_of
