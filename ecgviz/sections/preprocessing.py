"""The parts of the page Preprocessing: one lead's stages with the chosen settings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ecgviz.app import Controls, Report, chosen_settings, controls, of_report, session, studies
from ecgviz.drawing import pictures, stage_sheet
from ecgviz.study import Corrections, Study, all_stages, kept_edges, masked_page, restage
from ecgviz.words import in_words, lead_names, plain
from models.networks import QUARTERS, ROW_NAMES, STRIP, lead_name
from preprocessing.errors import EcgImageError
from preprocessing.stages import LEAD_STAGES, PAGE_STAGES, SIGMA_MAX, Stage, StageSettings

PRESETS = {"standard": "Standard", "paper": "The article's"}
COMPARISONS = ["Side by side", "Blended"]
SIGMA_RANGE_PX, OFFSET_RANGE = (0.0, SIGMA_MAX), (-0.3, 0.3)
ENLARGED, WIDEST_PX = 2, 900
SCALED_NOTE = (
    "What CNN and CNN-LSTM receive instead: the stage before, all leads at 100 px per second and 40 px per mV."
)
# Beside a picture so many times as wide as high, such as a rhythm strip's, there is no room.
LONG = 3.5


def choose_settings(report: Report) -> Study:
    """Show the controls of the stages; return the study with the chosen crops and the article's settings."""
    study = study_with_crops(report, controls.preset)
    leads = leads_of(study)
    st.selectbox("Lead", leads, key=Controls.lead.key, format_func=lead_names.in_words, persist_state="session")
    sigma_slider()
    offset_slider()
    changed = chosen_settings.changed_words()
    st.markdown(f":orange-badge[Changed: {changed}]" if changed else ":gray-badge[The article's values]")
    return study


def choose_crops() -> None:
    """Show the button that resets the settings, and the choice of crops."""
    st.button("Reset to the article's values", icon=":material/restart_alt:", width="stretch",
              on_click=chosen_settings.reset, disabled=not chosen_settings.are_changed())  # fmt: skip
    st.segmented_control("Crops", list(PRESETS), key=Controls.preset.key, required=True,
                         format_func=PRESETS.__getitem__, width="stretch",
                         persist_state="session")  # fmt: skip


def sigma_slider() -> None:
    """Show the slider of the smoothing."""
    st.slider("Smoothing sigma (px)", *SIGMA_RANGE_PX, step=0.1, format="%.1f",
              key=Controls.sigma.key, persist_state="session")  # fmt: skip


def offset_slider() -> None:
    """Show the slider of the threshold."""
    st.slider("Offset from Otsu's threshold (grey level)", *OFFSET_RANGE, step=0.01, format="%+.2f",
              key=Controls.shift.key, persist_state="session")  # fmt: skip


def study_with_crops(report: Report, preset: str) -> Study:
    """Return the study with the chosen crops; where the article's do not fit, warn and keep the standard ones."""
    try:
        with st.spinner("Cutting the leads"):
            return studies.study(report, preset)
    except EcgImageError as refusal:
        st.warning(f"{plain(refusal.message)} The standard crops are shown.", icon=":material/info:")
        return studies.study(report)


def leads_of(study: Study) -> list[str]:
    """List the leads of a study; choose the first one where the chosen lead is not among them."""
    leads = list(study.stages)
    if controls.lead not in leads:
        controls.lead = leads[0]
    return leads


def restaged(report: Report, study: Study) -> Study:
    """Return the study with the chosen settings."""
    return _restaged(report.sha256, study.how, chosen_settings.stage_settings(), study)


def current_stages(report: Report, study: Study) -> tuple[Stage, ...]:
    """Return every stage of the chosen lead with the chosen settings."""
    return all_stages(restaged(report, study), controls.lead)


def show_stage(report: Report, study: Study, stage: Stage, words: bool = True) -> None:
    """Show one stage: its picture, its parameters and its explanation."""
    _picture(picture_of(report, study, stage), stage, alt_of(stage))
    line = parameters_line(stage.parameters)
    if words:
        st.markdown(stage.sentence)
    st.caption(plain(line if words else f"{stage.title}: {line}"))


def show_chosen(report: Report, study: Study, stage: Stage) -> None:
    """Show the chosen stage, and after the last one what networks of ours receive instead of it."""
    show_stage(report, study, stage)
    if stage.key == LEAD_STAGES[-1]:
        chosen = restaged(report, study)
        scaled = network_picture(chosen, controls.lead)
        st.image(pictures.data_url(pictures.png(scaled)), width=min(ENLARGED * scaled.shape[1], WIDEST_PX),
                 alt=f"{_lead_now()} as CNN and CNN-LSTM receive it")  # fmt: skip
        st.caption(SCALED_NOTE)


def network_picture(study: Study, lead: str) -> np.ndarray:
    """Return one lead as our networks over pictures receive it, a strip's quarters side by side; uint8."""
    name, rows = lead_name(study.box(lead).id), study.pictures.scaled
    if name == STRIP:
        return np.hstack(list(rows[len(ROW_NAMES) - QUARTERS :]))
    return np.asarray(rows[ROW_NAMES.index(name)])


def picture_of(report: Report, study: Study, stage: Stage) -> str:
    """Return one stage of the chosen lead with the chosen settings as a data URL."""
    return stage_picture(report, study, controls.lead, chosen_settings.stage_settings(), stage)


def stage_picture(report: Report, study: Study, lead: str, settings: StageSettings, stage: Stage) -> str:
    """Return one stage as a data URL: a lead's without loss, a whole page's compressed, and masked where that is on."""
    if stage.key not in LEAD_STAGES:
        lead, settings = "", StageSettings()
    return _stage_picture(report.sha256, study.how, lead, settings, stage.key, session.margins_hidden(), study, stage)


def alt_of(stage: Stage) -> str:
    """Describe a stage's picture to somebody who does not see it."""
    return f"The whole page: {stage.title}" if stage.key in PAGE_STAGES else f"{_lead_now()}: {stage.title}"


@st.fragment
def all_leads(report: Report, study: Study, stage: Stage, title: str) -> None:
    """Show one stage of all leads; it is computed only when opened."""
    opened = st.expander(title, key=f"all_{stage.key}", on_change="rerun")
    if opened.open:
        with opened:
            sheet = _all_leads_picture(
                report.sha256, study.how, chosen_settings.stage_settings(), stage.key, restaged(report, study)
            )
            st.image(
                sheet, width="stretch", alt=f"{stage.title} of all {len(study.stages)} leads, laid out as on the page"
            )
            st.caption(stage.sentence)


def blend(first: Stage, second: Stage, share: float) -> None:
    """Show one stage blended with another."""
    larger = max(first, second, key=lambda stage: stage.picture.shape[1])
    mixed = pictures.png(pictures.blend(first.picture, second.picture, share))
    _picture(pictures.data_url(mixed), larger, f"{_lead_now()}: {first.title} blended with {second.title}")
    st.caption(plain(f"{1 - share:.0%} {first.title}, {share:.0%} {second.title}"))


def places(stage: Stage) -> Sequence[DeltaGenerator]:
    """Return places for the upload and a stage: side by side, or one below the other for a long rhythm strip."""
    height, width = stage.picture.shape[:2]
    return (st.container(), st.container()) if width > LONG * height else st.columns([2, 3], gap="medium")


def parameters_line(parameters: dict[str, float | int | str]) -> str:
    """Write a stage's parameters as one line.

    Examples
    --------
    >>> parameters_line({"sigma_px": 1.0, "ink_share": 0.0312})
    'sigma 1 px · ink share 0.0312'
    """
    return " · ".join(_parameter(name, value) for name, value in parameters.items())


def _picture(address: str, stage: Stage, alt: str) -> None:
    width = stage.picture.shape[1]
    st.image(address, width=min(ENLARGED * width, WIDEST_PX if width < WIDEST_PX else width), alt=alt)


def _lead_now() -> str:
    return f"Lead {in_words(controls.lead)}"


def _parameter(name: str, value: float | int | str) -> str:
    shown = f"{value:.3g}" if isinstance(value, float) else str(value)
    words = name.removesuffix("_px").replace("_", " ")
    return f"{words} {shown} px" if name.endswith("_px") else f"{words} {shown}"


# On a large photograph the stages of all leads are 200 MB.
@of_report(st.cache_resource, max_entries=2)
def _restaged(sha256: str, how: str | Corrections, settings: StageSettings, _study: Study) -> Study:
    """Return a study with other settings, whose stages and prediction are computed when used."""
    return restage(_study, settings)


@of_report(st.cache_data, max_entries=64)
def _stage_picture(
    sha256: str,
    how: str | Corrections,
    lead: str,
    settings: StageSettings,
    key: str,
    hidden: bool,
    _study: Study,
    _stage: Stage,
) -> str:
    """Return one stage as a data URL."""
    if lead:
        return pictures.data_url(pictures.png(_stage.picture))
    page: np.ndarray = pictures.as_rgb(_stage.picture)
    return pictures.data_url(pictures.webp(masked_page(page, kept_edges(_study)) if hidden else page))


@of_report(st.cache_data, max_entries=16)
def _all_leads_picture(sha256: str, how: str | Corrections, settings: StageSettings, key: str, _study: Study) -> str:
    """Return one stage of all leads, laid out as on the page, as a PNG in a data URL."""
    place = LEAD_STAGES.index(key)
    each = {lead: stages[place].picture for lead, stages in _study.stages.items()}
    return pictures.data_url(pictures.png(stage_sheet(each, _study.layout)))
