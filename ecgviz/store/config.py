"""The numbers and names of the store, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class StoreConfig:
    """How the store is switched on, and how long it waits."""

    # Environment variable with the path of a SQLite file or the URL of a database; `off` forbids a store altogether.
    variable: str = "ECGVIZ_STORE"
    off: str = "off"
    # Ending of a file that a reader may choose in the app, so that no other file is ever named by mistake.
    ending: str = ".sqlite"
    # Writers on SQLite wait for each other, and its busy handler is not fair: of eight processes that saved for a
    # minute without a pause, the unluckiest waited for 11 s (tests/benchmarks/store.py). People pause.
    busy_s: float = 30.0
    # Between two attempts to switch a new file to write-ahead logging, for which SQLite itself does not wait.
    retry_s: float = 0.05
    # A database that gives no sign at all is reported, not waited for.
    connect_s: int = 5
    # Letters of a name and of a comment: enough for what is meant, too few for a pasted letter.
    name_letters: int = 80
    comment_letters: int = 2000
    # Places of a statement's list: below the limit of every SQLite (999).
    places: int = 900


STORE = StoreConfig()
