"""ST and morphology of the open report: the map of ST, the named criteria, and each lead's waves."""

from __future__ import annotations

from typing import Literal

import pandas as pd
import streamlit as st

from ecgviz.app import Controls, Report, chart_downloads, controls, unchecked_charts
from ecgviz.charts import st_charts
from ecgviz.study import Study, name_of
from ecgviz.words import criteria, doubts, plain, printed
from preprocessing.measuring import Criterion, CriterionState, criteria_of, millivolts
from preprocessing.trust import Rest

BADGES: dict[CriterionState, tuple[str, Literal["orange", "blue", "gray"]]] = {
    CriterionState.MET: (":material/check:", "orange"),
    CriterionState.DEPENDS: (":material/help:", "blue"),
    CriterionState.NOT_MET: (":material/remove:", "gray"),
    CriterionState.NOT_JUDGED: (":material/block:", "gray"),
}


def show(report: Report, study: Study) -> None:
    """Show the map of ST beside the criteria that are met; the others and the waves are folded."""
    found = study.measurements
    if not found.waves:
        st.caption("No ST segment was measured: no distinct QRS complex was found.")
        return
    reasons = study.trust.doubts(Rest.VOLTAGES)
    if reasons:
        st.badge("Provisional", icon=":material/warning:", color="orange")
        st.caption(f"Voltages are provisional, because {doubts.because(reasons)}.")
    filtered = printed.filter_warning(study)
    if filtered is not None:
        st.warning(plain(filtered), icon=":material/info:")
    judged = criteria_of(found)
    met, others = criteria.order(judged)
    left, right = st.columns(2, gap="medium")
    with left:
        _map(report, study)
    with right:
        st.markdown("**Criteria**" if met else "**Criteria**: none is met.")
        for criterion in met:
            _criterion(criterion, study)
        with st.expander(f"Criteria not met or not judged ({len(others)})"):
            for criterion in others:
                _criterion(criterion, study)
        st.caption(criteria.NOT_DIAGNOSES)


@st.fragment
def _map(report: Report, study: Study) -> None:
    st.segmented_control("ST level at", list(criteria.MOMENTS), key=Controls.st_moment.key, required=True,
                         format_func=criteria.MOMENTS.__getitem__, persist_state="session")  # fmt: skip
    moment = controls.st_moment
    levels = criteria.st_levels(study.measurements, moment)
    if not levels:
        st.caption("Not measured at this moment.")
        return
    table = pd.DataFrame(
        {
            "wall": [one.wall for one in levels],
            "place": [one.place for one in levels],
            "lead": [one.lead for one in levels],
            "mv": [round(one.mv, 3) for one in levels],
            "mm": [round(one.mv * 10, 2) for one in levels],
            "level": [millivolts(one.mv) for one in levels],
        }
    )
    unchecked_charts.show(st_charts.map_chart(table), f"ST of each lead at {criteria.MOMENTS[moment]}, by wall")
    st.caption("mV against the level just before QRS; 0.1 mV is 1 mm at 10 mm/mV. Neighbours view one wall.")
    waves = pd.DataFrame(criteria.wave_rows(study.measurements), columns=["Lead", *criteria.WAVE_HEAD])
    chart_downloads.under(waves, f"{name_of(report.sha256)}_waves", ["mV unless named otherwise"], place="waves")


def _criterion(criterion: Criterion, study: Study) -> None:
    icon, colour = BADGES[criterion.state]
    with st.container(gap="xxsmall", key=f"criterion_{criterion.code}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{criterion.name}**", width="content")
            st.badge(criteria.state_in_words(criterion, study.trust), icon=icon, color=colour)
        st.markdown(plain(criterion.facts))
        st.caption(plain(criterion.source))
