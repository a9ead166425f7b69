"""Every network by name: those over twelve leads and those over single beats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models import beats, networks

if TYPE_CHECKING:
    import keras


def names() -> tuple[str, ...]:
    """Return the networks that can be built; `shipped` names those over twelve leads with trained weights.

    Examples
    --------
    >>> names()[:4]
    ('cnn', 'cnn_lstm', 'paper_cnn', 'paper_cnn_lstm')
    """
    return (*networks.names(), *beats.NETWORKS)


def build(name: str) -> keras.Model:
    """Build an untrained network by name; a network over beats for as many classes as its authors claim a figure for.

    Raises
    ------
    KeyError
        When there is no network of that name.
    """
    if name in beats.NETWORKS:
        return beats.build(name, beats.NETWORKS[name].classes)
    if name not in networks.names():
        raise KeyError(f"no network is called {name!r}; there are {', '.join(names())}")
    return networks.build(name)
