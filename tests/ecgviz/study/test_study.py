"""A study: what reading fills, what is computed on demand, and what commands leave uncomputed."""

import gc
import io
import weakref
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from time import sleep

import numpy as np
import pytest
from PIL import Image

import sample_images as drawn
from ecgviz.__main__ import main
from ecgviz.study.opening import STEPS, UNNAMED, open_study
from ecgviz.study.restaging import all_stages, restage
from models.networks import LEAD_NAMES, lead_name
from models.serving import predictor
from models.serving.predictor import NO_BEATS
from preprocessing.errors import EcgImageError
from preprocessing.measuring import LeadSignal
from preprocessing.page import grayscale
from preprocessing.stages import LEAD_STAGES, STAGE_KEYS, StageSettings, lead_stages
from tests.conftest import fixed_prediction


@pytest.fixture(scope="module")
def report():
    drawing = drawn.draw_page(drawn.simulate("sinus-tachycardia", seed=8), drawn.edan_style())
    stream = io.BytesIO()
    Image.fromarray(drawing.image).save(stream, "PNG")
    return stream.getvalue()


@pytest.fixture(scope="module")
def read(report):
    return open_study(report, "drawn.png")


def test_a_study_that_is_dropped_frees_its_arrays_at_once(read):
    study = replace(read)
    dropped = weakref.ref(study)
    gc.disable()
    try:
        del study
        assert dropped() is None
    finally:
        gc.enable()


@pytest.fixture
def fresh(read):
    """The study as it was read: nothing was computed on demand yet."""
    return replace(read)


def test_a_report_gives_thirteen_leads_and_its_measurements(report):
    begun: list[str] = []
    study = open_study(report, "drawn.png", on_step=begun.append)
    assert begun == list(STEPS) == list(study.seconds)
    assert [trace.key for trace in study.traces] == list(study.stages)
    assert len(study.traces) == 13
    assert study.measurements.heart_rate_bpm.value == pytest.approx(130, abs=3)
    assert study.notices == ()


def test_stages_are_computed_lead_by_lead_when_first_used(read, monkeypatch):
    computed: list[str] = []

    def counted(page, box, settings):
        computed.append(box.key)
        return lead_stages(page, box, settings)

    monkeypatch.setattr("ecgviz.study.on_demand.lead_stages", counted)
    study = replace(read)
    assert list(study.stages)[-1] == "II_rhythm"
    assert computed == []
    assert "stages" not in study.seconds
    assert study.stages["V2"] is study.stages["V2"]
    assert tuple(stage.key for stage in study.stages["V2"]) == LEAD_STAGES
    assert computed == ["V2"]
    assert study.seconds["stages"] > 0
    assert len(dict(study.stages)) == 13
    assert sorted(computed) == sorted(study.stages)


def test_a_prediction_is_computed_once_however_many_threads_use_it(fresh, monkeypatch):
    given = []

    def slow(traces, beats, doubts=(), pictures=None, baselines=True):
        given.append((traces, beats))
        sleep(0.05)
        return replace(fixed_prediction(traces, beats), notices=(NO_BEATS,))

    monkeypatch.setattr(predictor, "networks", lambda: slow)
    study = fresh
    assert study.notices == ()
    assert "models" not in study.seconds
    with ThreadPoolExecutor(4) as threads:
        predictions = list(threads.map(lambda _: study.prediction, range(4)))
    assert given == [(study.traces, study.measurements.beats)]
    assert all(one is predictions[0] for one in predictions)
    assert study.notices == (NO_BEATS,)
    assert study.seconds["models"] >= 0.05


def test_the_verdict_is_there_without_the_articles_networks_and_the_same_with_them(fresh):
    combined = fresh.combined
    assert "paper_cnn" not in combined.verdicts
    assert "models" not in fresh.seconds
    assert fresh.prediction.verdicts["paper_cnn"] is not None
    assert fresh.prediction.verdicts["ensemble"] == combined.verdicts["ensemble"]
    assert fresh.combined is fresh.prediction


def test_a_prediction_that_failed_is_tried_again(fresh, monkeypatch):
    monkeypatch.setattr(predictor, "networks", lambda: dict)
    with pytest.raises(TypeError):
        _ = fresh.prediction
    monkeypatch.setattr(predictor, "networks", lambda: fixed_prediction)
    assert fresh.prediction is not None


def test_without_models_no_network_is_loaded(read, monkeypatch):
    monkeypatch.setattr(predictor, "networks", None)
    assert replace(read, with_models=False).prediction is None


def test_a_copy_computes_its_own_prediction(fresh):
    beats = replace(fresh.measurements.beats, clock_s=fresh.measurements.beats.clock_s[:3])
    fewer = replace(fresh.measurements, signals=fresh.measurements.signals[:3], beats=beats)
    layout = replace(fresh.layout, boxes=fresh.layout.boxes[:3])
    copy = replace(fresh, layout=layout, traces=fresh.traces[:3], measurements=fewer)
    assert len(fresh.prediction.leads["trace_cnn"]) == 13
    assert list(copy.prediction.leads["trace_cnn"]) == [trace.lead for trace in fresh.traces[:3]]


def test_a_study_is_opened_from_a_path_or_from_bytes(report, tmp_path):
    path = tmp_path / "drawn.png"
    path.write_bytes(report)
    assert open_study(path).file == str(path)
    assert open_study(str(path), "Ward 3").file == "Ward 3"
    assert open_study(report).file == UNNAMED


def test_a_path_that_cannot_be_opened_is_refused(tmp_path):
    with pytest.raises(EcgImageError) as refusal:
        open_study(tmp_path / "absent.png")
    assert refusal.value.code == "unreadable_file"


@pytest.mark.parametrize(
    "command",
    [
        ["read", "{page}", "--no-models"],
        ["digitise", "{page}", "--csv", "{out}/a.csv", "--json", "{out}/a.json"],
        ["batch", "{folder}", "--out", "{out}", "--no-models"],
    ],
    ids=["read", "digitise", "batch"],
)
def test_without_networks_commands_compute_no_stages(report, tmp_path, monkeypatch, capsys, command):
    def refused(page, box, settings):
        raise AssertionError("stages were computed")

    for module in ("on_demand", "study"):
        monkeypatch.setattr(f"ecgviz.study.{module}.lead_stages", refused)
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "page.png").write_bytes(report)
    assert main([part.format(page=folder / "page.png", folder=folder, out=out) for part in command]) == 0
    assert '"refused"' not in capsys.readouterr().out.replace('"refused": 0', "")


def test_the_papers_preset_cuts_at_the_papers_pixels(report):
    study = open_study(report, "drawn.png", preset="paper")
    assert study.box("I").quad[0] == (150, 300)
    assert study.layout.preset == "paper"


def test_the_papers_preset_refuses_other_sizes(report):
    stream = io.BytesIO()
    Image.open(io.BytesIO(report)).reduce(2).save(stream, "PNG")
    with pytest.raises(EcgImageError) as refusal:
        open_study(stream.getvalue(), "half.png", preset="paper")
    assert refusal.value.code == "paper_page_size"


def test_the_papers_preset_cuts_the_picture_as_it_came(report):
    dimmed = np.asarray(Image.open(io.BytesIO(report))) // 2
    stream = io.BytesIO()
    Image.fromarray(dimmed).save(stream, "PNG")
    ours, papers = (open_study(stream.getvalue(), "dim.png", preset=preset) for preset in ("standard", "paper"))
    assert np.array_equal(papers.stages["I"][0].picture, grayscale(dimmed[300:600, 150:643]))
    assert ours.page.rgb.mean() > 1.5 * dimmed.mean()
    assert "paper_crops_not_flat" in {notice.code for notice in papers.notices}


def test_other_settings_change_a_copy_and_never_the_study(fresh):
    before = fresh.stages["V2"][1].picture.copy()
    changed = restage(fresh, StageSettings(sigma=4))
    assert not np.array_equal(changed.stages["V2"][1].picture, before)
    assert np.array_equal(fresh.stages["V2"][1].picture, before)
    assert restage(fresh, StageSettings()) is fresh
    assert np.array_equal(restage(changed, StageSettings()).stages["V2"][1].picture, before)


def test_a_study_can_be_opened_with_other_settings(report):
    settings = StageSettings(sigma=2, threshold_shift=0.1)
    study = open_study(report, settings=settings)
    otsu = study.stages["I"][2].parameters
    assert study.settings == settings
    assert otsu["threshold"] == pytest.approx(otsu["optimum"] + 0.1)


def test_all_stages_of_a_lead_begin_with_the_two_of_the_page(fresh):
    assert tuple(stage.key for stage in all_stages(fresh, "V2")) == STAGE_KEYS


def test_an_unknown_preset_is_a_bug(report):
    with pytest.raises(ValueError, match="preset"):
        open_study(report, "drawn.png", preset="mine")


@pytest.mark.parametrize("settings", [StageSettings(), StageSettings(sigma=3, threshold_shift=0.05)])
def test_networks_receive_the_very_arrays_that_the_stages_show(fresh, monkeypatch, settings):
    received = []

    def keeping(traces, beats, doubts=(), pictures=None, baselines=True):
        received.append(pictures)
        return fixed_prediction(traces, beats)

    monkeypatch.setattr(predictor, "networks", lambda: keeping)
    study = restage(fresh, settings)
    assert study.prediction is not None
    (pictures,) = received
    assert pictures.squares.dtype == np.uint8
    for box in study.layout.boxes:
        shown = study.stages[box.key][-1].picture
        square = pictures.squares[LEAD_NAMES.index(lead_name(box.id))]
        assert sha256(square.tobytes()).digest() == sha256(shown.tobytes()).digest(), box.key


def test_a_lead_without_a_good_signal_is_no_picture(fresh):
    signals = (LeadSignal.FLAT, *fresh.measurements.signals[1:])
    study = replace(fresh, measurements=replace(fresh.measurements, signals=signals))
    assert study.layout.boxes[0].lead not in study.pictures.read
    assert len(study.pictures.read) == 12


def test_other_settings_leave_what_rests_on_the_reading_alone(fresh):
    trusted, printed = fresh.trust, fresh.printed
    other = restage(fresh, StageSettings(sigma=3))
    assert other.trust is trusted
    assert other.printed is printed
    assert "pictures" not in vars(other)
    assert other.stages is not fresh.stages
