"""The numbers by which a page is accepted, laid flat, lit evenly and labelled pixel by pixel, each with its reason.

`preprocessing/LOG.md` records what was tried. Where a class says "set by hand", no sweep is on record. The grid's
numbers are in `grid_config`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PageConfig:
    """Which picture is a page, and whether it lies flat. Set by hand on collected reports; no record of a sweep."""

    # Pixels of the longer and the shorter side below which a picture is refused: on an A4 page of 480 pixels a
    # millimetre is 1.6 pixels, and a QRS complex one or two.
    least_long_px: int = 480
    least_short_px: int = 240
    # A low picture this many times longer than high is a single strip; four rows of leads never are.
    strip_shape: float = 4.0
    # Millimetres of stray below which the page counts as flat and upright. A third of a fine square is 12 ms at 25
    # mm/s. Of 53 files at hand the flat ones stray by at most 0.26, the next by 0.42.
    flat_mm: float = 0.3
    # Millimetres of stray above which a page that could not be laid flat carries a warning.
    askew_mm: float = 1.0
    # Height of the grid's comb, geometric mean of both axes, that a page laid flat must show. A sheet fitted to a
    # regular heart rhythm on plain paper stays below; added after such a page had passed. Of 53 files at hand nine
    # pages rightly laid flat have 4.75 to 12, five wrong fits 2.3 to 4.3.
    laid_flat: float = 4.5
    # Shares of a picture's pixels that trace and grid cover: below both there is no page to lay flat or to turn. Of 40
    # collected pages the least have 0.009 and 0.028, pictures of other things 0.0028 and 0.0017.
    least_trace: float = 0.004
    least_grid: float = 0.01
    # Share by which the grid measured on the page laid flat may differ from the scale that it was laid flat at.
    flat_scale_agrees: float = 0.03


@dataclass(frozen=True)
class FlatteningConfig:
    """Laying a page flat. Set by hand on drawn photographs and collected reports; no record of a sweep."""

    # Millimetres kept around the squares: print stands this far beyond them at most, in a header or a footer.
    margin_mm: float = 25.0
    # Pixels between the points of the resampling mesh: within 32 pixels even a curled page bends by less than one.
    mesh_px: int = 32
    # Most pixels of a millimetre on the flat page, 203 dpi: what is done with a page takes as long as it has pixels. On
    # 8 drawn photographs of 12 megapixels the mean of the pages' medians is 19.8 dB at 11.9, 23.0 at 10, 22.0 at 8.
    # Pictures finer than the page by `reduced_from` are reduced first.
    px_per_mm: float = 8.0
    reduced_from: float = 1.1
    # Pixels of the label maps by which what is taken for the page must be wider than a speck.
    speck_px: int = 6
    # Most pixels of the flat page: bounds the memory, 72 MB as bytes.
    most_pixels: int = 24_000_000
    # Share of tiles that must agree with the sheet, and the most their lines may lie off it, in millimetres. Pages
    # rightly laid flat, of 53 files at hand: 0.71 and more, 0.125 and less; figures of panels whose grids are out of
    # phase, which one sheet would bend: 0.15 and more.
    least_agreeing: float = 0.6
    most_residual_mm: float = 0.14


@dataclass(frozen=True)
class SegmentationConfig:
    """Running the page segmentation network."""

    # Pixels a millimetre at which pictures are shown to the network: the middle of what it was trained on, 4.5 to 8.
    px_per_mm: float = 6.0
    # The network halves five times; sides are padded to a multiple of this.
    multiple_px: int = 32
    # Longer side of a page, in millimetres, from which its scale is guessed before its grid is known: prints and crops
    # of A4 and letter pages have 210 to 297.
    guessed_mm: float = 275.0
    # Factor between guessed and measured scale from which the network runs again at the measured one.
    guess_off: float = 1.2
    # Factor up to which maps at the guessed scale show where the grid lies: then 4.5 to 8 pixels a millimetre.
    grid_off: float = 1.33
    # Coverage, of 255, from which a pixel counts as covered.
    covered: int = 96
    # Threads of one run: on two cores 1.9 times as fast as one.
    threads: int = 2


@dataclass(frozen=True)
class LightConfig:
    """The light on paper. Set by hand on collected photographs; no record of a sweep."""

    # Paper darker than this, of 255, is lit evenly by dividing it by its light. Scans have 239 and more, photographs
    # 164 to 229.
    bright_paper: float = 200.0
    # So is paper whose darker twentieth has less than this share of its usual brightness: scans 0.99, photographs
    # 0.43 to 0.91.
    even_light: float = 0.85
    # The quantiles that stand for its darker parts and for its usual brightness.
    dark_quantile: float = 0.05
    usual_quantile: float = 0.5
    # Side, in pixels, of the blocks in which brightness is taken: wider than a grid line, narrower than a shadow.
    block_px: int = 16
    # Quantile of a block's pixels that is blank paper: print and grid cover less than 85 %.
    paper_quantile: float = 0.85
    # Blocks over which the brightest counts (a block may lie inside print), and the blur after it, in blocks.
    brightest_of: int = 3
    blur_blocks: float = 1.5
    # Brightness, of 255, to which paper is brought.
    target: float = 245.0
    # Least light that is divided by, of 255: where less falls there is nothing to recover.
    least_light: float = 40.0


@dataclass(frozen=True)
class PaperConfig:
    """How the light is separated from the paper that it falls on. Set by hand on drawn pages and the first reports."""

    # Every so manyth pixel along each axis is enough for the statistics of colours.
    stride: int = 3
    # Millimetres of the blocks in which paper and light are estimated; wider than any stroke or letter.
    block_mm: float = 8.0
    least_block_px: int = 8
    # Quantile of a block that is paper: below that of `LightConfig`, because it is taken per colour.
    paper_quantile: float = 0.75
    # Light that varies by less than this share over the page (5th to 95th percentile of blocks) is taken as even.
    even_light: float = 0.03
    # Bounds of a block's light relative to the page's: darker is a hand or a border, brighter a reflection.
    least_light: float = 0.15
    most_light: float = 1.5
    # Blur of the light, in blocks.
    blur_blocks: float = 1.0


PAGE = PageConfig()
FLATTENING = FlatteningConfig()
LIGHT = LightConfig()
SEGMENTATION = SegmentationConfig()
PAPER = PaperConfig()


@dataclass(frozen=True)
class PlainPaperConfig:
    """How pages without a grid are turned upright."""

    # A pixel holds trace or print from this share of 255, and rows need so many of them; more are thinned out.
    inked: int = 128
    inked_min: int = 500
    points_max: int = 20_000
    # Rows are searched so far to either side, in degrees, in these steps, then in this share of them.
    turn_max_deg: float = 12.0
    coarse_deg: float = 0.5
    fine_share: float = 0.1
    # Height of the lines that ink is summed over, mm, and how much more it has to gather along rows than otherwise.
    bin_mm: float = 0.5
    gathered_min: float = 1.15
    # Pages turned less than this, in degrees, stay as they are.
    turn_min_deg: float = 0.2


PLAIN_PAPER = PlainPaperConfig()
