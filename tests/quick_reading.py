"""A reading that takes no time, for tests of many files: the study of one sample stands in for each."""

import hashlib
from dataclasses import replace
from pathlib import Path

from preprocessing.errors import EcgImageError
from tests.studies import study_of

SAMPLE = Path(__file__).resolve().parents[1] / "sample_images" / "gallery" / "edan_normal.jpg"
NO_ECG, FAULT = b"\x89PNG no report", b"\x89PNG fault"


def report(number):
    """Bytes that begin like a picture and count as a report of their own."""
    return b"\x89PNG report %d" % number


def quick_study(data, file, with_models=True, settings=None):
    """Stand in for `ecgviz.study.open_study`."""
    if not data:
        raise EcgImageError("empty_file", "The file is empty; export it again.")
    if data.startswith(NO_ECG):
        raise EcgImageError("not_an_ecg", "No rows of trace were found; open a report.")
    if data.startswith(FAULT):
        raise ZeroDivisionError
    study = study_of("edan_normal")
    image = replace(study.image, sha256=hashlib.sha256(data).hexdigest())
    return replace(study, file=file, image=image, with_models=with_models, settings=settings or study.settings)
