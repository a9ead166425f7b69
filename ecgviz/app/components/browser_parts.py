"""The components that run in the browser: the signal viewer, the layout editor, pasting, scrolling, a guard.

All they need comes with their data; they make no request.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

_FOLDER = Path(__file__).parent


def _component(name: str) -> Callable[..., Any]:
    html, css, js = ((_FOLDER / f"{name}.{kind}").read_text(encoding="utf-8") for kind in ("html", "css", "js"))
    return st.components.v2.component(f"ecgviz_{name}", html=html, css=css, js=js)


viewer = _component("viewer")
frame_editor = _component("frame")
pasting = _component("paste")
to_top = _component("top")
leave_guard = _component("leaving")
