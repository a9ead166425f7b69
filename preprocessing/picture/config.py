"""The numbers by which a file is accepted and decoded, each with its reason; `preprocessing/LOG.md` has more."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FileConfig:
    """What a file may hold. Limits by decision, not by measurement: they bound memory and time on a small server."""

    # Most bytes of a file: a photograph of a phone has 3 to 8 MB, a scan at 300 dpi about as much.
    max_bytes: int = 20 * 1024 * 1024
    # Most pixels, checked in the header before anything is unpacked: A4 at 600 dpi has 35 million, 120 MB as RGB.
    max_pixels: int = 40_000_000
    # Images of more pixels are read at a half of their sides: a scan of A4 at 600 dpi then has 300 dpi, a photograph of
    # 48 megapixels 12. `preprocessing/LOG.md` has what that costs.
    reduce_above_pixels: int = 20_000_000
    reduction: int = 2
    # Most scans of a progressive JPEG: encoders write 3 to 12, the most thorough 64; each passes over all pixels.
    max_scans: int = 100
    # Most numbers in one table of a TIFF: A4 at 600 dpi has 7,000 rows, so 21,000 strips of one row in three planes.
    max_strips: int = 50_000
    # Least pixels along a side: anything smaller is an icon.
    min_side_px: int = 50


@dataclass(frozen=True)
class PdfConfig:
    """How a PDF is rendered. Set by hand; no record of a sweep."""

    # Dots per inch of the rendered page: 7.9 pixels a millimetre, what the first reports' recorder exports; above 5
    # names and traces are read no better.
    dpi: int = 200
    # What rendering one page may cost the child process. A4 scans at 600 dpi take 1.5 s and 250 MB; the limits leave a
    # slow server time. A file that needs more is no report.
    most_seconds: float = 10.0
    # A last resort, for a child that waits for ever: other processes of a starved machine are no fault of the file.
    most_wall_seconds: float = 300.0
    most_memory_mb: int = 600
    # Children at once: more would gain nothing on a small server, and one alone would let a slow file hold up all.
    processes: int = 2
    # A child is replaced after so many pages, or when it holds more than this: PDFium's caches, memory in pieces.
    pages_per_process: int = 200
    most_idle_mb: int = 250
    # How often the child's memory and time are looked at: 50 ms let memory grow by some 100 MB over the limit.
    watch_every_seconds: float = 0.05


@dataclass(frozen=True)
class DicomConfig:
    """What a DICOM file may hold. Limits by decision: they bound the time of a parser in Python."""

    # Most elements, those within sequences included: a 12-lead ECG with its annotations has some 700, a scan 100. Each
    # costs the parser about 10 microseconds and 1 kB.
    max_elements: int = 50_000
    # Most sequences within each other: structured reports have a dozen.
    max_depth: int = 30


@dataclass(frozen=True)
class SharpnessConfig:
    """How sharpness is measured. Set by hand on drawn pages and their blurred copies; no record of a sweep."""

    # Standard deviations, in pixels, of the blurs that take off what is finer: 1.5 is a stroke's edge, 6 a stroke.
    fine_px: float = 1.5
    coarse_px: float = 6.0
    # Pictures of more pixels are measured in so many, in bands of this height: 0.7 s of 12 megapixels before.
    most_px: int = 2_000_000
    band_px: int = 128
    # Standard deviation of the coarse detail, of gray in [0, 1], below which there is nothing to blur.
    least_contrast: float = 1e-3


FILES = FileConfig()
PDF = PdfConfig()
DICOM = DicomConfig()
SHARPNESS = SharpnessConfig()
