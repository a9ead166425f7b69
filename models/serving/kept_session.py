"""Keeps what Keras and TensorFlow have prepared for a loaded network."""

from __future__ import annotations


def keep_session() -> None:
    """Turn Keras' ``backend.clear_session`` off in this process.

    Streamlit clears Keras' session after each run of a page, while other sessions predict. The next prediction then
    took two seconds, in which TensorFlow prepared its graphs again, instead of a few hundredths. A network that was
    just being built in another thread got two layers of one name, and could not be built. Networks that are
    loaded once and never trained leave nothing to clear; training code can call ``keras.utils.clear_session``.
    """
    import keras

    # Under the name by which Streamlit calls it.
    keras.backend.clear_session = _do_nothing


def _do_nothing(free_memory: bool = True) -> None:
    """Do nothing."""
