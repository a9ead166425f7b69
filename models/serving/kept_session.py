"""What Keras and TensorFlow have made ready for a loaded network stays ready."""

from __future__ import annotations

import sys


def keep_session() -> None:
    """Leave Keras' session alone in this process from now on.

    Streamlit has Keras forget everything after each run of a page, whoever else is being answered at the time. The
    next answer then took two seconds, in which TensorFlow prepared its graphs again, instead of a few hundredths.
    Networks that are loaded once and never taught leave nothing behind that would need clearing; whoever teaches many
    in one process finds the way to clear under ``keras.utils`` still.
    """
    # By the name under which it is called; Keras itself is loaded by then.
    sys.modules["keras"].backend.clear_session = _nothing


def _nothing(free_memory: bool = True) -> None:
    """Do nothing."""
