"""The workers of a batch: processes of this machine, or those of a cluster that is there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ecgviz.cluster.config import CLUSTER, ClusterConfig
from preprocessing.errors import EcgImageError
from preprocessing.side_by_side import THREADS_VARIABLE

if TYPE_CHECKING:
    from distributed import Client

# One thread each: workers share the cores already, and OpenBLAS waits for its threads in a loop.
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "TF_NUM_INTRAOP_THREADS",
            "TF_NUM_INTEROP_THREADS")  # fmt: skip
LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Credentials:
    """Files of the certificates by which workers, scheduler and this machine know each other."""

    authority: Path | None = None
    certificate: Path | None = None
    key: Path | None = None


@contextmanager
def local_client(workers: int | None, config: ClusterConfig = CLUSTER) -> Iterator[Client]:
    """Start processes of this machine, by default one a core, and end them afterwards.

    They listen on loopback alone, and to those that hold the certificate made for this run: another user of the machine
    could otherwise have them run any code.
    """
    import dask
    from distributed import Client, LocalCluster
    from distributed.security import Security

    settings = {
        # `Spread` reads again what a worker died of, alone: whatever waits on a worker is blamed for its death.
        "distributed.scheduler.allowed-failures": 0,
        "distributed.deploy.lost-worker-timeout": f"{config.lost_seconds} s",
        "distributed.nanny.pre-spawn-environ": dict.fromkeys(_THREADS, "1"),
        # Our own threads too, but in the workers alone: what is set before they start stays set in this process.
        "distributed.nanny.environ": {THREADS_VARIABLE: "1"},
        # Nothing of a report is written to disk, and a worker in need of memory is ended instead of paused for ever.
        **{f"distributed.worker.memory.{what}": False for what in ("target", "spill", "pause")},
        "distributed.worker.memory.terminate": 1.0,
        # Dask looks at a worker's stack a hundred times a second and keeps the trees of calls for a thousand seconds:
        # 800 objects more with each file, 130 MB after 500.
        "distributed.worker.profile.enabled": False,
        # Pages about the state of a cluster name its files, and are not encrypted.
        "distributed.scheduler.http.routes": [],
        "distributed.worker.http.routes": [],
    }
    with (
        dask.config.set(settings),
        LocalCluster(
            n_workers=workers or _cores(),
            threads_per_worker=1,
            processes=True,
            host=LOOPBACK,
            security=Security.temporary(),
            scheduler_kwargs={"dashboard": False, "dashboard_address": f"{LOOPBACK}:0"},
            worker_dashboard_address=f"{LOOPBACK}:0",
            memory_limit=config.most_memory,
            silence_logs="ERROR",
        ) as cluster,
        Client(cluster) as client,
    ):
        client.wait_for_workers(1, timeout=config.start_seconds)
        yield client


def replace_lost(client: Client) -> None:
    """Start a worker for each of a local client's that was given up; those that are starting anew are left alone."""
    client.cluster.scale(len(client.cluster.worker_spec))


@contextmanager
def connected(address: str, credentials: Credentials, plain: bool) -> Iterator[Client]:
    """Connect to the scheduler of a cluster.

    Parameters
    ----------
    address : str
        Such as ``tls://host:8786``.
    credentials : Credentials
    plain : bool
        Whether a connection without TLS is allowed: anybody on the network can then read reports and run code.

    Raises
    ------
    EcgImageError
        ``scheduler_plain`` without TLS where that was not allowed, ``scheduler_credentials``, or
        ``scheduler_unreachable``.
    """
    from distributed import Client
    from distributed.security import Security

    encrypted = address.startswith("tls://")
    if not encrypted and not plain:
        raise EcgImageError(
            "scheduler_plain",
            "The scheduler's address does not begin with tls://, so reports would cross the network unprotected; use "
            "TLS, or add --plain on a network that you trust.",
        )
    files = {"tls_ca_file": credentials.authority, "tls_client_cert": credentials.certificate,
             "tls_client_key": credentials.key}  # fmt: skip
    given = {name: str(path) for name, path in files.items() if path is not None}
    try:
        security = Security(require_encryption=True, **given) if encrypted else Security(require_encryption=False)
        with Client(address, security=security, timeout=CLUSTER.start_seconds) as client:
            client.wait_for_workers(1, timeout=CLUSTER.start_seconds)
            yield client
    except (TypeError, FileNotFoundError, ValueError) as error:
        raise EcgImageError(
            "scheduler_credentials",
            "The certificates for the scheduler are missing or wrong; give --tls-ca, --tls-cert and --tls-key.",
        ) from error
    except (OSError, TimeoutError) as error:
        raise EcgImageError(
            "scheduler_unreachable",
            f"The scheduler at {address} did not answer, or has no worker; check its address and certificates.",
        ) from error


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
