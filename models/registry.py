"""Every network by name: those for twelve-lead reports and those for single beats."""

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
    ('cnn', 'cnn_lstm', 'trace_cnn', 'trace_cnn_lstm')
    """
    return (*networks.names(), *beats.BEAT_NETWORKS)


def build(name: str) -> keras.Model:
    """Build an untrained network by name; a beat network for as many classes as its reported figure has.

    Raises
    ------
    KeyError
        When there is no network of that name.

    Examples
    --------
    >>> build("resnet")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    KeyError: "no network is called 'resnet'; there are cnn, cnn_lstm, ..."
    """
    if name in beats.BEAT_NETWORKS:
        return beats.build(name, beats.BEAT_NETWORKS[name].classes)
    if name not in networks.names():
        raise KeyError(f"no network is called {name!r}; there are {', '.join(names())}")
    return networks.build(name)
