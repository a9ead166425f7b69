"""Folders and uploads as the files of a batch."""

import io
import os
import zipfile

import pytest

from ecgviz.batch import sources
from ecgviz.batch.sources import in_folder, of_uploads
from ecgviz.records.opening import record_in
from preprocessing.errors import EcgImageError
from tests.signal_files import csv_file, recording, wfdb_files

PICTURE = b"\x89PNG picture"


class Upload(io.BytesIO):
    def __init__(self, name, data):
        super().__init__(data)
        self.name = name


def came_to(files):
    found = []
    for file in files:
        try:
            found.append((file.file, file.content()))
        except EcgImageError as refusal:
            found.append((file.file, refusal.code))
    return found


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "ward" / "deep").mkdir(parents=True)
    for name in ("b.png", "ward/deep/a.jpg", "ward.png", ".hidden.png"):
        (tmp_path / name).write_bytes(PICTURE)
    (tmp_path / "notes.txt").write_text("nothing")
    return tmp_path


def test_a_folder_is_walked_in_the_order_of_names(folder):
    assert came_to(in_folder(folder, folder / "out")) == [
        ("b.png", PICTURE),
        ("notes.txt", "not_a_picture"),
        ("ward.png", PICTURE),
        ("ward/deep/a.jpg", PICTURE),
    ]


def test_results_in_the_folder_are_skipped(folder):
    (folder / "ward" / "out").mkdir()
    (folder / "ward" / "out" / "report.pdf").write_bytes(b"%PDF-")
    named = [file.file for file in in_folder(folder, folder / "b" / ".." / "ward" / "out")]
    assert "ward/deep/a.jpg" in named
    assert not any("report.pdf" in name for name in named)


def test_a_special_file_is_refused_without_blocking(tmp_path):
    os.mkfifo(tmp_path / "pipe.png")
    (tmp_path / "nowhere.png").symlink_to(tmp_path / "missing")
    assert came_to(in_folder(tmp_path, tmp_path / "out")) == [
        ("nowhere.png", "unreadable_file"),
        ("pipe.png", "unreadable_file"),
    ]


def test_a_file_deleted_before_it_is_read_is_refused(folder):
    files = in_folder(folder, folder / "out")
    (folder / "b.png").unlink()
    assert came_to(files)[0] == ("b.png", "unreadable_file")


def test_a_name_of_broken_bytes_can_be_shown(tmp_path):
    (tmp_path / os.fsdecode(b"\xff.png")).write_bytes(PICTURE)
    assert came_to(in_folder(tmp_path, tmp_path / "out")) == [("\ufffd.png", PICTURE)]


def test_a_folder_that_cannot_be_listed_is_an_error(tmp_path):
    with pytest.raises(OSError, match="missing"):
        in_folder(tmp_path / "missing", tmp_path)


def test_uploads_keep_their_order_with_zips_expanded():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("in/b.png", PICTURE + b"b")
        archive.writestr("in/a.png", PICTURE + b"a")
    uploads = [Upload("z.png", PICTURE), Upload("many.ZIP", stream.getvalue()), Upload("a.png", b"")]
    assert came_to(of_uploads(uploads)) == [
        ("z.png", PICTURE),
        ("many.ZIP/in/a.png", PICTURE + b"a"),
        ("many.ZIP/in/b.png", PICTURE + b"b"),
        ("a.png", b""),
    ]


def test_a_bad_zip_is_one_row_beside_the_others():
    uploads = [Upload("bad.zip", b"no zip"), Upload("a.png", PICTURE)]
    assert came_to(of_uploads(uploads)) == [("bad.zip", "damaged_zip"), ("a.png", PICTURE)]


def test_uploads_beyond_the_limit_are_refused(monkeypatch):
    monkeypatch.setattr(sources, "MOST_SENT_BYTES", 2 * len(PICTURE))
    uploads = [Upload(f"{name}.png", PICTURE) for name in "abc"]
    assert [came for _, came in came_to(of_uploads(uploads))] == [PICTURE, PICTURE, "batch_too_large"]


def test_files_of_signals_are_files_of_a_batch(tmp_path):
    for name, content in wfdb_files(recording()).items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "a.csv").write_bytes(csv_file(recording()))
    (tmp_path / "labels.csv").write_text("file,label\n")
    found = dict(came_to(in_folder(tmp_path, tmp_path / "out")))
    assert list(found) == ["a.csv", "labels.csv", "r1.hea"]
    assert found["labels.csv"] == "not_a_picture"
    assert [record_in(found[name]).file_format for name in ("a.csv", "r1.hea")] == ["CSV", "WFDB"]
