"""Patches for training, and whole pages with the same truth for evaluation."""

from __future__ import annotations

import numpy as np
import scipy
from numpy.typing import NDArray

from sample_images.endless.canvas import Canvas
from sample_images.endless.cuts import as_images, captured, exported
from sample_images.endless.leads_drawn import DrawnCell
from sample_images.endless.looks import chosen, log_uniform
from sample_images.endless.sheets import Plan, draw_sheet, plan_sheet
from sample_images.endless.truth import LABELS, Name, Patch, Points, PrintedLead, Signals, TrainingPage
from sample_images.endless.warps import Warp, random_warp
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
    maps = as_images(canvas.maps)
    patches = []
    for _ in range(per_page):
        scale = log_uniform(rng, 4.5, 8)
        native = canvas.native
        if exact and 4.5 <= native <= 8 and rng.random() < 0.7:
            scale = native
        warp = Warp((0.0, 0.0)) if exact else random_warp(rng, (0.0, 0.0))
        at = _placed(rng, canvas, warp, size / scale)
        cut = exported if exact else captured
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
    maps = as_images(canvas.maps)
    scale = log_uniform(rng, 4.5, 8)
    centre = sheet.width_mm / 2, sheet.height_mm / 2
    exact = rng.random() < 0.17
    turned = random_warp(rng, centre)
    warp = Warp(centre) if exact else Warp(centre, np.clip(turned.angle_rad, -0.17, 0.17), False, turned.stretch,
                                           (turned.tilt[0] / 4, turned.tilt[1] / 4), turned.waves)  # fmt: skip
    size = round((sheet.width_mm + 2 * margin) * scale), round((sheet.height_mm + 2 * margin) * scale)
    cut = exported if exact else captured
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
