"""Pages whose every sample is known, read from file content as the app reads them, and scored lead by lead.

SNR in dB: means removed, no alignment, no gain fitted; what is missing at either end counts as zero, gaps within are
bridged; a lead that is missing or on a page that was refused has -20 dB. A lead below 5 dB is misread; it is misread in
silence where the page was read without `leads_contradict`.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from time import process_time
from typing import Any

import numpy as np

from ecgviz.study import open_study, reading_from
from models.lead_snr import MISSING_DB, snr_db
from preprocessing.errors import EcgImageError
from preprocessing.traces import Trace
from tests.benchmarks.intervals import pages_interval

MISREAD_DB = 5.0
READ, REFUSED, FAILED = "read", "refused", "failed"
HEADINGS = (
    "pages",
    "refused",
    "failed",
    "layout",
    "leads",
    "missing",
    "median dB",
    "95 %",
    "<5 dB",
    "silent",
    "good",
    "s",
)


@dataclass(frozen=True)
class Seen:
    """One page as it was read.

    `why` is the refusal's code or what failed; `reading` is the command line's; `traces` by `Trace.key`; `seconds` of
    processor time.
    """

    status: str
    why: str
    reading: Mapping[str, Any] | None
    traces: Mapping[str, Trace]
    seconds: float

    @property
    def layout(self) -> str | None:
        """Name of the layout with its order unless that is the standard one; None where nothing was read."""
        if self.reading is None:
            return None
        layout = self.reading["layout"]
        return layout["name"] if layout["order"] == "standard" else f"{layout['name']} {layout['order'].capitalize()}"

    @property
    def contradicts(self) -> bool:
        """Whether the reading warns that its leads contradict each other."""
        return self.reading is not None and "leads_contradict" in {one["code"] for one in self.reading["warnings"]}

    @property
    def trust(self) -> str | None:
        """State of the reading's trust; None where nothing was read, or readings have none."""
        return (self.reading or {}).get("trust", {}).get("state")


@dataclass(frozen=True)
class PageScore:
    """How well one page was read: SNR in dB by lead key, and what the reading showed of its doubts."""

    page: str
    group: str
    status: str
    why: str
    layout: str
    read_as: str | None
    snr_db: Mapping[str, float]
    contradicts: bool
    trust: str | None
    seconds: float

    @property
    def median_db(self) -> float:
        """Median of its leads."""
        return float(np.median(list(self.snr_db.values())))

    @property
    def misread(self) -> int:
        """How many leads are below 5 dB."""
        return sum(db < MISREAD_DB for db in self.snr_db.values())

    @property
    def flagged(self) -> bool:
        """Whether it was refused, or its leads contradict each other."""
        return self.status == REFUSED or self.contradicts


def see(data: bytes) -> Seen:
    """Read a page from file content; an exception that is no refusal is a failure, to be shown as such."""
    start = process_time()
    try:
        study = open_study(data, with_models=False)
        reading = reading_from(study)
    except EcgImageError as error:
        return Seen(REFUSED, error.code, None, {}, process_time() - start)
    except Exception:
        return Seen(FAILED, traceback.format_exc().strip().splitlines()[-1], None, {}, process_time() - start)
    return Seen(READ, "", reading, {trace.key: trace for trace in study.traces}, process_time() - start)


def scored(page: str, group: str, layout: str, truth: Mapping[str, np.ndarray], seen: Seen) -> PageScore:
    """Score what was read of a page; `truth` holds each printed lead's samples in mV at 500 Hz by its key."""
    found = {key: seen.traces[key].mv.astype(float) if key in seen.traces else None for key in truth}
    db = {key: snr_db(samples.astype(float), found[key]) for key, samples in truth.items()}
    return PageScore(
        page, group, seen.status, seen.why, layout, seen.layout, db, seen.contradicts, seen.trust, seen.seconds
    )


def summary(pages: Sequence[PageScore]) -> dict[str, Any]:
    """Return the figures of some pages.

    `silent` counts leads below 5 dB on pages that were read without `leads_contradict`; `good` those on pages whose
    trust is good, None where no reading has a trust.
    """
    leads = [list(page.snr_db.values()) for page in pages]
    every = np.concatenate(leads)
    has_trust = any(page.trust is not None for page in pages)
    return {
        "pages": len(pages),
        "refused": sum(page.status == REFUSED for page in pages),
        "failed": sum(page.status == FAILED for page in pages),
        "layout": sum(page.read_as == page.layout for page in pages),
        "leads": every.size,
        "missing": int((every == MISSING_DB).sum()),
        "median_db": round(float(np.median(every)), 2),
        "interval_db": pages_interval(leads, lambda some: float(np.median(some))),
        "misread": sum(page.misread for page in pages),
        "silent": sum(page.misread for page in pages if not page.flagged),
        "good": sum(page.misread for page in pages if page.trust == "good") if has_trust else None,
        "median_s": round(float(np.median([page.seconds for page in pages])), 2),
    }


def table(scores: Sequence[PageScore]) -> dict[str, dict[str, Any]]:
    """Return the figures of each group in the order of the scores, and of all together."""
    groups = dict.fromkeys(score.group for score in scores)
    figures = {group: summary([score for score in scores if score.group == group]) for group in groups}
    return figures | {"all": summary(scores)}


def table_lines(figures: Mapping[str, Mapping[str, Any]]) -> Iterable[str]:
    """Yield a table of figures, one line a group."""
    width = max(len(group) for group in figures)
    yield " " * width + "".join(f"{heading:>{_width(heading)}}" for heading in HEADINGS)
    for group, figure in figures.items():
        values = {**figure, "95 %": "-", "median dB": f"{figure['median_db']:.1f}", "s": f"{figure['median_s']:.2f}"}
        if figure["interval_db"] is not None:
            low, high = figure["interval_db"]
            values["95 %"] = f"{low:.1f} to {high:.1f}"
        values["<5 dB"] = figure["misread"]
        values["good"] = "-" if figure["good"] is None else figure["good"]
        yield f"{group:{width}}" + "".join(f"{values[heading]:>{_width(heading)}}" for heading in HEADINGS)


def _width(heading: str) -> int:
    return 15 if heading == "95 %" else max(len(heading), 5) + 2


def worst_lines(scores: Sequence[PageScore], count: int) -> Iterable[str]:
    """Yield every refusal and failure, and the pages that were read worst, each with its worst leads."""
    for score in scores:
        if score.status != READ:
            yield f"{score.group}, {score.page}: {score.status}, {score.why}"
    for score in sorted((one for one in scores if one.status == READ), key=lambda one: one.median_db)[:count]:
        doubts = "contradicts" if score.contradicts else "no contradiction"
        trust = f", trust {score.trust}" if score.trust else ""
        low = sorted((db, key) for key, db in score.snr_db.items() if db < MISREAD_DB)
        leads = ", ".join(f"{key} {db:.0f}" for db, key in low) or "none"
        yield (
            f"{score.group}, {score.page}: {score.median_db:.1f} dB, {score.layout} read as {score.read_as}, "
            f"{doubts}{trust}; below 5 dB: {leads}"
        )
