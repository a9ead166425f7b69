"""What tests of beats share: a small stand-in for both collections of beats."""

import pytest

from tests import tiny_beats


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """The folder of the drawn recordings, with the drawn pictures of six classes in it."""
    folder = tmp_path_factory.mktemp("data")
    tiny_beats.six(folder)
    return tiny_beats.mitbih(folder)
