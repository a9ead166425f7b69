"""Reports are listed from a table or from the public dataset's folders, each picture once and in one class."""

import hashlib

import pandas as pd
import pytest

from models.classes import CLASSES
from models.data.report_data import by_class, distinct, listing

# As version 2 of the public collection names its folders.
FOLDERS = {
    "Normal Person ECG Images (284x12=3408)": 0,
    "ECG Images of Patient that have abnormal heartbeat (233x12=2796)": 1,
    "ECG Images of Myocardial Infarction Patients (240x12=2880)": 2,
    "ECG Images of Patient that have History of MI (172x12=2064)": 3,
}


@pytest.fixture
def public(tmp_path):
    """Two files a class; the second infarction repeats the first, and one picture stands in two classes."""
    contents = {0: (b"a", b"b"), 1: (b"c", b"twice"), 2: (b"d", b"d"), 3: (b"e", b"twice")}
    for name, label in FOLDERS.items():
        (tmp_path / name).mkdir()
        for number, content in enumerate(contents[label]):
            (tmp_path / name / f"{label}({number}).jpg").write_bytes(content)
        (tmp_path / name / "notes.txt").write_text("no picture")
    (tmp_path / "COVID-19").mkdir()
    (tmp_path / "COVID-19" / "other.jpg").write_bytes(b"f")
    return tmp_path


def test_the_public_folders_name_the_classes(public):
    table = listing(public)
    assert table["label"].value_counts().sort_index().tolist() == [2, 2, 2, 2]
    assert table["in_v2"].all()
    assert set(table["sha256"]) == {
        hashlib.sha256(content).hexdigest() for content in (b"a", b"b", b"c", b"d", b"e", b"twice")
    }
    assert table.loc[table["label"] == 2, "copies_n"].tolist() == [2, 2]


def test_each_picture_is_kept_once_and_none_of_two_classes(public):
    kept, left_out = distinct(listing(public))
    assert left_out == {"duplicates": 1, "label_conflicts": 2}
    assert by_class(kept["label"]) == dict(zip(CLASSES, (2, 1, 1, 1), strict=True))
    assert kept["sha256"].is_unique


def test_a_table_goes_before_folders(tmp_path):
    line = {"file": "mi/1.avif", "class": "PMI", "sha256": "ab", "report_id": 7, "in_v2": 1, "v2_copies_n": 3,
            "printed_hr": 61.0, "lead_off": 0}  # fmt: skip
    pd.DataFrame([line]).to_csv(tmp_path / "reports.csv", index=False)
    table = listing(tmp_path)
    assert table["path"].tolist() == [str(tmp_path / "reports" / "mi" / "1.avif")]
    assert table[["label", "group", "in_v2", "copies_n"]].values.tolist() == [[3, "7", True, 3]]


def test_a_folder_without_reports_raises(tmp_path):
    with pytest.raises(FileNotFoundError, match="neither"):
        listing(tmp_path)
