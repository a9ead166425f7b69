"""A trained network's card: what it is, what it was trained on, and the hash that its file must have."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, ClassVar, Protocol, TypeVar

from models.classes import CLASSES

WEIGHTS_FOLDER = Path(__file__).resolve().parents[1] / "weights"


class ModelFileError(RuntimeError):
    """A network's file or its card is missing or not what it should be; the message names what is wrong."""


@dataclass(frozen=True)
class Card:
    """What must be known of a trained network before it is asked anything."""

    name: str
    sha256: str  # of the .keras file, in hexadecimal digits
    keras: str  # the version that wrote the file
    data: str
    split: str
    seed: int
    input: tuple[int, ...]  # rows, samples and channels of one report
    classes: tuple[str, ...]
    temperature: float  # scores are divided by it before they are taken for probabilities
    abstain_below: float  # a report whose likeliest class is less likely is not answered
    distance_limit: float  # a report whose features lie farther off is unlike those taught on
    figures: dict[str, Any]  # each with its n and its interval
    limits: tuple[str, ...]


class _OfWeights(Protocol):
    """What every card tells: whose it is, and the hash of the weights beside it."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def name(self) -> str: ...

    @property
    def sha256(self) -> str: ...


AnyCard = TypeVar("AnyCard", bound=_OfWeights)

# What each key of the JSON must hold.
_KINDS: dict[str, type] = {
    "seed": int,
    "input": list,
    "classes": list,
    "temperature": float,
    "abstain_below": float,
    "distance_limit": float,
    "figures": dict,
    "limits": list,
}


def shipped(folder: Path = WEIGHTS_FOLDER) -> tuple[str, ...]:
    """Return the trained networks that have both a file and a card; neither is opened."""
    return tuple(sorted(file.stem for file in folder.glob("*.keras") if file.with_suffix(".json").is_file()))


def checked_file(name: str, folder: Path = WEIGHTS_FOLDER) -> tuple[Path, Card]:
    """Return a network's file and its card, when both are there and the file has the card's hash.

    Raises
    ------
    ModelFileError
        When there is no file or no card, when the card is incomplete or another network's, or the hash is wrong.
    """
    file, card = checked_card(name, folder, Card, _KINDS)
    if card.classes != CLASSES:
        raise ModelFileError(f"{file.stem}.json has the classes {card.classes}, where {CLASSES} are needed")
    return file, card


def checked_card(name: str, folder: Path, form: type[AnyCard], kinds: dict[str, type]) -> tuple[Path, AnyCard]:
    """Return a file of weights and its card in some form, when both are there and the file has the card's hash.

    Parameters
    ----------
    form : type
        A dataclass with at least ``name`` and ``sha256``.
    kinds : dict
        What each key of the JSON must hold; those that are not named hold words.

    Raises
    ------
    ModelFileError
        As `checked_file` raises it.
    """
    if not name or Path(name).name != name:
        raise ModelFileError(f"{name!r} is not the name of a network")
    file, card_file = folder / f"{name}.keras", folder / f"{name}.json"
    if not file.is_file():
        raise ModelFileError(f"there is no weights file {file.name} in {folder}")
    if not card_file.is_file():
        raise ModelFileError(f"{file.name} has no card {card_file.name} beside it")
    card = _read(card_file, form, kinds)
    if card.name != name:
        raise ModelFileError(f"{card_file.name} is the card of {card.name!r}, not of {name!r}")
    with file.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != card.sha256:
        raise ModelFileError(f"{file.name} has the sha256 {found}, where its card says {card.sha256}")
    return file, card


def _read(card_file: Path, form: type[AnyCard], kinds: dict[str, type]) -> AnyCard:
    try:
        values = json.loads(card_file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ModelFileError(f"{card_file.name} is not JSON: {error}") from error
    if not isinstance(values, dict):
        raise ModelFileError(f"{card_file.name} must hold one JSON object")
    keys = [field.name for field in fields(form)]
    if missing := [key for key in keys if key not in values]:
        raise ModelFileError(f"{card_file.name} says nothing of {', '.join(missing)}")
    for key in keys:
        kind = kinds.get(key, str)
        if type(values[key]) is not kind:
            raise ModelFileError(f"{card_file.name} must give {key} as {kind.__name__}, not {values[key]!r}")
    lists = {key: tuple(values[key]) for key, kind in kinds.items() if kind is list}
    return form(**{key: values[key] for key in keys} | lists)
