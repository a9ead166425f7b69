"""The pieces that a browser runs: the viewer of the signals, the editor of the lines between leads, and pasting.

What they need comes with their data; neither asks for anything else.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

_FOLDER = Path(__file__).parent


def _piece(name: str) -> Callable[..., Any]:
    html, css, js = ((_FOLDER / f"{name}.{kind}").read_text(encoding="utf-8") for kind in ("html", "css", "js"))
    return st.components.v2.component(f"ecgviz_{name}", html=html, css=css, js=js)


viewer = _piece("viewer")
frame_editor = _piece("frame")
pasting = _piece("paste")
