"""Weights of the networks that read print, as a file that NumPy reads without Keras, and their cards."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from preprocessing.lettering import BLOCK_CHARACTERS, CHARACTERS, PRINTED_LEADS
from preprocessing.weights_file import WeightsCard

if TYPE_CHECKING:
    import keras

_FONTS = "fonts of the packages fonts-dejavu and fonts-liberation, a plotter's strokes, coarse dots"


@dataclass(frozen=True)
class About:
    """What a card holds that is the same for every training run of a network."""

    network: str
    outputs: tuple[str, ...]
    data: str
    split: str
    limits: tuple[str, ...]


LETTERS = About(
    network=(
        "Reader: Conv2D 16, 32, 40 (3x3), two MaxPooling2D, Dense 64, softmax. Prefilter (glance_0 and glance_1), on "
        "the window at half its resolution: Dense 48, 1 logit."
    ),
    outputs=("no name", *PRINTED_LEADS),
    data=(
        f"Windows drawn by models.lettering.letter_scenes: {_FONTS}; traces, dividers, grids, other words, light, "
        "blur, noise and JPEG around them. In a second round also windows of drawn pages without names that the first "
        "round's networks scored highest (hard negatives). No report is used."
    ),
    split="Trained on drawn windows; validated on 6,000 windows drawn with the next random seed.",
    limits=(
        "Latin letters as recorders print them; names written by hand are not read.",
        "An I looks like any upright stroke: one is kept only where a column or row of names has its place.",
        "Names that touch a trace are found less often than free-standing ones.",
        "Upright pages only; a page upside down shows hardly any name, by which it is recognised.",
    ),
)
LINES = About(
    network=(
        "Conv2D 12, 24, 32 (3x3), two MaxPooling2D, Conv1D 64 (5) and one logit a code, trained with connectionist "
        "temporal classification; greedy decoding."
    ),
    outputs=("blank", *CHARACTERS),
    data=f"Lines drawn by models.lettering.line_scenes: {_FONTS}; speeds, gains, usual words, numbers, random letters.",
    split="Trained on drawn lines; the last 3 % of them are the validation set.",
    limits=(
        "Reads digits and the letters of mm/s and mm/mV; any other character is decoded as '?'.",
        "A setting is read only where its line names its unit; speeds and gains that no recorder offers are dropped.",
    ),
)

BLOCK = About(
    network=LINES.network,
    outputs=("blank", *BLOCK_CHARACTERS),
    data=f"Lines drawn by models.lettering.block_scenes: {_FONTS}; measurements, settings, words, numbers, letters.",
    split="Trained on drawn lines; the last 3 % of them are the validation set.",
    limits=(
        "Latin letters without case; 1, I and l are one character, 0 and O another; other signs but ./-: are '?'.",
        "Reads the names and units of measurements; free text, such as statements, is read with errors.",
        "Speed and gain are read less well than by the reader of settings, from which it was trained.",
    ),
)


def save(
    path: Path,
    networks: tuple[keras.Model, ...],
    about: About,
    seed: int,
    training: dict[str, Any],
    figures: dict[str, Any],
) -> None:
    """Write networks' weights in half precision and the card that goes with them.

    The weights of a layer ``name_0`` are called ``name_kernel_0`` and ``name_bias_0``. ``tests/benchmarks/lettering.py
    --cards`` adds figures on held-out pages to the card.
    """
    import keras

    found: dict[str, Any] = {}
    for network in networks:
        for layer in network.layers:
            for kind, values in zip(("kernel", "bias"), layer.get_weights(), strict=False):
                stem, nth = layer.name.rsplit("_", 1)
                found[f"{stem}_{kind}_{nth}"] = values.astype(np.float16)
    np.savez_compressed(path, **found)
    rows_columns = tuple(int(size) for size in networks[0].input_shape[1:3])
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    card = WeightsCard(
        path.stem,
        digest,
        keras=keras.__version__,
        input=rows_columns,
        seed=seed,
        training=training,
        figures=figures,
        **asdict(about),
    )
    write_card(path, card)


def write_card(path: Path, card: WeightsCard) -> None:
    """Write a card beside its weights file."""
    path.with_suffix(".json").write_text(
        json.dumps(asdict(card), indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
    )
