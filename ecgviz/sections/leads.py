"""The parts of the page Leads: all leads as a wall laid out as on the page, and one of them enlarged."""

from __future__ import annotations

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ecgviz.app import Controls, Report, SessionSlot, chart_downloads, controls, of_report, session, studies, ui
from ecgviz.charts import probability_charts
from ecgviz.drawing import lead_cards
from ecgviz.predictions import prediction_tables
from ecgviz.sections import models, sensitivity
from ecgviz.study import Corrections, Study, name_of, page_shown
from ecgviz.words import lead_names
from models.classes import CLASSES
from models.networks import ENSEMBLE
from preprocessing.leads import LeadBox
from preprocessing.measuring import LeadSignal

NO_MAP = "none"
MAPS = {NO_MAP: "No map", **sensitivity.KINDS}
LEGEND = "Bars: " + ", ".join(f"{short} {label}" for label, short in lead_cards.SHORT.items()) + ", in percent."
MAP_WORDS = {
    NO_MAP: "",
    "grad_cam": "Orange: the network's last convolutions weigh this stretch in favour of the class.",
    "occlusion": "Red: occluding this quarter of a second lowers the probability of the class; blue: it raises it.",
}
# With at most so many columns a card is wider than its bars need to be.
WIDE_COLUMNS = 2
# The key of the lead that the dialog shows.
ENLARGED = SessionSlot("enlarged_lead", str)


# The places of a card's two pictures: the lead, and the map over it.
Places = tuple[DeltaGenerator, DeltaGenerator]


def wall(report: Report, study: Study) -> None:
    """Show every lead in its place on the page, with both networks' predictions from it alone."""
    above = st.container()
    models.raw_note(study)
    places = {}
    for row in study.layout.boxes_by_row:
        for cell, box in zip(st.columns(len(row), gap="small"), row, strict=True):
            with cell:
                places[box.key] = _card(report, study, box)
    below = st.empty()
    with above:
        _pictures(report, study, places, below)


@st.fragment
def _pictures(report: Report, study: Study, places: dict[str, Places], below: DeltaGenerator) -> None:
    """Show the controls, and fill the cards' pictures by them: a control redraws these alone."""
    _controls(study)
    with st.spinner("Computing the maps"):
        for box in study.layout.boxes:
            _picture(report, study, box, lead_cards.WALL_WIDTH_PX, places[box.key])
    below.caption(f"{LEGEND} {MAP_WORDS[controls.wall_map]}")


def _controls(study: Study) -> None:
    predicted = studies.prediction(study).verdicts[ENSEMBLE].label
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.segmented_control(
            "Cards show", lead_cards.SHOWN, key=Controls.wall_shown.key, required=True, persist_state="session"
        )
        st.segmented_control("Map", list(MAPS), key=Controls.wall_map.key, format_func=MAPS.__getitem__, required=True,
                             persist_state="session")  # fmt: skip
        off = controls.wall_map == NO_MAP
        st.segmented_control("Network", list(sensitivity.NETWORKS), key=Controls.wall_network.key, disabled=off,
                             required=True, format_func=sensitivity.NETWORKS.__getitem__,
                             persist_state="session")  # fmt: skip
        st.selectbox("Class", list(CLASSES), key=Controls.wall_class.key, index=CLASSES.index(predicted),
                     disabled=off, width=220, persist_state="session")  # fmt: skip


@st.dialog("One lead", width="large")
def enlarged(report: Report, study: Study) -> None:
    """Show one lead as large as the window allows, with its figures and predictions."""
    keys = [box.key for box in study.layout.boxes]
    key = ENLARGED.value
    box, trace = study.box(key), study.trace(key)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.subheader(lead_names.in_words(key), anchor=False, width="content")
        _signal_badge(study, key)
        st.space("stretch")
        for words, step in (("Previous lead", -1), ("Next lead", 1)):
            other = keys[(keys.index(key) + step) % len(keys)]
            st.button(words, key=f"wall_step_{step}", on_click=ENLARGED.set, args=(other,))
    _picture(report, study, box, lead_cards.LARGE_WIDTH_PX, _places(box, lead_cards.LARGE_WIDTH_PX))
    read = trace.mv[np.isfinite(trace.mv)]
    with st.container(horizontal=True, gap="small"):
        st.metric(
            "Read",
            f"{trace.quality:.0%}",
            width=ui.FACT_PX,
            help="Share of the lead's time in which its trace was found.",
        )
        st.metric("From, to", f"{trace.start_s:.2f} to {trace.end_s:.2f} s",
                  width=2 * ui.FACT_PX, help="Time since the start of the page.")  # fmt: skip
        if read.size:
            lowest_highest = f"{read.min():+.2f}, {read.max():+.2f} mV".replace("-", "\N{MINUS SIGN}")
            st.metric("Lowest, highest", lowest_highest, width=2 * ui.FACT_PX)
    own = lead_cards.of_lead(prediction_tables.lead_table(studies.prediction(study)), box)
    if len(own):
        chart_downloads.draw(
            probability_charts.report_chart(own), f"Each network's probabilities from {lead_names.in_words(key)} alone",
            own, f"{name_of(report.sha256)}_{key}", place="one_lead",
        )  # fmt: skip
        st.caption(f"The networks use its first {lead_cards.input_seconds(study, key):g} s.")
    else:
        st.caption("The networks make no prediction from this lead.")
    if st.button("See its preprocessing", icon=":material/arrow_forward:"):
        controls.lead = key
        st.switch_page("pages/1_Preprocessing.py")


def _card(report: Report, study: Study, box: LeadBox) -> Places:
    """Draw a card but for its pictures, and return their places."""
    name, trace = lead_names.in_words(box.key), study.trace(box.key)
    with st.container(border=True, gap="xsmall", key=f"card_{box.key}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{name}** :small[{trace.quality:.0%} read]", width="content")
            _signal_badge(study, box.key)
            st.space("stretch")
            with st.container(width="content"):
                _opener(report, study, box)
        places = _places(box, lead_cards.WALL_WIDTH_PX)
        bars = _bars(report.sha256, study.how, box.key, study)
        if bars is not None:
            wide = box.is_strip or study.layout.form.columns <= WIDE_COLUMNS
            with st.container(width=lead_cards.BARS_WIDTH if wide else "stretch"):
                st.image(bars[0], width="stretch", alt=bars[1])
    return places


@st.fragment
def _opener(report: Report, study: Study, box: LeadBox) -> None:
    """Show the button that opens a lead large, apart from its card: the rest of the page stays as it is."""
    name = lead_names.in_words(box.key)
    if st.button("Open", key=f"wall_open_{box.key}", type="tertiary", help=f"Enlarge {name}"):
        ENLARGED.set(box.key)
        enlarged(report, study)


def _signal_badge(study: Study, key: str) -> None:
    """Mark a lead without a usable signal."""
    signal = study.signal(key)
    if signal is not LeadSignal.GOOD:
        st.badge(f"{signal.value}, left out", icon=":material/signal_disconnected:", color="orange")


def _places(box: LeadBox, width_px: int) -> Places:
    # The frame's style sheet lays the second place over the first.
    with st.container(gap=None, key=f"mapped_{box.key}_{width_px}"):
        return st.empty(), st.empty()


def _picture(report: Report, study: Study, box: LeadBox, width_px: int, places: Places) -> None:
    """Fill a lead's places, with the chosen map over it."""
    name, kind = lead_names.in_words(box.key), controls.wall_map
    drawn = lead_card(report.sha256, study.how, box.key, controls.wall_shown, width_px, session.margins_hidden(), study)
    lead, over = places
    lead.image(drawn, width="stretch", alt=f"{name}: {controls.wall_shown.lower()}")
    if kind == NO_MAP:
        over.empty()
        return
    chosen = kind, controls.wall_network, controls.wall_class
    mapped = lead_map(report.sha256, study.how, box.key, chosen, report, study)
    over.image(mapped, width="stretch", alt=f"{MAPS[kind]} for {controls.wall_class} over {name}")


@of_report(st.cache_data, max_entries=128)
def lead_card(
    sha256: str,
    how: str | Corrections,
    key: str,
    shown: str,
    width_px: int,
    hidden: bool,
    _study: Study,
) -> str:
    """Return one lead's drawing as a data URL."""
    return lead_cards.card(_study, _crop(sha256, how, key, width_px, hidden, _study), key, shown, width_px)


@of_report(st.cache_data, max_entries=128)
def lead_map(
    sha256: str, how: str | Corrections, key: str, mapped: tuple[str, str, str], _report: Report, _study: Study
) -> str:
    """Return the map along one lead as a data URL; `mapped` is its kind, the network and the class."""
    kind, network, label = mapped
    marked = lead_cards.bands(_study, studies.sensitivity(_report, _study, network), label, kind, key)
    return lead_cards.overlay(_study, key, marked, kind)


# Stays the same whatever is shown of the lead.
@of_report(st.cache_data, max_entries=64)
def _crop(sha256: str, how: str | Corrections, key: str, width_px: int, hidden: bool, _study: Study) -> str:
    """Return a lead's part of the page as a data URL."""
    return lead_cards.crop(page_shown(_study, hidden), _study.box(key), width_px)


@of_report(st.cache_data, max_entries=64)
def _bars(sha256: str, how: str | Corrections, key: str, _study: Study) -> tuple[str, str] | None:
    """Return each network's probabilities from a lead alone as a drawing and in words; None without a prediction."""
    own = lead_cards.of_lead(prediction_tables.lead_table(studies.prediction(_study)), _study.box(key))
    return (lead_cards.bars(own), lead_cards.in_words(own)) if len(own) else None
