"""The shade of a probability behind its figure, as in the app's charts."""

from __future__ import annotations

LEAST, MOST = (0xEE, 0xF3, 0xF4), (0x1F, 0x6F, 0x78)
LIGHT_INK, DARK_INK = "#ffffff", "#000000"
# Where white ink and black stand out equally; at no share less than 4.5 to 1.
TURNS = 0.87


def shade_of(share: float) -> tuple[str, str]:
    """Return the colour behind a share and the ink on it.

    Examples
    --------
    >>> shade_of(0.0), shade_of(1.0)
    (('#eef3f4', '#000000'), ('#1f6f78', '#ffffff'))
    """
    ground = "".join(f"{round(low + share * (high - low)):02x}" for low, high in zip(LEAST, MOST, strict=True))
    return f"#{ground}", LIGHT_INK if share > TURNS else DARK_INK
