"""A trained network's card: what the network is, what it was trained on, and the hash of its weights."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, get_origin, get_type_hints

from models.classes import CLASSES
from models.networks import PAPER_NETWORKS

# Networks whose files hold arrays alone: the article's, ours on beats in context, and the findings head.
_PLAIN_NETWORKS = (*PAPER_NETWORKS, "beat_context")
_ARRAYS = (*_PLAIN_NETWORKS, "findings")
WEIGHTS_FOLDER = Path(__file__).resolve().parents[1] / "weights"


class ModelFileError(RuntimeError):
    """A network's weights or card are missing or invalid; the message names what is wrong."""


@dataclass(frozen=True)
class NetworkCard:
    """What the card of every trained network holds, over reports or over beats."""

    name: str
    sha256: str  # of the weights file, hexadecimal
    keras: str  # version that wrote the file
    data: str
    split: str
    seed: int
    input: tuple[int, ...]  # shape of one report or picture
    classes: tuple[str, ...]
    figures: dict[str, Any]  # each with its n and its interval
    limits: tuple[str, ...]


@dataclass(frozen=True)
class Card(NetworkCard):
    """The card of a network over reports."""

    temperature: float  # divides the logits before the softmax
    abstain_below: float  # abstention threshold: lowest confidence with which the network predicts
    distance_limit: float  # a report farther away is out of distribution


AnyCard = TypeVar("AnyCard", bound=NetworkCard)


def shipped(folder: Path = WEIGHTS_FOLDER) -> tuple[str, ...]:
    """Return the trained networks that have both weights and a card; neither is opened."""
    names = {file.stem for file in folder.glob("*.keras")} | set(_PLAIN_NETWORKS)
    files = {name: weights_file(name, folder) for name in names}
    return tuple(sorted(name for name, file in files.items() if file.is_file() and file.with_suffix(".json").is_file()))


@cache
def weight_hashes(folder: Path = WEIGHTS_FOLDER) -> dict[str, str | None]:
    """Return the hash of each weights file that has a card, by name; None where the card is of another file or damaged.

    Networks, the backbone, the linear head and the findings: everything that a prediction rests on.
    """
    hashes: dict[str, str | None] = {}
    for file in sorted([*folder.glob("*.keras"), *folder.glob("*.npz")]):
        card = file.with_suffix(".json")
        if card.is_file():
            with file.open("rb") as stream:
                found = hashlib.file_digest(stream, "sha256").hexdigest()
            with suppress(ValueError):
                stated = json.loads(card.read_text(encoding="utf-8"))
                hashes[file.stem] = found if isinstance(stated, dict) and stated.get("sha256") == found else None
            hashes.setdefault(file.stem, None)
    return hashes


def weights_file(name: str, folder: Path = WEIGHTS_FOLDER) -> Path:
    """Return the weights file of a network: arrays alone for some, otherwise Keras' own format."""
    return folder / f"{name}.{'npz' if name in _ARRAYS else 'keras'}"


def checked_file(name: str, folder: Path = WEIGHTS_FOLDER) -> tuple[Path, Card]:
    """Return the weights file and the card of a network over reports, both checked.

    Raises
    ------
    ModelFileError
        When either is missing, when the card is incomplete or another network's, or the hash does not match.
    """
    file, card = checked_card(name, folder, Card)
    if card.classes != CLASSES:
        raise ModelFileError(f"{file.stem}.json has the classes {card.classes}, where {CLASSES} are needed")
    return file, card


def checked_card(name: str, folder: Path, form: type[AnyCard]) -> tuple[Path, AnyCard]:
    """Return a weights file and its card of some form, both checked.

    Parameters
    ----------
    form : type
        `NetworkCard` or a dataclass derived from it; its fields are the keys that the JSON must have.

    Raises
    ------
    ModelFileError
        As `checked_file` raises it.
    """
    if not name or Path(name).name != name:
        raise ModelFileError(f"{name!r} is not the name of a network")
    file, card_file = weights_file(name, folder), folder / f"{name}.json"
    if not file.is_file():
        raise ModelFileError(f"there is no weights file {file.name} in {folder}")
    if not card_file.is_file():
        raise ModelFileError(f"{file.name} has no card {card_file.name} beside it")
    card = _read(card_file, form)
    if card.name != name:
        raise ModelFileError(f"{card_file.name} is the card of {card.name!r}, not of {name!r}")
    with file.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != card.sha256:
        raise ModelFileError(f"{file.name} has the sha256 {found}, where its card has {card.sha256}")
    return file, card


def _read(card_file: Path, form: type[AnyCard]) -> AnyCard:
    try:
        values = json.loads(card_file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ModelFileError(f"{card_file.name} is not JSON: {error}") from error
    if not isinstance(values, dict):
        raise ModelFileError(f"{card_file.name} must hold one JSON object")
    kinds = _json_types(form)
    if missing := [key for key in kinds if key not in values]:
        raise ModelFileError(f"{card_file.name} lacks {', '.join(missing)}")
    for key, kind in kinds.items():
        if type(values[key]) is not kind:
            raise ModelFileError(f"{card_file.name} must give {key} as {kind.__name__}, not {values[key]!r}")
    contents: dict[str, Any] = {key: tuple(values[key]) if kind is list else values[key] for key, kind in kinds.items()}
    return form(**contents)


def _json_types(form: type[NetworkCard]) -> dict[str, type]:
    """Return the type that each key has in JSON: tuples are lists there."""
    hints = get_type_hints(form)
    kinds = {field.name: get_origin(hints[field.name]) or hints[field.name] for field in fields(form)}
    return {key: list if kind is tuple else kind for key, kind in kinds.items()}
