"""From a file to a study of the report: the one place that joins the layers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import numpy as np

from ecgviz.records import opened
from ecgviz.study.corrections import Corrections
from ecgviz.study.files import bytes_of
from ecgviz.study.paced_measuring import measured
from ecgviz.study.placing import placed
from ecgviz.study.study import Study
from preprocessing.lettering import PrintedBlock, read_block
from preprocessing.page import find_page
from preprocessing.side_by_side import beside
from preprocessing.stages import StageSettings
from preprocessing.traces import trace_leads

# The steps of reading a file in their order, each with the words shown meanwhile.
STEPS = {
    "decode": "Opening the image",
    "page": "Measuring the page and its grid",
    "layout": "Finding the leads",
    "trace": "Reading the traces",
    "measure": "Measuring the beats",
}
UNNAMED = "unnamed"


def open_study(
    source: str | Path | bytes,
    file: str | None = None,
    preset: str = "standard",
    corrections: Corrections | None = None,
    on_step: Callable[[str], None] = lambda step: None,
    with_models: bool = True,
    settings: StageSettings | None = None,
    on_image: Callable[[np.ndarray], None] = lambda rgb: None,
) -> Study:
    """Read a report.

    Parameters
    ----------
    source : str, Path or bytes
        Path of an image, PDF, DICOM object or file of signals, or its content; the content decides, not the name.
    file : str, optional
        Name to show; the path where there is one.
    preset : str
        ``standard`` measures the page, ``paper`` cuts at the article's pixel constants.
    corrections : Corrections or None
        Layout and scale as a person set them; nothing is searched for then.
    on_step : callable
        Called with each of `STEPS` as it begins.
    with_models : bool
        False keeps the networks from ever being loaded.
    settings : StageSettings, optional
        Of the stages; by default the article's.
    on_image : callable
        Called with the image, shape (rows, columns, 3), uint8, as soon as it is decoded.

    Raises
    ------
    EcgImageError
        When the file cannot be opened, or cannot be read as a 12-lead ECG report.

    Examples
    --------
    >>> study = open_study("sample_images/gallery/edan_normal.jpg")
    >>> study.layout.name, len(study.traces), study.measurements.heart_rate_bpm.unit
    ('3x4+1', 13, 'bpm')
    """
    data = source if isinstance(source, bytes) else bytes_of(source)
    shown = file or (UNNAMED if isinstance(source, bytes) else str(source))
    began: dict[str, float] = {}

    def begin(step: str) -> None:
        began[step] = perf_counter()
        on_step(step)

    begin("decode")
    found = opened(data)
    image = found.image
    on_image(image.rgb)
    begin("page")
    page = find_page(image.rgb)
    begin("layout")
    page, layout = placed(page, image.rgb, preset, corrections)
    begin("trace")
    with beside(lambda: read_block(page.rgb, page.px_per_mm_x) if found.record is None else PrintedBlock()) as printed:
        traces = trace_leads(page, layout)
    begin("measure")
    measurements, is_paced = measured(traces)
    ends = [*list(began.values())[1:], perf_counter()]
    seconds = {step: end - start for (step, start), end in zip(began.items(), ends, strict=True)}
    staged = settings or StageSettings()
    study = Study(
        shown,
        image,
        page,
        layout,
        traces,
        measurements,
        seconds,
        corrections,
        with_models,
        found.record,
        staged,
        is_paced,
    )
    study.__dict__["printed"] = printed()
    return study
