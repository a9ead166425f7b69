"""The run file: what it keeps, what it refuses, and how a second run is compared."""

import json
from dataclasses import replace

import pytest

from ecgviz import __version__
from ecgviz.batch.run import with_labels
from ecgviz.batch.run_file import RunSettings, compared, opened_run, other_versions, run_record
from preprocessing.errors import EcgImageError
from tests.ecgviz.batch.test_table_files import READ, READING, REFUSED, done_of

SETTINGS = RunSettings(True, "pdf", ("csv",), 2.0, -0.1)


def run_of(done):
    return run_record(done, SETTINGS).run()


DONE = with_labels([READ, REFUSED], ["Normal", None])


def test_a_run_file_gives_back_what_was_written():
    run = opened_run(run_record(DONE, SETTINGS).written().encode())
    assert run == run_of(DONE)
    assert (run.app, run.settings, run.labels) == (__version__, SETTINGS, {READ.row.sha256: "Normal"})
    assert run.models["ensemble"] == READING["models"]["ensemble"]["version"]
    assert run.results.keys() == {READ.row.sha256}


def test_the_same_reading_under_another_name_and_in_other_time_is_the_same():
    again = done_of({**READING, "file": "other.png", "seconds": None}, number=5)
    found = compared(run_of([READ]), run_of([again]))
    assert (found.same, found.different, found.missing, found.added) == (1, (), (), ())


def test_readings_that_differ_or_are_missing_or_new_are_named():
    changed = done_of({**READING, "layout": {**READING["layout"], "confidence": 0.123}})
    assert compared(run_of([READ]), run_of([changed])).different == (READ.row.sha256,)
    other = replace(READ, row=replace(READ.row, sha256="b" * 64))
    found = compared(run_of([READ]), run_of([other]))
    assert (found.same, found.missing, found.added) == (0, (READ.row.sha256,), ("b" * 64,))


def test_other_versions_are_named():
    now = run_of([READ])
    assert other_versions(now, now) == []
    before = replace(now, app="0.0.1", models={**now.models, "ensemble": "old"})
    assert len(other_versions(before, now)) == 2
    assert other_versions(before, now)[0] == f"ecgviz was 0.0.1, is {__version__}"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda document: {}, "run_unreadable"),
        (lambda document: [], "run_unreadable"),
        (lambda document: {**document, "schema": "ecgviz.run/9"}, "run_unknown"),
        (lambda document: {**document, "files": [{"file": "a"}]}, "run_unreadable"),
        (lambda document: {**document, "settings": {"signals": ["mp3"]}}, "run_unreadable"),
        (lambda document: {**document, "settings": {**document["settings"], "sigma": 99}}, "run_unreadable"),
        (lambda document: {**document, "settings": {**document["settings"], "reports": "doc"}}, "run_unreadable"),
    ],
)
def test_what_is_no_run_file_is_refused(change, code):
    document = change(json.loads(run_record(DONE, SETTINGS).written()))
    with pytest.raises(EcgImageError) as refusal:
        opened_run(json.dumps(document).encode())
    assert refusal.value.code == code


def test_bytes_that_are_no_json_are_refused():
    with pytest.raises(EcgImageError, match=r"run\.json"):
        opened_run(b"\x00")
