"""The paper's networks have the paper's exact shape."""

import pytest

import models
from models.classes import CLASSES


def test_an_unknown_name_is_said_so_without_loading_anything():
    with pytest.raises(KeyError, match="paper_cnn"):
        models.build("resnet")


@pytest.mark.tensorflow
@pytest.mark.parametrize(("name", "parameters"), [("paper_cnn", 19_035_716), ("paper_cnn_lstm", 1_473_092)])
def test_the_networks_have_the_papers_parameters(name, parameters):
    network = models.build(name)
    assert network.count_params() == parameters
    assert network.input_shape == (None, 150, 150, 3)
    assert network.output_shape == (None, len(CLASSES))
    assert name in models.names()
