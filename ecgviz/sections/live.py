"""The live predictions of the page Preprocessing: they follow the sliders of the stages."""

from __future__ import annotations

import streamlit as st

from ecgviz.app import Controls, Report, chart_downloads, chosen_settings, controls, of_report, unchecked_charts
from ecgviz.charts import live_charts
from ecgviz.predictions import live, prediction_tables, verdict_card
from ecgviz.predictions.live import PicturePrediction
from ecgviz.sections import preprocessing
from ecgviz.study import Corrections, Study, name_of
from ecgviz.words import plain
from preprocessing.stages import StageSettings

NONE_SHIPS = "No network over pictures ships with this version, so no prediction follows these settings."


def show(report: Report, study: Study) -> None:
    """Show what the chosen network predicts with the chosen settings, and the change against the article's."""
    networks = live.picture_networks()
    if not networks:
        st.info(NONE_SHIPS, icon=":material/info:")
        return
    if controls.live_network not in networks:
        controls.live_network = next(iter(networks))
    st.segmented_control("Network", list(networks), key=Controls.live_network.key, required=True, wrap=True,
                         format_func=networks.__getitem__, persist_state="session")  # fmt: skip
    usual, now = both(report, study, controls.live_network)
    if now.verdict.abstains:
        st.caption(f"{verdict_card.RAW}. {verdict_card.RAW_NOTE}")
    leads, whole = st.columns([3, 2], gap="medium")
    with leads:
        st.markdown("**From each lead alone**")
        unchecked_charts.show(
            live_charts.lead_bars(live.lead_table(usual, now)), "The probabilities of the four classes from each lead"
        )
    with whole:
        st.markdown("**From all leads**")
        table = live.report_table(usual, now)
        unchecked_charts.show(
            live_charts.report_bars(table), "The report's probabilities with the article's settings and with these"
        )
        st.markdown(prediction_tables.sentence(now.network, now.verdict))
        st.markdown(plain(live.change_sentence(usual, now)))
        st.markdown(plain(live.leads_changed(usual, now)))
    st.caption(plain(used()))
    chart_downloads.under(
        live.lead_table(usual, now), f"{name_of(report.sha256)}_{now.network}_live", [used()], place="live"
    )


def used() -> str:
    """Return which settings these predictions use."""
    changed = chosen_settings.changed_words() or "the article's, sigma 1 px and no offset"
    return f"Settings of these predictions: {changed}. All other pages predict with the article's settings."


def both(report: Report, study: Study, network: str) -> tuple[PicturePrediction, PicturePrediction]:
    """Return a network's predictions with the article's settings and with those chosen."""
    usual = _predicted(report.sha256, study.how, StageSettings(), network, study)
    chosen = chosen_settings.stage_settings()
    return usual, _predicted(report.sha256, study.how, chosen, network, preprocessing.restaged(report, study))


@of_report(st.cache_resource, max_entries=64)
def _predicted(
    sha256: str, how: str | Corrections, settings: StageSettings, network: str, _study: Study
) -> PicturePrediction:
    """Return what one network predicts with some settings."""
    return live.of_pictures(_study, network)
