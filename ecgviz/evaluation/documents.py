"""The weights in use, the model card and the log of experiments, readable on the page."""

from __future__ import annotations

import re

import streamlit as st

from ecgviz.evaluation.controls import EvaluationControls
from ecgviz.evaluation.files import FOLDER
from ecgviz.evaluation.weights_table import weights_in_use

_MODELS = FOLDER.parent
CARD, LOG = _MODELS / "MODEL_CARD.md", _MODELS / "LOG.md"


@st.fragment
def documents() -> None:
    """Show the weights in use, the model card and the log, each folded until it is opened."""
    weights = st.expander("Weights in use", icon=":material/tag:", key=EvaluationControls.evaluation_weights.key,
                          on_change="rerun")  # fmt: skip
    if weights.open:
        weights.dataframe(weights_in_use(), hide_index=True)
    for title, path, control in (
        ("Model card", CARD, EvaluationControls.evaluation_card),
        ("Log of experiments", LOG, EvaluationControls.evaluation_log),
    ):
        folded = st.expander(title, icon=":material/description:", key=control.key, on_change="rerun")
        if folded.open:
            with folded:
                st.markdown(below_page(path.read_text(encoding="utf-8")))
                st.download_button(path.name, path.read_bytes(), path.name, "text/markdown", on_click="ignore",
                                   key=f"file_{path.name}", icon=":material/download:")  # fmt: skip


def below_page(text: str) -> str:
    """Return a document without its title, its headings below those of the page.

    Examples
    --------
    >>> print(below_page("# Card\\n\\nText.\\n\\n## Data\\n"))
    Text.
    <BLANKLINE>
    ##### Data
    <BLANKLINE>
    """
    body = re.sub(r"\A# .*\n+", "", text)
    return re.sub(r"^#+ ", "##### ", body, flags=re.MULTILINE)
