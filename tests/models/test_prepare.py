"""Reports of a folder are read as the app reads them, into rows, pictures, a table and counts."""

import json
import shutil
import sys

import numpy as np
import pytest

from models import prepare
from models.data import prepared_reports
from models.networks import lead_rows
from preprocessing.lead_id import LEADS
from sample_images import samples
from tests.studies import study_of

SAMPLES = {sample.name: sample.path for sample in samples()}


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Three drawn reports and a document in the folders of two classes, prepared."""
    data, cache = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("cache")
    contents = {
        "Normal Person ECG Images": ("edan_normal", "document", "edan_normal"),
        "ECG Images of Myocardial Infarction Patients": ("edan_acute_anterior", "pvc_6x2"),
    }
    for folder, names in contents.items():
        (data / folder).mkdir()
        for number, name in enumerate(names):
            shutil.copy(SAMPLES[name], data / folder / f"{number}{SAMPLES[name].suffix}")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(prepare, "EVALUATION", cache / "evaluation")
        patched.setattr(sys, "argv", ["prepare", "--data", str(data), "--cache", str(cache), "--workers", "1"])
        prepare.main()
    return prepared_reports.prepared(cache), json.loads((cache / "evaluation" / "data_quality.json").read_text())


def test_every_distinct_readable_report_is_prepared(kept):
    reports, _ = kept
    assert reports.table["label"].tolist() == [2, 2, 0]
    assert reports.table["layout"].tolist() == ["3x4+1", "6x2+1", "3x4+1"]
    assert reports.rows.shape == (3, 16, 250, 2)
    assert reports.pictures.shape == (3, 13, 150, 150)
    assert (reports.pictures < 255).any(axis=(2, 3)).all()


def test_rows_are_those_of_the_app(kept):
    reports, _ = kept
    study = study_of("edan_normal")
    np.testing.assert_allclose(reports.rows[2], lead_rows(study.traces), atol=2e-3)
    assert reports.rows[2, : len(LEADS), :, 1].mean() > 0.9
    assert reports.table["heart_rate_bpm"][2] == pytest.approx(study.measurements.values["heart_rate_bpm"].value)


def test_the_quality_report_counts_what_was_dropped(kept):
    _, quality = kept
    assert quality["files"] == 5
    assert quality["duplicates"] == 1
    assert quality["unreadable"] == {"not_an_ecg": 1}
    assert quality["classes"]["Normal"] == 1
    assert quality["classes_by_layout"]["6x2+1"]["Myocardial infarction"] == 1
