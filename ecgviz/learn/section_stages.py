"""Learn, third part: each preprocessing stage on a real lead, and common faults."""

from __future__ import annotations

import numpy as np
import streamlit as st

from ecgviz.app import Report, of_report, report_view, studies, unchecked_charts
from ecgviz.drawing import pictures
from ecgviz.learn import about_stages, current_report, faults, layer_charts
from ecgviz.learn.controls import LearnControls
from ecgviz.learn.faults import FAULTS, FaultEffect
from ecgviz.sections import preprocessing
from ecgviz.study import Corrections, Study, all_stages
from ecgviz.words import article, lead_names, plain
from models.networks import lead_rows
from preprocessing.stages import Stage

SHOWN_PX = 480
COMPARED = ("segmentation", "smoothed", "otsu", "resized")
STRIP = "The networks get one rhythm strip, as four rows of 2.5 s each; see Network layers."
ARTICLE = "The article's values"


@st.fragment
def show() -> None:
    """Show the part."""
    report, study = current_report.readable_report()
    leads = list(study.stages)
    lead = st.selectbox(
        "Lead", leads, key=LearnControls.learn_stage_lead.numbered(report.sha256).key, format_func=lead_names.in_words
    )
    _steps(report, study, lead)
    st.subheader("What can go wrong", anchor=False)
    _faults(report, study, lead)


def _steps(report: Report, study: Study, lead: str) -> None:
    st.subheader("Step by step", anchor=False)
    st.markdown(about_stages.BEFORE)
    st.image(
        studies.page_picture(report, study, overlay=True, as_read=True),
        width="stretch",
        alt=report_view.page_words(report, study, overlay=True, as_read=True),
    )
    for number, stage in enumerate(all_stages(study, lead), start=1):
        picture, words = st.columns(2, gap="medium", vertical_alignment="center")
        with picture:
            address = preprocessing.stage_picture(report, study, lead, study.settings, stage)
            st.image(address, width=_width_px(stage), alt=f"Lead {lead_names.in_words(lead)}: {stage.title}")
        with words:
            st.markdown(f"**{number}. {stage.title}**")
            st.markdown(f"{stage.sentence} {about_stages.PURPOSES[stage.key]}")
            st.caption(preprocessing.parameters_line(stage.parameters))
    st.markdown(about_stages.AFTER)
    st.caption(plain(article.CITATION))
    rows = lead_rows(study.traces)
    place = layer_charts.row_of(lead)
    if place is None:
        st.caption(STRIP)
    elif rows[place, :, 1].any():
        row = layer_charts.row_chart(rows[place])
        unchecked_charts.show(row, f"Input of the trace networks: lead {lead_names.in_words(lead)} in millivolts")
        st.caption("Input of the trace networks for this lead: 100 samples per second, in millivolts.")


@st.fragment
def _faults(report: Report, study: Study, lead: str) -> None:
    name = st.segmented_control(
        "Fault",
        list(FAULTS),
        default="sigma",
        key=LearnControls.learn_fault.key,
        required=True,
        persist_state="session",
        format_func=lambda key: FAULTS[key].title,
    )
    fault = FAULTS[name]
    amount = st.slider(
        fault.slider,
        fault.low,
        fault.high,
        fault.start,
        fault.step,
        key=LearnControls.learn_fault_amount.numbered(name).key,
        persist_state="session",
    )
    st.markdown(about_stages.FAULT_LESSONS[name])
    effect = effect_of(report.sha256, study.how, lead, name, amount, study.stages[lead][0].picture)
    with st.container(horizontal=True, gap="small"):
        st.metric(
            "Ink found",
            f"{effect.ink_found:.0%}",
            width=200,
            help="Share of the ink found with the article's values that is still found.",
        )
        st.metric(
            "False ink",
            f"{effect.false_ink:.0%}",
            width=200,
            help="Share of the ink found here that is paper with the article's values.",
        )
    reference, faulty = st.columns(2, gap="medium")
    reference.markdown(f"**{ARTICLE}**")
    faulty.markdown(f"**{fault.title}**")
    for before, after in zip(effect.reference, effect.faulty, strict=True):
        if before.key in COMPARED:
            with reference:
                _picture(before, f"{before.title}, with the article's values")
                st.caption(before.title)
            with faulty:
                _picture(after, f"{after.title}, {fault.title.lower()}")
                st.caption(after.title)


def _picture(stage: Stage, alt: str) -> None:
    st.image(pictures.data_url(pictures.png(stage.picture)), width=_width_px(stage), alt=alt)


def _width_px(stage: Stage) -> int:
    width_px = int(stage.picture.shape[1])
    return min(SHOWN_PX, width_px * (2 if width_px < SHOWN_PX // 2 else 1))


# Each entry holds a lead's stages twice: some 50 MB for a large photograph.
@of_report(st.cache_resource, max_entries=2)
def effect_of(
    sha256: str, how: str | Corrections, lead: str, name: str, amount: float, _gray: np.ndarray
) -> FaultEffect:
    """Return the stages of a lead with and without a fault."""
    return faults.effect_of(_gray, name, amount)
