"""The page Demonstrate: nine screens from photograph to aggregated verdict, for a class to watch."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import streamlit as st

from ecgviz.app import Controls, Report, chosen_settings, controls, of_report, session, studies, ui, unchecked_charts
from ecgviz.charts import live_charts, otsu_charts
from ecgviz.drawing import pictures
from ecgviz.learn import demo_pictures
from ecgviz.learn.controls import learn_controls
from ecgviz.learn.demo_steps import KEYS, STEPS, DemoStep, step_at
from ecgviz.predictions import PicturePrediction, live, prediction_tables, verdict_card
from ecgviz.sections import live as live_section
from ecgviz.sections import preprocessing, verdict
from ecgviz.study import Corrections, Study, restage
from ecgviz.words import article, in_words, lead_names, plain
from preprocessing.stages import StageSettings
from preprocessing.trust import Rest
from sample_images import samples

SAMPLE, STEP = "sample", "step"
FIRST_SAMPLE = "photo_folded"
OF_NETWORKS = ("leads", "verdict")
LARGE = demo_pictures.LARGE_PX[1]
# Large type, and a filmstrip that scrolls sideways where the screen is narrow.
STYLE = """<style>
.st-key-demo_words p {font-size: 1.45rem; line-height: 1.4}
.st-key-demo_words h2 {font-size: 2.2rem}
.st-key-filmstrip {flex-wrap: nowrap; overflow-x: auto; padding-bottom: 4px}
.st-key-filmstrip > div {flex-shrink: 0}
.st-key-filmstrip button p {font-size: 0.85rem}
</style>"""


def show() -> None:
    """Show the step that the address names."""
    st.html(STYLE)
    read = _report()
    if read is None:
        return
    _screen(*read)


def _report() -> tuple[Report, Study] | None:
    """Return the open report, or without one the sample that the address names, and read it."""
    report = session.current()
    if report is None:
        by_name = {sample.name: sample for sample in samples()}
        named = st.query_params.get(SAMPLE, FIRST_SAMPLE)
        sample = by_name[named if named in by_name else FIRST_SAMPLE]
        data = sample.path.read_bytes()
        report = Report(sample.path.name, data, sha256(data).hexdigest(), sample.title, sample.drawn_as)
        with st.spinner("Reading a sample"):
            read = studies.read_aside(report)
    else:
        with st.spinner("Reading the report"):
            read = studies.reading(report)
    if isinstance(read, Study):
        return report, read
    ui.refused(read, "This image was not read.")
    st.page_link("streamlit_app.py", label="Open another report on Home", icon=":material/arrow_forward:")
    return None


@st.fragment
def _screen(report: Report, study: Study) -> None:
    place = step_at(st.query_params.get(STEP))
    step = STEPS[place]
    preprocessing.leads_of(study)
    with st.spinner("Loading the networks"):
        networks = live.picture_networks()
    if networks and controls.live_network not in networks:
        controls.live_network = next(iter(networks))
    _filmstrip(report, study, place, bool(networks))
    large, words = st.columns([5, 3], gap="large")
    with words:
        _words(study, place, step)
    with large:
        if step.key not in OF_NETWORKS:
            _large(report, study, step)
        elif networks:
            _probabilities(report, study, step)
        else:
            st.info(live_section.NONE_SHIPS, icon=":material/info:")


def _filmstrip(report: Report, study: Study, place: int, predicts: bool) -> None:
    # White on the dark theme's primary colour has too little contrast for a button of type primary.
    st.html(f"<style>.st-key-demo_{STEPS[place].key} button {{border: 3px solid; font-weight: 700}}</style>")
    with st.container(horizontal=True, gap="xsmall", key="filmstrip"):
        for number, step in enumerate(STEPS):
            with st.container(width=demo_pictures.THUMB_PX[0] + 8, gap="xsmall"):
                if step.key not in OF_NETWORKS or predicts:
                    st.image(_thumb(report, study, step.key), width="stretch", alt=f"Step {number + 1}: {step.title}")
                st.button(f"{number + 1} {step.short}", key=f"demo_{step.key}", width="stretch", on_click=_go,
                          args=(number,))  # fmt: skip


def _words(study: Study, place: int, step: DemoStep) -> None:
    wrong = learn_controls.demo_wrong
    with st.container(key="demo_words"):
        st.header(f"{place + 1}. {step.title}", anchor=False)
        if wrong:
            st.badge(step.fault, icon=":material/warning:", color="orange")
        for sentence in step.goes_wrong if wrong else step.says:
            st.markdown(plain(sentence))
    with st.container(horizontal=True, gap="small"):
        st.button("Back", key="demo_back", icon=":material/arrow_back:", shortcut="Left", on_click=_go,
                  args=(place - 1,), disabled=place == 0)  # fmt: skip
        st.button("Next", key="demo_next", icon=":material/arrow_forward:", shortcut="Right", on_click=_go,
                  args=(place + 1,), disabled=place == len(STEPS) - 1)  # fmt: skip
        st.button("As it should be" if wrong else "What would go wrong", key="demo_fault", shortcut="W",
                  icon=":material/undo:" if wrong else ":material/warning:", on_click=_turn)  # fmt: skip
    if step.key in ("smoothed", *OF_NETWORKS):
        preprocessing.sigma_slider()
    if step.key in ("otsu", "binary", *OF_NETWORKS):
        preprocessing.offset_slider()
    if step.key not in ("upload", "grayscale", *OF_NETWORKS):
        st.selectbox("Lead", list(study.stages), key=Controls.lead.key, format_func=lead_names.in_words,
                     persist_state="session")  # fmt: skip
    st.caption(plain(article.CITATION))


def _large(report: Report, study: Study, step: DemoStep) -> None:
    wrong = learn_controls.demo_wrong
    with_chart = step.key == "otsu" and not wrong
    address, width = _picture(report, study, step.key, wrong, demo_pictures.LOW_PX if with_chart else LARGE)
    st.image(address, width=width, alt=demo_pictures.alt_of(step.key, step.title, in_words(controls.lead)))
    if with_chart:
        stages = preprocessing.restaged(report, study).stages[controls.lead]
        unchecked_charts.show(otsu_charts.otsu_chart_of(stages), "Histogram of grey levels and the threshold")


def _probabilities(report: Report, study: Study, step: DemoStep) -> None:
    names = live.picture_networks()
    st.segmented_control("Network", list(names), key=Controls.live_network.key, required=True, wrap=True,
                         format_func=names.__getitem__, persist_state="session")  # fmt: skip
    usual, now = live_section.both(report, study, controls.live_network)
    if learn_controls.demo_wrong:
        now = _faulty(report.sha256, study.how, controls.live_network, study)
    if step.key == "leads":
        bars = live_charts.lead_bars(live.lead_table(usual, now), large=True)
        unchecked_charts.show(bars, "Probabilities from each lead alone")
        return
    bars = live_charts.report_bars(live.report_table(usual, now), large=True)
    unchecked_charts.show(bars, "Probabilities for the report")
    st.markdown(f"#### {plain(prediction_tables.sentence(now.network, now.verdict))}")
    st.markdown(plain(live.change_sentence(usual, now)))
    if not learn_controls.demo_wrong:
        combined = verdict_card.card_of(studies.prediction(study), study.trust.doubts(Rest.PREDICTION))
        st.markdown("All networks of this tool combined, with the article's settings:")
        verdict.card(replace(combined, sentences=()))


def _go(place: int) -> None:
    st.query_params[STEP] = KEYS[min(max(place, 0), len(KEYS) - 1)]
    learn_controls.demo_wrong = False


def _turn() -> None:
    learn_controls.demo_wrong = not learn_controls.demo_wrong


def _picture(report: Report, study: Study, key: str, wrong: bool, height_px: int) -> tuple[str, int]:
    shown, hidden = study if wrong else preprocessing.restaged(report, study), session.margins_hidden()
    return _drawn(report.sha256, study.how, key, controls.lead, shown.settings, wrong, hidden, height_px, shown)


def _thumb(report: Report, study: Study, key: str) -> str:
    if key in OF_NETWORKS:
        _, now = live_section.both(report, study, controls.live_network)
        return pictures.data_url(pictures.png(demo_pictures.bars_thumbnail(now, key)))
    shown, hidden = preprocessing.restaged(report, study), session.margins_hidden()
    return _thumbnail(report.sha256, study.how, key, controls.lead, chosen_settings.stage_settings(), hidden, shown)


@of_report(st.cache_data, max_entries=64)
def _thumbnail(
    sha256: str, how: str | Corrections, key: str, lead: str, settings: StageSettings, hidden: bool, _study: Study
) -> str:
    """Return one picture of the filmstrip as a data URL."""
    shown = demo_pictures.thumbnail(demo_pictures.picture(_study, key, lead, hidden))
    return pictures.data_url(pictures.png(shown))


@of_report(st.cache_data, max_entries=32)
def _drawn(
    sha256: str,
    how: str | Corrections,
    key: str,
    lead: str,
    settings: StageSettings,
    wrong: bool,
    hidden: bool,
    height_px: int,
    _study: Study,
) -> tuple[str, int]:
    """Return the large picture of a step as a data URL, and its width on the screen."""
    draw = demo_pictures.faulty_picture if wrong else demo_pictures.picture
    shown, width = demo_pictures.large(draw(_study, key, lead, hidden), height_px)
    encoded = pictures.webp(shown) if shown.ndim == 3 else pictures.png(shown)
    return pictures.data_url(encoded), width


@of_report(st.cache_resource, max_entries=8)
def _faulty(sha256: str, how: str | Corrections, network: str, _study: Study) -> PicturePrediction:
    """Return what a network predicts where the smoothing is far too strong."""
    return live.of_pictures(restage(_study, StageSettings(sigma=demo_pictures.FAULTY_SIGMA)), network)
