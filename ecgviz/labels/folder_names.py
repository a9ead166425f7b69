"""Labels from the names of the folders that reports lie in, as the public datasets are packed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.classes import CLASSES
from preprocessing.errors import EcgImageError

# "Abnormal heartbeat" holds no word "normal", and no class is a part of another's words.
_WORDS = {label: re.compile(rf"\b{re.escape(label.casefold())}\b") for label in CLASSES}


def by_folder(files: Sequence[str]) -> tuple[str | None, ...]:
    """Return the class that each file's nearest folder with the name of a class stands for; None without one.

    A folder's name may say more than the class: ``Normal Person ECG Images (284x12=3408)``.

    Parameters
    ----------
    files : sequence of str
        Paths within a folder or archive.

    Raises
    ------
    EcgImageError
        ``no_label_folders`` when no folder names a class, ``label_folder_unclear`` when one names several.
    """
    found = tuple(_nearest(file) for file in files)
    if files and not any(found):
        raise EcgImageError(
            "no_label_folders",
            f"No folder has the name of a class. Name the folders {', '.join(CLASSES[:-1])} or {CLASSES[-1]}, and "
            "upload them as one zip archive.",
        )
    return found


def _nearest(file: str) -> str | None:
    for folder in reversed(re.split(r"[\\/]", file)[:-1]):
        words = re.sub(r"[\s_-]+", " ", folder).casefold()
        named = [label for label, pattern in _WORDS.items() if pattern.search(words)]
        if len(named) > 1:
            raise EcgImageError(
                "label_folder_unclear", f"The folder '{folder}' names {' and '.join(named)}; give it the name of one."
            )
        if named:
            return named[0]
    return None
