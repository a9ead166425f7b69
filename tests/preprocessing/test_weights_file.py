"""Weights of the networks that read pages load only with their own card; anything else names what is wrong."""

import hashlib
import json
import shutil

import numpy as np
import pytest

from preprocessing.errors import EcgImageError
from preprocessing.lettering.lead_words import PRINTED_LEADS
from preprocessing.lettering.letter_network import LETTER_WEIGHTS
from preprocessing.lettering.line_network import BLOCK_WEIGHTS, LINE_WEIGHTS
from preprocessing.lettering.printed_line import BLOCK_CHARACTERS, CHARACTERS
from preprocessing.weights_file import WeightsFileError, load_weights, read_card

SHIPPED = {"letters": LETTER_WEIGHTS, "lines": LINE_WEIGHTS}


@pytest.fixture
def copy(tmp_path):
    """Return a copy of a shipped weights file with its card."""
    for file in (LINE_WEIGHTS, LINE_WEIGHTS.with_suffix(".json")):
        shutil.copy(file, tmp_path / file.name)
    return tmp_path / LINE_WEIGHTS.name


def changed(copy, **values):
    card = copy.with_suffix(".json")
    card.write_text(json.dumps(json.loads(card.read_text(encoding="utf-8")) | values), encoding="utf-8")


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_weights_have_the_hash_of_their_card(name):
    path = SHIPPED[name]
    assert read_card(path).sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    weights = load_weights(path)
    assert all(values.dtype == np.float32 for values in weights.values())
    assert all(np.isfinite(values).all() for values in weights.values())


def test_cards_name_the_outputs_that_the_code_reads():
    assert read_card(LETTER_WEIGHTS).outputs == ("no name", *PRINTED_LEADS)
    assert read_card(LINE_WEIGHTS).outputs == ("blank", *CHARACTERS)
    assert load_weights(LETTER_WEIGHTS)["name_bias_4"].size == 1 + len(PRINTED_LEADS)
    assert load_weights(LINE_WEIGHTS)["line_bias_4"].size == 1 + len(CHARACTERS)
    assert read_card(BLOCK_WEIGHTS).outputs == ("blank", *BLOCK_CHARACTERS)
    assert load_weights(BLOCK_WEIGHTS)["line_bias_4"].size == 1 + len(BLOCK_CHARACTERS)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_figure_of_a_card_has_its_n_and_interval(name):
    card = read_card(SHIPPED[name])
    figures = [figure for pages in card.figures.values() for figure in pages.values()]
    assert len(figures) == 8
    for figure in figures:
        assert figure["n"] > 0
        assert figure["low"] <= figure["value"] <= figure["high"]


def test_a_changed_file_is_refused_by_its_hash(copy):
    copy.write_bytes(copy.read_bytes()[:-1] + b"x")
    with pytest.raises(WeightsFileError, match=r"lines\.npz has the sha256 \w+, but its card gives \w+"):
        load_weights(copy)


def test_a_file_without_a_card_is_refused(copy):
    copy.with_suffix(".json").unlink()
    with pytest.raises(WeightsFileError, match=r"lines\.json is missing"):
        load_weights(copy)


def test_a_card_without_a_file_is_refused(copy):
    copy.unlink()
    with pytest.raises(WeightsFileError, match=r"lines\.npz is missing"):
        load_weights(copy)


def test_the_card_of_another_network_is_refused(copy):
    changed(copy, name="letters")
    with pytest.raises(WeightsFileError, match="the card of 'letters'"):
        load_weights(copy)


@pytest.mark.parametrize(("key", "value"), [("seed", "7"), ("figures", []), ("sha256", 1)])
def test_a_card_with_a_wrong_kind_of_value_is_refused(copy, key, value):
    changed(copy, **{key: value})
    with pytest.raises(WeightsFileError, match=key):
        load_weights(copy)


@pytest.mark.parametrize(
    ("text", "reason"), [("not JSON", "is not JSON"), ("[]", "one JSON object"), ("{}", "lacks name")]
)
def test_a_card_that_is_not_a_whole_object_is_refused(copy, text, reason):
    copy.with_suffix(".json").write_text(text, encoding="utf-8")
    with pytest.raises(WeightsFileError, match=reason):
        load_weights(copy)


def test_a_damaged_install_is_not_reported_as_an_unreadable_report():
    assert not issubclass(WeightsFileError, EcgImageError)
