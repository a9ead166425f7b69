"""A batch: every file has a row, the same bytes are read once, and it can pause between any two files."""

import json
import logging
from threading import Thread

import pytest

from ecgviz.batch import report_files
from ecgviz.batch.files import BatchFile, refused
from ecgviz.batch.run import Batch, with_labels
from ecgviz.batch.settings import RunSettings
from ecgviz.study import name_of, reading_of
from models.serving import predictor
from preprocessing.errors import EcgImageError, Notice
from preprocessing.picture import MAX_BYTES
from tests.quick_reading import FAULT, NO_ECG, SAMPLE, quick_study, report


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr("ecgviz.batch.reading.open_study", quick_study)


def files_of(*contents):
    return [BatchFile(f"{number}.png", lambda data=data: data) for number, data in enumerate(contents, start=1)]


def ended(batch):
    while batch.step() is not None:
        pass
    return [done.row for done in batch.done]


def test_every_file_has_a_row_in_order():
    files = [*files_of(report(1), NO_ECG, report(2)), refused("locked.png", Notice("encrypted", "Locked; unlock."))]
    rows = ended(Batch(files))
    assert [(row.number, row.file, row.refusal) for row in rows] == [
        (1, "1.png", None),
        (2, "2.png", "not_an_ecg"),
        (3, "3.png", None),
        (4, "locked.png", "encrypted"),
    ]
    assert rows[3].sha256 is None
    assert all(row.seconds >= 0 for row in rows)


def test_lines_equal_readings(monkeypatch):
    monkeypatch.undo()
    data = SAMPLE.read_bytes()
    batch = Batch(files_of(data, b"no picture"))
    ended(batch)
    for line, content in zip((done.line for done in batch.done), (data, b"no picture"), strict=True):
        own, expected = json.loads(line), reading_of(content, json.loads(line)["file"])
        own.pop("seconds"), expected.pop("seconds")
        assert own == json.loads(json.dumps(expected))


def test_the_same_bytes_are_read_once_and_the_row_names_the_first(monkeypatch):
    opened = []
    monkeypatch.setattr(
        "ecgviz.batch.reading.open_study",
        lambda data, file, **how: opened.append(file) or quick_study(data, file, **how),
    )
    batch = Batch(files_of(report(1), NO_ECG, report(1), NO_ECG, report(1)))
    rows = ended(batch)
    assert opened == ["1.png", "2.png"]
    assert [row.duplicate_of for row in rows] == [None, None, "1.png", "2.png", "1.png"]
    assert (rows[3].refusal, rows[4].layout, rows[4].sha256) == ("not_an_ecg", rows[0].layout, rows[0].sha256)
    line = json.loads(batch.done[4].line)
    assert line == {**json.loads(batch.done[0].line), "file": "5.png"}
    assert batch.done[4].thumbnail == batch.done[0].thumbnail


def test_an_oversized_file_has_no_hash_and_no_duplicate(monkeypatch):
    monkeypatch.undo()
    rows = ended(Batch(files_of(bytes(MAX_BYTES + 1), bytes(MAX_BYTES + 1))))
    assert [row.duplicate_of for row in rows] == [None, None]
    assert {row.sha256 for row in rows} == {None}


def test_a_program_error_is_a_row_and_a_log_entry(caplog):
    with caplog.at_level(logging.ERROR):
        rows = ended(Batch(files_of(report(1), FAULT, report(2))))
    assert [row.refusal for row in rows] == [None, "program_error", None]
    assert "ZeroDivisionError" in caplog.text
    assert "2.png" not in caplog.text


def test_networks_that_cannot_be_loaded_end_the_batch(monkeypatch):
    def broken():
        raise FileNotFoundError

    monkeypatch.setattr(predictor, "networks", broken)
    with pytest.raises(FileNotFoundError):
        Batch(files_of(report(1))).step()


def test_a_paused_batch_resumes_where_it_stopped():
    batch = Batch(files_of(*(report(number) for number in range(3))))
    batch.step()
    batch.pause()
    assert batch.step() is None
    assert (len(batch.done), batch.left, batch.running) == (1, 2, False)
    batch.resume()
    assert [row.number for row in ended(batch)] == [1, 2, 3]
    assert not batch.running


def test_threads_at_once_read_different_files():
    batch = Batch(files_of(*(report(number) for number in range(40))), thumbnails=False)
    threads = [Thread(target=ended, args=(batch,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [done.row.file for done in batch.done] == [file.file for file in batch.files]


def test_waiting_ends_when_no_file_is_being_read():
    batch = Batch(files_of(report(1)))
    batch.wait()
    batch.step()
    batch.wait()


def test_the_time_left_follows_from_files_that_were_read():
    locked = refused("locked.png", Notice("encrypted", "Locked; unlock."))
    batch = Batch([locked, *files_of(report(1), report(1), report(2), report(3))])
    batch.step()
    assert batch.left_s is None
    batch.step()
    each_s = batch.done[1].row.seconds
    assert batch.left_s == pytest.approx(3 * each_s, abs=0.01)
    batch.step()
    assert batch.left_s == pytest.approx(2 * each_s, abs=0.01)
    ended(batch)
    assert batch.left_s == 0


def test_the_result_of_a_file_is_small():
    batch = Batch(files_of(report(1)))
    batch.step()
    (done,) = batch.done
    assert done.thumbnail.startswith(b"RIFF")
    assert len(done.thumbnail) < 6000
    assert len(done.line) < 20_000
    bare = Batch(files_of(report(1)), thumbnails=False)
    bare.step()
    assert bare.done[0].thumbnail == b""


def test_a_refused_picture_has_a_thumbnail_and_a_broken_file_has_none(monkeypatch):
    def refuse(data, file, with_models, settings):
        raise EcgImageError("not_an_ecg", "None; open a report.")

    monkeypatch.setattr("ecgviz.batch.reading.open_study", refuse)
    batch = Batch(files_of(SAMPLE.read_bytes(), b"broken"))
    ended(batch)
    assert [bool(done.thumbnail) for done in batch.done] == [True, False]


def test_each_read_file_has_one_report_named_by_its_hash(monkeypatch):
    monkeypatch.setitem(report_files.KINDS, "html", lambda study: study.file.encode())
    kept = {}
    files = files_of(report(1), NO_ECG, report(1), report(2))
    keep = lambda *report: kept.update([report]) is None  # noqa: E731
    rows = ended(Batch(files, RunSettings(reports="html"), keep_report=keep))
    names = [f"{name_of(row.sha256)}.html" for row in (rows[0], rows[3])]
    assert kept == {names[0]: b"1.png", names[1]: b"4.png"}
    assert [row.report for row in rows] == [names[0], None, names[0], names[1]]


def test_a_report_without_room_is_not_named(monkeypatch):
    monkeypatch.setitem(report_files.KINDS, "html", lambda study: b"")
    batch = Batch(files_of(report(1)), RunSettings(reports="html"), keep_report=lambda name, content: False)
    assert [row.report for row in ended(batch)] == [None]


def test_the_settings_of_the_stages_are_those_chosen():
    batch = Batch(files_of(report(1)), RunSettings(sigma=2.0, threshold_shift=-0.1))
    batch.step()
    assert json.loads(batch.done[0].line)["settings"] == {"sigma": 2.0, "threshold_shift": -0.1}


def test_labels_join_the_rows_in_order():
    batch = Batch(files_of(report(1), NO_ECG))
    ended(batch)
    assert [done.row.label for done in with_labels(batch.done, ["Normal", None])] == ["Normal", None]
    assert [done.row.label for done in batch.done] == [None, None]
