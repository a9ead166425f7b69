"""Whatever bytes come in, the outcome is one of a closed list: seeds of every format, mutated, and hostile files."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import preprocessing.picture.pdf as rendering
from preprocessing.picture.config import PDF
from tests.fuzz_reading import OUTCOMES, fuzz_read
from tests.fuzz_seeds import seeds
from tests.hostile_files import (
    jpeg_of_scans,
    pdf_of_nested_forms,
    pdf_of_paths,
    pdf_that_unpacks_to,
    pdf_with_slow_shading,
    tiff_of_strips,
)

# Reading a file of signals draws a page and reads it, which takes a second; pictures of the seeds are too small for it.
SIGNALS = {"waveform.dcm", "record.zip", "table.csv", "record.edf", "record.xml"}
PICTURES = sorted(set(seeds()) - SIGNALS)
# What sizes, counts and offsets are set to.
NUMBERS = [0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF]

seed = cache(lambda name: seeds()[name]())


@st.composite
def edits(draw):
    """One to six changes of a file: what kind, where as a share of its length, and with what."""
    change = st.tuples(
        st.sampled_from(["bits", "number", "cut", "repeat", "end"]),
        # Half of the changes hit the first bytes, the header.
        st.one_of(st.floats(0, 1), st.floats(0, 0.05)),
        st.one_of(st.sampled_from(NUMBERS), st.integers(0, 2**32 - 1)),
    )
    return draw(st.lists(change, min_size=1, max_size=6))


def edited(data, changes):
    made = bytearray(data)
    for kind, share, number in changes:
        at = int(share * len(made))
        if kind == "bits" and at < len(made):
            made[at] ^= 1 + number % 255
        elif kind == "number":
            order = "little" if number % 2 else "big"
            size = (1, 2, 4)[number % 3]
            made[at : at + size] = (number % 256**size).to_bytes(size, order)
        elif kind == "cut":
            del made[at : at + 1 + number % 64]
        elif kind == "repeat":
            made[at:at] = made[at : at + 1 + number % 4096]
        elif kind == "end":
            del made[at:]
    return bytes(made)


def test_every_seed_is_valid():
    for name in PICTURES:
        # Opened, and then found to be smaller than any page.
        assert fuzz_read(seed(name)) == "too_small", name


@pytest.mark.parametrize("name", sorted(SIGNALS))
def test_every_seed_of_signals_is_read(name):
    assert fuzz_read(seed(name)) == "read"


@pytest.mark.parametrize("name", PICTURES)
def test_a_mutated_picture_has_an_allowed_outcome(name):
    @settings(max_examples=60, deadline=None, derandomize=True, database=None)
    @given(edits())
    def mutated(changes):
        assert fuzz_read(edited(seed(name), changes)) in OUTCOMES

    mutated()


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(SIGNALS))
def test_a_mutated_file_of_signals_has_an_allowed_outcome(name):
    @settings(max_examples=25, deadline=None, derandomize=True, database=None)
    @given(edits())
    def mutated(changes):
        assert fuzz_read(edited(seed(name), changes)) in OUTCOMES

    mutated()


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(
    st.binary(max_size=300), st.sampled_from([b"", *(b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF", b"BM")])
)
def test_any_bytes_after_a_signature_are_refused(rest, signature):
    assert fuzz_read(signature + rest) in OUTCOMES - {"read"}


@pytest.mark.parametrize(
    ("build", "outcome"),
    [
        (lambda: pdf_that_unpacks_to(500), "too_large"),
        (lambda: pdf_with_slow_shading(200), "too_large"),
        (lambda: pdf_of_paths(100_000), "too_large"),
        (lambda: pdf_of_nested_forms(8), "too_large"),
        (lambda: jpeg_of_scans(500), "too_complex"),
        (lambda: tiff_of_strips(100_000), "too_complex"),
    ],
    ids=["unpacks", "shading", "paths", "forms", "scans", "strips"],
)
def test_a_hostile_file_is_refused(monkeypatch, build, outcome):
    # Smaller limits than the app's: a test need not wait ten seconds.
    monkeypatch.setattr(rendering, "PDF", replace(PDF, most_seconds=1, most_memory_mb=100))
    assert fuzz_read(build()) == outcome
