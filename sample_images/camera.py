"""A camera over the page: one invertible map for pixels and points, then light, lens and file.

First the paper bends: curl and folds shift each column of the page vertically. Then a pinhole camera projects the bent
sheet from an angle. Image and ground truth go through the same two steps.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from io import BytesIO

import numpy as np
import scipy
from numpy.typing import NDArray
from PIL import Image

from sample_images.drawing import Drawing, DrawnLead
from sample_images.leads import Signal
from sample_images.style import Rgb


@dataclass(frozen=True)
class Camera:
    """How a page is photographed; the default changes nothing.

    Attributes
    ----------
    rotation_deg : clockwise rotation of the page in the picture
    tilt_deg : rotations of the page about its horizontal and its vertical axis, each within 40 degrees
    curl : height of the page's bow, as a share of its height
    folds : vertical creases, evenly spread
    margin : table visible around the page, as a share of its width
    shadow : 0 for even light, up to 1 for a dark corner
    blur_px : standard deviation of the lens blur
    noise : standard deviation of the sensor noise, in grey levels of 255
    jpeg_quality : 1 to 95 to pass the picture through a JPEG file, or None
    table_rgb : the colour around the page
    seed : random seed of shadow and noise
    """

    rotation_deg: float = 0.0
    tilt_deg: tuple[float, float] = (0.0, 0.0)
    curl: float = 0.0
    folds: int = 0
    margin: float = 0.0
    shadow: float = 0.0
    blur_px: float = 0.0
    noise: float = 0.0
    jpeg_quality: int | None = None
    table_rgb: Rgb = (116, 92, 70)
    seed: int = 0

    @classmethod
    def scan(cls, seed: int = 0) -> Camera:
        """Return a flatbed scanner: slightly rotated, slightly blurred."""
        rng = np.random.default_rng(seed)
        return cls(
            float(rng.uniform(-2.5, 2.5)),
            margin=0.01,
            blur_px=0.5,
            noise=2.0,
            jpeg_quality=85,
            table_rgb=(236, 236, 234),
            seed=seed,
        )

    @classmethod
    def photo(cls, seed: int = 0) -> Camera:
        """Return a hand-held phone over a folded page on a table."""
        rng = np.random.default_rng(seed)
        rotation, tilt_x, tilt_y = rng.uniform(-1, 1, 3) * (6, 9, 9)
        return cls(
            float(rotation),
            (float(tilt_x), float(tilt_y)),
            curl=float(rng.uniform(-0.02, 0.02)),
            folds=int(rng.integers(0, 3)),
            margin=0.04,
            shadow=float(rng.uniform(0.2, 0.5)),
            blur_px=float(rng.uniform(0.5, 0.9)),
            noise=3.0,
            jpeg_quality=80,
            seed=seed,
        )


@dataclass(frozen=True)
class CameraMap:
    """The map between a page of `height` by `width` pixels and its photograph."""

    camera: Camera
    height: int
    width: int

    def to_photo(self, page_px: Signal) -> Signal:
        """Map page points, (n, 2) of x, y in pixels, to the photograph."""
        bent = np.array([page_px[:, 0], page_px[:, 1] + self._bend_px(page_px[:, 0])]).T
        return _projected(self._homography, bent)

    def to_page(self, photo_px: Signal) -> Signal:
        """Map points of the photograph, (n, 2) of x, y in pixels, to the page."""
        bent = _projected(np.linalg.inv(self._homography), photo_px)
        return np.array([bent[:, 0], bent[:, 1] - self._bend_px(bent[:, 0])]).T

    def _bend_px(self, x_px: Signal) -> Signal:
        """Return how far the bent paper shifts the column at `x_px` down."""
        across = x_px / max(self.width - 1, 1)
        bow = self.camera.curl * np.sin(np.pi * np.clip(across, 0, 1))
        return self.height * (bow + 0.004 * self._crease(across)) if self.camera.folds else self.height * bow

    def _crease(self, across: Signal) -> Signal:
        """Return a zigzag, 0 to 1, that turns at each fold; `across` runs from 0 to 1 over the page."""
        zigzag: Signal = np.abs((np.clip(across, 0, 1) * (self.camera.folds + 1) + 1) % 2 - 1)
        return zigzag

    @cached_property
    def _homography(self) -> Signal:
        """Project the rotated page, then shift it to start at the picture's margin."""
        turn_z, turn_x, turn_y = np.deg2rad([self.camera.rotation_deg, *self.camera.tilt_deg])
        about_z = _rotation(turn_z, 0, 1)
        turned = _rotation(turn_x, 1, 2) @ _rotation(turn_y, 0, 2) @ about_z
        away = 1.6 * self.width
        centre = np.array([[1, 0, -(self.width - 1) / 2], [0, 1, -(self.height - 1) / 2], [0, 0, 1]])
        # A page pixel at the centre keeps its size: depth and focal length are both `away`.
        pinhole = np.array([turned[0] * away, turned[1] * away, turned[2]]) @ np.diag([1, 1, 0])
        pinhole[:, 2] = (0, 0, away)
        flat = pinhole @ centre
        low, _ = self._extent(flat)
        shift = np.eye(3)
        shift[:2, 2] = self.camera.margin * self.width - low
        placed: Signal = shift @ flat
        return placed

    def _extent(self, homography: Signal) -> tuple[Signal, Signal]:
        """Return the least and greatest x and y of the page's outline."""
        x_px, y_px = np.meshgrid(np.linspace(0, self.width - 1, 65), (0.0, self.height - 1.0))
        outline = np.column_stack([x_px.ravel(), y_px.ravel()]).astype(np.float64)
        outline[:, 1] += self._bend_px(outline[:, 0])
        # Rounding keeps integers exact: the default camera must not add a row of pixels.
        seen = np.round(_projected(homography, outline), 6)
        return seen.min(axis=0), seen.max(axis=0)

    @cached_property
    def photo_shape(self) -> tuple[int, int]:
        """Height and width of the photograph in pixels."""
        margin = self.camera.margin * self.width
        _, high = self._extent(self._homography)
        width, height = np.ceil(high + margin).astype(int) + 1
        return int(height), int(width)


def photograph(drawing: Drawing, camera: Camera) -> Drawing:
    """Return the drawing as `camera` sees it, its ground truth mapped with the image."""
    height, width = drawing.image.shape[:2]
    seen = CameraMap(camera, height, width)
    rng = np.random.default_rng(camera.seed)
    picture = _lit(_warped(drawing.image, seen), camera.shadow, rng)
    if camera.blur_px:
        picture = scipy.ndimage.gaussian_filter(picture, (camera.blur_px, camera.blur_px, 0))
    if camera.noise:
        picture += camera.noise * rng.standard_normal(picture.shape, dtype=np.float32)
    image = np.rint(np.clip(picture, 0, 255)).astype(np.uint8)
    if camera.jpeg_quality is not None:
        file = BytesIO()
        Image.fromarray(image).save(file, "JPEG", quality=camera.jpeg_quality)
        image = np.array(Image.open(file))
    leads = tuple(_moved(lead, seen) for lead in drawing.leads)
    pairs = zip(drawing.leads, leads, strict=True)
    stretch = [np.sqrt(_area(after.quad) / _area(before.quad)) for before, after in pairs]
    scale = drawing.px_per_mm * (float(np.mean(stretch)) if stretch else 1.0)
    return replace(drawing, image=image, leads=leads, px_per_mm=scale)


def _moved(lead: DrawnLead, seen: CameraMap) -> DrawnLead:
    return replace(lead, quad=seen.to_photo(lead.quad), trace_px=seen.to_photo(lead.trace_px))


def _warped(image: NDArray[np.uint8], seen: CameraMap) -> NDArray[np.float32]:
    """Sample every pixel of the photograph from the page, or from the table around it."""
    photo_height, photo_width = seen.photo_shape
    yx_px = np.mgrid[:photo_height, :photo_width].reshape(2, -1).astype(np.float64)
    source = seen.to_page(yx_px[::-1].T)
    # The tolerance keeps the outermost pixels on the page despite rounding.
    x_px, y_px = source.T
    on_page = (x_px > -1e-6) & (x_px < seen.width - 1 + 1e-6) & (y_px > -1e-6) & (y_px < seen.height - 1 + 1e-6)
    picture = np.full((photo_height * photo_width, 3), seen.camera.table_rgb, dtype=np.float32)
    places = np.array([y_px[on_page], x_px[on_page]])
    for channel in range(3):
        picture[on_page, channel] = scipy.ndimage.map_coordinates(
            image[..., channel], places, output=np.float32, order=1, mode="nearest"
        )
    if seen.camera.folds:
        # The sides of a fold alternately face the light and the shade.
        side = np.floor(places[1] / seen.width * (seen.camera.folds + 1)) % 2
        picture[on_page] *= (1.03 - 0.06 * side[:, None]).astype(np.float32)
    return picture.reshape(photo_height, photo_width, 3)


def _lit(picture: NDArray[np.float32], shadow: float, rng: np.random.Generator) -> NDArray[np.float32]:
    """Cast a shadow over one corner."""
    height, width = picture.shape[:2]
    x, y = np.linspace(0, 1, width, dtype=np.float32), np.linspace(0, 1, height, dtype=np.float32)
    corner_x, corner_y = rng.integers(0, 2, 2)
    far = np.hypot(x[None, :] - corner_x, y[:, None] - corner_y)
    lit: NDArray[np.float32] = picture * (1 - shadow * np.exp(-((far / 0.7) ** 2)))[..., None].astype(np.float32)
    return lit


def _rotation(angle_rad: float, first: int, second: int) -> Signal:
    """Return the rotation by an angle in the plane of two axes, (3, 3)."""
    turn = np.eye(3)
    cos, sin = np.cos(angle_rad), np.sin(angle_rad)
    turn[[first, first, second, second], [first, second, first, second]] = cos, -sin, sin, cos
    return turn


def _projected(homography: NDArray[np.floating], points: Signal) -> Signal:
    # For millions of points, contiguous x and y are more than twice as fast as pairs.
    x, y, depth = homography[:, :2] @ points.T + homography[:, 2:]
    projected: Signal = np.array([x / depth, y / depth]).T
    return projected


def _area(quad: Signal) -> float:
    """Return a quad's area in square pixels, from its diagonals."""
    (ax, ay), (bx, by) = quad[2] - quad[0], quad[3] - quad[1]
    return abs(float(ax * by - ay * bx)) / 2
