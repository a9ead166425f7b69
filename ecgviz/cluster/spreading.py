"""Files handed to workers, as many at once as there are workers; each result is entered as it comes."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import CancelledError
from dataclasses import replace
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

from ecgviz.batch import BatchFile, Done, FileResult, Keep, RunSettings, duplicate, fault
from ecgviz.cluster.config import CLUSTER, ClusterConfig
from ecgviz.cluster.ledger import Ledger
from ecgviz.cluster.progress import Progress
from ecgviz.cluster.tasks import Hashed, ReadByWorker, end_process, hash_file, read_on_worker
from ecgviz.cluster.workers import replace_lost
from preprocessing.errors import EcgImageError

if TYPE_CHECKING:
    from distributed import Client, Future

# Hashes first: a worker must never wait for the name of its next task.
_HASH_PRIORITY = 10
_GLANCE_SECONDS = 0.02
_LOST = (
    "scheduler_lost",
    "The workers ended before the batch. What is done is kept; run the same command again to go on.",
)


class Spread:
    """A batch over the workers of a Dask client; runs once.

    Parameters
    ----------
    client, ledger, settings
    keep_report, keep_signals : callable
        Keep the files made from a study.
    own_workers : bool
        Whether the workers are this run's, and may be replaced as they grow.
    """

    def __init__(
        self,
        client: Client,
        ledger: Ledger,
        settings: RunSettings,
        keep_report: Keep,
        keep_signals: Keep,
        own_workers: bool,
        config: ClusterConfig = CLUSTER,
    ) -> None:
        self._client, self._ledger, self._settings = client, ledger, settings
        self._keep_report, self._keep_signals = keep_report, keep_signals
        self._own_workers, self._config = own_workers, config
        self._to_hash: deque[BatchFile] = deque()
        self._to_read: deque[tuple[BatchFile, str]] = deque()
        # Files by hash that follow the one with the same bytes, which is being read.
        self._following: dict[str, list[str]] = {}
        # Claimed by another run.
        self._elsewhere: list[tuple[BatchFile, str]] = []
        # Being read when their worker died: each is read once more, alone.
        self._suspects: deque[tuple[BatchFile, str]] = deque()
        self._alone, self._started = False, 0
        self._hashes: Counter[str] = Counter()
        self._hashing: dict[Future, BatchFile] = {}
        self._reading: dict[Future, tuple[BatchFile, str, float]] = {}
        # Each task that has ended, with its result or what it raised.
        self._ended: SimpleQueue[tuple[Future, Any, BaseException | None]] = SimpleQueue()
        self._looked, self._entered = -self._config.look_again_seconds, 0
        # When each worker was first seen, and when any was last.
        self._seen: dict[str, float] = {}
        self._last_seen = monotonic()

    def run(self, files: Sequence[BatchFile]) -> Generator[Progress, None, None]:
        """Read every file that is not entered yet; yield each as it is entered.

        Leaving the loop early cancels what is being read; what was yielded is kept.

        Raises
        ------
        EcgImageError
            ``scheduler_lost`` when the cluster ends before the batch.
        """
        self._to_hash.extend(files)
        # Dask forgets a kind of task when none is left, and keeps what it knew of it for good, 3 kB for each file: one
        # of each kind stays until the end. Both come in one graph: where the first had ended, Dask would open a second
        # span for the other.
        staying = self._client.map(int, (0, 0), key=[self._key(what, "0") for what in ("hash", "read")])
        began, own = monotonic(), 0
        try:
            while True:
                entered = self._look()
                self._submit()
                if not (self._hashing or self._reading or self._elsewhere or self._suspects):
                    return
                for done in (*entered, *self._next()):
                    own, self._entered = own + 1, self._entered + 1
                    yield Progress(done, self._entered, len(files), own / (monotonic() - began))
        finally:
            for future in (*staying, *self._hashing, *self._reading):
                future.cancel()

    def _look(self) -> list[Done]:
        """Look at what changes without us: workers, other runs' entries, and files that they had claimed."""
        if monotonic() < self._looked + self._config.look_again_seconds:
            return []
        self._looked = monotonic()
        self._entered = self._ledger.count()
        self._seen = {address: self._seen.get(address, self._looked) for address in self._client.nthreads()}
        if self._own_workers:
            replace_lost(self._client)
        if self._seen:
            self._last_seen = self._looked
        elif self._looked - self._last_seen > self._config.lost_seconds + self._config.start_seconds:
            raise EcgImageError(*_LOST)
        claimed, self._elsewhere = self._elsewhere, []
        return [done for file, sha256 in claimed for done in self._place(file, sha256)]

    def _submit(self) -> None:
        workers = max(1, len(self._seen))
        while self._to_hash and len(self._hashing) + len(self._to_read) < self._config.hashes_per_worker * workers:
            file = self._to_hash.popleft()
            self._hashing[self._start("hash", file.file, hash_file, file, _HASH_PRIORITY)] = file
        if self._suspects or self._alone:
            if not self._reading and self._suspects and all(map(self._settled, self._seen)):
                self._alone = True
                self._start_reading(*self._suspects.popleft())
            return
        while self._to_read and len(self._reading) < self._config.reads_per_worker * workers:
            self._start_reading(*self._to_read.popleft())

    def _start_reading(self, file: BatchFile, sha256: str) -> None:
        self._reading[self._start("read", sha256, read_on_worker, file, 0)] = file, sha256, monotonic()

    def _start(self, what: str, key: str, task: Callable[..., Any], file: BatchFile, priority: int) -> Future:
        # A number is in its key: a file may be read again.
        self._started += 1
        named = self._key(what, str(self._started), key)
        future = self._client.submit(task, file, self._settings, key=named, priority=priority)
        # A thread each. Where a worker dies before its result is here, another works on it anew, for which no other
        # may wait; and a wait with a limit would cancel what Dask gathers for all, so that every later one fails.
        future.add_done_callback(lambda ended: Thread(target=self._fetch, args=(ended,), daemon=True).start())
        return future

    def _key(self, what: str, *more: str) -> str:
        """Return a task's key; the run is in it, as two batches may share a cluster."""
        return "-".join((what, self._ledger.run[:8], *more))

    def _fetch(self, future: Future) -> None:
        """Fetch what a task returned; None where its worker died while it ran."""
        from distributed import KilledWorker

        try:
            self._ended.put((future, future.result(), None))
        except KilledWorker:
            self._ended.put((future, None, None))
        except BaseException as error:
            self._ended.put((future, None, error))

    def _next(self) -> list[Done]:
        """Wait for a task to end, and return the files that are entered by it."""
        try:
            future, result, error = self._ended.get(timeout=self._config.look_again_seconds)
        except Empty:
            return []
        if isinstance(error, CancelledError | OSError):
            raise EcgImageError(*_LOST) from error
        if error is not None:
            raise error
        if future in self._hashing:
            return self._hashed(self._hashing.pop(future), result)
        file, sha256, began = self._reading.pop(future)
        read: ReadByWorker | None = result
        alone, self._alone = self._alone, False
        if read is None and not alone:
            self._suspects.append((file, sha256))
            return []
        ended = FileResult(fault(file.file, sha256))
        done = self._kept(ended if read is None else read.result, monotonic() - began)
        entered = self._enter(done)
        for name in self._following.pop(sha256):
            entered += self._enter(duplicate(done, name))
        if read is not None and self._own_workers:
            self._replace_if_grown(read)
        return entered

    def _hashed(self, file: BatchFile, hashed: Hashed | None) -> list[Done]:
        if hashed is None:
            self._hashes[file.file] += 1
            if self._hashes[file.file] < self._config.most_hashes:
                self._to_hash.appendleft(file)
                return []
            return self._enter(fault(file.file, None))
        if hashed.sha256 is not None:
            return self._place(file, hashed.sha256)
        return [] if hashed.result is None else self._enter(hashed.result.done)

    def _place(self, file: BatchFile, sha256: str) -> list[Done]:
        """Decide what becomes of a file whose hash is known; return it where that enters it."""
        entry = self._ledger.entry(file.file)
        if entry is not None and entry.sha256 == sha256:
            return []
        first = self._ledger.first_of(sha256)
        if first is not None:
            return self._enter(duplicate(self._ledger.done(0, first), file.file))
        if sha256 in self._following:
            self._following[sha256].append(file.file)
        elif self._ledger.claim(sha256):
            self._following[sha256] = []
            self._to_read.append((file, sha256))
        else:
            self._elsewhere.append((file, sha256))
        return []

    def _kept(self, result: FileResult, seconds: float) -> Done:
        """Keep what was made from a file, before its line says so."""
        for name, content in result.signals:
            self._keep_signals(name, content)
        row = replace(result.done.row, seconds=round(seconds, 3))
        if result.report is not None and not self._keep_report(*result.report):
            row = replace(row, report=None)
        return replace(result.done, row=row)

    def _enter(self, done: Done) -> list[Done]:
        return [done] if self._ledger.enter(done) else []

    def _settled(self, address: str) -> bool:
        """Return whether a worker has been there long enough to be started anew when it ends."""
        return monotonic() - self._seen.get(address, monotonic()) >= self._config.settle_seconds

    def _replace_if_grown(self, read: ReadByWorker) -> None:
        """Replace a worker between two files."""
        grown = read.files >= self._config.files_per_worker or read.resident_bytes > self._config.most_resident_bytes
        if grown and self._settled(read.address):
            # Its nanny starts it anew, as after any death; nothing of ours is on it between two files.
            self._client.run(end_process, workers=[read.address], wait=False)
            # Until the scheduler knows, it would hand the next file to it.
            until = monotonic() + self._config.end_seconds
            while read.address in self._client.nthreads() and monotonic() < until:
                sleep(_GLANCE_SECONDS)
