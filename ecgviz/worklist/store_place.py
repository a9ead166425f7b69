"""Whether readings are kept and where; loads no database, so that the app without a store pays nothing for it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import streamlit as st

from ecgviz.app import SessionSlot
from ecgviz.store import STORE

if TYPE_CHECKING:
    from ecgviz.store import Store

# The path that a reader chose in this session.
CHOSEN = SessionSlot("store_place", str)
_NO_STORE: Store | None = None
# The store of the simulated readers, in memory.
EXAMPLE = SessionSlot("store_example", lambda: _NO_STORE)


def place() -> str:
    """Return the path or URL of the store, empty where readings are not kept."""
    named = configured()
    return "" if named.lower() == STORE.off else named or CHOSEN.value


def is_on() -> bool:
    """Return whether readings can be recorded: in a store, or in the example's, which is in memory."""
    return bool(place()) or EXAMPLE.value is not None


def may_choose() -> bool:
    """Return whether a reader may name a file: only on the machine that runs the app, where it names none itself."""
    return not configured() and is_local()


def is_local() -> bool:
    """Return whether the browser runs on this machine."""
    return st.context.ip_address is None


def configured() -> str:
    """Return what the app was started with, empty for nothing."""
    return os.environ.get(STORE.variable, "").strip()
