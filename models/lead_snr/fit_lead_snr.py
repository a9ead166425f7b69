"""Fit the estimate of a lead's signal to noise ratio: ``python -m models.lead_snr.fit_lead_snr``.

Reads half ``a`` of the pages that ecg-image-kit drew and 180 pages drawn here, and fits a ridge regression from the
signs of each lead to its true ratio. Its weights and their card go to ``preprocessing/trust/lead_snr.npz`` and
``.json``.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from models.data import data_folder
from models.lead_snr.drawn_pages import drawn_pages
from models.lead_snr.kit import half_of, kit_pages
from models.lead_snr.signal_noise import MISSING_DB, snr_db
from preprocessing.errors import EcgImageError
from preprocessing.leads import find_leads
from preprocessing.page import find_page
from preprocessing.picture import decode
from preprocessing.traces import trace_leads
from preprocessing.trust import LEAD_SNR, SIGNS, SNR_FILE, lead_signs
from preprocessing.weights_file import WeightsCard

# Beyond these a lead is not read at all, or as well as anybody needs.
LIMITS_DB = (-5.0, 30.0)
# From 0.1 to 100 the same leads are marked. The squared error would choose 1000, which draws every estimate to the
# mean.
PENALTY = 10.0
FOLDS, MISREAD_DB = 8, 5.0
DRAWN_SEEDS, DRAWN_PAGES = (21, 22), 90


@dataclass(frozen=True, eq=False)
class ReadLeads:
    """Leads that were read: their signs, shape (n, signs), their true ratios in dB, and the page of each."""

    signs: np.ndarray
    snr_db: np.ndarray
    page: np.ndarray


def read_leads(pages: Iterable[tuple[str, np.ndarray, Mapping[str, np.ndarray]]]) -> ReadLeads:
    """Read pages, each with its name, pixels and the samples of its leads by key; those refused have no leads."""
    signs: list[np.ndarray] = []
    ratios: list[float] = []
    names: list[str] = []
    for name, rgb, samples_mv in pages:
        try:
            page, layout = find_leads(find_page(rgb))
        except EcgImageError:
            continue
        traces = trace_leads(page, layout)
        signs.append(lead_signs(page, layout, traces))
        for trace in traces:
            known = samples_mv.get(trace.key)
            ratios.append(MISSING_DB if known is None else snr_db(known[np.isfinite(known)].astype(float), trace.mv))
            names.append(name)
    return ReadLeads(np.concatenate(signs), np.array(ratios), np.array(names))


def known_pages(folder: Path) -> Iterator[tuple[str, np.ndarray, Mapping[str, np.ndarray]]]:
    """Yield half ``a`` of the pages that ecg-image-kit drew, and pages that this project draws."""
    with np.load(folder / "kit" / "truth.npz") as truth:
        for known in kit_pages(folder / "kit"):
            if half_of(known.image) == "a":
                rgb = decode((folder / "kit" / known.image).read_bytes()).rgb
                yield known.image, rgb, {key: truth[samples] for key, samples in known.samples.items()}
    for seed in DRAWN_SEEDS:
        for number, drawn in enumerate(drawn_pages(folder, seed, DRAWN_PAGES)):
            yield f"{seed}_{number}", drawn.rgb, drawn.samples_mv


def fitted(signs: np.ndarray, snr_db: np.ndarray, penalty: float) -> dict[str, np.ndarray]:
    """Fit a ridge regression to standardised signs.

    Examples
    --------
    >>> signs = np.array([[0.0, 1.0], [1.0, 1.0], [2.0, 1.0]])
    >>> fit = fitted(signs, np.array([0.0, 10.0, 20.0]), 1e-6)
    >>> estimated(fit, signs).round(3).tolist()
    [0.0, 10.0, 20.0]
    """
    mean, spread = signs.mean(axis=0), signs.std(axis=0)
    scale = np.where(spread > 0, spread, 1.0)
    standard = (signs - mean) / scale
    offset = snr_db.mean()
    weights = np.linalg.solve(standard.T @ standard + penalty * np.eye(signs.shape[1]), standard.T @ (snr_db - offset))
    return {"mean": mean, "scale": scale, "weights": weights, "offset": np.array(offset)}


def estimated(fit: dict[str, np.ndarray], signs: np.ndarray) -> np.ndarray:
    """Return the estimates of a fit, in dB."""
    return np.asarray((signs - fit["mean"]) / fit["scale"] @ fit["weights"] + fit["offset"])


def without_own_page(leads: ReadLeads) -> np.ndarray:
    """Return the estimate of each lead by a fit that saw neither it nor any other lead of its page, dB."""
    names = np.unique(leads.page)
    fold_of = dict(zip(names, np.random.default_rng(0).permutation(names.size) % FOLDS, strict=True))
    fold = np.array([fold_of[name] for name in leads.page])
    snr = np.clip(leads.snr_db, *LIMITS_DB)
    found = np.zeros(len(snr))
    for held_out in range(FOLDS):
        own = fold == held_out
        found[own] = estimated(fitted(leads.signs[~own], snr[~own], PENALTY), leads.signs[own])
    return found


def figures_of(leads: ReadLeads, found_db: np.ndarray) -> dict[str, Any]:
    """Return how close estimates are, and how many misread leads stand on pages that they do not mark."""
    marked = {name for name in np.unique(leads.page) if found_db[leads.page == name].min() < LEAD_SNR.doubted_db}
    misread = leads.snr_db < MISREAD_DB
    error = found_db - np.clip(leads.snr_db, *LIMITS_DB)
    return {
        "leads": len(leads.snr_db),
        "pages": len(np.unique(leads.page)),
        "rmse_db": round(float(np.sqrt((error**2).mean())), 2),
        "median_error_db": round(float(np.median(np.abs(error))), 2),
        "misread": int(misread.sum()),
        "misread_on_unmarked_pages": int(
            sum(bad and page not in marked for bad, page in zip(misread, leads.page, strict=True))
        ),
        "pages_marked": len(marked),
        "pages_marked_without_a_lead_below_10_db": sum(
            bool((leads.snr_db[leads.page == name] >= 10).all()) for name in marked
        ),
    }


def publish(leads: ReadLeads) -> dict[str, Any]:
    """Fit on all leads, write weights and card, and return the figures of the card."""
    figures = figures_of(leads, without_own_page(leads))
    fit = fitted(leads.signs, np.clip(leads.snr_db, *LIMITS_DB), PENALTY)
    packed = io.BytesIO()
    np.savez(packed, allow_pickle=False, **{name: values.astype(np.float32) for name, values in fit.items()})
    SNR_FILE.write_bytes(packed.getvalue())
    card = WeightsCard(
        name=SNR_FILE.stem,
        sha256=hashlib.sha256(packed.getvalue()).hexdigest(),
        network=f"Ridge regression from {len(SIGNS)} standardised signs of a lead.",
        keras="not used",
        input=(len(SIGNS),),
        outputs=("signal to noise ratio, dB",),
        data=(
            "Half a of 120 pages that ecg-image-kit drew from PTB-XL, and 180 pages of many styles, clean, scanned and "
            "photographed, drawn here from PTB-XL's folds 1 to 8; all read by this project."
        ),
        split=f"Figures: {FOLDS} folds of pages, each estimated by a fit without it. Half b is for reporting.",
        seed=0,
        training={"penalty": PENALTY, "limits_db": list(LIMITS_DB)},
        figures=figures,
        limits=(
            "Fitted on two generators' pages; on others the estimate is a rough order, not a measurement.",
            "No sign shows an error common to all leads, such as a wrong clock: what marks of time leave open bounds "
            "the estimate.",
        ),
    )
    SNR_FILE.with_suffix(".json").write_text(
        json.dumps(asdict(card), indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    return figures


def main() -> None:
    """Fit and publish."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    print(json.dumps(publish(read_leads(known_pages(data_folder()))), indent=2))


if __name__ == "__main__":
    main()
