"""Batch, run as a script: no files, many files, filters, stop, and opening one of them."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ecgviz.app import Controls
from ecgviz.batch import Batch, report_files, run_record, with_labels
from ecgviz.batch_results import ResultControls
from ecgviz.export import SIGNAL_FORMATS
from ecgviz.sections import batch, batch_table
from ecgviz.study import name_of
from models.networks import MODEL_KEYS
from sample_images import samples
from tests.app_session import current_of, state_of
from tests.quick_reading import NO_ECG, SAMPLE, quick_study, report

ROOT = Path(__file__).resolve().parents[2]
UPLOADS = [
    ("first_[x](http:y).png", report(1), "image/png"),
    ("page.png", NO_ECG, "image/png"),
    ("again.png", report(1), "image/png"),
    ("second.png", report(2), "image/png"),
]


def words(app: AppTest) -> str:
    kinds = (app.title, app.subheader, app.markdown, app.caption, app.error, app.warning, app.info)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def button(app, label):
    return next(one for one in app.button if one.label == label)


def labels(app):
    return [one.label for one in app.button]


def shown(app):
    return app.dataframe[0].value["file"].tolist()


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr("ecgviz.batch.reading.open_study", quick_study)
    monkeypatch.setitem(report_files.KINDS, "html", lambda study: b"<html>")


@pytest.fixture
def empty() -> AppTest:
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=40)
    return app.switch_page("pages/6_Batch.py").run()


@pytest.fixture
def sent(empty) -> AppTest:
    return empty.file_uploader[0].set_value(UPLOADS).run()


@pytest.fixture
def read(sent) -> AppTest:
    return button(sent, "Read files").click().run()


def choose(app, row):
    app.session_state[Controls.batch_table.key] = {"selection": {"rows": [row], "columns": [], "cells": []}}
    return app.run()


def test_opened_first_it_shows_its_limits(empty):
    assert not empty.exception
    assert "At most 20 MB per file" in words(empty)
    assert "python -m ecgviz batch" in words(empty)
    assert button(empty, "Read files").disabled
    assert not empty.dataframe


def test_nothing_is_read_before_the_button_is_pressed(sent):
    assert not button(sent, "Read files").disabled
    assert not sent.dataframe


def test_every_file_becomes_a_row(read):
    assert not read.exception
    table = read.dataframe[0].value
    assert shown(read) == [name for name, *_ in UPLOADS]
    assert table["status"].tolist() == ["read", "refused", "read", "read"]
    assert table["duplicate_of"].tolist()[2] == UPLOADS[0][0]
    assert table["refusal"].tolist()[1] == "not an ECG"
    assert "4 files: 3 read, 1 refused, 1 duplicate." in words(read)
    assert "All 4 files done" in read.get("progress")[0].proto.text
    assert "Stop" not in labels(read)


def test_a_zip_counts_as_its_files(empty):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content, _ in UPLOADS:
            archive.writestr(f"ward/{name}", content)
        archive.writestr("bomb.png", bytes(2**24), zipfile.ZIP_DEFLATED)
    empty.file_uploader[0].set_value([("many.zip", stream.getvalue(), "application/zip")]).run()
    button(empty, "Read files").click().run()
    assert not empty.exception
    reasons = dict(zip(shown(empty), empty.dataframe[0].value["refusal"], strict=True))
    assert reasons["many.zip/bomb.png"] == "unpacks too far"
    assert len(reasons) == len(UPLOADS) + 1


@pytest.mark.parametrize(
    ("kind", "key", "value", "files"),
    [
        ("text_input", "batch_name", "SECOND", {"second.png"}),
        ("multiselect", "batch_status", ["refused"], {"page.png"}),
        ("multiselect", "batch_labels", ["Normal"], set()),
        ("multiselect", "batch_layouts", ["3x4+1"], {UPLOADS[0][0], "again.png", "second.png"}),
        ("segmented_control", "batch_prediction", "Predicted", set()),
        ("segmented_control", "batch_prediction", "No prediction", {UPLOADS[0][0], "again.png", "second.png"}),
        ("segmented_control", "batch_warnings", "With warnings", set()),
        ("segmented_control", "batch_duplicates", "Only duplicates", {"again.png"}),
        ("segmented_control", "batch_duplicates", "Hide duplicates", {UPLOADS[0][0], "page.png", "second.png"}),
    ],
)
def test_each_filter_changes_the_rows(read, kind, key, value, files):
    getattr(read, kind)(key=key).set_value(value).run()
    assert not read.exception
    assert set(shown(read)) == files
    assert f"Shown: {len(files)}." in words(read)


def test_stop_keeps_the_rows_and_resume_reads_the_rest(sent, monkeypatch):
    whole = Batch.step

    def stopped_after_two(batch):
        done = whole(batch)
        if len(batch.done) == 2:
            batch.pause()
        return done

    monkeypatch.setattr(Batch, "step", stopped_after_two)
    button(sent, "Read files").click().run()
    assert shown(sent) == [name for name, *_ in UPLOADS[:2]]
    assert "2 of 4 files done; stopped" in sent.get("progress")[0].proto.text
    assert {"Resume", "Clear batch"} <= set(labels(sent))
    monkeypatch.setattr(Batch, "step", whole)
    sent.run()
    assert len(shown(sent)) == 2
    button(sent, "Resume").click().run()
    assert len(shown(sent)) == 4


def test_a_running_batch_can_be_stopped(sent, monkeypatch):
    # Time stands still at the first file, and the page is drawn as it is then.
    monkeypatch.setattr(batch, "read_files", lambda batch, bar: batch.step())
    button(sent, "Read files").click().run()
    assert "1 of 4 files" not in words(sent)
    sent.run()
    assert "Stop" in labels(sent)
    assert "1 of 4 files done" in sent.get("progress")[0].proto.text
    button(sent, "Stop").click().run()
    assert len(shown(sent)) == 2
    sent.run()
    assert len(shown(sent)) == 2


def test_the_table_is_redrawn_while_files_are_read(sent, monkeypatch):
    monkeypatch.setattr(batch, "REDRAW_S", 0.0)
    seen = []
    drawn = batch_table.files
    monkeypatch.setattr(batch_table, "files", lambda every: seen.append(len(every)) or drawn(every))
    button(sent, "Read files").click().run()
    assert not sent.exception
    assert seen == [1, 2, 3, 4]


def test_a_selected_row_shows_its_details_and_opens_on_home(read):
    choose(read, 1)
    assert not read.exception
    assert "Code: `not_an_ecg`" in read.error[0].value
    choose(read, 0)
    assert not read.error
    assert "the networks are unsure" in words(read)
    assert "](http:y)" not in words(read)
    button(read, "Open on Home").click().run()
    assert current_of(read).data == report(1)
    assert current_of(read).file == UPLOADS[0][0]


def test_a_report_opens_on_home_and_the_batch_stays(empty, monkeypatch):
    empty.file_uploader[0].set_value([("mine.jpg", SAMPLE.read_bytes(), "image/jpeg")]).run()
    button(empty, "Read files").click().run()
    choose(empty, 0)
    button(empty, "Open on Home").click().run()
    empty.switch_page("streamlit_app.py").run()
    assert not empty.exception
    assert empty.metric
    empty.switch_page("pages/6_Batch.py").run()
    assert shown(empty) == ["mine.jpg"]


def test_a_file_without_content_cannot_be_opened(empty):
    empty.file_uploader[0].set_value([("bad.zip", b"no zip", "application/zip")]).run()
    button(empty, "Read files").click().run()
    choose(empty, 0)
    assert "damaged_zip" in empty.error[0].value
    assert "Open on Home" not in labels(empty)


def test_a_filtered_row_is_not_selected(read):
    choose(read, 3)
    read.multiselect(key="batch_status").set_value(["refused"]).run()
    assert not read.exception
    assert "Select a row" in words(read)


def test_without_the_networks_there_are_no_predictions(sent):
    sent.toggle(key="batch_networks").set_value(False).run()
    button(sent, "Read files").click().run()
    assert not sent.exception
    assert "ensemble_label" not in sent.dataframe[0].value
    for part in ("Overview", "Scores"):
        opened(sent, part)
        assert "networks" in sent.info[0].value


def test_file_names_are_hidden_where_the_session_hides_them(read):
    read.session_state[Controls.hide_margins.key] = True
    choose(read, 0)
    assert not read.exception
    first, page, again, second = shown(read)
    assert first == again == read.dataframe[0].value["duplicate_of"][2]
    assert first.startswith("ecg_")
    assert len({first, page, second}) == 3
    assert not any(name in words(read) for name, *_ in UPLOADS)
    assert name_of(read.dataframe[0].value["sha256"][0]) == first


FILES = ["Table, CSV", "Leads, CSV", "Table, Parquet", "Readings, JSON Lines", "Run file, JSON"]


def downloads(app):
    return [one.proto.label for one in app.get("download_button")]


def test_results_can_be_downloaded_with_the_reports(read):
    assert downloads(read) == [*FILES, "Reports, zip"]
    with zipfile.ZipFile(io.BytesIO(state_of(read).slots["batch"].reports.content())) as archive:
        assert sorted(archive.namelist()) == sorted(set(read.dataframe[0].value["report"].dropna()))
        assert len(archive.namelist()) == 2


def test_signals_are_written_in_the_formats_chosen(sent):
    assert sent.pills[0].options == [one.title for one in SIGNAL_FORMATS.values()]
    sent.pills[0].set_value(["csv", "dicom"]).run()
    button(sent, "Read files").click().run()
    assert not sent.exception
    assert downloads(sent)[-1] == "Signals, zip"
    with zipfile.ZipFile(io.BytesIO(state_of(sent).slots["batch"].signals.content())) as archive:
        assert [name.rpartition(".")[2] for name in archive.namelist()] == ["csv", "dcm"] * 2


def test_without_reports_none_are_offered(sent):
    sent.segmented_control(key="batch_kind").set_value("none").run()
    button(sent, "Read files").click().run()
    assert not sent.exception
    assert downloads(sent) == FILES


def test_a_full_zip_shows_a_warning(sent, monkeypatch):
    monkeypatch.setattr(report_files, "MOST_KEPT_BYTES", 150)
    button(sent, "Read files").click().run()
    assert "leaves out 1 file." in sent.warning[0].value


def test_a_batch_can_be_cleared(read):
    button(read, "Clear batch").click().run()
    assert not read.exception
    assert not read.dataframe
    assert state_of(read).slots["batch"] is None


def opened(app, part, score_part=None):
    app.session_state[ResultControls.batch_part.key] = part
    if score_part:
        app.session_state[ResultControls.batch_score_part.key] = score_part
    app.run()
    assert not app.exception
    return app


def labels_from(app, source):
    return app.segmented_control(key="batch_label_source").set_value(source).run()


def labelled(app, table):
    labels_from(app, "CSV")
    uploader = next(one for one in app.file_uploader if one.key == "batch_label_file")
    return uploader.set_value(("labels.csv", table.encode(), "text/csv")).run()


# Two networks that the stand-in makes differ.

DIFFER = ("trace_cnn", "trace_cnn_lstm")
LABELS = f"file,label\n{UPLOADS[0][0]},Normal\nsecond.png,History of MI\n"


def test_a_table_of_labels_is_checked_before_anything_is_read(empty):
    labelled(empty, LABELS)
    assert "2 labels by file: Normal 1, History of MI 1." in words(empty)
    labelled(empty, "file,label\na.png,STEMI\n")
    assert "Code: `label_unknown`" in empty.error[0].value


def test_labels_stand_in_the_table_and_filter_it(read):
    labelled(read, LABELS)
    assert read.dataframe[0].value["label"].fillna("").tolist() == ["Normal", "", "", "History of MI"]
    read.segmented_control(key="batch_against_label").set_value("Wrong").run()
    assert shown(read) == ["second.png"]
    labels_from(read, "None")
    assert "label" not in read.dataframe[0].value or read.dataframe[0].value["label"].isna().all()


def test_labels_that_fit_no_file_are_refused_and_the_table_stays(read):
    labelled(read, "file,label\nthird.png,Normal\n")
    assert not read.exception
    assert "Code: `labels_unmatched`" in read.error[0].value
    assert len(shown(read)) == 4


def test_labels_stay_while_the_reader_is_elsewhere(read):
    labelled(read, LABELS)
    read.switch_page("pages/7_Learn.py").run()
    read.switch_page("pages/6_Batch.py").run()
    assert read.dataframe[0].value["label"].notna().sum() == 2


def test_networks_that_disagree_are_filtered(read):
    read.segmented_control(key="batch_agreement").set_value("Disagree").run()
    assert len(shown(read)) == 3
    read.multiselect(key="batch_between").set_value(["trace_cnn", "ensemble"]).run()
    assert shown(read) == []


def test_folders_of_an_archive_are_labels(empty):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("Normal/a.png", report(1))
        archive.writestr("History of MI/b.png", report(2))
    labels_from(empty, "Folder names")
    empty.file_uploader[0].set_value([("set.zip", stream.getvalue(), "application/zip")]).run()
    button(empty, "Read files").click().run()
    assert dict(zip(shown(empty), empty.dataframe[0].value["label"], strict=True)) == {
        "set.zip/History of MI/b.png": "History of MI",
        "set.zip/Normal/a.png": "Normal",
    }


@pytest.fixture
def sampled(empty) -> AppTest:
    return button(empty, "Run on the samples").click().run()


def test_the_samples_are_read_with_their_truth_as_labels(sampled):
    assert not sampled.exception
    table = sampled.dataframe[0].value.set_index("file")
    assert len(table) == len(samples())
    assert table.loc["edan_normal.jpg", "label"] == "Normal"
    assert table["label"].isna().sum() == 2


def charts(app):
    return app.get("vega_lite_chart")


@pytest.mark.parametrize(
    "part", ["Confusion matrix", "Thresholds", "Calibration", "Compare models", "Layouts and trust"]
)
def test_labelled_reports_are_scored_in_every_part(sampled, part):
    opened(sampled, "Scores", part)
    # Every sample is a reading of the same page here, under a hash of its own.
    assert "17 labelled reports are scored" in words(sampled)
    assert set(sampled.dataframe[0].value["Reports"]) == {17}
    assert len(sampled.dataframe[0].value) == len(MODEL_KEYS)
    assert charts(sampled)
    assert all(chart.proto.alt for chart in charts(sampled))


def test_a_moved_threshold_moves_its_scores(sampled):
    opened(sampled, "Scores", "Thresholds")
    sampled.selectbox(key="batch_class").set_value("Normal").run()
    before = sampled.dataframe[1].value
    sampled.slider(key="batch_threshold").set_value(0.95).run()
    assert not sampled.exception
    assert not sampled.dataframe[1].value.equals(before)


def test_scores_can_be_limited_to_a_subset_and_to_models(sampled):
    opened(sampled, "Scores", "Confusion matrix")
    options = sampled.selectbox(key="batch_subset").options
    assert options[0] == "All reports (n 17)"
    assert any(option.startswith("Layout ") for option in options)
    assert any(option.startswith("Trust ") for option in options)
    next(one for one in sampled.pills if one.key == "batch_models").set_value(["trace_cnn"]).run()
    assert len(sampled.dataframe[0].value) == 1


def test_without_labels_there_is_nothing_to_score(read):
    opened(read, "Scores")
    assert "nothing to score" in read.info[0].value


def test_the_overview_counts_classes_and_compares_two_models(sampled):
    opened(sampled, "Overview")
    assert len(charts(sampled)) == 1 + len(MODEL_KEYS) + 1
    for first, second, differ in ((*DIFFER, 19), ("ensemble", DIFFER[0], 0)):
        sampled.selectbox(key="batch_pair_first").set_value(first).run()
        sampled.selectbox(key="batch_pair_second").set_value(second).run()
        assert not sampled.exception
        assert f"different classes most probable in {differ} of 19 reports" in words(sampled)


def test_drift_needs_some_reports(read):
    opened(read, "Drift")
    assert "at least 5 reports" in read.info[0].value


def test_drift_compares_every_value_with_the_training_reports(sampled):
    opened(sampled, "Drift")
    table = sampled.dataframe[0].value
    assert {"Heart rate, bpm", "Layout", "Pixels per mm"} <= set(table["Value"])
    assert "Kolmogorov-Smirnov" in words(sampled)
    # One page nineteen times is like no training set.
    assert (table["Shift"] == "large").sum() > 5
    sampled.selectbox(key="batch_drift_value").set_value("QRS, ms").run()
    assert not sampled.exception
    assert len(charts(sampled)) == 1


def run_file_of(app):
    job = state_of(app).slots["batch"]
    record = run_record(with_labels(job.batch.done, ["Normal", None, "Normal", "History of MI"]), job.settings)
    return json.loads(record.written())


def repeated(empty, run):
    uploader = next(one for one in empty.file_uploader if one.key == "batch_run")
    uploader.set_value(("run.json", json.dumps(run).encode(), "application/json")).run()
    empty.file_uploader[0].set_value(UPLOADS).run()
    return button(empty, "Read files").click().run()


def test_a_run_file_brings_its_settings_and_labels_back_and_is_compared(read):
    run = run_file_of(read)
    run["settings"] |= {"reports": "none", "sigma": 2.0}
    digests = [one["reading"] for one in run["files"]]
    run["files"][3]["reading"] = "0" * 64
    button(read, "Clear batch").click().run()
    again = repeated(read, run)
    assert not again.exception
    job = state_of(again).slots["batch"]
    assert (job.settings.reports, job.settings.sigma, job.reports.count) == ("none", 2.0, 0)
    assert json.loads(job.batch.done[0].line)["settings"]["sigma"] == 2.0
    assert again.dataframe[0].value["label"].tolist()[3] == "History of MI"
    # The smoothing is part of a reading, so every one that was read differs; the refused one is the same.
    assert "1 the same, 2 different" in words(again)
    assert len(set(digests)) == 3


def test_a_file_that_is_no_run_is_refused_and_the_forms_settings_hold(empty):
    again = repeated(empty, {"schema": "other"})
    assert not again.exception
    assert "The run file was not read" in words(again)
    assert state_of(again).slots["batch"].before is None
