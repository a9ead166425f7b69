"""The segmentation into leads on the page Preprocessing: what was found on the page, and the checks of it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from ecgviz.app import Controls, Report, controls, of_report, session
from ecgviz.drawing import found_on_page, label_map, pictures
from ecgviz.study import Corrections, Study, kept_edges, page_shown
from ecgviz.words import in_words, layout_checks, plain

FOUND, LABELS = "Landmarks", "Labels of the pixels"
VIEWS = [FOUND, LABELS]
SAID = {
    FOUND: "Dashed: the rows of trace, numbered. Upright lines: the edges of the columns. Frames: calibration pulses "
    "(1 mV) and printed names. Thick frame: the lead chosen.",
    LABELS: "What a segmentation network takes each pixel for. Rows, columns and pulses are searched in these labels, "
    "so colour and print of a page matter little.",
}


def show(report: Report, study: Study) -> None:
    """Show what the segmentation found on the page and the checks of it."""
    st.segmented_control("Page shows", VIEWS, key=Controls.segmentation_view.key, required=True,
                         label_visibility="collapsed", persist_state="session")  # fmt: skip
    chosen = controls.segmentation_view
    st.image(drawn(report, study, chosen), width="stretch", alt=_words(study, chosen))
    st.caption(SAID[chosen])
    st.markdown(plain(layout_checks.why_here(study.layout)))
    rows = layout_checks.check_rows(study.layout)
    if rows:
        st.dataframe(pd.DataFrame(rows), hide_index=True, key="layout_checks")


def drawn(report: Report, study: Study, view: str) -> str:
    """Return one view of the page as a data URL."""
    lead = controls.lead if view == FOUND else ""
    return _drawn(report.sha256, study.how, lead, session.margins_hidden(), study)


def _words(study: Study, view: str) -> str:
    if view == FOUND:
        return f"The page with rows, columns and pulses as found, and lead {in_words(controls.lead)} framed"
    return f"The page with {len(study.layout.boxes)} leads, each pixel in the colour of its label"


@of_report(st.cache_data, max_entries=16)
def _drawn(sha256: str, how: str | Corrections, lead: str, hidden: bool, _study: Study) -> str:
    """Return the page with what was found, or without a lead the labels of its pixels."""
    if lead:
        return pictures.data_url(pictures.webp(found_on_page(page_shown(_study, hidden), _study.layout, lead)))
    kept = None
    if hidden:
        height, width = _study.page.rgb.shape[:2]
        left, top, right, bottom = np.array(kept_edges(_study)) / (width, height, width, height)
        kept = (left, top, right, bottom)
    return pictures.data_url(pictures.webp(label_map(_study.page.maps, kept)))
