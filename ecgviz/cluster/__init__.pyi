__all__ = [
    "CLUSTER",
    "ClusterConfig",
    "Credentials",
    "Ledger",
    "Progress",
    "Spread",
    "connected",
    "local_client",
    "open_ledger",
]

from .config import CLUSTER, ClusterConfig
from .ledger import Ledger, open_ledger
from .progress import Progress
from .spreading import Spread
from .workers import Credentials, connected, local_client
