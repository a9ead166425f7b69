"""What holds for every cache of the app: what comes from a report is cleared when the report is closed.

Each feature keeps its own cached functions. What comes from a report is cached for its own session alone, under the
sha256 of its bytes and the way it was read. No two sessions share a cache.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import streamlit as st

from ecgviz.drawing import pictures

Function = TypeVar("Function", bound=Callable[..., Any])
_OF_REPORTS: list[Any] = []


def of_report(cache: Any, max_entries: int, spinner: str | bool = False) -> Callable[[Function], Function]:
    """Cache what comes from a report for its own session alone; it is cleared when the report is closed."""

    def decorated(function: Function) -> Function:
        cached = cache(scope="session", max_entries=max_entries, ttl="1h", show_spinner=spinner)(function)
        _OF_REPORTS.append(cached)
        return cast(Function, cached)

    return decorated


def clear_reports() -> None:
    """Clear everything that was computed from this session's reports."""
    for cache in _OF_REPORTS:
        cache.clear()


@st.cache_data(max_entries=64, show_spinner=False)
def thumbnail(path: str) -> str:
    """Return a simulated sample's thumbnail as a data URL."""
    return pictures.data_url(pictures.thumbnail(path))


@st.cache_data(show_spinner=False)
def tab_icon() -> str:
    """Return the icon of the browser's tab as a data URL."""
    # A served picture could be dropped by a redraw before the browser has fetched it.
    return pictures.data_url(pictures.icon())
