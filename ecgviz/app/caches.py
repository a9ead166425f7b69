"""Everything worth computing once, for one browser session or for the whole app.

All cache decorators of the app live here. What comes from a report is cached for its own session alone, under
the sha256 of its bytes and the way in which it was read, so that no two sessions can ever meet in a cache.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
import pandas as pd
import streamlit as st

from ecgviz.drawing import lead_cards, page_views, pictures, viewer_data
from ecgviz.drawing.stage_layout import stage_sheet
from ecgviz.evaluation import files, tables
from ecgviz.export.report import ReportOptions, preview
from ecgviz.export.report.preview import LaidOut
from ecgviz.learn import examples, mishaps, strips
from ecgviz.learn.examples import Drawn, Example
from ecgviz.learn.mishaps import Damage
from ecgviz.predictions.sensitivity import Sensitivity
from ecgviz.predictions.sensitivity import sensitivity as sensitivity_of
from ecgviz.study.corrections import Corrections, Edges
from ecgviz.study.masking import masked_page, page_shown
from ecgviz.study.study import Study, open_page, open_study
from ecgviz.study.study import restage as study_restage
from models.beats import live as beats_asked
from models.evaluation import other_pages
from models.explaining import layer_activations as activations_of
from models.explaining.layer_activations import Activations
from models.networks.input_rows import lead_rows
from models.serving import predictor
from models.serving.predictor import Prediction
from preprocessing.errors import EcgImageError
from preprocessing.page.flat_page import Page
from preprocessing.stages import road
from preprocessing.stages.road import Stage, StageSettings

Function = TypeVar("Function", bound=Callable[..., Any])
_OF_REPORTS: list[Any] = []


def _of_report(cache: Any, max_entries: int, spinner: str | bool = False) -> Callable[[Function], Function]:
    """Cache what comes from a report for its own session alone, to be forgotten when the report is closed."""

    def decorated(function: Function) -> Function:
        cached = cache(scope="session", max_entries=max_entries, ttl="1h", show_spinner=spinner)(function)
        _OF_REPORTS.append(cached)
        return cast(Function, cached)

    return decorated


def forget_reports() -> None:
    """Forget everything that was computed from this session's reports."""
    for cache in _OF_REPORTS:
        cache.clear()


@_of_report(st.cache_resource, max_entries=3)
def outcome(
    sha256: str,
    file: str,
    preset: str,
    by_hand: Corrections | None,
    _data: bytes,
    _tell: Callable[[str], None],
) -> Study | EcgImageError:
    """Return the study of a report, or why there is none."""
    try:
        return open_study(_data, file, preset, by_hand, _tell)
    except EcgImageError as refusal:
        return refusal


@_of_report(st.cache_resource, max_entries=1)
def page(sha256: str, _data: bytes) -> Page:
    """Return the page on which a person places the leads of a report that was refused."""
    return open_page(_data)


@_of_report(st.cache_resource, max_entries=8, spinner="Asking the networks")
def prediction(sha256: str, how: str | Corrections, _study: Study) -> Prediction:
    """Return what the networks answer."""
    return predictor.networks()(_study.traces)


@_of_report(st.cache_resource, max_entries=16)
def sensitivity(sha256: str, how: str | Corrections, network: str, _study: Study) -> Sensitivity:
    """Return what one network's scores depend on."""
    return sensitivity_of(_study, network)


@_of_report(st.cache_data, max_entries=128)
def lead_card(
    sha256: str,
    how: str | Corrections,
    key: str,
    shown: str,
    marked_by: tuple[str, str, str],
    width_px: int,
    hidden: bool,
    _study: Study,
) -> str:
    """Return the address of one lead's drawing; `marked_by` is the map, or ``none``, the network and the class."""
    kind, network, label = marked_by
    rgb = page_shown(_study, hidden)
    marked = []
    if kind != "none":
        marked = lead_cards.bands(_study, sensitivity(sha256, how, network, _study), label, kind, key)
    return lead_cards.card(_study, rgb, key, shown, marked, kind, width_px)


@_of_report(st.cache_data, max_entries=2)
def page_drawing(sha256: str, how: str | Corrections, hidden: bool, _study: Study) -> dict[str, Any]:
    """Return the signals as the viewer draws them."""
    return viewer_data.page_drawing(_study, _study.traces, hidden)


@_of_report(st.cache_data, max_entries=4)
def page_picture(sha256: str, how: str | Corrections, overlay: bool, view: str, hidden: bool, _study: Study) -> str:
    """Return the address of the picture as it came, or of the page as it was read, bare or with its lead boxes."""
    return pictures.data_url(page_views.picture_of(_study, overlay, view, hidden))


@_of_report(st.cache_data, max_entries=2)
def bare_page(sha256: str, kept: Edges | None, _page: Page) -> str:
    """Return the address of a page as it lies under the boxes that a person moves; with `kept`, only that of it."""
    return pictures.data_url(pictures.webp(_page.rgb if kept is None else masked_page(_page.rgb, kept)))


@_of_report(st.cache_resource, max_entries=4)
def laid_out(sha256: str, how: str | Corrections, options: ReportOptions, _study: Study) -> LaidOut:
    """Return the report as a PDF with pictures of its pages."""
    return preview.laid_out(_study, options)


@_of_report(st.cache_resource, max_entries=16)
def restage(
    sha256: str, how: str | Corrections, lead: str, settings: StageSettings, _study: Study
) -> tuple[Stage, ...]:
    """Take one lead through the stages with changed values, on a copy."""
    return study_restage(_study, lead, settings)


@_of_report(st.cache_data, max_entries=64)
def stage_picture(
    sha256: str, how: str | Corrections, lead: str, settings: StageSettings, key: str, _stage: Stage
) -> str:
    """Return the address of one stage, as a PNG."""
    return pictures.data_url(pictures.png(_stage.picture))


# Each holds a lead's stages twice, of a large photograph some 50 MB.
@_of_report(st.cache_resource, max_entries=2)
def damage(sha256: str, how: str | Corrections, lead: str, name: str, amount: float, _crop: np.ndarray) -> Damage:
    """Return a lead of a report done well and badly."""
    return mishaps.damage(_crop, name, amount)


@_of_report(st.cache_resource, max_entries=4)
def activations(sha256: str, how: str | Corrections, network: str, _study: Study) -> Activations:
    """Return what the layers of a network answer to a report."""
    return activations_of.activations(predictor.networks().by_name[network], lead_rows(_study.traces))


@st.cache_resource(max_entries=12, show_spinner=False)
def drawn(example: Example) -> Drawn:
    """Return an example, drawn for the screen."""
    return examples.shown(example)


@st.cache_data(max_entries=24, show_spinner=False)
def drawn_picture(example: Example, marked: tuple[str, ...] = ()) -> str:
    """Return the address of a drawn page, with some leads outlined."""
    page = drawn(example).drawing
    if marked:
        return pictures.data_url(pictures.page_with_leads(page.image, examples.outlines(page, marked)))
    return pictures.data_url(pictures.webp(page.image) if example.camera != "none" else pictures.png(page.image))


@st.cache_data(max_entries=6, show_spinner=False)
def drawn_file(example: Example) -> bytes:
    """Return an example as the file of a report."""
    return examples.as_file(example)


@st.cache_data(max_entries=64, show_spinner=False)
def strip_picture(rhythm: str, lead: str, speed_mm_s: float, gain_mm_mv: float) -> str:
    """Return the address of one lead on squared paper."""
    return pictures.data_url(pictures.png(strips.strip(rhythm, lead, speed_mm_s, gain_mm_mv)))


@_of_report(st.cache_data, max_entries=16)
def all_leads(sha256: str, how: str | Corrections, settings: StageSettings, key: str, _study: Study) -> str:
    """Return the address of one stage of all leads, laid out as on the page."""
    place = road.STAGE_KEYS.index(key)
    each = {lead: restage(sha256, how, lead, settings, _study)[place].picture for lead in _study.stages}
    return pictures.data_url(pictures.png(stage_sheet(each, _study.layout)))


@st.cache_data(max_entries=64, show_spinner=False)
def thumbnail(path: str) -> str:
    """Return the address of a small picture of a drawn sample."""
    return pictures.data_url(pictures.thumbnail(path))


@st.cache_data(show_spinner=False)
def tab_icon() -> str:
    """Return the mark of the browser's tab."""
    # As an address of its own: a redraw could drop a served picture before the browser has fetched it.
    return pictures.data_url(pictures.icon())


@st.cache_data(show_spinner=False)
def evaluation() -> files.EvaluationFiles:
    """Return what ships of the networks' evaluation."""
    return files.EvaluationFiles.read()


@st.cache_data(max_entries=32, show_spinner=False)
def unseen_answers(part: str, way: str) -> other_pages.Answers:
    """Return what the models said of one part of the reports, joined from the leads in one way."""
    return other_pages.answers(evaluation().kept, part, way)


@st.cache_data(max_entries=128, show_spinner=False)
def class_table(part: str, way: str, model: str) -> pd.DataFrame:
    """Return one model's figures of every class with their intervals."""
    return tables.class_table(unseen_answers(part, way), [model])


@st.cache_data(show_spinner=False)
def lead_table(network: str) -> pd.DataFrame:
    """Return what each lead alone is worth to a network."""
    return tables.lead_table(evaluation().kept, network)


@_of_report(st.cache_data, max_entries=64)
def beat_answers(key: str, task: str, _picture: np.ndarray, _rhythm: np.ndarray | None) -> dict[str, np.ndarray]:
    """Return what each network of a task says of a beat."""
    return beats_asked.asked(task, _picture, _rhythm)


@_of_report(st.cache_data, max_entries=64)
def beat_map(key: str, task: str, name: str, at: int, _picture: np.ndarray, _rhythm: np.ndarray | None) -> np.ndarray:
    """Return where a network of beats is sensitive for its class at some place."""
    return beats_asked.networks_of(task)[name].seen(_picture, at, _rhythm)
