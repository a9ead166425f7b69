"""What the address of a page holds: the open sample, so that a refresh opens it again; never a patient's file.

Parts, stages and leads are bound to the address by their widgets.
"""

from __future__ import annotations

import streamlit as st

from ecgviz.app import session
from ecgviz.app.session_state import state
from sample_images import samples

SAMPLE = "sample"


def follow() -> None:
    """Open the sample that the address of a new session names; from then on the address names the open one."""
    held = state()
    if not held.address_read:
        held.address_read = True
        wanted = st.query_params.get(SAMPLE)
        found = next((sample for sample in samples() if sample.name == wanted), None)
        if found is not None:
            session.keep_sample(found)
    name = _open_sample()
    if name is None:
        st.query_params.pop(SAMPLE, None)
    elif st.query_params.get(SAMPLE) != name:
        st.query_params[SAMPLE] = name


def _open_sample() -> str | None:
    report = session.current()
    if report is None or not report.title:
        return None
    return next((sample.name for sample in samples() if sample.path.name == report.file), None)
