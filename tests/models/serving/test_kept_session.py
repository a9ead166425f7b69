"""Loaded networks stay prepared, and networks that are being built stay whole, when Streamlit clears Keras' session."""

import threading
from pathlib import Path

import pytest

from ecgviz.sections import preload
from models.serving import network_file, paper_classifier

pytestmark = pytest.mark.tensorflow


@pytest.fixture
def clears(monkeypatch):
    """Let Streamlit clear the session, as in a process that has loaded no network; return what it runs after a page."""
    import keras
    from streamlit.runtime.scriptrunner.script_runner import _clean_problem_modules

    # An app that was tested before may still be loading in the background.
    for thread in threading.enumerate():
        if thread.name == preload.THREAD:
            thread.join()
    monkeypatch.setattr(keras.backend, "clear_session", keras.utils.clear_session)
    _clean_problem_modules()
    # The numbering has started anew: the tests below would fail if the session was cleared in them.
    assert keras.layers.Dense(1).name == "dense"
    return _clean_problem_modules


def follows(before, after):
    """Tell whether Keras' numbering went on from one layer's name to the next one's."""
    return int((after + "_0").split("_")[1]) == int((before + "_0").split("_")[1]) + 1


def test_streamlit_does_not_clear_what_a_loaded_network_needs(clears):
    import keras

    from models.serving.kept_session import keep_session

    keep_session()
    before = keras.layers.Dense(1).name
    clears()
    assert follows(before, keras.layers.Dense(1).name)


@pytest.mark.parametrize("road", ["file", "weights"])
def test_a_page_whose_run_ends_while_a_network_is_built_does_not_number_its_layers_anew(road, clears, monkeypatch):
    import keras

    names = []

    def interrupted(*arguments, **settings):
        names.append(keras.layers.Dense(1).name)
        clears()
        names.append(keras.layers.Dense(1).name)
        raise InterruptedError

    if road == "file":
        monkeypatch.setattr(keras.saving, "load_model", interrupted)
        with pytest.raises(network_file.ModelFileError):
            network_file.loaded_network(Path("trace_cnn.keras"), lambda network: None, None)
    else:
        monkeypatch.setattr(paper_classifier, "build", interrupted)
        with pytest.raises(InterruptedError):
            paper_classifier.load_paper("paper_cnn_lstm").network  # noqa: B018 - built when asked for
    assert follows(*names)
