"""Learn, third part: each preprocessing step on a real lead, and what goes wrong on purpose."""

from __future__ import annotations

import numpy as np
import streamlit as st

from ecgviz.app import Report, of_report, report_view, studies, unchecked_charts
from ecgviz.drawing import page_views, pictures
from ecgviz.learn import about_stages, at_hand, layer_charts, mishaps
from ecgviz.learn.mishaps import MISHAPS, Damage
from ecgviz.sections import preprocessing
from ecgviz.study import Corrections, Study
from ecgviz.words import lead_names
from models.networks import lead_rows
from preprocessing.stages import Stage

SHOWN_PX = 480
COMPARED = ("crop", "smoothed", "otsu", "resized")
STRIP = "Of the strips the networks get one, as four rows of 2.5 s each; The networks' layers shows them."


@st.fragment
def show() -> None:
    """Show the part."""
    report, study = at_hand.report_at_hand()
    leads = list(study.stages)
    lead = st.selectbox("Lead", leads, key=f"learn_stage_lead_{report.sha256}", format_func=lead_names.in_words)
    _steps(report, study, lead)
    st.subheader("What goes wrong on purpose", anchor=False)
    _wrong(report, study, lead)


def _steps(report: Report, study: Study, lead: str) -> None:
    st.subheader("Step by step", anchor=False)
    st.markdown(about_stages.BEFORE)
    st.image(
        studies.page_picture(report, study, True, page_views.AS_READ),
        width="stretch",
        alt=report_view.page_words(report, study, True, page_views.AS_READ),
    )
    for number, stage in enumerate(study.stages[lead], start=1):
        picture, words = st.columns(2, gap="medium", vertical_alignment="center")
        with picture:
            _picture(stage, f"Lead {lead_names.in_words(lead)}: {stage.title}")
        with words:
            st.markdown(f"**{number}. {stage.title}**")
            st.markdown(f"{stage.sentence} {about_stages.WHAT_FOR[stage.key]}")
            st.caption(preprocessing.parameters_line(stage.parameters))
    st.markdown(about_stages.AFTER)
    rows = lead_rows(study.traces)
    place = layer_charts.row_of(lead)
    if place is None:
        st.caption(STRIP)
    elif rows[place, :, 1].any():
        row = layer_charts.row_chart(rows[place])
        unchecked_charts.show(row, f"The row of numbers of {lead_names.in_words(lead)}")
        st.caption("The same lead as the networks of this tool get it: 100 samples a second, in millivolts.")


@st.fragment
def _wrong(report: Report, study: Study, lead: str) -> None:
    name = st.segmented_control(
        "Mishap", list(MISHAPS), default="sigma", key="learn_mishap", required=True, persist_state="session",
        format_func=lambda key: MISHAPS[key].title,
    )  # fmt: skip
    mishap = MISHAPS[name]
    amount = st.slider(
        mishap.slider, mishap.low, mishap.high, mishap.start, mishap.step, key=f"learn_mishap_{name}",
        persist_state="session",
    )  # fmt: skip
    st.markdown(about_stages.MISHAP_LESSONS[name])
    done = damage(report.sha256, study.how, lead, name, amount, study.stages[lead][0].picture)
    with st.container(horizontal=True, gap="small"):
        st.metric("Ink still found", f"{done.kept:.0%}", width=200, help="Of the ink found with the paper's values.")
        st.metric("Called ink, but is none", f"{done.strange:.0%}", width=220,
                  help="Of all that is now called ink, measured by the paper's values.")  # fmt: skip
    good, bad = st.columns(2, gap="medium")
    good.markdown("**The paper's values**")
    bad.markdown(f"**{mishap.title}**")
    for was, now in zip(done.good, done.bad, strict=True):
        if was.key in COMPARED:
            with good:
                _picture(was, f"{was.title}, with the paper's values")
                st.caption(was.title)
            with bad:
                _picture(now, f"{now.title}, {mishap.title.lower()}")
                st.caption(now.title)


def _picture(stage: Stage, alt: str) -> None:
    st.image(pictures.data_url(pictures.png(stage.picture)), width=_width_px(stage), alt=alt)


def _width_px(stage: Stage) -> int:
    return min(SHOWN_PX, stage.picture.shape[1] * (2 if stage.picture.shape[1] < SHOWN_PX // 2 else 1))


# Each holds a lead's stages twice, of a large photograph some 50 MB.
@of_report(st.cache_resource, max_entries=2)
def damage(sha256: str, how: str | Corrections, lead: str, name: str, amount: float, _crop: np.ndarray) -> Damage:
    """Return a lead of a report done well and badly."""
    return mishaps.damage(_crop, name, amount)
