"""What goes wrong with a database, as errors that a reader can act on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exc

from preprocessing.errors import EcgImageError

# Words of SQLite and of PostgreSQL for a lock that was waited for too long.
_BUSY = ("database is locked", "database table is locked", "lock timeout", "deadlock detected")
_NOT_OURS = ("file is not a database", "file is encrypted")
_DAMAGED = ("malformed",)
# PostgreSQL's states of what can be mended in the database: no permission, no such table.
_MENDABLE = ("42501", "42P01")


@contextmanager
def as_reader_errors(place: str) -> Iterator[None]:
    """Turn errors of the database into `EcgImageError`; faults of our own statements stay what they are.

    Raises
    ------
    EcgImageError
        ``store_busy``, ``not_a_store``, ``store_damaged`` or ``store_unavailable``; ``reading_changed`` where a
        uniqueness holds a second reading back.
    """
    try:
        yield
    except exc.IntegrityError as error:
        raise changed() from error
    except (exc.DBAPIError, exc.TimeoutError) as error:
        mendable = getattr(error.orig, "sqlstate", None) in _MENDABLE if isinstance(error, exc.DBAPIError) else True
        if isinstance(error, exc.ProgrammingError | exc.DataError) and not mendable:
            raise
        cause = " ".join(str(getattr(error, "orig", error)).split())
        if any(words in cause for words in _BUSY) or isinstance(error, exc.TimeoutError):
            raise EcgImageError(
                "store_busy", "Others are writing to the store. Nothing was saved; save again in a moment."
            ) from error
        if any(words in cause for words in _NOT_OURS):
            raise not_a_store(place) from error
        if any(words in cause for words in _DAMAGED):
            raise EcgImageError(
                "store_damaged", f"{place} is damaged. Restore it from a backup, or choose another file."
            ) from error
        raise unavailable(place, cause) from error


def changed() -> EcgImageError:
    """Return the error of a reading that somebody else has saved meanwhile."""
    return EcgImageError(
        "reading_changed",
        "This reading was saved elsewhere since you opened it, and nothing was overwritten. Load the saved one, then "
        "change it.",
    )


def not_a_store(place: str) -> EcgImageError:
    """Return the error of a file or database that holds something else."""
    return EcgImageError(
        "not_a_store",
        f"{place} is not a store of readings. Name a new file ending in .sqlite, an existing store, or a URL that "
        "begins with postgresql+psycopg://.",
    )


def unavailable(place: str, cause: str) -> EcgImageError:
    """Return the error of a store that cannot be reached or written."""
    return EcgImageError(
        "store_unavailable",
        f"The store {place} cannot be used: {cause.rstrip('.')}. Check that its folder exists and is writable, or that "
        "the database runs and admits you; nothing was saved.",
    )
