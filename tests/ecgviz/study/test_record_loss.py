"""A file of signals goes down the road of a page, its own samples beside it: networks take these, losses are shown."""

import numpy as np
import pytest

from ecgviz.study import bytes_of, open_study, record_losses
from ecgviz.study.record_loss import snr_db
from models.serving import predictor
from preprocessing.errors import EcgImageError
from preprocessing.lead_id import LEADS
from tests.conftest import fixed_prediction
from tests.signal_files import dicom_waveform, recording, wfdb_files, wfdb_zip
from tests.studies import study_of

MV = recording()


@pytest.fixture(scope="module")
def study():
    return open_study(wfdb_zip(MV), "record.zip")


def test_the_drawn_page_is_read_like_an_image(study):
    assert (study.layout.name, study.image.file_format) == ("3x4+1", "WFDB")
    assert [notice.code for notice in study.notices] == ["drawn_from_signals"]
    assert study.measurements.heart_rate_bpm.value == pytest.approx(70, abs=8)


def test_each_lead_comes_back_with_little_loss(study):
    losses = record_losses(study)
    assert [one.id.key for one in losses] == [*LEADS, "II_rhythm"]
    for one in losses:
        assert one.seconds == (10 if one.id.is_strip else 2.5)
        assert one.read > 0.98
        assert one.read_db > 20
        # No reader can do better than the paper but by chance.
        assert one.paper_db > one.read_db - 1
        assert one.error_uv < 40


def test_the_networks_take_the_files_own_samples(monkeypatch):
    given = []
    monkeypatch.setattr(
        predictor, "networks", lambda: lambda traces, *_: given.append(traces) or fixed_prediction(traces)
    )
    study = open_study(dicom_waveform(MV), "ecg.dcm")
    assert study.prediction is not None
    [traces] = given
    own = next(trace for trace in traces if trace.key == "V5")
    wanted = MV[10, 3750:]
    assert np.abs(own.mv - np.median(own.mv) - (wanted - np.median(wanted))).max() < 0.003
    read = study.trace("V5")
    assert not np.allclose(own.mv, read.mv[: own.mv.size], atol=0.003, equal_nan=True)


def test_an_image_has_no_record_and_no_loss():
    study = study_of("edan_normal")
    assert study.record is None
    assert record_losses(study) == []


def test_signal_to_noise_ignores_offsets_and_gaps():
    wave = np.sin(np.arange(1000) / 10)
    noisy = wave + 0.1 * np.cos(np.arange(1000) * 0.37) + 3
    assert snr_db(wave, noisy) == pytest.approx(20, abs=0.5)
    noisy[100:300] = np.nan
    assert snr_db(wave, noisy) == pytest.approx(20, abs=0.7)


def test_a_header_on_disk_is_read_with_the_files_beside_it(tmp_path):
    for name, content in wfdb_files(MV).items():
        (tmp_path / name).write_bytes(content)
    packed = bytes_of(tmp_path / "r1.hea")
    assert packed == bytes_of(tmp_path / "r1.hea")
    assert open_study(packed, with_models=False).layout.name == "3x4+1"
    (tmp_path / "r1.dat").unlink()
    with pytest.raises(EcgImageError) as caught:
        bytes_of(tmp_path / "r1.hea")
    assert caught.value.code == "unreadable_file"
