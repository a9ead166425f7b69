"""The beat lab's beats, tables and charts."""

from dataclasses import replace

import numpy as np
import pytest

from ecgviz.beat_lab import charts, tables
from ecgviz.beat_lab.beat import (
    FIVE_TASK,
    SIMULATED_RHYTHMS,
    SIX_TASK,
    SPECTRUM_TASKS,
    beat_from_picture,
    beat_from_report,
    beat_from_signal,
    report_beat_times,
    simulated_beat,
    simulated_beat_times,
)
from ecgviz.beat_lab.examples import examples
from ecgviz.beat_lab.section_predictions import agreement, overlay, prediction_table
from models.beats import AFTER_MS, BEAT_NETWORKS, BEFORE_MS, MARGIN_MS, SHAPE, scalogram, spectrogram
from models.beats.published import NO_AUGMENTATION, PROTOCOLS, PUBLISHED_AUGMENTATION, published_results
from preprocessing.errors import EcgImageError
from tests.studies import study_of

RATE_HZ = 500.0


def metrics(accuracy=0.9):
    figure = {"value": accuracy, "low": accuracy - 0.1, "high": accuracy + 0.05}
    own = {
        "n": 5,
        "precision": 0.5,
        "recall": 0.5,
        "specificity": 0.5,
        "f1": 0.5,
        "auroc": None,
        "average_precision": 0.5,
    }
    return {
        "n": 10,
        "accuracy": figure,
        "macro_f1": figure,
        "classes": {"Normal": own, "Left bundle branch block": own},
        "confusion": [[3, 1], [0, 6]],
    }


def run_of(network, kind="trace", augmentation=None, protocol="inter-patient"):
    return {
        "network": network,
        "task": PROTOCOLS[protocol],
        "kind": kind,
        "augmentation": augmentation or PUBLISHED_AUGMENTATION[network],
        "by_protocol": {protocol: metrics()},
    }


def results(*runs):
    size = {"parameters": 1, "megabytes": 0.1, "milliseconds": 0.2}
    return {"sizes": dict.fromkeys((*BEAT_NETWORKS, "beat_context"), size), "six_classes": {}, "runs": list(runs)}


@pytest.mark.parametrize("rhythm", SIMULATED_RHYTHMS)
def test_simulated_beats_are_cut_whole_and_always_the_same(rhythm):
    beat = simulated_beat(rhythm, 0)
    assert beat.tasks == (SIX_TASK, FIVE_TASK, *SPECTRUM_TASKS)
    shown = [beat.picture(task) for task in beat.tasks]
    assert all(picture.shape == SHAPE and picture.min() < 128 for picture in shown)
    assert len({picture.tobytes() for picture in shown}) == 4
    assert len(beat.mv) == round((BEFORE_MS + AFTER_MS + 2 * MARGIN_MS) / 1000 * beat.rate_hz)
    assert beat.key == simulated_beat(rhythm, 0).key
    assert beat.key != simulated_beat(rhythm, 1).key
    assert len(simulated_beat_times(rhythm)) >= 5


def test_rhythm_features_show_an_early_beat():
    rhythms = np.array([simulated_beat("premature-atrial-beats", at).rhythm for at in range(8)])
    assert rhythms[:, 0].min() < -0.15
    assert np.abs([simulated_beat("normal-sinus", at).rhythm[:4] for at in range(4)]).max() < 0.15


def test_a_beat_with_a_gap_is_not_cut():
    mv = np.sin(np.arange(2000) / 50)
    times = np.array([1.0, 2.0, 3.0])
    assert beat_from_signal(mv, RATE_HZ, 2.0, times, "whole") is not None
    gap = mv.copy()
    gap[1010] = np.nan
    assert beat_from_signal(gap, RATE_HZ, 2.0, times, "gap") is None
    assert beat_from_signal(mv, RATE_HZ, 0.1, times, "edge") is None
    beside = mv.copy()
    beside[:800] = np.nan
    assert np.isfinite(beat_from_signal(beside, RATE_HZ, 2.0, times, "beside").mv).all()


def test_the_rhythm_is_unknown_where_beats_are_few():
    mv = np.sin(np.arange(2000) / 50)
    assert beat_from_signal(mv, RATE_HZ, 2.0, np.array([2.0]), "alone").rhythm is None


def paper_with_a_stroke(high=200, wide=300, paper=240, ink=20):
    found = np.full((high, wide, 3), paper, np.uint8)
    found[high // 2, :] = found[high // 2 + 1, :] = ink
    return found


def test_a_picture_serves_the_six_classes_only():
    beat = beat_from_picture(paper_with_a_stroke(), "a stroke")
    assert beat.mv is None
    assert beat.tasks == (SIX_TASK,)
    assert beat.picture(SIX_TASK).shape == SHAPE


@pytest.mark.parametrize(
    "rgb",
    [
        np.full((200, 300, 3), 255, np.uint8),
        paper_with_a_stroke(paper=20, ink=240),
        paper_with_a_stroke(paper=14, ink=2),
        paper_with_a_stroke(high=60, wide=3000),
        paper_with_a_stroke(high=900, wide=100),
        np.random.default_rng(0).integers(0, 256, (200, 300, 3), np.uint8),
    ],
    ids=["blank", "inverted", "dark", "wide", "high", "noise"],
)
def test_a_picture_without_one_beat_on_light_paper_is_refused(rgb):
    with pytest.raises(EcgImageError) as refusal:
        beat_from_picture(rgb, "something")
    assert refusal.value.code == "not_a_beat"


def test_beats_of_a_report_lie_on_its_r_waves():
    study = study_of("edan_normal")
    found = report_beat_times(study)
    traces = {trace.key: trace for trace in study.traces}
    assert len(found) == len(traces)
    for key, times in found.items():
        assert times == sorted(times)
        beat = beat_from_report(study, key, len(times) - 1)
        own = traces[key].mv
        at = round(times[-1] * RATE_HZ)
        # Steeper within 60 ms of the beat than elsewhere in its window.
        assert np.abs(np.diff(own[at - 30 : at + 30])).max() > np.percentile(np.abs(np.diff(own[~np.isnan(own)])), 90)
        assert beat.source.startswith("Lead ")


def test_the_overview_has_every_network_and_every_protocol():
    table = tables.overview(results(run_of("beat_net")), "accuracy")
    assert list(table["In the code"]) == [*BEAT_NETWORKS, "beat_context", "beat_net"]
    assert list(table["Network"])[-3:] == ["BeatNet (ours)", "BeatContext (ours)", "BeatNet, picture only"]
    ours = table.set_index("Network").loc["BeatNet (ours)"]
    assert ours["Inter-patient split"] == "0.900 (0.800 to 0.950)"
    assert ours["Published split"] == tables.NOT_TRAINED
    assert (table["Inter-patient split"] == tables.NOT_TRAINED).sum() == len(BEAT_NETWORKS) + 1


def test_our_network_has_another_row_without_the_rhythm():
    own = run_of("beat_net")
    alone = own | {"by_protocol_without_rhythm": {"inter-patient": own["by_protocol"]["inter-patient"] | {"n": 7}}}
    assert tables.metrics_of(results(alone), tables.PICTURE_ONLY, "inter-patient")["n"] == 7
    assert tables.metrics_of(results(own), tables.PICTURE_ONLY, "inter-patient") is None
    assert list(tables.scores(results(alone), "accuracy", ["inter-patient"])["n"][-1:]) == [7]


def test_the_network_in_context_has_a_figure_on_held_out_records():
    run = run_of("beat_context") | {"held_out_records": {"n": 5, "macro_f1": {"value": 0.6, "low": 0.5, "high": 0.7}}}
    assert tables.held_out_records(results(run))["n"] == 5
    assert tables.held_out_records(results(run_of("beat_net"))) is None


def test_training_words_name_the_epochs_of_towers_and_head():
    history, halves = {"loss": [0.5] * 7}, run_of("beat_cnn_64", protocol="patient halves")
    plain = run_of("beat_cnn_64") | {"train_n": 1234, "histories": [history]}
    towers = [{"loss": [0.5] * epochs} for epochs in (3, 8, 5, 5)]
    ours = run_of("beat_net") | {"train_n": 1234, "histories": [{"loss": [0.5] * 40, "towers": towers}]}
    several = results(plain, ours, halves | {"train_n": 20, "histories": [history, {"loss": [0.5]}]})
    assert tables.training_words(several, "beat_cnn_64", "inter-patient") == "Trained on 1,234 beats for 7 epochs."
    assert tables.training_words(several, "beat_net", "inter-patient") == (
        "Trained on 1,234 beats for 40 epochs (head) and 3 to 8 (towers)."
    )
    vgg = run_of("beat_vgg16") | {"train_n": 9155, "histories": [history | {"convolutions": {"loss": [0.5] * 24}}]}
    assert tables.training_words(results(vgg), "beat_vgg16", "inter-patient") == (
        "Trained on 9,155 beats for 7 epochs (head) over convolutions trained for 24."
    )
    even = results(ours | {"histories": [{"loss": [0.5] * 40, "towers": [{"loss": [0.5] * 8}] * 4}]})
    assert tables.training_words(even, "beat_net", "inter-patient") == (
        "Trained on 1,234 beats for 40 epochs (head) and 8 (towers)."
    )
    assert tables.training_words(several, "beat_cnn_64", "patient halves") == (
        "Trained on 20 beats in two halves, each tested on the other, for 7 and 1 epochs."
    )


def test_only_published_runs_are_in_the_results():
    other = results(run_of("beat_net", kind="scalogram"), run_of("beat_net", augmentation="conventional"))
    assert tables.metrics_of(other, "beat_net", "inter-patient") is None


def test_kinds_and_augmentations_are_compared_where_there_are_several():
    plain = [run_of("beat_net", kind, NO_AUGMENTATION) for kind in ("trace", "scalogram")]
    several = results(*plain, run_of("beat_net"), run_of("beat_cnn_64"))
    assert set(tables.kinds(several, "accuracy")["kind"]) == {"trace", "scalogram"}
    assert set(tables.kinds(several, "accuracy")["network"]) == {tables.NAMES["beat_net"]}
    runs = [run_of("beat_net", augmentation=augmentation) for augmentation in ("none", "conventional")]
    assert len(tables.augmentations(results(*runs), "accuracy")) == 2


def test_trials_have_their_intervals():
    own = metrics() | {"f1": {"N": 0.9, "S": 0.4}}
    table = tables.trials({"baseline": own, "half as wide": own})
    assert list(table["Trial"]) == ["baseline", "half as wide"]
    assert table["Macro-F1"][0] == "0.900 (0.800 to 0.950)"
    assert table["F1 S"].tolist() == [0.4, 0.4]


def test_confusions_are_shares_of_rows():
    cells = tables.confusion(metrics())
    assert cells["beats"].sum() == 10
    assert cells.groupby("truth")["row_share"].sum().tolist() == [1, 1]
    chart = charts.confusion_chart(cells, tables.short_names(metrics()["classes"])).to_dict()
    assert chart["layer"][0]["encoding"]["y"]["sort"] == ["Normal", "LBBB"]
    assert list(tables.by_class(metrics())["Class"]) == ["Normal", "Left bundle branch block"]


def test_the_published_results_are_complete():
    shipped = published_results()
    assert set(shipped["sizes"]) == {*BEAT_NETWORKS, "beat_context"}
    assert sum(own["test_copies"] for own in shipped["six_classes"].values()) == 2283
    assert len(tables.six_class_table(shipped)) == 6
    for one in shipped["runs"]:
        for scored in one["by_protocol"].values():
            for figure in ("accuracy", "macro_f1"):
                assert 0 <= scored[figure]["low"] <= scored[figure]["value"] <= scored[figure]["high"] <= 1
            assert sum(map(sum, scored["confusion"])) == scored["n"]


def test_agreement_in_words():
    predicted = {"beat_cnn_64": np.array([0.9, 0.1]), "beat_net": np.array([0.8, 0.2])}
    assert agreement(prediction_table(predicted, ("N", "V"))).startswith("All 2 networks predict N: ")
    predicted["beat_net"] = np.array([0.2, 0.8])
    assert agreement(prediction_table(predicted, ("N", "V"))).startswith("The networks disagree")


def test_a_chart_of_predictions_names_no_class_so_that_others_fit_into_it():
    several = [dict.fromkeys(("beat_cnn_64", "beat_net"), np.full(n, 1 / n)) for n in (2, 3)]
    specs = [charts.prediction_chart(prediction_table(one, tuple("VNS"[: len(one["beat_net"])]))) for one in several]
    first, second = ({**spec.to_dict(), "data": None, "datasets": None} for spec in specs)
    first_layers, second_layers = ([layer | {"data": None} for layer in spec["layer"]] for spec in (first, second))
    assert first_layers == second_layers
    # In the order of the table, not of the alphabet.
    assert first_layers[0]["encoding"]["x"]["sort"] is None


def test_an_overlay_colours_the_salient_part_only():
    picture, saliency = np.full(SHAPE, 255, np.uint8), np.zeros(SHAPE, np.float32)
    saliency[:64] = 1
    mapped = overlay(picture, saliency)
    assert (mapped[64:] == 255).all()
    assert (mapped[:64, :, 0] > mapped[:64, :, 2]).all()


@pytest.mark.parametrize("transform", [spectrogram, scalogram])
def test_spectra_are_charted_over_time_and_frequency(transform):
    beat = simulated_beat("normal-sinus", 0)
    found = transform(beat.mv, beat.rate_hz).between(MARGIN_MS, MARGIN_MS + BEFORE_MS + AFTER_MS)
    table = charts.spectrum_table(found, BEFORE_MS)
    assert len(table) <= charts.MAX_TIMES * charts.MAX_FREQUENCIES
    assert -0.5 < table["db"].max() <= 0
    for axis in ("ms", "hz"):
        # A logarithmic axis has no 0 Hz.
        assert (table[f"{axis}_begin"] < np.maximum(table[axis], 1 if axis == "hz" else -np.inf)).all()
        assert (table[axis] < table[f"{axis}_end"]).all()
    strongest = table.loc[table["db"].idxmax()]
    assert transform is scalogram or abs(strongest["ms"]) < 80
    log_hz = charts.spectrum_chart(table, log_hz=True).to_dict()
    assert log_hz["encoding"]["y"]["scale"]["type"] == "log"


def test_cells_of_a_coarse_spectrogram_lie_around_their_centres():
    mv = np.zeros(700, np.float32)
    mv[345:355] = 1.0
    table = charts.spectrum_table(spectrogram(mv, 500.0, overlap=0.0), 700.0)
    strongest = table.loc[table["db"].idxmax()]
    assert strongest["ms_begin"] < 0 < strongest["ms_end"]
    assert strongest["ms_end"] - strongest["ms_begin"] == pytest.approx(130, abs=2)


def test_examples_are_four_pictures_with_captions(monkeypatch, tmp_path):
    monkeypatch.setenv("ECGVIZ_DATA", str(tmp_path))
    examples.cache_clear()
    try:
        found = examples()
    finally:
        examples.cache_clear()
    assert len(found) == 4
    assert all("simulated" in caption for caption, _ in found)
    assert all(picture.shape == SHAPE and picture.min() < 160 for _, picture in found)


def test_a_beat_with_another_rhythm_has_another_key():
    beat = simulated_beat("normal-sinus", 0)
    assert replace(beat, rhythm=beat.rhythm + 1).key != beat.key
