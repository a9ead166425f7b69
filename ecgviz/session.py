"""What one browser session holds: its open report, its settings, and everything worth computing once.

All cache decorators of the app live here. What comes from a report is cached for its own session alone, under
the sha256 of its bytes, so that no two sessions can ever meet in a cache.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st
from PIL import Image, ImageOps

from ecgviz import drawing, pictures
from ecgviz.corrections import Corrections
from ecgviz.outlines import outlines_in_picture, outlines_on_page
from ecgviz.study import Study, open_page, open_study
from ecgviz.study import restage as study_restage
from preprocessing import stages
from preprocessing.errors import EcgImageError
from preprocessing.page import Page
from preprocessing.stages import Stage, StageSettings
from sample_images import samples

PAPER = StageSettings()
SIGMA_MAX, SHIFT_MAX = stages.SIGMA_MAX, 0.3
AS_IT_CAME, AS_READ = "As it came", "As it was read"
DEFAULTS: dict[str, str | float | bool] = {
    "overlay": True,
    "view": AS_IT_CAME,
    "preset": "standard",
    "lead": "I",
    "stage": "otsu",
    "sigma": PAPER.sigma,
    "shift": PAPER.threshold_shift,
    "first": "grayscale",
    "second": "binary",
    "manner": "Side by side",
    "share": 50,
}


@dataclass(frozen=True)
class Report:
    """The file that a session has open: its own copy of the bytes. Only a drawn sample has a title."""

    file: str
    data: bytes
    sha256: str
    title: str = ""


@dataclass(frozen=True)
class SampleCard:
    """A drawn sample as a person picks it."""

    name: str
    title: str
    path: str


def remember() -> None:
    """Give every control that has no value yet the one it starts with."""
    for name, value in DEFAULTS.items():
        st.session_state.setdefault(name, value)


def current() -> Report | None:
    """Return the open report of this session."""
    return st.session_state.get("report")


def keep(data: bytes, file: str, title: str = "") -> None:
    """Make a file this session's report. Controls start again."""
    st.session_state["report"] = Report(file, data, hashlib.sha256(data).hexdigest(), title)
    use_corrections(None)
    st.session_state.update(DEFAULTS)


def keep_upload(data: bytes, file: str, file_id: str) -> None:
    """Open an uploaded file, once: a browser can name it again with a change that follows it closely."""
    if st.session_state.get("taken") != file_id:
        st.session_state["taken"] = file_id
        keep(data, file)


def keep_sample(card: SampleCard) -> None:
    """Open a drawn sample; the uploader comes back empty."""
    st.session_state["turn"] = turn() + 1
    keep(Path(card.path).read_bytes(), Path(card.path).name, card.title)


def close() -> None:
    """Forget the report, the upload and what was computed from them."""
    st.session_state["turn"] = turn() + 1
    st.session_state.pop("report", None)
    st.session_state.pop("asked", None)
    use_corrections(None)
    for cache in (_outcome, _page, page_picture, bare_page, stage_picture, restage, page_drawing):
        cache.clear()


def turn() -> int:
    """Count how often the uploader was emptied: under a new key it lets go of its file.

    An upload leaves it alone. Whoever opens one file may drop the next before the first is read.
    """
    return st.session_state.get("turn", 0)


def settings() -> StageSettings:
    """Return what the controls say now."""
    return StageSettings(sigma=st.session_state["sigma"], threshold_shift=st.session_state["shift"])


def is_paper() -> bool:
    """Tell whether every value is the paper's."""
    return settings() == PAPER


def reset_to_paper() -> None:
    """Put the stages' values back to the paper's."""
    st.session_state.update(sigma=PAPER.sigma, shift=PAPER.threshold_shift)


def corrections() -> Corrections | None:
    """Return what the person set by hand for the open report, if anything."""
    return st.session_state.get("corrections")


def use_corrections(chosen: Corrections | None) -> None:
    """Read the open report with these corrections from now on, or as it reads by itself."""
    st.session_state["corrections"] = chosen


def study(report: Report, preset: str = "standard") -> Study:
    """Read a report once; a refusal is remembered too, and raised again each time."""
    outcome = reading(report, preset)
    if isinstance(outcome, EcgImageError):
        raise EcgImageError(outcome.code, outcome.message)
    return outcome


def reading(report: Report, preset: str = "standard") -> Study | EcgImageError:
    """Return the study of a report, or why there is none. What was set by hand holds for the standard crops."""
    by_hand = corrections() if preset == "standard" else None
    return _outcome(report.sha256, report.file, preset, by_hand, report.data)


def page(report: Report) -> Page:
    """Return the page on which a person places the leads."""
    read = reading(report)
    return read.page if isinstance(read, Study) else _page(report.sha256, report.data)


def leads_of(study: Study) -> list[str]:
    """List the leads of a study, and move the choice to the first one where it is not among them."""
    leads = list(study.stages)
    if st.session_state["lead"] not in leads:
        st.session_state["lead"] = leads[0]
    return leads


def stages_now(report: Report, study: Study) -> tuple[Stage, ...]:
    """Return the chosen lead's stages under the values that the controls say."""
    return restage(report.sha256, study.how, st.session_state["lead"], settings(), study)


def stage_picture_now(report: Report, study: Study, stage: Stage) -> str:
    """Return the address of one of `stages_now`."""
    lead = st.session_state["lead"]
    return stage_picture(report.sha256, study.how, lead, settings(), stage.key, stage)


@st.cache_resource(scope="session", max_entries=2, ttl="1h", show_spinner=False)
def _outcome(sha256: str, file: str, preset: str, by_hand: Corrections | None, _data: bytes) -> Study | EcgImageError:
    try:
        return open_study(_data, file, preset, by_hand)
    except EcgImageError as refusal:
        return refusal


@st.cache_resource(scope="session", max_entries=1, ttl="1h", show_spinner=False)
def _page(sha256: str, _data: bytes) -> Page:
    return open_page(_data)


@st.cache_data(scope="session", max_entries=2, ttl="1h", show_spinner=False)
def page_drawing(sha256: str, how: str | Corrections, _study: Study) -> dict[str, Any]:
    """Return the signals as the viewer draws them."""
    return drawing.page_drawing(_study, _study.traces)


@st.cache_data(scope="session", max_entries=4, ttl="1h", show_spinner=False)
def page_picture(sha256: str, how: str | Corrections, overlay: bool, view: str, _study: Study) -> str:
    """Return the address of the picture as it came, or of the page as it was read, bare or with its lead boxes."""
    boxes = _study.layout.boxes
    if view == AS_IT_CAME:
        rgb, outlines = _study.image.rgb, outlines_in_picture(_study.page, boxes)
    else:
        rgb, outlines = _study.page.rgb, outlines_on_page(boxes)
    return pictures.data_url(pictures.page_with_leads(rgb, outlines) if overlay else pictures.webp(rgb))


@st.cache_data(scope="session", max_entries=2, ttl="1h", show_spinner=False)
def bare_page(sha256: str, _page: Page) -> str:
    """Return the address of a page as it lies under the boxes that a person moves."""
    return pictures.data_url(pictures.webp(_page.rgb))


@st.cache_resource(scope="session", max_entries=16, ttl="1h", show_spinner=False)
def restage(
    sha256: str, how: str | Corrections, lead: str, settings: StageSettings, _study: Study
) -> tuple[Stage, ...]:
    """Take one lead through the stages with changed values, on a copy."""
    return study_restage(_study, lead, settings)


@st.cache_data(scope="session", max_entries=64, ttl="1h", show_spinner=False)
def stage_picture(
    sha256: str, how: str | Corrections, lead: str, settings: StageSettings, key: str, _stage: Stage
) -> str:
    """Return the address of one stage, as a PNG."""
    return pictures.data_url(pictures.png(_stage.picture))


@st.cache_data(show_spinner=False)
def sample_cards() -> list[SampleCard]:
    """List the drawn samples that come with the app."""
    return [SampleCard(sample.name, sample.title, str(sample.path)) for sample in samples()]


@st.cache_data(max_entries=64, show_spinner=False)
def thumbnail(path: str) -> str:
    """Return the address of a small picture of a drawn sample."""
    with Image.open(path) as page:
        card = ImageOps.fit(page.convert("RGB"), (336, 238), Image.Resampling.LANCZOS)
    return pictures.data_url(pictures.webp(np.asarray(card)))


@st.cache_data(show_spinner=False)
def tab_icon() -> str:
    """Return the mark of the browser's tab."""
    # As an address of its own: a redraw could drop a served picture before the browser has fetched it.
    return pictures.data_url(pictures.icon())
