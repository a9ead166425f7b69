"""A short training run of each network that reads print, on drawn data: it learns, and its file loads and reads."""

import json

import numpy as np
import pytest

from models.lettering import train_letters, train_lines
from models.lettering.letter_drawing import FONT_FOLDERS
from models.lettering.weight_file import LETTERS, save
from preprocessing.lettering import letter_network, line_network
from preprocessing.lettering.printed_line import CHARACTERS
from preprocessing.weights_file import load_weights, read_card

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not any(folder.is_dir() for folder in FONT_FOLDERS), reason="the fonts for drawing print are not installed"
    ),
]


@pytest.fixture
def fresh_weights():
    """Forget the weights that are loaded, before and after."""
    for network in (letter_network, line_network):
        network._weights.cache_clear()
    yield
    for network in (letter_network, line_network):
        network._weights.cache_clear()


def falls(losses):
    return losses[-1] < 0.8 * losses[0]


def test_the_reader_of_names_learns_and_its_file_reads(tmp_path, monkeypatch, fresh_weights):
    windows, labels = train_letters.draw_chunk((1, 0))
    training, validation = (windows[:801], labels[:801]), (windows[801:], labels[801:])
    (reader, prefilter), figures = train_letters.train(training, validation, epochs=10, seed=1)
    assert falls(figures["reader"]["training_loss"])
    assert falls(figures["prefilter"]["training_loss"])
    path = tmp_path / "letters.npz"
    save(path, (reader, prefilter), LETTERS, 1, {"epochs": 10}, {"validation": figures})
    assert read_card(path).input == training[0].shape[1:]
    monkeypatch.setattr(letter_network, "LETTER_WEIGHTS", path)
    held_out = validation[0][:50] / np.float32(255)
    # NumPy's forward pass, with weights in half precision, gives what Keras gives.
    np.testing.assert_allclose(
        letter_network.name_probabilities(held_out), reader.predict(validation[0][:50], verbose=0), atol=0.02
    )
    small = letter_network.half_resolution(held_out)
    probabilities = 1 / (1 + np.exp(-letter_network.prefilter_logits(small)))
    np.testing.assert_allclose(probabilities, prefilter.predict(small, verbose=0)[:, 0], atol=0.02)


def test_the_reader_of_lines_learns_and_its_file_reads(tmp_path, monkeypatch, fresh_weights):
    lines, codes = train_lines.draw_lines(320, (2, 0))
    path = tmp_path / "lines.npz"
    train_lines.train_and_save(path, lines, codes, epochs=3, seed=2)
    card = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert card["outputs"] == ["blank", *CHARACTERS]
    assert card["training"]["lines"] == 320
    assert card["figures"]["validation"]["n"] == 10
    assert falls(card["figures"]["validation"]["training_loss"])
    assert set(load_weights(path)) == {f"line_{kind}_{layer}" for kind in ("kernel", "bias") for layer in range(5)}
    monkeypatch.setattr(line_network, "LINE_WEIGHTS", path)
    probabilities = line_network.line_probabilities(lines[0] / np.float32(255))
    assert probabilities.shape == (lines.shape[2] // 2, 1 + len(CHARACTERS))
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, atol=1e-4)
