"""Loaded networks stay prepared when Streamlit clears Keras' session."""

import pytest


@pytest.mark.tensorflow
def test_streamlit_does_not_clear_what_a_loaded_network_needs():
    import keras
    from streamlit.runtime.scriptrunner.script_runner import _clean_problem_modules

    from models.serving.kept_session import keep_session

    clear = keras.backend.clear_session
    try:
        keep_session()
        before = keras.layers.Dense(1).name
        _clean_problem_modules()
        # After a clear, Keras would number its layers from the start.
        assert int(keras.layers.Dense(1).name.rsplit("_", 1)[1]) == int((before + "_0").split("_")[1]) + 1
    finally:
        keras.backend.clear_session = clear
