"""A file is written as a whole or not at all, whatever the disk does."""

import errno
from pathlib import Path

import pytest

from ecgviz.batch import report_files, write_whole

FAULTS = [(errno.ENOSPC, "No space left on device"), (errno.EROFS, "Read-only file system")]


def fails(monkeypatch, number, words):
    """Let every file break off after its first byte."""

    def write_bytes(path, content):
        with path.open("wb") as stream:
            stream.write(content[:1])
        raise OSError(number, words)

    monkeypatch.setattr(Path, "write_bytes", write_bytes)


def test_a_file_is_written_with_its_folder_and_replaces_what_was_there(tmp_path):
    path = tmp_path / "new" / "ecg.csv"
    for content in (b"first", b"second"):
        write_whole(path, content)
        assert path.read_bytes() == content
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(("number", "words"), FAULTS)
def test_a_disk_that_fails_leaves_what_was_there_and_is_named(tmp_path, monkeypatch, number, words):
    path = tmp_path / "ecg.csv"
    write_whole(path, b"before")
    fails(monkeypatch, number, words)
    with pytest.raises(OSError, match=words) as fault:
        write_whole(path, b"after")
    assert (fault.value.errno, fault.value.filename) == (number, str(path))
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == b"before"


@pytest.mark.parametrize(("number", "words"), FAULTS)
def test_a_report_of_a_batch_is_never_half_written(tmp_path, monkeypatch, number, words):
    keep = report_files.into_folder(tmp_path / "reports")
    fails(monkeypatch, number, words)
    with pytest.raises(OSError, match=words):
        keep("a.html", b"<!doctype html>")
    assert list((tmp_path / "reports").iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is full")
def test_a_device_is_written_directly_and_stays(tmp_path):
    with pytest.raises(OSError, match="No space left") as fault:
        write_whole(Path("/dev/full"), b"1")
    assert fault.value.filename == "/dev/full"
    write_whole(Path("/dev/null"), b"1")
    assert Path("/dev/null").is_char_device()
