"""Whatever bytes come in, the outcome is one of a closed list: seeds of every format, mutated, and hostile files."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import preprocessing.picture.pdf as rendering
from preprocessing.picture.config import PDF
from tests.fuzz_edits import HEADER, KINDS, MOST_EDITS, NUMBERS, edited
from tests.fuzz_reading import OUTCOMES, fuzz_read
from tests.fuzz_seeds import SIGNAL_SEEDS, seeds
from tests.hostile_files import (
    jpeg_of_scans,
    pdf_of_nested_forms,
    pdf_of_paths,
    pdf_that_unpacks_to,
    pdf_with_slow_shading,
    tiff_of_strips,
)

PICTURES = sorted(set(seeds()) - SIGNAL_SEEDS)

seed = cache(lambda name: seeds()[name]())


@st.composite
def edits(draw):
    """One to six changes of a file: what kind, where as a share of its length, and with what."""
    change = st.tuples(
        st.sampled_from(KINDS),
        st.one_of(st.floats(0, 1), st.floats(0, HEADER)),
        st.one_of(st.sampled_from(NUMBERS), st.integers(0, 2**32 - 1)),
    )
    return draw(st.lists(change, min_size=1, max_size=MOST_EDITS))


def test_every_seed_is_valid():
    for name in PICTURES:
        # Opened, and then found to be smaller than any page.
        assert fuzz_read(seed(name)) == "too_small", name


@pytest.mark.parametrize("name", sorted(SIGNAL_SEEDS))
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
@pytest.mark.parametrize("name", sorted(SIGNAL_SEEDS))
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
