"""A report as it was read, and what follows from its reading when it is first used."""

from __future__ import annotations

import weakref
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from ecgviz.records import DrawnRecord
from ecgviz.study.corrections import Corrections
from ecgviz.study.lead_checks import contradiction
from ecgviz.study.on_demand import Once, StagesOnDemand
from ecgviz.study.paced_spikes import PACED
from ecgviz.study.predicting import predicted
from ecgviz.study.printed_values import printed_notices
from models.networks import ReportPictures, lead_name, report_pictures
from models.serving import Prediction, predictor
from preprocessing.errors import Notice
from preprocessing.leads import Layout, LeadBox
from preprocessing.lettering import PrintedBlock, read_block
from preprocessing.measuring import LeadSignal, Measurements, only_good
from preprocessing.page import Page
from preprocessing.picture import DecodedImage
from preprocessing.stages import Stage, StageSettings, lead_stages
from preprocessing.traces import Trace
from preprocessing.trust import Trust, doubted_leads, estimated_snr_db, trust_of

# Computed on demand, and too large or unable to go to another process with a study; it computes its own there.
_LEFT_BEHIND = {"stages", "_predicted", "_combined", "pictures", "_last_stages"}
# Of a lead's stages, those that networks receive.
LAST_STAGES = slice(-2, None)


@dataclass(frozen=True)
class Study:
    """One report, read.

    Stages and prediction are computed when they are first used, once, and are safe from any thread. A copy made by
    `dataclasses.replace` computes its own. A study that goes to another process takes along what its doubts rest on,
    where that was computed.

    Attributes
    ----------
    file : str
        Name to show.
    image : DecodedImage
        The image as decoded, upright by its EXIF orientation.
    page : Page
    layout : Layout
    traces : tuple of Trace
        Each lead as a signal, in the order of the layout's boxes.
    measurements : Measurements
    read_seconds : dict of str to float
        How long each of `STEPS` took.
    corrections : Corrections or None
        What a person set by hand.
    with_models : bool
        Whether the networks may run; without them `prediction` is None.
    record : DrawnRecord or None
        The signals that the page was drawn from, where the file holds signals: networks over traces use these.
    settings : StageSettings
        Of the stages, and so of the pictures that networks receive.
    is_paced : bool
        Whether pacing spikes are seen; the measurements are without them.
    stages : mapping of str to tuple of Stage
        The stages of each lead from segmentation on, by `LeadBox.key`.
    """

    file: str
    image: DecodedImage
    page: Page
    layout: Layout
    traces: tuple[Trace, ...]
    measurements: Measurements
    read_seconds: dict[str, float]
    corrections: Corrections | None = None
    with_models: bool = True
    record: DrawnRecord | None = None
    settings: StageSettings = field(default_factory=StageSettings)
    is_paced: bool = False
    stages: StagesOnDemand = field(init=False, repr=False, compare=False)
    _predicted: Once[Prediction] = field(init=False, repr=False, compare=False)
    _combined: Once[Prediction] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # A frozen dataclass fills fields so. Without the proxy it held itself, and 90 MB until garbage is collected.
        object.__setattr__(self, "stages", StagesOnDemand(self.page, self.layout.boxes, self.settings))
        object.__setattr__(self, "_predicted", Once(partial(predicted, weakref.proxy(self))))
        object.__setattr__(self, "_combined", Once(partial(predicted, weakref.proxy(self), baselines=False)))

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name not in _LEFT_BEHIND}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state)
        self.__post_init__()

    @property
    def prediction(self) -> Prediction | None:
        """What the shipped networks predict; the first use loads them, which takes seconds.

        Raises
        ------
        models.serving.ModelFileError
            When a network's file or card is missing or wrong.
        """
        if not self.with_models:
            return None
        if self._predicted.value is None:
            predictor.networks()  # Loaded beforehand: `seconds` counts the prediction alone.
        return self._predicted()

    @property
    def combined(self) -> Prediction | None:
        """The same without the article's networks, no part of the ensemble: a verdict in a fifth of the time."""
        if not self.with_models:
            return None
        known = self._predicted.value
        return self._combined() if known is None else known

    @property
    def notices(self) -> tuple[Notice, ...]:
        """Every warning in the order in which it arose; the prediction's only once it was computed."""
        predicted = self._predicted.value
        return self._reading_notices + (() if predicted is None else predicted.notices)

    @property
    def _reading_notices(self) -> tuple[Notice, ...]:
        read = self.image.notices + self.page.notices + self.layout.notices + self.measurements.notices
        doubted = doubted_leads(self.good_traces, self.lead_snr_db)
        paced = (PACED,) if self.is_paced else ()
        return (*read, *doubted, *printed_notices(self.printed, self.measurements), *paced)

    @property
    def forbids_prediction(self) -> tuple[str, ...]:
        """Codes of why no network predicts this report: doubts about its reading, and pacing spikes."""
        return (*self.trust.forbids_prediction, *((PACED.code,) if self.is_paced else ()))

    @cached_property
    def lead_snr_db(self) -> tuple[float, ...]:
        """How well each lead was read, estimated from what can be seen, dB; in the order of the traces."""
        return estimated_snr_db(self.page, self.layout, self.traces)

    @cached_property
    def printed(self) -> PrintedBlock:
        """What the page prints of its recorder's measurements and filter; nothing of a page that was drawn here."""
        if self.record is not None:
            return PrintedBlock()
        return read_block(self.page.rgb, self.page.px_per_mm_x)

    @cached_property
    def good_traces(self) -> tuple[Trace, ...]:
        """The traces, with those of no usable signal unread: what measurements and predictions rest on."""
        return only_good(self.traces, self.measurements.signals)

    @cached_property
    def pictures(self) -> ReportPictures:
        """The last stages of each lead with a good signal: what networks over pictures receive."""
        return self.pictures_without(())

    def pictures_without(self, left_out: Collection[str]) -> ReportPictures:
        """Return the same without some leads, by the networks' names: the strip is ``rhythm``."""
        states = zip(self.traces, self.measurements.signals, strict=True)
        keys = {trace.key for trace, signal in states if signal is LeadSignal.GOOD}
        good = [box for box in self.layout.boxes if box.key in keys and lead_name(box.id) not in left_out]
        return report_pictures(self.page, {box: self._last_stages[box] for box in good})

    @cached_property
    def _last_stages(self) -> dict[LeadBox, tuple[Stage, ...]]:
        """What `pictures` are made of; `stages` would keep the large pictures of all leads as well."""
        return {box: lead_stages(self.page, box, self.settings)[LAST_STAGES] for box in self.layout.boxes}

    @cached_property
    def trust(self) -> Trust:
        """How far the reading can be trusted, whatever the networks predict."""
        return trust_of((*self._reading_notices, *contradiction(self.good_traces)))

    @property
    def seconds(self) -> dict[str, float]:
        """How long each step took, with ``stages`` and ``models`` where they were computed."""
        later = {"stages": self.stages.seconds, "models": self._predicted.seconds}
        return self.read_seconds | {step: spent for step, spent in later.items() if spent is not None}

    @property
    def how(self) -> str | Corrections:
        """How its leads were placed: the name of a preset, or what a person set. With the hash, it names a study."""
        return self.layout.preset if self.corrections is None else self.corrections

    def box(self, key: str) -> LeadBox:
        """Return the box of one lead by its key."""
        return next(box for box in self.layout.boxes if box.key == key)

    def signal(self, key: str) -> LeadSignal:
        """Return the state of one lead's signal by its key."""
        return self.measurements.signals[[trace.key for trace in self.traces].index(key)]

    def trace(self, key: str) -> Trace:
        """Return one lead as a signal by its key."""
        return next(trace for trace in self.traces if trace.key == key)
