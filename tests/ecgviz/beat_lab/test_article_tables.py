"""The articles' tables: claims beside our figures, and what a matrix of one column is worth."""

import pytest

from ecgviz.beat_lab import article_tables, tables
from models.beats import baseline_results, ensemble_results, grid_results, published_results
from tests.ecgviz.beat_lab.test_beat_lab import metrics, results, run_of


def baseline(name, kind="trace", protocol="published split", accuracy=0.3):
    return {"baseline": name, "kind": kind, "by_protocol": {protocol: metrics(accuracy)}}


def test_the_network_comes_before_the_baselines_on_each_kind_of_picture():
    runs = [run_of("beat_cnn_wide", kind, "none", "published split") for kind in ("trace", "spectrogram")]
    found = article_tables.spectral_rows(
        results(*runs, run_of("beat_net")), [baseline("logistic regression", "scalogram")], "published split"
    )
    assert [row.title for row in found] == [
        "Wide beat CNN, trace",
        "Wide beat CNN, spectrogram",
        "logistic regression, scalogram",
    ]
    table = article_tables.spectral_table(found)
    assert list(table["Model"]) == ["Wide beat CNN", "Wide beat CNN", "Logistic regression"]
    assert table["Accuracy"][2] == "0.300 (0.200 to 0.350)"
    # Undefined for both classes, so 0.
    assert table["AUROC"].tolist() == [0, 0, 0]
    assert not article_tables.spectral_rows(results(*runs), [], "patient halves")


def test_the_four_networks_stand_in_the_articles_order_with_their_claims():
    table = article_tables.four_networks(results(run_of("beat_cnn_lstm", protocol="published split")))
    assert table["Claim"].tolist() == [0.913, 0.8, 0.67, 0.6]
    assert table["Accuracy, published split"].tolist()[1] == "0.900 (0.800 to 0.950)"
    assert (table["Macro-F1, patient halves"] == tables.NOT_TRAINED).all()


def test_one_predicted_class_gives_the_macro_f1_that_the_article_prints():
    constant = article_tables.largest_class(baseline_results())
    assert constant["accuracy"]["value"] == pytest.approx(2179 / 6825, abs=1e-4)
    assert article_tables.class_mean(constant, "f1") == pytest.approx(0.09, abs=0.01)


def test_published_tables_hold_every_row():
    shown, baselines = published_results(), baseline_results()
    for protocol in article_tables.SIX_PROTOCOLS:
        rows = article_tables.spectral_rows(shown, baselines, protocol)
        own = [row.kind for row in rows if row.name == tables.NAMES[article_tables.SPECTRAL_NETWORK]]
        assert sorted(own) == sorted(article_tables.KIND_NAMES)
        assert {row.kind for row in rows} == set(own)
        assert article_tables.spectral_table(rows)["F1"].between(0, 1).all()
    assert not (article_tables.four_networks(shown) == tables.NOT_TRAINED).any().any()
    assert len(article_tables.grid(grid_results())) == len(grid_results())
    members = article_tables.ensemble(ensemble_results())
    assert next(iter(members["Member"])) == tables.NAMES["beat_net"]
    assert list(members["Member"])[-1] == "Mean of the five"
    assert not members.isna().any().any()
