"""The live predictions of the page Preprocessing: they follow the sliders of the stages."""

from __future__ import annotations

import streamlit as st

from ecgviz.app import Controls, Report, chart_downloads, chosen_settings, controls, of_report, unchecked_charts
from ecgviz.charts import live_charts
from ecgviz.predictions import PicturePrediction, live, prediction_tables, verdict_card
from ecgviz.sections import preprocessing
from ecgviz.study import Corrections, Study, name_of
from ecgviz.words import article, plain
from preprocessing.stages import StageSettings

NONE_SHIPS = "No network over pictures ships with this version, so no prediction follows these settings."


def choose_network() -> bool:
    """Let a reader choose the network whose predictions follow the stages; say so and return False if none ships."""
    with st.spinner("Loading the networks"):
        networks = live.picture_networks()
    if not networks:
        st.info(NONE_SHIPS, icon=":material/info:")
        return False
    if controls.live_network not in networks:
        controls.live_network = next(iter(networks))
    st.selectbox("Network", list(networks), key=Controls.live_network.key, format_func=networks.__getitem__,
                 persist_state="session")  # fmt: skip
    return True


def for_report(report: Report, study: Study) -> None:
    """Chart what the chosen network predicts for the report, with the article's settings and with those chosen."""
    usual, now = both(report, study, controls.live_network)
    unchecked_charts.show(
        live_charts.report_bars(live.report_table(usual, now)),
        "The report's probabilities with the article's settings and with these",
    )


def from_leads(report: Report, study: Study) -> None:
    """Show what the chosen network predicts from each lead, and the change against the article's settings."""
    usual, now = both(report, study, controls.live_network)
    st.markdown(plain(live.change_sentence(usual, now)))
    if now.verdict.abstains:
        st.caption(f"{verdict_card.RAW}. {verdict_card.RAW_NOTE}")
    table = live.lead_table(usual, now)
    unchecked_charts.show(live_charts.lead_bars(table), "The probabilities of the four classes from each lead")
    st.markdown(f"{prediction_tables.sentence(now.network, now.verdict)} {plain(live.leads_changed(usual, now))}")
    st.caption(plain(f"{used()} {article.CITATION}"))
    chart_downloads.under(table, f"{name_of(report.sha256)}_{now.network}_live", [used()], place="live")


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
