"""The one family of errors that a person sees, and the notices that travel with a reading."""

from __future__ import annotations

from dataclasses import dataclass


class EcgImageError(ValueError):
    """An image that cannot be read as a 12-lead ECG report.

    Parameters
    ----------
    code
        Stable name of the reason, such as ``not_an_ecg``.
    message
        One sentence that says what to do about it.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True)
class Notice:
    """A warning about something that was done or assumed, shown with the reading."""

    code: str
    message: str
