"""Running a network's graph with its weights by ONNX Runtime, without Keras and TensorFlow.

The graphs are written by ``python -m models.write_graphs``; they hold layers and no weights. Weights come from the file
that the network's card vouches for.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
import onnxruntime

from models.serving.cards import WEIGHTS_FOLDER, ModelFileError
from models.serving.network_file import PREDICTING

GRAPHS_FOLDER = WEIGHTS_FOLDER / "graphs"
GRAPHS_CARD = "graphs.json"
# Of the networks whose layers are large enough to be shared out: the backbone and the article's.
LARGE_THREADS = 2


class Sessions:
    """The members of an ensemble, all of one graph, behind one call that is safe from any thread.

    Parameters
    ----------
    graph : bytes
        As `checked_graph` returns it.
    members : sequence of dict
        The arrays of each member by the name that they have in the graph; others may be among them.
    threads : int
        That one member runs in.

    Raises
    ------
    ModelFileError
        When a member lacks an array, or has one of another shape.
    """

    def __init__(self, graph: bytes, members: Sequence[Mapping[str, np.ndarray]], threads: int = 1) -> None:
        self._sessions = [_session(graph, arrays, threads) for arrays in members]
        self.outputs = tuple(output.name for output in self._sessions[0].get_outputs())

    def __call__(self, inputs: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
        """Return the mean of the members' outputs by name, float32."""
        given = {name: np.ascontiguousarray(values, np.float32) for name, values in inputs.items()}
        with PREDICTING:
            found = [session.run(self.outputs, given) for session in self._sessions]
        return {name: np.mean([one[place] for one in found], axis=0) for place, name in enumerate(self.outputs)}


def checked_graph(name: str) -> bytes:
    """Return the graph of a network, after checking its hash.

    Raises
    ------
    ModelFileError
        When the network has no graph, or its file is missing or changed.
    """
    file = GRAPHS_FOLDER / f"{name}.onnx"
    expected = _hashes().get(name)
    if expected is None:
        raise ModelFileError(f"{GRAPHS_CARD} lists no graph of {name!r}")
    try:
        graph = file.read_bytes()
    except OSError as error:
        raise ModelFileError(f"{file.name} cannot be read: {error}") from error
    if (found := hashlib.sha256(graph).hexdigest()) != expected:
        raise ModelFileError(f"{file.name} has the sha256 {found}, where {GRAPHS_CARD} has {expected}")
    return graph


@cache
def _hashes() -> dict[str, str]:
    file = GRAPHS_FOLDER / GRAPHS_CARD
    try:
        return dict(json.loads(file.read_text(encoding="utf-8"))["sha256"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelFileError(f"{file.name} does not list the graphs: {error}") from error


def _session(graph: bytes, arrays: Mapping[str, np.ndarray], threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    # Spinning threads would take the cores of everything else that runs; an arena keeps memory of every size of batch.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4
    values = [onnxruntime.OrtValue.ortvalue_from_numpy(np.ascontiguousarray(one)) for one in arrays.values()]
    options.add_external_initializers(list(arrays), values)
    try:
        return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # The runtime raises types of its own, and each means that the arrays do not fit.
        raise ModelFileError(f"the weights do not fit the network's graph: {error}") from error
