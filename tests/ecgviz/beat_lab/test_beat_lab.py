"""The beat lab's beats, tables and charts."""

from dataclasses import replace

import numpy as np
import pytest

from ecgviz.beat_lab import charts, tables
from ecgviz.beat_lab.beat import (
    DRAWN,
    FIVE,
    SIX,
    SPECTRA,
    beats_of,
    drawn,
    drawn_beats,
    of_picture,
    of_report,
    of_signal,
)
from ecgviz.beat_lab.examples import examples
from ecgviz.beat_lab.section_answers import answers_table, in_words, with_map
from ecgviz.study import open_study
from models.beats import AFTER_MS, BEFORE_MS, MARGIN_MS, NETWORKS, SHAPE, scalogram, spectrogram
from models.beats.published import MAIN, PLAIN_WAY, SCORINGS, told
from preprocessing.errors import EcgImageError
from sample_images import samples

RATE_HZ = 500.0


def run(accuracy=0.9):
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


def line(network, kind="picture", augmentation=None, scoring="other patients"):
    return {
        "network": network,
        "task": SCORINGS[scoring],
        "kind": kind,
        "augmentation": augmentation or MAIN[network],
        "scorings": {scoring: run()},
    }


def results(*lines):
    size = {"parameters": 1, "megabytes": 0.1, "milliseconds": 0.2}
    return {"sizes": dict.fromkeys(NETWORKS, size), "six_classes": {}, "runs": list(lines)}


@pytest.mark.parametrize("rhythm", DRAWN)
def test_drawn_beats_are_cut_whole_and_always_the_same(rhythm):
    beat = drawn(rhythm, 0)
    assert beat.tasks == (SIX, FIVE, *SPECTRA)
    shown = [beat.picture(task) for task in beat.tasks]
    assert all(picture.shape == SHAPE and picture.min() < 128 for picture in shown)
    assert len({picture.tobytes() for picture in shown}) == 4
    assert len(beat.mv) == round((BEFORE_MS + AFTER_MS + 2 * MARGIN_MS) / 1000 * beat.rate_hz)
    assert beat.key == drawn(rhythm, 0).key
    assert beat.key != drawn(rhythm, 1).key
    assert len(drawn_beats(rhythm)) >= 5


def test_an_early_beat_is_told_to_be_early():
    rhythms = np.array([drawn("premature-atrial-beats", at).rhythm for at in range(8)])
    assert rhythms[:, 0].min() < -0.15
    assert np.abs([drawn("normal-sinus", at).rhythm[:4] for at in range(4)]).max() < 0.15


def test_a_beat_with_a_gap_is_not_cut():
    mv = np.sin(np.arange(2000) / 50)
    times = np.array([1.0, 2.0, 3.0])
    assert of_signal(mv, RATE_HZ, 2.0, times, "whole") is not None
    gap = mv.copy()
    gap[1010] = np.nan
    assert of_signal(gap, RATE_HZ, 2.0, times, "gap") is None
    assert of_signal(mv, RATE_HZ, 0.1, times, "edge") is None
    beside = mv.copy()
    beside[:800] = np.nan
    assert np.isfinite(of_signal(beside, RATE_HZ, 2.0, times, "beside").mv).all()


def test_the_rhythm_is_unknown_where_beats_are_few():
    mv = np.sin(np.arange(2000) / 50)
    assert of_signal(mv, RATE_HZ, 2.0, np.array([2.0]), "alone").rhythm is None


def paper_with_a_stroke(high=200, wide=300, paper=240, ink=20):
    found = np.full((high, wide, 3), paper, np.uint8)
    found[high // 2, :] = found[high // 2 + 1, :] = ink
    return found


def test_a_picture_serves_the_six_classes_alone():
    beat = of_picture(paper_with_a_stroke(), "a stroke")
    assert beat.mv is None
    assert beat.tasks == (SIX,)
    assert beat.picture(SIX).shape == SHAPE


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
def test_what_is_no_beat_on_light_paper_is_refused(rgb):
    with pytest.raises(EcgImageError) as refusal:
        of_picture(rgb, "something")
    assert refusal.value.code == "not_a_beat"


def test_beats_of_a_report_lie_on_its_r_waves():
    sample = next(sample for sample in samples() if sample.name == "edan_normal")
    study = open_study(sample.path.read_bytes(), "file", "standard")
    found = beats_of(study)
    traces = {trace.key: trace for trace in study.traces}
    assert len(found) == len(traces)
    for key, times in found.items():
        assert times == sorted(times)
        beat = of_report(study, key, len(times) - 1)
        own = traces[key].mv
        at = round(times[-1] * RATE_HZ)
        # Steeper within 60 ms of the beat than elsewhere in its window.
        assert np.abs(np.diff(own[at - 30 : at + 30])).max() > np.percentile(np.abs(np.diff(own[~np.isnan(own)])), 90)
        assert beat.words.startswith("Lead ")


def test_results_name_every_network_and_every_scoring():
    table = tables.claims(results(line("beat_net")), "accuracy")
    assert list(table["In the code"]) == [*NETWORKS, "beat_net"]
    assert list(table["Network"])[-2:] == ["Ours", "Ours, picture alone"]
    ours = table.set_index("Network").loc["Ours"]
    assert ours["Other patients"] == "0.900 (0.800 to 0.950)"
    assert ours["As published"] == tables.NOT_TAUGHT
    assert (table["Other patients"] == tables.NOT_TAUGHT).sum() == len(NETWORKS)


def test_ours_is_told_of_once_more_without_the_rhythm():
    own = line("beat_net")
    alone = own | {"without_rhythm": {"other patients": own["scorings"]["other patients"] | {"n": 7}}}
    assert tables.run_of(results(alone), tables.ALONE, "other patients")["n"] == 7
    assert tables.run_of(results(own), tables.ALONE, "other patients") is None
    assert list(tables.scores(results(alone), "accuracy", ["other patients"])["n"][-1:]) == [7]


def test_how_long_ours_was_taught_is_told_of_its_towers_and_its_head():
    history, halves = {"loss": [0.5] * 7}, line("beat_cnn_64", scoring="by patient")
    plain = line("beat_cnn_64") | {"taught": 1234, "histories": [history]}
    towers = [{"loss": [0.5] * epochs} for epochs in (3, 8, 5, 5)]
    ours = line("beat_net") | {"taught": 1234, "histories": [{"loss": [0.5] * 40, "towers": towers}]}
    told_of = results(plain, ours, halves | {"taught": 20, "histories": [history, {"loss": [0.5]}]})
    assert tables.taught(told_of, "beat_cnn_64", "other patients") == "Taught on 1,234 beats, 7 epochs."
    assert tables.taught(told_of, "beat_net", "other patients") == (
        "Taught on 1,234 beats, 40 epochs of its head, 3 to 8 of its towers."
    )
    even = results(ours | {"histories": [{"loss": [0.5] * 40, "towers": [{"loss": [0.5] * 8}] * 4}]})
    assert tables.taught(even, "beat_net", "other patients") == (
        "Taught on 1,234 beats, 40 epochs of its head, 8 of its towers."
    )
    assert tables.taught(told_of, "beat_cnn_64", "by patient") == (
        "Taught on 20 beats in two halves, each tested by the other, 7 and 1 epochs."
    )


def test_only_plain_teachings_on_pictures_are_told_of():
    other = results(line("beat_net", kind="scalogram"), line("beat_net", augmentation="as claimed"))
    assert tables.run_of(other, "beat_net", "other patients") is None


def test_kinds_and_augmentations_are_compared_where_there_are_several():
    plain = [line("beat_net", kind, PLAIN_WAY) for kind in ("picture", "scalogram")]
    several = results(*plain, line("beat_net"), line("beat_cnn_64"))
    assert set(tables.kinds(several, "accuracy")["kind"]) == {"picture", "scalogram"}
    assert set(tables.kinds(several, "accuracy")["network"]) == {tables.NAMES["beat_net"]}
    ways = [line("beat_net", augmentation=way) for way in ("none", "as claimed")]
    assert len(tables.augmentations(results(*ways), "accuracy")) == 2


def test_trials_are_written_with_their_intervals():
    own = run() | {"f1": {"N": 0.9, "S": 0.4}}
    table = tables.trials({"as it is": own, "half as wide": own})
    assert list(table["Ours"]) == ["as it is", "half as wide"]
    assert table["Macro-F1"][0] == "0.900 (0.800 to 0.950)"
    assert table["F1 S"].tolist() == [0.4, 0.4]


def test_confusions_are_shares_of_rows():
    cells = tables.confusion(run())
    assert cells["beats"].sum() == 10
    assert cells.groupby("truth")["row_share"].sum().tolist() == [1, 1]
    chart = charts.confusion_chart(cells, tables.short(run()["classes"])).to_dict()
    assert chart["layer"][0]["encoding"]["y"]["sort"] == ["Normal", "LBBB"]
    assert list(tables.by_class(run())["Class"]) == ["Normal", "Left bundle branch block"]


def test_what_ships_is_complete():
    shipped = told()
    assert set(shipped["sizes"]) == set(NETWORKS)
    assert sum(own["tested_copies"] for own in shipped["six_classes"].values()) == 2283
    assert len(tables.what_they_are(shipped)) == 6
    for one in shipped["runs"]:
        for scored in one["scorings"].values():
            for figure in ("accuracy", "macro_f1"):
                assert 0 <= scored[figure]["low"] <= scored[figure]["value"] <= scored[figure]["high"] <= 1
            assert sum(map(sum, scored["confusion"])) == scored["n"]


def test_answers_agree_or_not_in_words():
    said = {"beat_cnn_64": np.array([0.9, 0.1]), "beat_net": np.array([0.8, 0.2])}
    assert in_words(answers_table(said, ("N", "V"))).startswith("All 2 networks find N likeliest")
    said["beat_net"] = np.array([0.2, 0.8])
    assert in_words(answers_table(said, ("N", "V"))).startswith("The networks disagree")
    chart = charts.answers_chart(answers_table(said, ("N", "V")), ["N", "V"]).to_dict()
    assert chart["layer"][0]["encoding"]["x"]["sort"] == ["N", "V"]


def test_a_map_colours_where_it_is_and_leaves_the_rest():
    picture, seen = np.full(SHAPE, 255, np.uint8), np.zeros(SHAPE, np.float32)
    seen[:64] = 1
    drawn_map = with_map(picture, seen)
    assert (drawn_map[64:] == 255).all()
    assert (drawn_map[:64, :, 0] > drawn_map[:64, :, 2]).all()


@pytest.mark.parametrize("transform", [spectrogram, scalogram])
def test_spectra_are_drawn_over_time_and_frequency(transform):
    beat = drawn("normal-sinus", 0)
    found = transform(beat.mv, beat.rate_hz).between(MARGIN_MS, MARGIN_MS + BEFORE_MS + AFTER_MS)
    table = charts.spectrum_table(found, BEFORE_MS)
    assert len(table) <= charts.MOST_TIMES * charts.MOST_FREQUENCIES
    assert -0.5 < table["db"].max() <= 0
    for axis in ("ms", "hz"):
        # A logarithm has no place for 0 Hz.
        assert (table[f"{axis}_begin"] < np.maximum(table[axis], 1 if axis == "hz" else -np.inf)).all()
        assert (table[axis] < table[f"{axis}_end"]).all()
    strongest = table.loc[table["db"].idxmax()]
    assert transform is scalogram or abs(strongest["ms"]) < 80
    by_octaves = charts.spectrum_chart(table, by_octaves=True).to_dict()
    assert by_octaves["encoding"]["y"]["scale"]["type"] == "log"


def test_cells_of_a_coarse_spectrogram_lie_around_their_middles():
    mv = np.zeros(700, np.float32)
    mv[345:355] = 1.0
    table = charts.spectrum_table(spectrogram(mv, 500.0, overlap=0.0), 700.0)
    strongest = table.loc[table["db"].idxmax()]
    assert strongest["ms_begin"] < 0 < strongest["ms_end"]
    assert strongest["ms_end"] - strongest["ms_begin"] == pytest.approx(130, abs=2)


def test_examples_are_four_pictures_with_words(monkeypatch, tmp_path):
    monkeypatch.setenv("ECGVIZ_DATA", str(tmp_path))
    examples.cache_clear()
    try:
        found = examples()
    finally:
        examples.cache_clear()
    assert len(found) == 4
    assert all("drawn" in words and picture.shape == SHAPE and picture.min() < 160 for words, picture in found)


def test_a_beat_of_another_rhythm_has_another_name():
    beat = drawn("normal-sinus", 0)
    assert replace(beat, rhythm=beat.rhythm + 1).key != beat.key
