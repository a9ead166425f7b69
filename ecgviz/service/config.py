"""The numbers of the service, each with its reason: decisions that bound memory and waiting on a small server."""

from __future__ import annotations

from dataclasses import dataclass, field

from ecgviz.processes import readers
from preprocessing.picture import MAX_BYTES


@dataclass(frozen=True)
class ServiceConfig:
    """What the HTTP API takes at once, and how long it waits."""

    # Most bytes of a request: a file and what a multipart form puts around it.
    max_body_bytes: int = MAX_BYTES + 64 * 1024
    # Requests at once, beside the readers: while one is read, another is predicted from. Readers serve requests and
    # the app's sessions in one order, so a session waits behind these at most.
    readings_at_once: int = field(default_factory=lambda: max(1, readers()))
    # Requests that may wait for a reading, of 2 to 3 s of processor time each: on two cores the last of them waits for
    # 25 s. Twenty clients at once find a place each; their bodies take 420 MB at most.
    most_waiting: int = 20
    # Seconds stated to a client that was refused: about two readings.
    retry_after_s: int = 5
    # A body that takes longer to arrive holds a place in the queue for nothing.
    body_seconds: float = 60.0
    # How long a stop waits for readings that have begun.
    graceful_seconds: int = 30
    # A tab that lost its connection has its session back for two minutes, Streamlit's own limit, while few have gone;
    # of more than these the ones gone first end after this time, long enough for a proxy that restarts. A study of a
    # scanned report holds 90 MB: 60 visitors of 30 s each would otherwise leave 5 GB.
    left_most: int = 4
    left_seconds: float = 30.0
    # How often sessions that were left are looked for.
    sweep_seconds: float = 10.0
    # How often memory that they held is returned to the system.
    release_seconds: float = 60.0
    # Name of the environment variable with the bearer token; unset or empty, the API is open.
    token_variable: str = "ECGVIZ_TOKEN"
    # Name of the environment variable with the name of the header by which a proxy names who is logged in; unset or
    # empty, anybody who reaches the port may use the app.
    login_variable: str = "ECGVIZ_LOGIN_HEADER"


SERVICE = ServiceConfig()
