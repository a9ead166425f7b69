"""What the network on beats in context consists of, as plain arrays: a few small products and trees, in NumPy alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from itertools import count, takewhile

import numpy as np
import scipy

from models.findings import Trees

Dense = tuple[np.ndarray, np.ndarray]
_TREES = "trees."


@dataclass(frozen=True, eq=False)
class ContextMember:
    """One member: its features' mean and spread, and its dense layers, the last under a softmax."""

    mean: np.ndarray
    spread: np.ndarray
    dense: tuple[Dense, ...]

    def __call__(self, features: np.ndarray) -> np.ndarray:
        """Return probabilities, shape (n, classes)."""
        x = (features - self.mean) / self.spread
        for kernel, bias in self.dense[:-1]:
            x = np.maximum(x @ kernel + bias, 0)
        kernel, bias = self.dense[-1]
        return np.asarray(scipy.special.softmax(x @ kernel + bias, axis=1))


@dataclass(frozen=True, eq=False)
class ContextNet:
    """The mean of the members' mean and of the trees, whose outputs are under a softmax too; not calibrated."""

    members: tuple[ContextMember, ...]
    trees: Trees

    def __call__(self, features: np.ndarray) -> np.ndarray:
        """Return probabilities, shape (n, classes), float32, of features, shape (n, features)."""
        dense = np.mean([member(features) for member in self.members], axis=0)
        trees = scipy.special.softmax(self.trees.logits(features), axis=1)
        return np.asarray((dense + trees) / 2, np.float32)

    @property
    def sizes(self) -> tuple[int, int]:
        """Number of features, and of classes."""
        return len(self.members[0].mean), len(self.trees.baseline)

    @property
    def arrays(self) -> dict[str, np.ndarray]:
        """Everything by name, for a file."""
        found = {f"{_TREES}{one.name}": getattr(self.trees, one.name) for one in fields(self.trees)}
        for number, member in enumerate(self.members):
            found |= {_name(number, "mean"): member.mean, _name(number, "spread"): member.spread}
            for layer, (kernel, bias) in enumerate(member.dense):
                found |= {_name(number, "kernel", layer): kernel, _name(number, "bias", layer): bias}
        return found


def context_net_of(arrays: Mapping[str, np.ndarray]) -> ContextNet:
    """Return the network of which these are the `ContextNet.arrays`.

    Raises
    ------
    KeyError
        When one is missing.
    """
    members = []
    for number in takewhile(lambda one: _name(one, "mean") in arrays, count()):
        layers = takewhile(lambda one, number=number: _name(number, "kernel", one) in arrays, count())  # type: ignore[misc]
        dense = tuple((arrays[_name(number, "kernel", one)], arrays[_name(number, "bias", one)]) for one in layers)
        members.append(ContextMember(arrays[_name(number, "mean")], arrays[_name(number, "spread")], dense))
    if not members:
        raise KeyError(_name(0, "mean"))
    return ContextNet(tuple(members), Trees(**{one.name: arrays[f"{_TREES}{one.name}"] for one in fields(Trees)}))


def _name(member: int, what: str, layer: int | None = None) -> str:
    return f"member_{member}.{what}" + ("" if layer is None else f"_{layer}")
