"""Foreign text, escaped for Markdown."""

from __future__ import annotations

import re


def plain(text: str) -> str:
    """Escape Markdown: a file's name must not become a link or an image.

    Examples
    --------
    >>> plain("a_b.png")
    'a\\\\_b\\\\.png'
    """
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>$~:&])", r"\\\1", text)
