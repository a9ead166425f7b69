"""The one place that joins the layers: from a file's bytes to a study of the report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np

from ecgviz.study.corrections import Corrections, corrected
from models.serving import Networks, Prediction
from preprocessing.errors import Notice
from preprocessing.leads import Layout, LeadBox, find_leads, turned
from preprocessing.measuring import Measurements, measure
from preprocessing.page import Page, Turn, find_page
from preprocessing.picture import DecodedImage, decode
from preprocessing.stages import Stage, StageSettings, lead_stages, paper_leads
from preprocessing.traces import Trace, trace_leads

PRESETS = ("standard", "paper")
# What is done to a file, one after the other, and how that is said while it is done.
STEPS = {
    "decode": "Opening the picture",
    "page": "Measuring the page and its grid",
    "layout": "Finding the leads",
    "trace": "Reading the traces",
    "measure": "Measuring the beats",
    "stages": "Preparing each lead",
}

_CUT_AS_IT_CAME = Notice(
    "paper_crops_not_flat",
    "The paper's crops are cut from the picture as it came; the standard crops lay it flat and even its light first.",
)


@dataclass(frozen=True)
class Study:
    """One report, read.

    Attributes
    ----------
    file : str
        Name to show.
    image : DecodedImage
        The picture as decoded, upright by its EXIF mark.
    page : Page
    layout : Layout
    stages : dict of str to tuple of Stage
        The stages of each lead with the paper's values, by `LeadBox.key`.
    traces : tuple of Trace
        Each lead as a signal, in the order of the layout's boxes.
    measurements : Measurements
        What the signals say.
    seconds : dict of str to float
        How long each step took.
    corrections : Corrections or None
        What a person set by hand, where the layout was not found on the page.
    prediction : Prediction or None
        What the networks answer; None while they were not asked.
    """

    file: str
    image: DecodedImage
    page: Page
    layout: Layout
    stages: dict[str, tuple[Stage, ...]]
    traces: tuple[Trace, ...]
    measurements: Measurements
    seconds: dict[str, float]
    corrections: Corrections | None = None
    prediction: Prediction | None = None

    @property
    def notices(self) -> tuple[Notice, ...]:
        """Every warning of the road, in the order in which it arose."""
        asked = self.prediction.notices if self.prediction is not None else ()
        return self.image.notices + self.page.notices + self.layout.notices + asked

    @property
    def how(self) -> str | Corrections:
        """How its leads were placed: the name of a preset, or what a person set. With the hash, it names a study."""
        return self.layout.preset if self.corrections is None else self.corrections

    def box(self, key: str) -> LeadBox:
        """Return the box of one lead by its key."""
        return next(box for box in self.layout.boxes if box.key == key)

    def trace(self, key: str) -> Trace:
        """Return one lead as a signal by its key."""
        return next(trace for trace in self.traces if trace.key == key)


def open_study(
    data: bytes,
    file: str,
    preset: str = "standard",
    corrections: Corrections | None = None,
    tell: Callable[[str], None] = lambda step: None,
) -> Study:
    """Read a report.

    Parameters
    ----------
    data : bytes
        The file's content; what it is decides, not its name.
    file : str
        Name to show.
    preset : str
        ``standard`` measures the page, ``paper`` cuts at the paper's pixel constants.
    corrections : Corrections or None
        Layout and scale as a person set them; nothing is looked for then.
    tell : callable
        Is told each of `STEPS` as it begins.

    Raises
    ------
    EcgImageError
        When the file cannot be read as a 12-lead ECG report.
    """
    if preset not in PRESETS:
        raise ValueError(f"preset must be one of {', '.join(PRESETS)}, not {preset!r}")
    began: dict[str, float] = {}

    def begin(step: str) -> None:
        began[step] = perf_counter()
        tell(step)

    begin("decode")
    image = decode(data)
    begin("page")
    page = find_page(image.rgb)
    begin("layout")
    if corrections is not None:
        page, layout = corrected(_as_turned(page, corrections.turn), corrections)
    elif preset == "paper":
        page, layout = _as_it_came(page, image.rgb), paper_leads(*image.rgb.shape[:2])
    else:
        page, layout = find_leads(page)
    begin("trace")
    traces = trace_leads(page, layout)
    begin("measure")
    measurements = measure(traces)
    # Last: their pictures take 40 MB, and nothing before needs them beside its own.
    begin("stages")
    stages = {box.key: lead_stages(page, box) for box in layout.boxes}
    ends = [*list(began.values())[1:], perf_counter()]
    seconds = {step: end - start for (step, start), end in zip(began.items(), ends, strict=True)}
    return Study(file, image, page, layout, stages, traces, measurements, seconds, corrections)


def answered(study: Study, networks: Networks) -> Study:
    """Ask the networks about a study's traces; the study stays as it is, and a copy has their answers."""
    start = perf_counter()
    prediction = networks(study.traces, study.measurements.beats)
    return replace(study, prediction=prediction, seconds={**study.seconds, "models": perf_counter() - start})


def open_page(data: bytes) -> Page:
    """Measure a page whose leads were not found, for a person to set them by hand."""
    return find_page(decode(data).rgb)


def _as_turned(page: Page, turn: Turn) -> Page:
    """Return a page as `find_page` measured it, turned as it was when a person set its leads."""
    return page if turn == page.turn else turned(page, turn)


def _as_it_came(page: Page, rgb: np.ndarray) -> Page:
    """Return the picture itself as a page: the paper's crops are cut at pixels of the file."""
    if page.rgb is rgb:
        return page
    notices = (*page.notices, _CUT_AS_IT_CAME)
    return replace(page, rgb=rgb, rotation_deg=0.0, flattening=None, turn=Turn(), notices=notices)


def restage(study: Study, key: str, settings: StageSettings) -> tuple[Stage, ...]:
    """Take one lead through the stages with other settings; the study stays as it is, and answers for the paper's."""
    # On a large photograph the stages of all leads are 200 MB, which need not be held twice.
    if settings == StageSettings():
        return study.stages[key]
    return lead_stages(study.page, study.box(key), settings)
