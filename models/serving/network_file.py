"""A network's file becomes a network that may be asked: loaded without code, and of the shapes that its card tells."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.serving.cards import ModelFileError
from models.serving.kept_session import keep_session

if TYPE_CHECKING:
    import keras


def loaded_network(file: Path, shapes_of: Callable[[keras.Model], Any], needed: Any) -> keras.Model:
    """Load a .keras file, after its card and its hash were checked.

    Parameters
    ----------
    file : Path
    shapes_of : callable
        From a network to its shapes, to be held against `needed`.
    needed
        The shapes as the card tells them.

    Raises
    ------
    ModelFileError
        When the file holds code, nothing that Keras can load, or a network of other shapes.
    """
    import keras

    try:
        network = keras.saving.load_model(file, compile=False, safe_mode=True)
        shapes = shapes_of(network)
    except Exception as error:  # Keras raises many kinds, and each means that the file is not to be used.
        raise ModelFileError(f"{file.name} could not be loaded by Keras {keras.__version__}: {error}") from error
    if shapes != needed:
        raise ModelFileError(f"{file.name} has the shapes {shapes}, where its card says {needed}")
    keep_session()
    return network
