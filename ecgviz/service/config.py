"""The numbers of the service, each with its reason: decisions that bound memory and waiting on a small server."""

from __future__ import annotations

from dataclasses import dataclass

from preprocessing.picture import MAX_BYTES


@dataclass(frozen=True)
class ServiceConfig:
    """What the HTTP API takes at once, and how long it waits."""

    # Most bytes of a request: a file and what a multipart form puts around it.
    max_body_bytes: int = MAX_BYTES + 64 * 1024
    # Readings at once. One keeps a core busy; the app's own sessions want the other.
    readings_at_once: int = 1
    # Requests that may wait for a reading, 2 to 3 s each: the last of them waits for 30 s.
    most_waiting: int = 10
    # Seconds stated to a client that was refused: about two readings.
    retry_after_s: int = 5
    # A body that takes longer to arrive holds a place in the queue for nothing.
    body_seconds: float = 60.0
    # How long a stop waits for readings that have begun.
    graceful_seconds: int = 30
    # Name of the environment variable with the bearer token; unset or empty, the API is open.
    token_variable: str = "ECGVIZ_TOKEN"
    # Name of the environment variable with the name of the header by which a proxy names who is logged in; unset or
    # empty, anybody who reaches the port may use the app.
    login_variable: str = "ECGVIZ_LOGIN_HEADER"


SERVICE = ServiceConfig()
