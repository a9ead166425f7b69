"""A picture of one beat predicted without the page."""

import io

import numpy as np
import pytest
from PIL import Image

from ecgviz.beat_lab import picture_networks, read_beat
from ecgviz.beat_lab.beat import SIX_TASK, simulated_beat
from models.beats import SIX_CLASSES


def png(picture):
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "PNG")
    return file.getvalue()


def test_our_network_is_the_first_of_those_that_ship():
    assert picture_networks()[0] == "beat_net"
    assert len(picture_networks()) == len(set(picture_networks())) > 1


@pytest.mark.tensorflow
def test_a_picture_of_a_beat_has_a_class_and_probabilities():
    beat = simulated_beat("normal-sinus", 2)
    found = read_beat(png(beat.picture(SIX_TASK)), "beat_net")
    assert (found["status"], found["network"], found["schema"]) == ("read", "beat_net", "ecgviz.beat/1")
    assert list(found["probabilities"]) == list(SIX_CLASSES)
    assert sum(found["probabilities"].values()) == pytest.approx(1, abs=1e-4)
    assert found["label"] == max(found["probabilities"], key=found["probabilities"].get)


@pytest.mark.parametrize(
    ("data", "code"), [(b"no picture", "unsupported_format"), (png(np.zeros((90, 120), np.uint8)), "not_a_beat")]
)
def test_what_shows_no_beat_is_refused(data, code):
    found = read_beat(data, "beat_net")
    assert found["status"] == "refused"
    assert found["refusal"]["code"] == code
    assert "probabilities" not in found
