"""The page as paper: its pixels, how many of them make a millimetre, and how it was found in the picture."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from preprocessing.budget import limited
from preprocessing.errors import EcgImageError, Notice
from preprocessing.page.config import PAGE, PLAIN_PAPER, SEGMENTATION
from preprocessing.page.coordinates import UPRIGHT, Flattening, Turn
from preprocessing.page.flattening import find_flattening, flattened
from preprocessing.page.grid import Grid
from preprocessing.page.light import lit_evenly
from preprocessing.page.plain_paper import turn_of_rows_deg, turned_upright
from preprocessing.page.segmentation import PixelMaps, segment
from preprocessing.page.upright_grid import measured_grid
from preprocessing.recorder_settings import USUAL_GAIN_MM_MV, USUAL_SPEED_MM_S

# ITU-R BT.709 luma, the weights of skimage.color.rgb2gray. That function takes three times as long and eight bytes a
# pixel, because it converts bytes to float64 first.
GRAY_WEIGHTS = (0.2125, 0.7154, 0.0721)


@dataclass(frozen=True)
class Page:
    """An upright, flat page.

    Attributes
    ----------
    rgb : ndarray, shape (rows, columns, 3), uint8
        The pixels that every later step reads. `is_as_decoded` tells whether they are those of the decoded picture;
        if not, the page was laid flat (`flattening`), turned (`turn`) or lit evenly (`is_lit_evenly`).
    px_per_mm_x, px_per_mm_y : float
        Pixels in a millimetre of paper along each axis.
    scale_from : str
        ``grid`` when measured there, ``columns`` when taken from the length of the leads' columns, ``assumed``
        when nothing shows it.
    speed_mm_s, gain_mm_mv : float
        Paper speed and gain. `speed_from` is ``columns`` when the columns of a page of ten seconds have the
        length that goes with it, `gain_from` is ``pulse`` when the calibration pulse has the height that goes
        with it; either is ``print`` when it was read, else ``assumed``.
    rotation_deg : float
        By how much the page is turned in the picture, clockwise.
    flattening : Flattening or None
        How the page was laid flat; None where the picture itself is the page.
    turn : Turn
        How it was turned after that.
    is_lit_evenly : bool
        Whether the light was divided out of `rgb`; False where the paper was bright and even already.
    grid_strength : float or None
        Height of the grid's spectral lines above the spectrum around them, along the weaker axis; 1 is nothing. None
        where the scale is not the grid's.
    notices : tuple of Notice
    """

    rgb: np.ndarray
    px_per_mm_x: float
    px_per_mm_y: float
    scale_from: str
    speed_mm_s: float = USUAL_SPEED_MM_S
    gain_mm_mv: float = USUAL_GAIN_MM_MV
    speed_from: str = "assumed"
    gain_from: str = "assumed"
    rotation_deg: float = 0.0
    flattening: Flattening | None = None
    turn: Turn = UPRIGHT
    is_lit_evenly: bool = False
    grid_strength: float | None = None
    notices: tuple[Notice, ...] = ()

    @property
    def is_as_decoded(self) -> bool:
        """Whether `rgb` holds the decoded picture's own pixels: not laid flat, not turned, not lit evenly."""
        return self.flattening is None and self.turn == UPRIGHT and not self.is_lit_evenly

    def to_picture(self, points_px: np.ndarray) -> np.ndarray:
        """Map pixels of the page to pixels of the picture, both (n, 2) of x, y."""
        points_px = self.turn.undone(points_px, self.rgb.shape[:2])
        return points_px if self.flattening is None else self.flattening.to_picture(points_px)

    def to_page(self, points_px: np.ndarray) -> np.ndarray:
        """Map pixels of the picture to pixels of the page, both (n, 2) of x, y."""
        flat_px = points_px if self.flattening is None else self.flattening.to_page(points_px)
        return self.turn.redone(flat_px, self.rgb.shape[:2])

    @cached_property
    def maps(self) -> PixelMaps:
        """What the page's pixels are. Taken before its light was evened out: the network was trained on such pages."""
        return segment(self.rgb, self.px_per_mm_x, self.px_per_mm_y)

    def with_facts(self, **facts: object) -> Page:
        """Return the page with facts other than pixels changed. What was computed from its pixels is kept."""
        page = replace(self, **facts)  # type: ignore[arg-type]  # the dataclass checks the names
        if "maps" in self.__dict__:
            page.__dict__["maps"] = self.maps
        return page

    def as_decoded(self, rgb: np.ndarray) -> Page:
        """Return the page with the decoded picture's pixels: neither laid flat, turned nor lit evenly."""
        return replace(self, rgb=rgb, rotation_deg=0.0, flattening=None, turn=UPRIGHT, is_lit_evenly=False)

    @property
    def gray(self) -> np.ndarray:
        """The page in grey, shape (rows, columns), float32 in [0, 1]."""
        return grayscale(self.rgb)


def grayscale(rgb: np.ndarray) -> np.ndarray:
    """Weight red, green and blue into one grey value a pixel.

    Parameters
    ----------
    rgb : ndarray, shape (rows, columns, 3), uint8

    Returns
    -------
    ndarray, shape (rows, columns), float32 in [0, 1]

    Examples
    --------
    >>> grayscale(np.array([[[255, 255, 255], [0, 0, 0]]], np.uint8)).tolist()
    [[1.0, 0.0]]
    """
    red, green, blue = (np.float32(weight / 255) for weight in GRAY_WEIGHTS)
    gray = rgb[..., 0] * red
    gray += rgb[..., 1] * green
    gray += rgb[..., 2] * blue
    return np.minimum(gray, np.float32(1.0), out=gray)


@limited()
def find_page(rgb: np.ndarray) -> Page:
    """Find the sheet of paper in a picture, lay it flat where needed, and measure its scale.

    Parameters
    ----------
    rgb : ndarray, shape (rows, columns, 3), uint8

    Raises
    ------
    EcgImageError
        ``too_small`` when so few pixels cannot show twelve leads, ``not_12_lead`` for the shape of a strip.
    """
    _check_size(*rgb.shape[:2])
    guessed = _guessed_scale(rgb)
    maps, grid, stray_mm = _grid_seen(rgb, guessed, guessed)
    off = max(grid.px_per_mm_x / guessed, guessed / grid.px_per_mm_x)
    if grid.found and off > SEGMENTATION.guess_off:
        # Maps of another scale do not show traces well, but they show how the page lies.
        if stray_mm > PAGE.askew_mm and off < SEGMENTATION.grid_off:
            page = _laid_flat(rgb, maps, guessed / grid.px_per_mm_x)
            if page is not None:
                return page
        scale = grid.px_per_mm_x, grid.px_per_mm_y
        maps, grid, stray_mm = _grid_seen(rgb, *scale, SEGMENTATION.guess_off)
    if stray_mm < PAGE.flat_mm:
        return _page(lit_evenly(rgb), rgb, grid, maps)
    page = _laid_flat(rgb, maps) if maps.show_a_page else None
    if page is not None:
        return page
    if np.isfinite(stray_mm):
        page = _page(lit_evenly(rgb), rgb, grid, maps)
        return page.with_facts(notices=(_ASKEW,)) if stray_mm > PAGE.askew_mm else page
    # A comb that cannot be followed over the page may be that of the rows of trace, or of a regular heart rhythm.
    return _plain(rgb, maps)


def _plain(rgb: np.ndarray, maps: PixelMaps) -> Page:
    """Return a page without a grid, turned upright by its rows; its scale is guessed."""
    assumed, flattening = _guessed_scale(rgb), None
    turn_deg = turn_of_rows_deg(maps) if maps.show_a_page else None
    if turn_deg is not None and abs(turn_deg) >= PLAIN_PAPER.turn_min_deg:
        flattening = turned_upright(turn_deg, rgb.shape[:2], assumed)
        rgb = flattened(rgb, flattening)
        maps = segment(rgb, assumed, assumed)
    even = lit_evenly(rgb) if maps.show_a_page else rgb
    page = Page(even, assumed, assumed, "assumed", is_lit_evenly=even is not rgb, flattening=flattening)
    page.__dict__["maps"] = maps
    return page.with_facts(rotation_deg=flattening.turn_deg) if flattening else page


def _guessed_scale(rgb: np.ndarray) -> float:
    return float(max(rgb.shape[:2]) / SEGMENTATION.guessed_mm)


def _grid_seen(
    rgb: np.ndarray, px_per_mm_x: float, px_per_mm_y: float, slack: float = np.inf
) -> tuple[PixelMaps, Grid, float]:
    maps = segment(rgb, px_per_mm_x, px_per_mm_y)
    is_paper = ~maps.not_grid
    grid, stray_mm = measured_grid(np.where(is_paper, maps.of("grid"), np.uint8(0)), is_paper, maps.px_per_mm, slack)
    rows, columns = maps.of("grid").shape
    across, down = rgb.shape[1] / columns, rgb.shape[0] / rows
    own = replace(grid, px_per_mm_x=grid.px_per_mm_x * across, px_per_mm_y=grid.px_per_mm_y * down)
    return maps, own, stray_mm


def _laid_flat(rgb: np.ndarray, maps: PixelMaps, finer: float = 1.0) -> Page | None:
    """Return the page laid flat by its grid, or None where the result shows no even grid.

    The maps' millimetres have `finer` times fewer pixels than they say.
    """
    flattening = find_flattening(maps.of("grid"), maps.of_page, maps.px_per_mm / finer, rgb.shape[:2])
    if flattening is None:
        return None
    resampled = flattened(rgb, flattening)
    flat_maps, grid, _ = _grid_seen(resampled, flattening.px_per_mm, flattening.px_per_mm, 1 + PAGE.flat_scale_agrees)
    stands_out = (grid.strength_x * grid.strength_y) ** 0.5 > PAGE.laid_flat
    off = abs(grid.px_per_mm_x / flattening.px_per_mm - 1)
    if not (grid.found and stands_out and off < PAGE.flat_scale_agrees):
        return None
    page = _page(lit_evenly(resampled), resampled, grid, flat_maps)
    return page.with_facts(rotation_deg=flattening.turn_deg, flattening=flattening)


def _page(even: np.ndarray, before: np.ndarray, grid: Grid, maps: PixelMaps) -> Page:
    scale = grid.px_per_mm_x, grid.px_per_mm_y
    page = Page(even, *scale, "grid", is_lit_evenly=even is not before, grid_strength=grid.strength)
    page.__dict__["maps"] = maps
    return page


def _check_size(height: int, width: int) -> None:
    long, short = max(width, height), min(width, height)
    if short < PAGE.least_short_px and long > PAGE.strip_shape * short:
        raise EcgImageError(
            "not_12_lead",
            f"The image is {width} x {height} pixels, the shape of a single strip. Open the whole 12-lead page.",
        )
    if long < PAGE.least_long_px or short < PAGE.least_short_px:
        raise EcgImageError(
            "too_small",
            f"The image is {width} x {height} pixels; a 12-lead page needs at least {PAGE.least_long_px} x "
            f"{PAGE.least_short_px}. Scan or photograph it at a higher resolution.",
        )


_ASKEW = Notice(
    "page_askew",
    "The page is tilted or bent in the image and could not be flattened. Times and voltages may be off.",
)
