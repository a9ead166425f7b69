"""A part of the worklist as a table."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from ecgviz.store import UNREAD, ReportStatus

# More than anybody scrolls through, few enough to be sent at once.
ROWS = 200


def frame(
    named: Mapping[str, str], labels: Mapping[str, str], status: Mapping[str, ReportStatus], blind: bool
) -> pd.DataFrame:
    """Return one row a report.

    Parameters
    ----------
    named : mapping of str to str
        The name to show, by sha256.
    labels : mapping of str to str
        The reader's own class.
    status : mapping of str to ReportStatus
    blind : bool
        Whether to hide, for reports that the reader has not read, if others differ.
    """
    return pd.DataFrame(
        [
            {
                "Report": name,
                "Your class": labels.get(sha256, ""),
                "Other readers": own.others,
                "State": state_in_words(own, blind),
            }
            for sha256, name in named.items()
            for own in [status.get(sha256, UNREAD)]
        ],
        columns=["Report", "Your class", "Other readers", "State"],
    )


def state_in_words(own: ReportStatus, blind: bool) -> str:
    """Say how far a report is.

    Examples
    --------
    >>> state_in_words(ReportStatus(mine=True, others=1, disagree=True, decided=False), blind=True)
    'readings differ'
    """
    if blind and not own.mine:
        return "read by others" if own.others else "unread"
    if own.decided:
        return "decided"
    if own.disagree:
        return "readings differ"
    if own.others and own.mine:
        return "readings agree"
    return "read" if own.mine else "read by others" if own.others else "unread"
