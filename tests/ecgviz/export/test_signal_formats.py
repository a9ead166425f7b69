"""Every format of the list is written by the command and has names of its own."""

import json

import pydicom
import pytest
from edfio import read_edf

from ecgviz.__main__ import main
from ecgviz.export import SIGNAL_FORMATS
from sample_images import samples

SAMPLES = {sample.name: sample for sample in samples()}


def test_titles_and_endings_differ():
    assert len({one.title for one in SIGNAL_FORMATS.values()}) == len(SIGNAL_FORMATS)
    assert len({one.ending for one in SIGNAL_FORMATS.values()}) == len(SIGNAL_FORMATS)


def test_digitise_writes_the_exchange_formats(capsys, tmp_path):
    paths = {key: tmp_path / f"ecg.{SIGNAL_FORMATS[key].ending}" for key in ("dicom", "aecg", "edf", "fhir")}
    options = [word for key, path in paths.items() for word in (f"--{key}", str(path))]
    assert main(["digitise", str(SAMPLES["edan_normal"].path), *options]) == 0
    assert set(json.loads(capsys.readouterr().out)["written"]) == {str(path) for path in paths.values()}
    assert pydicom.dcmread(paths["dicom"]).WaveformSequence[0].NumberOfWaveformChannels == 13
    assert read_edf(paths["edf"]).num_signals == 13
    assert b"<AnnotatedECG" in paths["aecg"].read_bytes()
    bundle = json.loads(paths["fhir"].read_text(encoding="utf-8"))
    # The report was written without the networks, which `digitise` never loads.
    assert bundle["entry"][0]["resource"]["presentedForm"][0]["contentType"] == "application/pdf"


@pytest.mark.parametrize("key", [key for key in SIGNAL_FORMATS if key != "wfdb"])
def test_digitise_names_every_format_where_none_is_chosen(capsys, key):
    assert main(["digitise", str(SAMPLES["edan_normal"].path)]) == 2
    assert f"--{key} OUT" in capsys.readouterr().err
