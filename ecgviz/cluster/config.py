"""The numbers of a batch over many processes, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ClusterConfig:
    """How files are handed to workers, and when a worker is replaced."""

    # Files being read, per worker. One: a result is on its way back for some 10 ms of the seconds that reading takes,
    # and a file that waits on a worker would be blamed for that worker's death.
    reads_per_worker: int = 1
    # Files being hashed ahead of their reading, per worker: each takes milliseconds, and workers must never wait.
    hashes_per_worker: int = 4
    # How often a file is hashed when workers die meanwhile: hashing ends none, what they read beside it may.
    most_hashes: int = 5
    # A worker of ours is replaced once it has read so many files, or holds more than so many bytes after one. At rest
    # with its networks it holds about 0.9 GB; a start costs 7 s of processor time, 1 % of 500 readings.
    files_per_worker: int = 500
    most_resident_bytes: int = 2 * 2**30
    # A worker that holds more while it reads is ended: the largest page accepted takes 1 GB beside the networks.
    most_memory: str = "3GiB"
    # How long to wait for the first worker: networks load later, but TensorFlow is imported slowly by busy machines.
    start_seconds: int = 120
    # A worker of ours that has not come back so long after its death is given up, and another is started. Dask's 15 s
    # are too short: on a busy machine a start takes longer, and was ended for good.
    lost_seconds: float = 60.0
    # How long to wait for the end of a worker that is replaced: it ends within milliseconds.
    end_seconds: float = 10.0
    # A worker that ends before its nanny has noted its start comes back only after `lost_seconds`: not for so long is
    # one replaced, or a file that a worker died of read again.
    settle_seconds: float = 3.0
    # Between two looks at files that another run has claimed.
    look_again_seconds: float = 2.0
    # Rows in one group of a Parquet file, so in memory at once: 10,000 rows of 150 columns take 15 MB.
    rows_at_once: int = 10_000


CLUSTER = ClusterConfig()
