"""A batch spread over processes by Dask: a ledger of what is done, workers of this machine or of a cluster."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
