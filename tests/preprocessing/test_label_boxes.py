"""Boxes of labelled components, against those of SciPy."""

import numpy as np
import pytest
import scipy

from preprocessing.label_boxes import label_boxes


@pytest.mark.parametrize("share", [0.0, 0.02, 0.3, 1.0])
def test_boxes_are_those_of_scipy(share):
    labels, count = scipy.ndimage.label(np.random.default_rng(3).random((40, 90)) < share)
    found = scipy.ndimage.find_objects(labels)
    expected = [[across.start, down.start, across.stop, down.stop] for down, across in found]
    assert label_boxes(labels, count).tolist() == expected
