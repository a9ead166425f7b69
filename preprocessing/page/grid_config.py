"""The numbers by which a grid is found and a sheet of paper is fitted to it, each with its reason.

`preprocessing/LOG.md` records what was tried. Where a class says "set by hand", no sweep is on record. "Drawn pages"
are those of `sample_images`; "collected reports" are the photographs, scans and screenshots of
`tests/benchmarks/real_pages.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

# Definitions. A thick line of ECG paper is 5 mm from the next; a 5 mm comb has a spectral line ("tooth") at 1/5, 2/5
# ... cycles a millimetre, and the fifth tooth is the millimetre itself.
SQUARE_MM = 5.0
TEETH = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class GridConfig:
    """Finding the grid's period in spectra. Set by hand on drawn pages and the first reports; no record of a sweep."""

    # Scales that are searched, as shares of the one guessed from the size of the picture: a page fills a third of a
    # photograph or more, and is cropped to 170 mm at most. Far less than the factor of five between fine lines and
    # squares.
    least_of_assumed: float = 0.33
    most_of_assumed: float = 1.6
    # Standard deviation of the logarithm of the true scale over the guessed one.
    assumed_off: float = 0.5
    # Growth of a tooth's logarithm above `tooth_cap`: without it a high line is flat on top, and its peak is lost.
    above_cap: float = 0.1
    # Height over the floor up to which a line is noise: the highest of some hundred values of a spectrum.
    noise_line: float = 4.0
    # Share of the comb's own teeth from which a line between or below them is held against it.
    strange_line: float = 0.2
    # Places between the teeth, in teeth, at which half and third of a true spacing have its lines.
    between_teeth: tuple[float, ...] = (2.5, 5 / 3, 10 / 3)
    # Places below the tooth of the millimetres, in teeth, where nothing may be if it stands alone: fine enough for the
    # width of a line in a spectrum of some hundred lines.
    below_teeth: tuple[float, ...] = tuple(np.arange(1.0, 4.6, 0.02).tolist())
    # Weight of the millimetres' tooth where it stands alone, and the height from which the other teeth count.
    millimetres_alone: float = 0.8
    squares_seen: float = 1.5
    # Geometric mean of the teeth over the spectrum around them, both axes together; 1 is nothing. Flat pages, of 53
    # files at hand, have 2.96 and more.
    seen: float = 2.5
    # The same along the weaker axis: lines of print are a comb too, but along one axis alone. Flat pages have 1.58 and
    # more, so this is close.
    axis_seen: float = 1.5
    # Share by which the spacings along x and y may differ: scanners and prints stretch by 1 %, resized screenshots
    # more.
    axes_agree: float = 0.02
    # Height at which a tooth is cut off: one strong line must not carry a comb alone.
    tooth_cap: float = 12.0
    # Zero padding of the profiles: how many times longer the transform is. 4 puts the spectral lines closer together
    # than the width of a tooth.
    padding: int = 4
    # Blocks of the spectrum whose medians are its floor: the spectrum falls smoothly, a block holds many non-teeth.
    floor_blocks: int = 24
    # Share of the strongest line below which nothing is a tooth: lines of a drawn page alias with its pixels.
    least_tooth: float = 0.02
    # Window of the moving average that takes off shadows before the transform: this share of the profile, 1/n.
    detrend_share: int = 16
    # The same for pieces of a profile in millimetres, longer than a square; and the least window, in pixels.
    detrend_mm: float = 6.0
    least_detrend_px: int = 9
    # Steps to either side of the best spacing whose centre of mass is taken: the width of its peak.
    peak_steps: int = 3
    # Millimetres between the shifts at which a comb is laid over a profile; a fifth of a line's usual width.
    shift_step_mm: float = 0.05


@dataclass(frozen=True)
class UprightGridConfig:
    """Following the grid over a page that may be upright. Set by hand on collected reports; no record of a sweep."""

    # Strips across the page whose profiles are taken one by one: a header spoils two of them and not all.
    strips: int = 12
    # Pieces along each profile: five of 50 mm hold ten squares each, enough for a phase, and show how it drifts.
    pieces: int = 5
    # A piece follows the fitted comb when it lies within this many millimetres of it, a quarter of a fine square.
    followed_mm: float = 0.25
    # Share of the pieces that must follow. First 0.6; 0.8 since the millimetres are tried where the squares fail.
    followed: float = 0.8
    # Distance of two phases on the unit circle (0 to 2) within which pieces count as neighbours when the fit starts.
    near: float = 0.3
    # Scale, in millimetres, of the weights that reduce the influence of pieces off the fit (Cauchy weights).
    trust_mm: float = 0.2
    # Rounds of reweighting; the fit no longer moves after five.
    fit_rounds: int = 6
    # Error of the spectrum's spacing that is corrected for: up to this share either way, in this many steps.
    most_stretch: float = 0.006
    stretch_steps: int = 13
    # Quantile of the fitted drift that is reported as the page's stray: the corners may lie off a little more.
    stray_quantile: float = 0.8


@dataclass(frozen=True)
class TilesConfig:
    """The grid's waves in tiles of a page that lies askew.

    Set by hand on drawn photographs (turned by up to 25 degrees, tilted, curled, folded) and on the collected reports;
    two values have a record of change.
    """

    # Longer side, in pixels, of the reduced copy on which tiles are measured: fine enough for 1 mm lines of an A4 page
    # (4.7 pixels), small enough for 0.3 s.
    work_width_px: int = 1400
    # Side of a tile in pixels of that copy: three to ten centimetres of paper, 8 to 20 squares. In so small a piece the
    # squares are even whatever the camera did.
    tile_px: int = 192
    # Length of its transform: twice the tile, for finer spectral lines.
    padded_px: int = 384
    # Step, in degrees, of the search for the grid's direction over the whole page.
    angle_step_deg: float = 0.25
    # Share by which a tile's spacing may differ from the page's. 0.24 at first; 0.17 is enough for the tilts that the
    # homography follows and takes fewer accidental combs.
    stretch: float = 0.17
    # Degrees by which a tile's waves may be turned against the page's.
    turn_deg: float = 7.0
    # Height of a tile's comb over the spectrum around it below which the tile has no weight; geometric mean of both
    # axes, and the weaker one. Lower than for the page as a whole: a tile holds fewer lines.
    seen: tuple[float, float] = (1.6, 1.3)
    # The same where only the millimetres' tooth is used, which noise reaches more easily than five teeth.
    millimetres_seen: tuple[float, float] = (6.0, 4.0)
    # Blocks of a ray's spectrum for its floor: a tooth of a tile is a fiftieth of the ray wide.
    floor_blocks: int = 8
    # Tiles with a grid below which nothing is fitted: the homography has eight unknowns, a tile gives four numbers.
    least_tiles: int = 6
    # Least short side of the picture in tiles. One row of tiles does not show how the grid changes down the page, nor
    # do two that overlap nearly completely.
    least_side: float = 1.25
    # Height of the page's comb that is enough to inspect the tiles, where perspective smears it less; 1 is nothing.
    hinted: float = 1.05
    # Degrees to either side of the grid's direction within which a ray is the strongest of several, half a degree
    # apart: perspective spreads it.
    ray_spread_deg: float = 1.5
    # Lowest line of the spectrum used for the direction: below lie light and the rows of trace.
    least_line: int = 8
    # Rounds of the search of a tile's wave: each with the share of `stretch` and `turn_deg` that it spans to either
    # side of the last result, and its steps along both.
    rounds: tuple[tuple[float, int], ...] = ((1.0, 31), (0.1, 9), (0.03, 7))
    # Rays are sampled this many times finer than the padded spectrum: no tooth falls between its lines.
    ray_finer: int = 8
    # Highest frequency used, in cycles a pixel; 0.5 is what pixels can show, and close to it they alias.
    highest: float = 0.47
    # The texture is taken against its mean over a window of this share of a tile, 1/n: two to three squares.
    texture_share: int = 6


@dataclass(frozen=True)
class SheetConfig:
    """Fitting a sheet to the grid's phase.

    Set by hand on drawn photographs with known truth, where `tests/preprocessing/page/test_flat_page.py` holds the
    page to 0.25 mm at 95 % of its points; no record of a sweep.
    """

    # Radii, as shares of half the picture's longer side, of the tiles used one after the other: the fit begins in the
    # middle, where perspective bends the grid least, and grows to all (1.5 is beyond the corners).
    radii: tuple[float, ...] = (0.3, 0.45, 0.65, 0.85, 1.5)
    # At least so many tiles take part: a homography has eight unknowns.
    least_for_flat: int = 8
    # Scale of the robust loss of the homography to the waves (no unit), and to the lines' places (millimetres).
    waves_loss: float = 0.01
    places_loss_mm: float = 0.15
    # Rounds in which bends are fitted; lines become clearer once the first bends are known.
    bend_steps: int = 2
    # Weight of a bend between neighbouring tiles against lines that lie off their places; both in millimetres.
    stiffness: float = 0.15
    # A tile agrees with the fit when its lines lie within this many millimetres of their places.
    agrees_mm: float = 0.6
    # Rounds of reweighting of the bends' surface.
    smoothing_rounds: int = 4
    # Rounds in which a millimetre's pixel is computed from the bends; eight leave less than 0.05 pixels for bends of
    # 0.7 mm (tests/preprocessing/page/test_sheet.py).
    inverse_steps: int = 8


GRID = GridConfig()
UPRIGHT_GRID = UprightGridConfig()
TILES = TilesConfig()
SHEET = SheetConfig()
