"""The one family of errors that a reader of the app sees, and the notices that accompany a reading."""

from __future__ import annotations

from dataclasses import dataclass


class EcgImageError(ValueError):
    """An image that cannot be read as a 12-lead ECG report.

    Parameters
    ----------
    code : str
        Stable name of the reason, such as ``not_an_ecg``; part of the JSON contract.
    message : str
        What happened and what to do, for a clinician.

    Examples
    --------
    >>> try:
    ...     raise EcgImageError("empty_file", "The file is empty. Export or scan the report again.")
    ... except EcgImageError as error:
    ...     print(error.code)
    empty_file
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True)
class Notice:
    """A warning about something that was done or assumed, shown with the reading.

    `code` is stable and part of the JSON contract; `message` is a sentence to show.
    """

    code: str
    message: str
