"""A shipped beat network predicts from its own file without Keras, as Keras does from the same file."""

import json
import shutil
import subprocess
import sys

import numpy as np
import pytest

from models.beats import BEAT_NETWORKS
from models.beats.classifier import BEAT_WEIGHTS_FOLDER, load_beat_network
from models.beats.file_arrays import file_arrays, graph_name
from models.beats.graphs import WITHOUT_GRAPH, beat_graph
from models.beats.live import CONTEXT_TASK, FIRST_TASK, file_stem, shipped_networks
from models.beats.live_network import LiveBeatNetwork
from models.serving import GRAPHS_FOLDER, ModelFileError

WRITTEN = [name for name in BEAT_NETWORKS if name != WITHOUT_GRAPH]


def pictures():
    """Beats as drawn lines, upright and inverted, narrow and broad."""
    rows, columns = np.arange(128)[:, None], np.arange(192)
    shapes = ((60, 6), (60, 25), (-40, 6), (-50, 30))
    lines = [52 - height * np.exp(-(((columns - 96) / width) ** 2)) for height, width in shapes]
    return np.array([np.where(np.abs(rows - line) < 1.5, 110, 255) for line in lines], np.uint8)


@pytest.mark.tensorflow
@pytest.mark.parametrize("name", WRITTEN)
def test_a_graph_is_what_the_command_writes(name):
    assert beat_graph(name, 6) == (GRAPHS_FOLDER / f"{graph_name(name, 6)}.onnx").read_bytes()


@pytest.mark.tensorflow
@pytest.mark.parametrize(
    ("name", "tolerance"),
    [
        ("beat_cnn_gru_attention", 1e-5),
        ("beat_cnn_lstm", 1e-5),
        # With 8-bit dense layers Keras also rounds what a layer takes, which the graph does not.
        ("beat_cnn_wide", 0.05),
        ("beat_net", 0.05),
    ],
)
def test_the_graph_predicts_what_keras_does(name, tolerance):
    stem = file_stem(name, FIRST_TASK)
    rhythm = np.linspace(-0.3, 0.3, 36, dtype=np.float32).reshape(4, 9)
    found = LiveBeatNetwork(stem)(pictures(), rhythm)
    np.testing.assert_allclose(found, load_beat_network(stem)(pictures(), rhythm), atol=tolerance)
    assert np.ptp(found, axis=0).max() > 0.2


@pytest.mark.parametrize("task", [FIRST_TASK, CONTEXT_TASK])
def test_every_shipped_network_has_a_graph_that_takes_its_arrays(task):
    for name in shipped_networks(task):
        network = LiveBeatNetwork(file_stem(name, task))
        found = network(pictures())
        assert found.shape == (4, len(network.card.classes))
        np.testing.assert_allclose(found.sum(axis=1), 1, atol=1e-5)


def test_integers_are_multiplied_out_and_their_scales_left_out():
    arrays = file_arrays(BEAT_WEIGHTS_FOLDER / "beat_cnn_wide-six_published.keras")
    assert arrays["dense/vars/0"].shape == (30752, 200)
    assert "dense/vars/2" not in arrays
    # Integers from -127 to 127 over the scale of each output: the largest weights of an output are of one size.
    steps = arrays["dense_1/vars/0"] / np.abs(arrays["dense_1/vars/0"]).max(axis=0) * 127
    np.testing.assert_allclose(steps, np.round(steps), atol=1e-3)
    assert {values.dtype for values in arrays.values()} == {np.dtype(np.float32)}


def test_a_file_that_is_none_of_keras_is_refused(tmp_path):
    name = file_stem("beat_cnn_64", FIRST_TASK)
    card = json.loads((BEAT_WEIGHTS_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    file = tmp_path / f"{name}.keras"
    file.write_bytes(b"weights")
    with pytest.raises(ModelFileError, match="could not be loaded"):
        file_arrays(file)
    shutil.copy(BEAT_WEIGHTS_FOLDER / f"{name}.json", tmp_path)
    with pytest.raises(ModelFileError, match=f"where its card has {card['sha256']}"):
        LiveBeatNetwork(name, tmp_path)


def test_a_prediction_needs_neither_keras_nor_tensorflow():
    code = (
        "import sys, numpy as np; from models.beats import live;"
        "found = live.predicted_by_each(live.FIRST_TASK, np.full((128, 192), 255, np.uint8), None);"
        "print(len(found), [name for name in ('keras', 'tensorflow') if name in sys.modules])"
    )
    root = BEAT_WEIGHTS_FOLDER.parents[2]
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300, cwd=root)
    assert found.stdout.strip() == f"{len(shipped_networks(FIRST_TASK))} []", found.stderr
