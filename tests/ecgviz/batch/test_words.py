"""The progress and the results of a batch in words."""

from dataclasses import replace

import pytest

from ecgviz.batch.files import refused
from ecgviz.batch.rows import ModelVerdict
from ecgviz.batch.run import Batch
from ecgviz.batch.words import how_far, left_in_words, outcome, progress_line, summary
from preprocessing.errors import Notice
from tests.ecgviz.batch.test_rows import REFUSED

PREDICTED = ModelVerdict("Normal", 0.9, "predicted", False, (0.9, 0.06, 0.03, 0.01), "0")
FILES = [refused(f"{name}.png", Notice("encrypted", "Locked; unlock.")) for name in "abc"]


def test_progress_gives_files_done_and_time_left():
    batch = Batch(FILES)
    assert how_far(batch) == "0 of 3 files done; time left unknown. Reading a.png"
    batch.step()
    assert how_far(batch, named=False) == "1 of 3 files done; time left unknown."
    assert progress_line(batch) == "1/3  a.png: refused (encrypted), 0.0 s; time left unknown"
    batch.pause()
    assert how_far(batch) == "1 of 3 files done; stopped."
    batch.resume()
    while batch.step():
        pass
    assert how_far(batch) == "All 3 files done."
    assert progress_line(batch) == "3/3  c.png: refused (encrypted), 0.0 s"


def test_one_file_is_counted_in_the_singular():
    batch = Batch(FILES[:1])
    assert how_far(batch, named=False) == "0 of 1 file done; time left unknown."
    batch.step()
    assert how_far(batch) == "The file is done."


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, "refused (not an ECG)"),
        ({"duplicate_of": "b.png"}, "duplicate of b.png"),
        ({"refusal": None, "status": "read"}, "read"),
        ({"refusal": None, "verdicts": {"ensemble": PREDICTED}}, "read, Normal (90%)"),
        (
            {"refusal": None, "verdicts": {"ensemble": replace(PREDICTED, state="unsure", abstains=True)}},
            "read, no prediction: unsure",
        ),
    ],
)
def test_the_result_of_a_file(changed, words):
    assert outcome(replace(REFUSED, **changed)) == words


@pytest.mark.parametrize(
    ("seconds", "words"), [(59, "less"), (61, "1 minute left"), (3599, "60 minutes"), (3600, "1.0 h")]
)
def test_time_left(seconds, words):
    assert words in left_in_words(seconds)


def test_the_summary_leaves_out_counts_of_zero():
    again = replace(REFUSED, duplicate_of="x.png")
    assert summary([REFUSED], 1) == "1 file: 0 read, 1 refused."
    assert summary([REFUSED, again], 1) == "2 files: 0 read, 2 refused, 1 duplicate. Shown: 1."
    assert "2 duplicates" in summary([REFUSED, again, again], 3)
