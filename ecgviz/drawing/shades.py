"""Colours of probabilities and of differences, in charts and in the report, and the text colour on each."""

from __future__ import annotations

# Of shares from 0 to 1, and of differences from negative over zero to positive.
NONE, ALL = "#eef3f4", "#1f6f78"
LESS, EVEN, MORE = "#2f6fb5", "#f4f4f4", "#c8542b"
LIGHT_INK, DARK_INK = "#ffffff", "#000000"
# Where light and dark text have equal contrast, of at least 4.5:1; on `MORE` dark text always has more.
LIGHT_FROM, LIGHT_BELOW = 0.87, -0.93


def shade_of(share: float) -> tuple[str, str]:
    """Return the background colour of a share and the text colour on it.

    Examples
    --------
    >>> shade_of(0.0), shade_of(1.0)
    (('#eef3f4', '#000000'), ('#1f6f78', '#ffffff'))
    """
    ground = "".join(
        f"{round(low + share * (high - low)):02x}" for low, high in zip(_rgb(NONE), _rgb(ALL), strict=True)
    )
    return f"#{ground}", LIGHT_INK if share > LIGHT_FROM else DARK_INK


def _rgb(colour: str) -> bytes:
    return bytes.fromhex(colour.removeprefix("#"))
