"""Labels from tables and folders: what is read, and what is refused with its line."""

import pytest

from ecgviz.labels import Labels, by_folder, labels_from_csv, matched
from models.classes import CLASSES
from preprocessing.errors import EcgImageError

SHA, OTHER = "a" * 64, "b" * 64


def refusal_of(data: bytes) -> EcgImageError:
    with pytest.raises(EcgImageError) as refusal:
        labels_from_csv(data)
    return refusal.value


@pytest.mark.parametrize(
    "data",
    [
        b"file,label\na.png,Normal\nb.png,History of MI\n",
        b"\xef\xbb\xbfFile;Label\r\na.png;NORMAL\r\n\r\nb.png;history_of-mi\r\n",
        b"# from the ward\nreader\tlabel\tfile\nRS\tnormal\ta.png\nRS\tHistory of MI\tb.png",
        b'label,file\n"Normal","a.png"\n"History of MI","b.png"\n',
    ],
)
def test_tables_of_spreadsheets_and_scripts_are_read(data):
    assert labels_from_csv(data) == Labels("file", {"a.png": "Normal", "b.png": "History of MI"})


def test_hashes_are_read_in_either_case():
    assert labels_from_csv(f"sha256,label\n{SHA.upper()},Normal".encode()) == Labels("sha256", {SHA: "Normal"})


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "labels_unreadable", "empty"),
        (b"\xff\xfe\x00\x01", "labels_unreadable", "UTF-8"),
        (b"file,label\n" + b"a" * 2**21, "labels_unreadable", "larger than 2 MB"),
        (b"name,class\na.png,Normal\n", "labels_columns", "name, class"),
        (b"file,label\n,Normal\n", "labels_columns", "Line 2"),
        (b"file,label\na.png,Normal\nb.png,STEMI\n", "label_unknown", "Line 3 has the label 'STEMI'"),
        (b"file,label\na.png\n", "label_unknown", "Line 2"),
        (b"sha256,label\nabc,Normal\n", "labels_hash", "Line 2"),
        (b"file,label\na.png,Normal\n\na.png,Normal\n", "label_twice", "Line 4"),
    ],
)
def test_a_faulty_table_is_refused_with_the_reason(data, code, words):
    refusal = refusal_of(data)
    assert refusal.code == code
    assert words in refusal.message


def test_an_unknown_label_names_every_class():
    message = refusal_of(b"file,label\na.png,x\n").message
    assert all(label in message for label in CLASSES)


FILES = [("ward/a.png", SHA), ("ward/b.png", OTHER), ("icu/b.png", SHA), ("loose.png", None)]


def test_files_are_named_by_path_or_by_an_end_of_it_that_fits_one():
    labels = Labels("file", {"a.png": "Normal", "icu/b.png": "Normal", "loose.png": "Abnormal heartbeat"})
    assert matched(labels, FILES) == ("Normal", None, "Normal", "Abnormal heartbeat")
    packed = [(f"study.zip/{file}", sha256) for file, sha256 in FILES]
    assert matched(labels, packed) == matched(labels, FILES)


def test_a_hash_labels_every_copy():
    assert matched(Labels("sha256", {SHA: "Normal"}), FILES) == ("Normal", None, "Normal", None)


@pytest.mark.parametrize(
    ("labels", "code", "words"),
    [
        (Labels("file", {"z.png": "Normal", "a.png": "Normal"}), "labels_unmatched", "1 label of 2 fits no file"),
        (Labels("sha256", {"c" * 64: "Normal"}), "labels_unmatched", "c" * 64),
        (Labels("file", {"b.png": "Normal"}), "labels_ambiguous", "2 files"),
        (
            Labels("file", {"ward/a.png": "Normal", "icu/b.png": "Abnormal heartbeat"}),
            "labels_contradict",
            "'ward/a.png' and 'icu/b.png' are the same file",
        ),
    ],
)
def test_labels_that_fit_no_file_or_several_or_contradict_are_refused(labels, code, words):
    with pytest.raises(EcgImageError) as refusal:
        matched(labels, FILES)
    assert refusal.value.code == code
    assert words in refusal.value.message


def test_many_unmatched_names_are_shortened():
    with pytest.raises(EcgImageError, match="'x0', 'x1', 'x2' and 7 more"):
        matched(Labels("file", {f"x{n}": "Normal" for n in range(10)}), FILES)


def test_folders_of_the_public_dataset_are_labels():
    files = [
        "Normal Person ECG Images (284x12=3408)/1.jpg",
        "data.zip/ECG Images of Patient that have abnormal heartbeat (233x12=2796)/1.jpg",
        "ECG Images of Myocardial Infarction Patients (240x12=2880)\\1.jpg",
        "all/history_of_MI/ward/1.jpg",
        "all/normal/abnormal-heartbeat/1.jpg",
        "normal.jpg",
    ]
    assert by_folder(files) == (*CLASSES, "Abnormal heartbeat", None)


def test_folders_without_a_class_or_with_two_are_refused():
    with pytest.raises(EcgImageError) as refusal:
        by_folder(["ward/normal.jpg"])
    assert refusal.value.code == "no_label_folders"
    with pytest.raises(EcgImageError) as refusal:
        by_folder(["normal or history of MI/1.jpg"])
    assert refusal.value.code == "label_folder_unclear"
    assert by_folder([]) == ()
