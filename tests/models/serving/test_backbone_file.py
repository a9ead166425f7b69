"""The backbone's features: those of new pictures alone are computed, and what was seen before changes none."""

import numpy as np
import pytest

from models.networks import PICTURES_SHAPE
from models.serving.backbone_file import KEPT_REPORTS, Backbone, backbone_weights


@pytest.fixture(scope="module")
def weights():
    return backbone_weights()


def pictures(seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return np.where(rng.random((1, *PICTURES_SHAPE)) < 0.05, 0, 255).astype(np.uint8)


def test_of_a_report_without_a_lead_only_its_picture_is_run_again(weights, monkeypatch):
    backbone, run = Backbone(weights), []
    whole = pictures(0)
    fewer = whole.copy()
    fewer[0, 3] = 255
    outputs = backbone.outputs
    monkeypatch.setattr(backbone, "outputs", lambda given: run.append(len(given)) or outputs(given))
    first = backbone(whole)
    assert backbone(whole) is first
    second = backbone(fewer)
    assert run == [PICTURES_SHAPE[0], 1]
    monkeypatch.undo()
    for name, anew in Backbone(weights)(fewer).parts().items():
        np.testing.assert_allclose(second.parts()[name], anew, rtol=1e-4, atol=1e-5)


def test_another_report_is_run_whole(weights):
    backbone = Backbone(weights)
    backbone(pictures(0))
    for name, anew in Backbone(weights)(pictures(1)).parts().items():
        np.testing.assert_allclose(backbone(pictures(1)).parts()[name], anew, rtol=1e-4, atol=1e-5)


def test_features_are_kept_while_other_sessions_take_their_turns(weights):
    backbone = Backbone(weights)
    first = backbone(pictures(0))
    for seed in range(1, KEPT_REPORTS):
        backbone(pictures(seed))
    assert backbone(pictures(0)) is first
    backbone(pictures(KEPT_REPORTS))
    assert backbone(pictures(0)) is not first
