"""Patches for training, and whole pages with the same truth for evaluation."""

from __future__ import annotations

import numpy as np
import scipy
from numpy.typing import NDArray
from PIL import Image

from sample_images.endless.canvas import Canvas
from sample_images.endless.leads_drawn import DrawnCell
from sample_images.endless.looks import PageLook, chosen, log_uniform, luminance
from sample_images.endless.sheets import Plan, draw_sheet, plan_sheet
from sample_images.endless.truth import LABELS, Name, Patch, Pixels, Points, PrintedLead, Signals, TrainingPage
from sample_images.endless.warps import Warp, random_warp, warped
from sample_images.endless.wear import Capture, random_wear, worn
from sample_images.rhythms import RHYTHMS
from sample_images.simulation import simulate

_KINDS = {
    "ecg": 0.885,
    "grid": 0.025,
    "names": 0.015,
    "text": 0.02,
    "table": 0.01,
    "plot": 0.015,
    "strips": 0.015,
    "photograph": 0.015,
}
# Canvas pixels per mm: twice the finest patch.
_CANVAS_PX_PER_MM = 11.0
_WINDOW_MM = (130.0, 100.0)
# Patches that are cut near a pulse or the end of a trace, which few would show otherwise.
_RARE_SHARE = 0.35
# A trace thinner than this in the picture cannot be seen, so no truth is asked of it.
_LEAST_PEN_PX = 0.45
# Pixels around a captured patch, for its filters.
_MARGIN_PX = 6
_FILTERS = (
    Image.Resampling.LANCZOS,
    Image.Resampling.BOX,
    Image.Resampling.BILINEAR,
    Image.Resampling.BICUBIC,
    Image.Resampling.LANCZOS,
    Image.Resampling.BICUBIC,
)


def training_patches(
    rng: np.random.Generator, signals: Signals, rate_hz: float, size: int = 256, per_page: int = 8
) -> list[Patch]:
    """Draw one page and cut patches from it.

    Parameters
    ----------
    rng : decides everything; the same state gives the same patches
    signals : returns (12, n) in mV, in the order I II III aVR aVL aVF V1 to V6
    rate_hz : sampling rate of `signals`
    size : side of a patch in pixels
    per_page : patches to cut

    Returns
    -------
    list of Patch
        At 4.5 to 8 pixels per millimetre.
    """
    plan = _planned(rng, signals, rate_hz, chosen(rng, _KINDS))
    exact = rng.random() < 0.17
    window = _window(rng, plan)
    canvas = _canvas(plan, window)
    draw_sheet(canvas, rng, plan)
    maps = _as_images(canvas.maps)
    patches = []
    for _ in range(per_page):
        scale = log_uniform(rng, 4.5, 8)
        native = canvas.native
        if exact and 4.5 <= native <= 8 and rng.random() < 0.7:
            scale = native
        warp = Warp((0.0, 0.0)) if exact else random_warp(rng, (0.0, 0.0))
        at = _placed(rng, canvas, warp, size / scale)
        cut = _exact if exact else _captured
        rgb, coverage = cut(rng, canvas, plan.look, maps, at, (size, size), scale)
        patches.append(Patch(rgb, coverage, _names(canvas, at, (size, size), scale), scale))
    return patches


def training_page(rng: np.random.Generator, signals: Signals, rate_hz: float) -> TrainingPage:
    """Draw a whole page, worn like the patches.

    Parameters
    ----------
    rng, signals, rate_hz : as in `training_patches`
    """
    plan = _planned(rng, signals, rate_hz, chosen(rng, _KINDS))
    sheet = plan.sheet
    margin = rng.uniform(0, 15)
    canvas = _canvas(plan, (-60, -60, sheet.width_mm + 60, sheet.height_mm + 60))
    cells = draw_sheet(canvas, rng, plan)
    maps = _as_images(canvas.maps)
    scale = log_uniform(rng, 4.5, 8)
    centre = sheet.width_mm / 2, sheet.height_mm / 2
    exact = rng.random() < 0.17
    turned = random_warp(rng, centre)
    warp = Warp(centre) if exact else Warp(centre, np.clip(turned.angle_rad, -0.17, 0.17), False, turned.stretch,
                                           (turned.tilt[0] / 4, turned.tilt[1] / 4), turned.waves)  # fmt: skip
    size = round((sheet.width_mm + 2 * margin) * scale), round((sheet.height_mm + 2 * margin) * scale)
    cut = _exact if exact else _captured
    rgb, coverage = cut(rng, canvas, plan.look, maps, warp, size, scale)
    hidden = coverage[..., LABELS.index("outside")] > 127
    leads = tuple(_printed_lead(drawn, _to_px(warp, drawn[2], size, scale), hidden) for drawn in cells)
    layout = plan.leads.layout if plan.kind == "ecg" else None
    return TrainingPage(rgb, coverage, _names(canvas, warp, size, scale), scale, leads, layout)


def _planned(rng: np.random.Generator, signals: Signals, rate_hz: float, kind: str) -> Plan:
    recording, rate = np.asarray(signals(rng), np.float64), rate_hz
    if rng.random() < 0.2:
        rhythm = str(rng.choice(list(RHYTHMS)))
        simulated = simulate(rhythm, seed=int(rng.integers(2**31)))
        recording, rate = simulated.signals_mv, simulated.rate_hz
    elif rate_hz < 250 and rng.random() < 0.7:
        # Recorders print a smooth line, not the corners of a slow recording.
        times = 5 if rate_hz <= 100 else 2
        recording = scipy.signal.resample_poly(recording, times, 1, axis=1, padtype="line")
        rate = rate_hz * times
    return plan_sheet(rng, recording, rate, kind)


def _canvas(plan: Plan, window_mm: tuple[float, float, float, float]) -> Canvas:
    native = plan.look.native
    times = max(1, round(_CANVAS_PX_PER_MM / native))
    return Canvas(window_mm, native, times, plan.look.paper_rgb, plan.look.aliased)


def _window(rng: np.random.Generator, plan: Plan) -> tuple[float, float, float, float]:
    width, height = _WINDOW_MM
    sheet = plan.sheet
    beyond = rng.uniform(5, 28)
    left = rng.uniform(-beyond, max(0, sheet.width_mm - width) + beyond)
    if rng.random() < 0.3:
        left = plan.leads.left_mm - rng.uniform(25, 60)
    top = rng.uniform(-beyond, max(0, sheet.height_mm - height) + beyond)
    return left, top, left + width, top + height


def _as_images(maps: Pixels) -> list[Image.Image]:
    """Return the six maps as two images of three bands each."""
    return [Image.merge("RGB", [Image.fromarray(maps[at]) for at in range(first, first + 3)]) for first in (0, 3)]


def _placed(rng: np.random.Generator, canvas: Canvas, warp: Warp, side_mm: float) -> Warp:
    """Return the warp at a centre where the whole patch lies on the canvas."""
    corners = np.array([(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)]) * side_mm * 1.04
    reach = np.abs(warp.to_page(corners)).max(axis=0) + 1 + 2 * sum(wave[0] for wave in warp.waves)
    low = np.array([canvas.left_mm, canvas.top_mm]) + reach
    high = (
        np.array([canvas.left_mm + canvas.width / canvas.scale, canvas.top_mm + canvas.height / canvas.scale]) - reach
    )
    x, y = np.where(high > low, rng.uniform(low, np.maximum(low, high)), (low + high) / 2)
    near = [at for at in canvas.rare_mm if (np.array(at) > low - 10).all() and (np.array(at) < high + 10).all()]
    if near and rng.random() < _RARE_SHARE:
        wanted = near[int(rng.integers(len(near)))] + rng.uniform(-0.4, 0.4, 2) * side_mm
        x, y = np.clip(wanted, np.minimum(low, high), np.maximum(low, high))
    return Warp((float(x), float(y)), warp.angle_rad, warp.mirrored, warp.stretch, warp.tilt, warp.waves)


def _printed_lead(drawn: DrawnCell, px: Points, hidden: NDArray[np.bool_]) -> PrintedLead:
    """Return a lead's truth; samples that a finger hides, or that lie beyond the paper, are NaN."""
    cell, samples, _ = drawn
    at = np.nan_to_num(np.rint(px), nan=-1).astype(int)
    inside = np.all((at >= 0) & (at < hidden.shape[::-1]), axis=1)
    seen = inside.copy()
    seen[inside] = ~hidden[at[inside, 1], at[inside, 0]]
    mv = np.where(seen, samples, np.nan)
    return PrintedLead(cell.lead, cell.role, cell.start_s, cell.end_s, mv, np.where(seen[:, None], px, np.nan))


def _to_px(warp: Warp, page_mm: Points, size: tuple[int, int], scale: float) -> Points:
    """Map points of the page to pixels of the picture, pixel centres at whole numbers; NaN stays."""
    good = ~np.isnan(page_mm).any(axis=1)
    places = np.full(page_mm.shape, np.nan)
    places[good] = warp.to_picture(page_mm[good]) * scale + np.array(size) / 2 - 0.5
    return places


def _names(canvas: Canvas, warp: Warp, size: tuple[int, int], scale: float) -> tuple[Name, ...]:
    if not canvas.names:
        return ()
    places = _to_px(warp, np.array([(x, y) for _, x, y in canvas.names]), size, scale)
    inside = np.all((places > -0.5) & (places < np.array(size) - 0.5), axis=1).tolist()
    return tuple(
        (lead, float(x), float(y))
        for (lead, _, _), (x, y), seen in zip(canvas.names, places, inside, strict=True)
        if seen
    )


def _exact(
    rng: np.random.Generator,
    canvas: Canvas,
    look: PageLook,
    maps: list[Image.Image],
    warp: Warp,
    size: tuple[int, int],
    scale: float,
) -> tuple[Pixels, Pixels]:
    """Cut a picture as the program exports it, whole native pixels, then bring it to the patch's scale."""
    width, height = size[0] / scale, size[1] / scale
    native = look.native
    left, top = canvas.px(np.array(warp.centre_mm) - (width / 2, height / 2)) / canvas.times
    if scale == native:
        left, top = round(left), round(top)
    box = left, top, left + width * native, top + height * native
    filters = (Image.Resampling.LANCZOS, Image.Resampling.BICUBIC, Image.Resampling.BILINEAR)
    resample = filters[int(rng.integers(len(filters)))]
    picture = canvas.picture.reduce(canvas.times).resize(size, resample, box)
    left, top, right, bottom = (edge * canvas.times for edge in box)
    drawn = [image.resize(size, Image.Resampling.BOX, (left, top, right, bottom)) for image in maps]
    return np.asarray(picture), np.concatenate([np.asarray(image) for image in drawn], axis=2)


def _captured(
    rng: np.random.Generator,
    canvas: Canvas,
    look: PageLook,
    maps: list[Image.Image],
    warp: Warp,
    size: tuple[int, int],
    scale: float,
) -> tuple[Pixels, Pixels]:
    """Take a picture at some resolution, wear it, and bring it to the patch's scale."""
    capture = log_uniform(rng, max(72 / 25.4, _LEAST_PEN_PX / look.pen.width_mm), 400 / 25.4)
    needed = [int(np.ceil(length / scale * capture)) + 2 * _MARGIN_PX for length in size]
    times = max(1, round(canvas.scale / capture))
    fine = needed[0] * times, needed[1] * times
    nearest = rng.random() < 0.05
    (picture,) = warped([canvas.picture], canvas, warp, fine, capture * times, not nearest)
    if times > 1:
        whole = needed[0], needed[1]
        picture = picture.resize(whole, Image.Resampling.NEAREST) if nearest else picture.reduce(times)
    paper, ink = luminance(look.paper_rgb), luminance(look.pen.rgb)
    ink = paper + look.pen.opacity * (ink - paper)
    picture = worn(picture, rng, Capture(random_wear(rng), capture, ink, paper, look.pen.width_mm * capture))
    half_x, half_y = (length / scale * capture / 2 for length in size)
    middle_x, middle_y = needed[0] / 2, needed[1] / 2
    resample = _FILTERS[int(rng.integers(len(_FILTERS)))]
    picture = picture.resize(
        size, resample, (middle_x - half_x, middle_y - half_y, middle_x + half_x, middle_y + half_y)
    )
    drawn = [image.reduce(2) for image in warped(maps, canvas, warp, (2 * size[0], 2 * size[1]), 2 * scale)]
    return np.asarray(picture), np.concatenate([np.asarray(image) for image in drawn], axis=2)
