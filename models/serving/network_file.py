"""Loading a network's file without running code, checking its shapes, and loading it once per process."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cache, wraps
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Generic, ParamSpec, TypeVar, cast

from models.serving.cards import ModelFileError
from models.serving.kept_session import keep_session

if TYPE_CHECKING:
    import keras

Arguments = ParamSpec("Arguments")
Loaded = TypeVar("Loaded")


class Later(Generic[Loaded]):
    """A value that is made when it is first asked for, once, by whichever thread asks.

    Examples
    --------
    >>> network = Later(lambda: print("loading") or object())
    >>> network() is network()
    loading
    True
    """

    def __init__(self, make: Callable[[], Loaded]) -> None:
        self._make, self._making = make, Lock()
        self._made: list[Loaded] = []

    def __call__(self) -> Loaded:
        """Return the value."""
        with self._making:
            if not self._made:
                self._made.append(self._make())
        return self._made[0]


# Held by every network of the process while it predicts: two at once would only take each other's cores.
PREDICTING = Lock()


def loaded_network(file: Path, shapes_of: Callable[[keras.Model], Any], needed: Any) -> keras.Model:
    """Load a .keras file whose card and hash were checked.

    Parameters
    ----------
    file : Path
    shapes_of : callable
        From a network to its shapes, to be compared with `needed`.
    needed
        The shapes according to the card.

    Raises
    ------
    ModelFileError
        When the file holds code, is no Keras file, or holds a network of other shapes.
    """
    import keras

    # Before the first layer is made: a page's run that ends while it is loaded would number its layers anew.
    keep_session()
    try:
        network = keras.saving.load_model(file, compile=False, safe_mode=True)
        shapes = shapes_of(network)
    except Exception as error:  # Keras raises many types, and each means that the file cannot be used.
        raise ModelFileError(f"{file.name} could not be loaded by Keras {keras.__version__}: {error}") from error
    if shapes != needed:
        raise ModelFileError(f"{file.name} has the shapes {shapes}, where its card has {needed}")
    return network


def once_per_process(load: Callable[Arguments, Loaded]) -> Callable[Arguments, Loaded]:
    """Cache a loader by its arguments, and let concurrent first calls load once.

    Examples
    --------
    >>> @once_per_process
    ... def network(name: str) -> object:
    ...     print("loading", name)
    ...     return object()
    >>> network("cnn") is network("cnn")
    loading cnn
    True
    """
    loading = Lock()
    cached = cache(load)

    @wraps(load)
    def once(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Loaded:
        with loading:
            return cached(*cast(tuple[Hashable, ...], args), **cast(dict[str, Hashable], kwargs))

    return once
