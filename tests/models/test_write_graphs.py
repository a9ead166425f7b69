"""The graphs that ship are those of the layers in the code."""

import pytest

from models import write_graphs
from models.networks import OWN_NETWORKS, PAPER_NETWORKS, registry, write_graph
from models.serving import BACKBONE, GRAPHS_FOLDER

pytestmark = pytest.mark.tensorflow


@pytest.mark.parametrize("name", [BACKBONE, *OWN_NETWORKS, *PAPER_NETWORKS])
def test_a_graph_is_what_the_command_writes(name):
    written = (
        write_graphs.backbone_graph()
        if name == BACKBONE
        else write_graphs.own_graph(name)
        if name in OWN_NETWORKS
        else write_graphs.paper_graph(name)
    )
    assert written == (GRAPHS_FOLDER / f"{name}.onnx").read_bytes()


def test_a_layer_that_cannot_be_written_is_named():
    import keras

    known = registry.build("paper_cnn_lstm")
    odd = keras.Model(known.input, keras.layers.GaussianNoise(0.1)(known.layers[1].output))
    with pytest.raises(KeyError, match="GaussianNoise"):
        write_graph({"x": odd.output}, odd, {id(one): str(at) for at, one in enumerate(odd.weights)})
