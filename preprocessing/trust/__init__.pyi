__all__ = ["DOUBTS", "FORBIDS_PREDICTION", "Rest", "Trust", "TrustState", "trust_of"]

from .doubts import DOUBTS, FORBIDS_PREDICTION, Rest
from .trust_state import Trust, TrustState, trust_of
