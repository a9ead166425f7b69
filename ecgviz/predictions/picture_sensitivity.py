"""What a prediction from pictures depends on: maps over the picture of each lead, in two dimensions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ecgviz.predictions.prediction_tables import percent
from ecgviz.predictions.sensitivity import row_names
from ecgviz.study import Study
from ecgviz.words import of_network
from models.classes import CLASSES
from models.explaining import likeness, paper_grad_cam, paper_occlusion, picture_grad_cam, picture_occlusion
from models.networks import LEAD_NAMES, PAPER_NETWORKS
from models.serving import predictor

GRAD_CAM, OCCLUSION = "grad_cam", "occlusion"
BACKGROUND = 255
# A map that correlates more with that of shuffled weights says little about what the network learned.
MUCH_ALIKE = 0.5


@dataclass(frozen=True, eq=False)
class PictureSensitivity:
    """Maps of one kind over the pictures that a network receives.

    Attributes
    ----------
    network, kind : str
    names : tuple of str
        Of the pictures that show ink.
    pictures : ndarray, shape (n, rows, columns), uint8
    maps : ndarray, shape (4, n, map rows, map columns), float32
        For each class: Grad-CAM in [0, 1], or the drop of the probability when a window is occluded.
    shuffled : ndarray, shape (4,), or None
        For Grad-CAM, the correlation with the map of the same network with shuffled weights, for each class.
    """

    network: str
    kind: str
    names: tuple[str, ...]
    pictures: np.ndarray
    maps: np.ndarray
    shuffled: np.ndarray | None

    def of_class(self, label: str) -> np.ndarray:
        """Return the maps of one class, shape (n, map rows, map columns)."""
        return np.asarray(self.maps[CLASSES.index(label)])

    @property
    def is_articles(self) -> bool:
        """Whether the network is one of the article's, which see each lead alone."""
        return self.network in PAPER_NETWORKS


def picture_sensitivity_of(study: Study, network: str, kind: str) -> PictureSensitivity:
    """Compute the maps of one network over pictures.

    Parameters
    ----------
    study : Study
    network : str
        One of `live.picture_networks`.
    kind : str
        ``grad_cam`` or ``occlusion``.
    """
    classifier = predictor.networks().by_name[network]
    articles = network in PAPER_NETWORKS
    given = study.pictures.squares if articles else study.pictures.scaled
    shuffled = None
    if kind == GRAD_CAM:
        grad_cam = paper_grad_cam if articles else picture_grad_cam
        maps = grad_cam(classifier, given)
        shuffled = likeness(maps, grad_cam(classifier, given, shuffled=True))
    else:
        maps = (paper_occlusion if articles else picture_occlusion)(classifier, given)
    names = [of_network(name) for name in LEAD_NAMES] if articles else row_names()
    inked = [place for place, picture in enumerate(given) if (picture < BACKGROUND).any()]
    return PictureSensitivity(
        network, kind, tuple(names[place] for place in inked), given[inked], maps[:, inked], shuffled
    )


def map_table(found: PictureSensitivity) -> pd.DataFrame:
    """Return the maps as ``class, picture, row, column, value``; rows and columns are those of the map, from 0."""
    classes, pictures, rows, columns = np.indices(found.maps.shape).reshape(4, -1)
    return pd.DataFrame(
        {
            "class": np.array(CLASSES)[classes],
            "picture": np.array(found.names)[pictures],
            "row": rows,
            "column": columns,
            "value": found.maps.ravel().astype(float).round(4),
        }
    )


def strongest(found: PictureSensitivity, label: str) -> str:
    """Return in one sentence where the map of a class is strongest."""
    maps = found.of_class(label)
    if not maps.size or not maps.max() > 0:
        return f"No place speaks for {label} in this map."
    picture, row, column = np.unravel_index(int(maps.argmax()), maps.shape)
    across, down = (column + 0.5) / maps.shape[2], (row + 0.5) / maps.shape[1]
    place = f"{found.names[picture]}, {percent(across)} of its width from the left, {percent(down)} from the top"
    if found.kind == GRAD_CAM:
        return f"Strongest for {label} in {place}."
    drop = f"{100 * maps.max():.1f}"
    return f"Occluding a window in {place} lowers the probability of {label} most: by {drop} percentage points."


def randomisation(found: PictureSensitivity, label: str) -> str | None:
    """Return in one sentence whether a Grad-CAM map depends on what the network learned; None for other maps."""
    if found.shuffled is None:
        return None
    value = float(found.shuffled[CLASSES.index(label)])
    shown = f"{value:.2f}".replace("-", "\N{MINUS SIGN}")
    if value < MUCH_ALIKE:
        return f"Randomisation check passed: with shuffled weights the map is another one (correlation {shown})."
    return (
        f"Randomisation check failed: with shuffled weights the map is much the same (correlation {shown}). It shows "
        "where ink is rather than what the network learned."
    )
