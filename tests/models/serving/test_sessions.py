"""Graphs run with the arrays that belong to them, and nothing else; TensorFlow is not needed for a prediction."""

import json
import shutil
import subprocess
import sys

import numpy as np
import pytest

from models.networks import ROWS_SHAPE
from models.serving import WEIGHTS_FOLDER, ModelFileError, member_arrays, sessions, weights_file
from models.serving.sessions import GRAPHS_CARD, GRAPHS_FOLDER, Sessions, checked_graph
from tests.golden_predictions import golden_rows


@pytest.fixture
def graphs(tmp_path, monkeypatch):
    """A copy of the graphs that may be changed."""
    folder = shutil.copytree(GRAPHS_FOLDER, tmp_path / "graphs")
    monkeypatch.setattr(sessions, "GRAPHS_FOLDER", folder)
    sessions._hashes.cache_clear()
    yield folder
    sessions._hashes.cache_clear()


def test_several_members_give_the_mean_of_each():
    graph, members = checked_graph("trace_cnn"), member_arrays(weights_file("trace_cnn"))
    rows = {"rows": golden_rows()}
    apart = [Sessions(graph, [member])(rows) for member in members]
    together = Sessions(graph, members)(rows)
    assert len(members) == 5
    assert set(together) == {"report", "leads", "distance"}
    assert np.ptp([one["report"] for one in apart], axis=0).max() > 0.1
    for part, found in together.items():
        np.testing.assert_allclose(found, np.mean([one[part] for one in apart], axis=0), rtol=1e-5)


@pytest.mark.parametrize("fault", ["missing", "shape"])
def test_arrays_that_do_not_fit_are_refused(fault):
    (arrays, *_) = member_arrays(weights_file("trace_cnn"))
    name = next(name for name in arrays if name.startswith("dense/"))
    if fault == "missing":
        del arrays[name]
    else:
        arrays[name] = arrays[name][:-1]
    with pytest.raises(ModelFileError, match="do not fit the network's graph"):
        Sessions(checked_graph("trace_cnn"), [arrays])


def test_a_changed_graph_is_refused(graphs):
    file = graphs / "trace_cnn.onnx"
    file.write_bytes(file.read_bytes() + b"x")
    with pytest.raises(ModelFileError, match=r"trace_cnn\.onnx has the sha256 [0-9a-f]{64}"):
        checked_graph("trace_cnn")
    file.unlink()
    with pytest.raises(ModelFileError, match=r"trace_cnn\.onnx cannot be read"):
        checked_graph("trace_cnn")


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"sha256": 1}'])
def test_hashes_that_cannot_be_read_are_named(graphs, text):
    (graphs / GRAPHS_CARD).write_text(text, encoding="utf-8")
    with pytest.raises(ModelFileError, match="does not list the graphs"):
        checked_graph("trace_cnn")


def test_a_network_without_a_graph_is_named():
    with pytest.raises(ModelFileError, match="lists no graph of 'resnet'"):
        checked_graph("resnet")
    listed = json.loads((GRAPHS_FOLDER / GRAPHS_CARD).read_text(encoding="utf-8"))["sha256"]
    assert set(listed) == {file.stem for file in GRAPHS_FOLDER.glob("*.onnx")}


def test_a_prediction_needs_neither_keras_nor_tensorflow():
    code = (
        "import sys, numpy as np; from models.serving import predictor;"
        f"networks = predictor.networks(); networks.by_name['trace_cnn'](np.ones((1, *{ROWS_SHAPE}), np.float32));"
        "print(len(networks.by_name), [name for name in ('keras', 'tensorflow') if name in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=300, cwd=WEIGHTS_FOLDER.parents[1]
    )
    assert found.stdout.strip() == "6 []", found.stderr
