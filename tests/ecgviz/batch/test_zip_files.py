"""Zip archives: their files, the limits of unpacking, and refusals of bad ones."""

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecgviz.batch import zip_files
from ecgviz.batch.zip_files import MOST_FILES, in_zip
from ecgviz.records.opening import record_in
from preprocessing.errors import EcgImageError
from preprocessing.picture import MAX_BYTES
from tests.signal_files import recording, wfdb_files

PICTURE = b"\x89PNG picture"


def zipped(files, method=zipfile.ZIP_DEFLATED):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return stream


def outcomes(stream):
    """Each file's name with its bytes, or with the code of its refusal."""
    found = []
    for file in in_zip(stream):
        try:
            found.append((file.file, file.content()))
        except EcgImageError as refusal:
            assert refusal.message.endswith(".")  # noqa: PT017 - the next file is looked at as well
            found.append((file.file, refusal.code))
    return found


def code_of(stream):
    with pytest.raises(EcgImageError) as refusal:
        in_zip(stream)
    assert refusal.value.message.endswith(".")
    return refusal.value.code


def test_files_are_listed_by_name_with_their_folders():
    stream = zipped([("b.png", PICTURE), ("ward/", b""), ("ward/deep/a.png", PICTURE + b"1")])
    assert outcomes(stream) == [("b.png", PICTURE), ("ward/deep/a.png", PICTURE + b"1")]


def test_files_added_by_the_operating_system_are_skipped():
    junk = ["__MACOSX/ward/._a.png", "ward/.DS_Store", "Thumbs.db", "ward\\desktop.ini", ".hidden/a.png"]
    assert outcomes(zipped([(name, PICTURE) for name in (*junk, "a.png")])) == [("a.png", PICTURE)]


def test_content_decides_where_the_name_does_not():
    stream = zipped([("page.dcm", PICTURE), ("scan", b"junk %PDF-1.7"), ("notes.txt", b"ECG of"), ("text.png", b"ECG")])
    assert dict(outcomes(stream)) == {
        "page.dcm": PICTURE,
        "scan": b"junk %PDF-1.7",
        "notes.txt": "not_a_picture",
        "text.png": b"ECG",
    }


@pytest.mark.parametrize("name", ["../../etc/a.png", "/a.png", "C:\\a.png", "ü漢.png", "a b.png", "=1+1.png"])
def test_a_path_is_only_a_name(name):
    assert outcomes(zipped([(name, PICTURE)])) == [(name, PICTURE)]


def test_unprintable_characters_are_replaced():
    ((name, _),) = outcomes(zipped([("beat\n\u202egnp.png", PICTURE)]))
    assert name == "beat\ufffd\ufffdgnp.png"


def test_two_files_of_one_name_are_two():
    with pytest.warns(UserWarning, match="Duplicate name"):
        stream = zipped([("a.png", PICTURE), ("a.png", PICTURE + b"2")])
    assert sorted(content for _, content in outcomes(stream)) == [PICTURE, PICTURE + b"2"]


def test_a_file_that_unpacks_too_far_is_refused():
    stream = zipped([("bomb.png", bytes(15 * 2**20)), ("white.bmp", bytes(2**20))])
    assert outcomes(stream) == [("bomb.png", "unpacks_too_far"), ("white.bmp", bytes(2**20))]


def test_a_file_larger_than_any_upload_is_refused():
    assert outcomes(zipped([("large.png", bytes(MAX_BYTES + 1))], zipfile.ZIP_STORED)) == [("large.png", "too_large")]


def test_a_false_size_limits_what_is_unpacked():
    stream = zipped([("a.png", PICTURE * 1000)])
    data = stream.getvalue()
    size = struct.pack("<I", len(PICTURE) * 1000)
    assert data.count(size) == 2
    ((_, came),) = outcomes(io.BytesIO(data.replace(size, struct.pack("<I", 20))))
    assert came == "damaged_file"


def test_files_beyond_the_total_are_refused_and_the_others_are_not(monkeypatch):
    monkeypatch.setattr(zip_files, "MOST_UNPACKED_BYTES", 2 * len(PICTURE))
    stream = zipped([(f"{name}.png", PICTURE) for name in "abc"])
    assert outcomes(stream) == [("a.png", PICTURE), ("b.png", PICTURE), ("c.png", "zip_too_large")]


def test_too_many_files_are_refused_before_they_are_listed(monkeypatch):
    stream = zipped([(f"{number}.png", b"") for number in range(MOST_FILES + 1)])
    monkeypatch.setattr(zip_files, "ZipFile", None)
    assert code_of(stream) == "too_many_files"


def test_files_are_counted_across_the_chunks_in_which_the_archive_is_read(monkeypatch):
    stream = zipped([(f"{number}.png", b"") for number in range(50)])
    for size in (1, 3, 4, 5, 7, 1000):
        monkeypatch.setattr(zip_files, "_CHUNK_BYTES", size)
        assert zip_files._entry_count(stream) == 50


def test_an_encrypted_file_is_refused_and_its_neighbour_read():
    data = bytearray(zipped([("a.png", PICTURE), ("b.png", PICTURE)]).getvalue())
    # The flag stands in each file's own header and in the list of contents.
    data[data.index(b"PK\x03\x04") + 6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert outcomes(io.BytesIO(data)) == [("a.png", "encrypted"), ("b.png", PICTURE)]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_compression_methods_are_refused(method):
    assert outcomes(zipped([("a.png", PICTURE)], method)) == [("a.png", "packing_unknown")]


def test_a_damaged_file_is_refused_and_its_neighbour_read():
    data = bytearray(zipped([("a.png", PICTURE), ("b.png", PICTURE)], zipfile.ZIP_STORED).getvalue())
    data[data.index(PICTURE) + 5] ^= 1
    assert outcomes(io.BytesIO(data)) == [("a.png", "damaged_file"), ("b.png", PICTURE)]


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x03\x04 cut off", PICTURE])
def test_a_file_that_is_not_a_zip_is_refused(data):
    assert code_of(io.BytesIO(data)) == "damaged_zip"


@pytest.mark.parametrize("files", [[], [("ward/", b"")], [("__MACOSX/._a.png", b"")]])
def test_an_empty_zip_is_refused(files):
    assert code_of(zipped(files)) == "empty_zip"


def test_a_zip_in_a_zip_is_not_opened():
    assert outcomes(zipped([("inner.zip", zipped([("a.png", PICTURE)]).getvalue())])) == [
        ("inner.zip", "not_a_picture")
    ]


@given(st.data())
def test_a_corrupted_archive_raises_only_refusals(data):
    whole = bytearray(zipped([("a.png", PICTURE), ("ward/ü.jpg", PICTURE * 30), ("b.txt", b"x")]).getvalue())
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(whole)))
    try:
        files = in_zip(io.BytesIO(bytes(whole[:cut] if data.draw(st.booleans()) else whole)))
    except EcgImageError:
        return
    for file in files:
        try:
            assert len(file.content()) <= MAX_BYTES + zip_files.START_BYTES
        except EcgImageError as refusal:
            assert refusal.code  # noqa: PT017 - a file that comes out whole is as good


def test_a_wfdb_record_is_one_file_with_its_samples():
    files = wfdb_files(recording())
    stream = zipped([*((f"ward/{name}", content) for name, content in files.items()), ("ward/other.dat", b"1")])
    [other, (name, packed)] = outcomes(stream)
    assert (name, other) == ("ward/r1.hea", ("ward/other.dat", "not_a_picture"))
    assert record_in(packed).file_format == "WFDB"
    assert outcomes(zipped([("r1.hea", files["r1.hea"])])) == [("r1.hea", "unreadable_file")]
    assert outcomes(zipped([("r1.hea", b"nothing")])) == [("r1.hea", "damaged_file")]
