"""Words of other people's, made safe for Markdown."""

from __future__ import annotations

import re


def plain(text: str) -> str:
    """Escape Markdown, so that a file's name can bring neither a link nor a picture.

    Examples
    --------
    >>> plain("a_b.png")
    'a\\\\_b\\\\.png'
    """
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>$~:&])", r"\\\1", text)
