"""The pieces of the page Leads: the thirteen leads as a wall laid out as on paper, and one of them large."""

from __future__ import annotations

import numpy as np
import streamlit as st

from ecgviz.app import Report, chart_downloads, of_report, session, studies, ui
from ecgviz.charts import probability_charts
from ecgviz.drawing import lead_cards
from ecgviz.predictions import prediction_tables
from ecgviz.sections import models
from ecgviz.study import Corrections, Study, naming, page_shown
from ecgviz.words import lead_names
from models.classes import CLASSES
from models.networks import ENSEMBLE
from preprocessing.leads import LeadBox

NO_MAP = "none"
MAPS = {NO_MAP: "No map", **models.KINDS}
LEGEND = "In the bars: " + ", ".join(f"{short} {label}" for label, short in lead_cards.SHORT.items()) + ", in percent."
MAP_WORDS = {
    NO_MAP: "",
    "seen": "Orange: what the network's last convolutions saw there speaks for the class. ",
    "lost": "Red: hiding that quarter of a second takes probability from the class; blue: it adds to it. ",
}
# Of so few columns a card is wider than its bars need to be.
MOST_WIDE = 2


@st.fragment
def wall(report: Report, study: Study) -> None:
    """Show every lead where the page has it, with what both networks would say by it alone."""
    _controls(report, study)
    with st.spinner("Asking the networks what they look at"):
        for row in study.layout.boxes_by_row:
            for cell, box in zip(st.columns(len(row), gap="small"), row, strict=True):
                with cell:
                    _card(report, study, box)
    st.caption(f"{LEGEND} {MAP_WORDS[st.session_state['wall_map']]}")


def _controls(report: Report, study: Study) -> None:
    likeliest = studies.prediction(report, study).verdicts[ENSEMBLE].label
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.segmented_control("Cards show", lead_cards.SHOWN, key="wall_shown", required=True, persist_state="session")
        st.segmented_control("Marked by", list(MAPS), key="wall_map", format_func=MAPS.__getitem__, required=True,
                             persist_state="session")  # fmt: skip
        off = st.session_state["wall_map"] == NO_MAP
        st.segmented_control("Network", list(models.NETWORKS), key="wall_network", disabled=off, required=True,
                             format_func=models.NETWORKS.__getitem__, persist_state="session")  # fmt: skip
        st.selectbox("Class", list(CLASSES), key="wall_class", index=CLASSES.index(likeliest), disabled=off, width=220,
                     persist_state="session")  # fmt: skip


@st.dialog("One lead", width="large")
def large(report: Report, study: Study) -> None:
    """Show the chosen lead as large as the window allows, with everything that is known of it."""
    keys = [box.key for box in study.layout.boxes]
    key = st.session_state["wall_lead"]
    box, trace = study.box(key), study.trace(key)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.subheader(lead_names.in_words(key), anchor=False, width="content")
        st.space("stretch")
        for words, step in (("Lead before", -1), ("Lead after", 1)):
            other = keys[(keys.index(key) + step) % len(keys)]
            st.button(words, key=f"wall_step_{step}", on_click=_choose, args=(other,))
    st.image(_picture(report, study, box, lead_cards.LARGE_WIDTH_PX), width="stretch", alt=_words(box))
    read = trace.mv[np.isfinite(trace.mv)]
    with st.container(horizontal=True, gap="small"):
        st.metric("Read", f"{trace.quality:.0%}", width=ui.FACT_PX, help="The share of its time in which ink was read.")
        st.metric("From, to", f"{trace.start_s:.2f} to {trace.end_s:.2f} s",
                  width=2 * ui.FACT_PX, help="On the page's own clock.")  # fmt: skip
        if read.size:
            st.metric("Lowest, highest", f"{read.min():+.2f}, {read.max():+.2f} mV", width=2 * ui.FACT_PX)
    own = lead_cards.alone(prediction_tables.lead_table(studies.prediction(report, study)), box)
    if len(own):
        chart_downloads.draw(
            probability_charts.report_chart(own), f"What the networks would say by {lead_names.in_words(key)} alone",
            own, f"{naming.name_of(report.sha256)}_{key}", place="one_lead",
        )  # fmt: skip
        st.caption(f"The networks look at its first {lead_cards.looked_at_s(study, key):g} s.")
    else:
        st.caption("Nothing was read here that the networks could look at.")
    if st.button("See how this lead is prepared", icon=":material/arrow_forward:"):
        st.session_state["lead"] = key
        st.switch_page("pages/1_Preprocessing.py")


@st.fragment
def _card(report: Report, study: Study, box: LeadBox) -> None:
    name, trace = lead_names.in_words(box.key), study.trace(box.key)
    with st.container(border=True, gap="xsmall", key=f"card_{box.key}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{name}** :small[{trace.quality:.0%} read]", width="content")
            st.space("stretch")
            if st.button("Open", key=f"wall_open_{box.key}", type="tertiary", help=f"Show {name} large"):
                st.session_state["wall_lead"] = box.key
                large(report, study)
        picture = _picture(report, study, box, lead_cards.WALL_WIDTH_PX)
        st.image(picture, width="stretch", alt=_words(box))
        own = lead_cards.alone(prediction_tables.lead_table(studies.prediction(report, study)), box)
        if len(own):
            wide = box.is_strip or study.layout.form.columns <= MOST_WIDE
            with st.container(width=lead_cards.BARS_WIDTH if wide else "stretch"):
                st.image(lead_cards.bars(own), width="stretch", alt=lead_cards.in_words(own))


def _picture(report: Report, study: Study, box: LeadBox, width_px: int) -> str:
    state = st.session_state
    chosen = state["wall_map"], state["wall_network"], state["wall_class"]
    return lead_card(report.sha256, study.how, box.key, state["wall_shown"], chosen, width_px,
                            session.margins_hidden(), report, study)  # fmt: skip


def _words(box: LeadBox) -> str:
    kind = st.session_state["wall_map"]
    marked = f", marked by {MAPS[kind]} for {st.session_state['wall_class']}" if kind != NO_MAP else ""
    return f"{lead_names.in_words(box.key)}: {st.session_state['wall_shown'].lower()}{marked}"


def _choose(key: str) -> None:
    st.session_state["wall_lead"] = key


@of_report(st.cache_data, max_entries=128)
def lead_card(
    sha256: str,
    how: str | Corrections,
    key: str,
    shown: str,
    marked_by: tuple[str, str, str],
    width_px: int,
    hidden: bool,
    _report: Report,
    _study: Study,
) -> str:
    """Return the address of one lead's drawing; `marked_by` is the map, or ``none``, the network and the class."""
    kind, network, label = marked_by
    rgb = page_shown(_study, hidden)
    marked = []
    if kind != "none":
        marked = lead_cards.bands(_study, studies.sensitivity(_report, _study, network), label, kind, key)
    return lead_cards.card(_study, rgb, key, shown, marked, kind, width_px)
