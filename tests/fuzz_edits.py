"""Damage to files: what sizes, counts and offsets become where bytes are lost, doubled or overwritten."""

from __future__ import annotations

import random
from collections.abc import Sequence

KINDS = ("bits", "number", "cut", "repeat", "end")
# What sizes, counts and offsets are set to.
NUMBERS = (0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)
MOST_EDITS = 6
# Half of the changes hit the first bytes, the header.
HEADER = 0.05

Edit = tuple[str, float, int]


def edited(data: bytes, changes: Sequence[Edit]) -> bytes:
    """Return a file with changes: of each its kind, its place as a share of the length, and a number."""
    made = bytearray(data)
    for kind, share, number in changes:
        at = int(share * len(made))
        if kind == "bits" and at < len(made):
            made[at] ^= 1 + number % 255
        elif kind == "number":
            size = (1, 2, 4)[number % 3]
            made[at : at + size] = (number % 256**size).to_bytes(size, "little" if number % 2 else "big")
        elif kind == "cut":
            del made[at : at + 1 + number % 64]
        elif kind == "repeat":
            made[at:at] = made[at : at + 1 + number % 4096]
        elif kind == "end":
            del made[at:]
    return bytes(made)


def random_edits(rng: random.Random, most: int = MOST_EDITS) -> list[Edit]:
    """Return one to `most` changes."""
    return [
        (
            rng.choice(KINDS),
            rng.uniform(0, HEADER if rng.random() < 0.5 else 1),
            rng.choice(NUMBERS) if rng.random() < 0.5 else rng.getrandbits(32),
        )
        for _ in range(rng.randint(1, most))
    ]
