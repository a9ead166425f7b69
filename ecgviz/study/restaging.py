"""A study with other settings of its stages, and every stage of a lead."""

from __future__ import annotations

from dataclasses import replace

from ecgviz.study.study import Study
from preprocessing.stages import Stage, StageSettings, page_stages


def restage(study: Study, settings: StageSettings) -> Study:
    """Return the study with other settings of the stages, and so with another prediction; the first stays as it is."""
    # On a large photograph the stages of all leads are 200 MB, which need not be held twice.
    if settings == study.settings:
        return study
    other = replace(study, settings=settings)
    # What rests on the reading alone comes along, as to another process: reading the print again takes 150 ms.
    vars(other).update({name: value for name, value in study.__getstate__().items() if name not in vars(other)})
    return other


def all_stages(study: Study, key: str) -> tuple[Stage, ...]:
    """Return every stage of one lead, the two of the whole page before its own."""
    return (*page_stages(study.page), *study.stages[key])
