"""The figures of reading as a document, written from the benchmarks' own output."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from textwrap import fill
from typing import Any

from models.scoring import bootstrap

KINDS = {
    "photo": "photographs",
    "scan": "scans",
    "export": "exports",
    "screenshot": "screenshots",
    "not_ecg": "no ECG",
    "all": "all",
}
# Required median of a drawn page, by what the page has been through.
REQUIRED_DB = {"scanned": 20, "photographed": 12}
REQUIRED_CLEAN_DB = 25
HALVES = ("development", "held out")
MEASURES = {
    "pr_ms": ("PR", "ms", 15),
    "qrs_ms": ("QRS", "ms", 12),
    "qt_ms": ("QT", "ms", 20),
    "qtc_ms": ("QTc (Bazett)", "ms", None),
    "p_axis_deg": ("P axis", "°", None),
    "axis_deg": ("QRS axis", "°", 10),
    "t_axis_deg": ("T axis", "°", None),
}
REQUIRED_RATE = {"3x4+1": "97 %", "6x2": "97 %"}
NONE = "-"
WORST_PICTURE = ".readme/worst_drawn.webp"

Figures = Mapping[str, Any]


def section(figures: Figures) -> str:
    """Return the document's text, without its heading."""
    return "\n\n".join(
        [
            _INTRODUCTION,
            "## Real pages",
            _REAL,
            _collected(figures["real"]["collected"]),
            _REPORTS,
            _reports(figures["real"]["reports"]),
            "## Signals",
            _DRAWN,
            _drawn(figures["drawn"]["figures"]),
            f"![The ten worst leads, true and read trace over the drawn page]({'../' + WORST_PICTURE})",
            _worst(figures["drawn"]["worst"]),
            "## Measurements",
            _MEASURED,
            _measured(figures["measurements"]),
            "## Time",
            _times(figures["times"]),
            "## Limits of these figures",
            _LIMITS,
        ]
    )


def _collected(kinds: Mapping[str, Figures]) -> str:
    """Return the table of the collected pictures, a column a kind."""
    shown = [kind for kind in KINDS if kind in kinds]
    columns = [kinds[kind] for kind in shown]
    lines = {
        "pictures": [str(one["pictures"]) for one in columns],
        "refused as a page": [str(one["pictures"] - one["flat"] - one["as_it_is"]) for one in columns],
        "sheet laid flat": [_count(one["flat"], one["pictures"]) for one in columns],
        "taken as it lies": [_count(one["as_it_is"], one["pictures"]) for one in columns],
        "turned or mirrored, set upright": [str(one["turned"]) for one in columns],
        "scale found, not assumed": [_count(one["scale"], one["pictures"]) for one in columns],
        "readable, layout right (90 % required)": [_share(one["layout"], one["readable"]) for one in columns],
        "readable, refused (at most 10 %)": [_share(one["refused"], one["readable"]) for one in columns],
        "not readable, refused (all)": [_share(one["correctly_refused"], one["unreadable"]) for one in columns],
        "refusal codes": [_codes(one["codes"]) for one in columns],
        "leads' overlap, median (0.85)": [_overlap(one["overlap"], "median", ".2f") for one in columns],
        "leads above 0.7": [_overlap(one["overlap"], "share", ".0%") for one in columns],
        "leads": [str(one["overlap"].get("leads", NONE)) for one in columns],
        "seconds, median / slowest": [f"{one['median_s']:.1f} / {one['slowest_s']:.1f}" for one in columns],
    }
    return _table(["", *(KINDS[kind] for kind in shown)], ([name, *cells] for name, cells in lines.items()))


def _reports(layouts: Mapping[str, Figures]) -> str:
    """Return the table of the machine's reports, a line a layout."""
    lines = [
        [
            name,
            str(one["n"]),
            _share(one["layout"], one["n"]),
            _share(one["strips"], one["n"]),
            _share(one["in_place"], one["checked"]),
            f"{one['median_s']:.1f} / {one['slowest_s']:.1f}",
        ]
        for name, one in layouts.items()
    ]
    heads = ["layout", "pages", "layout right", "strips right", "13 leads in place", "seconds, median / slowest"]
    return _table(heads, lines)


def _drawn(styles: Mapping[str, Figures]) -> str:
    """Return the table of drawn pages, a line a style."""
    lines = []
    for name, one in styles.items():
        split, style = name.split(": ")
        required = REQUIRED_DB.get(split.split()[-1], REQUIRED_CLEAN_DB)
        lines.append(
            [
                "other program" + split.removeprefix("other") if split.startswith("other") else split,
                style,
                f"{one['pages']}, {one['n']}",
                str(one["unread_pages"]),
                f"{one['median_snr_db']:.1f} dB{_between(one['interval_snr_db'], '.1f')}",
                f"{required} dB",
                f"{one['tenth_snr_db']:.1f} dB",
                f"{one['median_pearson']:.4f}",
            ]
        )
    heads = [
        "drawn",
        "style",
        "pages, leads",
        "refused",
        "median SNR",
        "required",
        "10th percentile",
        "median Pearson",
    ]
    return _table(heads, lines)


def _worst(leads: Sequence[Figures]) -> str:
    """Return which leads the picture shows."""
    return (
        f"The {len(leads)} worst leads of all these, at most one a page, from {leads[0]['snr_db']:.1f} to "
        f"{leads[-1]['snr_db']:.1f} dB: blue as drawn, orange as read."
    )


def _measured(figures: Figures) -> str:
    """Return the table of measurements: each half of the reports in a column."""
    lines = []
    for layout in dict.fromkeys(one["layout"] for one in figures["rates"]):
        halves = {one["half"]: one for one in figures["rates"] if one["layout"] == layout}
        cells = [_share(halves[half]["right"], halves[half]["n"]) if half in halves else NONE for half in HALVES]
        lines.append([f"rate within 3 bpm, {layout}", REQUIRED_RATE.get(layout, NONE), *cells])
    for name, (word, unit, required) in MEASURES.items():
        halves = {one["half"]: one for one in figures["errors"] if one["measure"] == name}
        cells = [_error(halves[half], unit) if half in halves else NONE for half in HALVES]
        lines.append([f"{word}, median error", NONE if required is None else f"{required} {unit}", *cells])
    return _table(["", "required", "development half", "held-out half"], lines)


def _error(one: Figures, unit: str) -> str:
    return f"{one['median']:.0f} {unit}{_between(one['interval'], '.0f')}, {one['measured']} of {one['printed']}"


def _times(times: Figures) -> str:
    """Return one sentence of times."""
    steps, memory = times["steps"], times["memory_mib"]
    whole, redraw = steps["whole reading"], steps["redraw of lead I"]
    return fill(
        f"`python tests/benchmarks`, {times['page']} of 2213 x 1572 pixels as JPEG, warm, {times['cores']} cores, "
        f"median of {times['times']}: file to traces and measurements {whole['median_ms'] / 1000:.2f} s (required: "
        f"1.2 s, slowest {whole['slowest_ms'] / 1000:.2f} s), of which decoding {steps['decode']['median_ms']:.0f} ms, "
        f"page {steps['page']['median_ms']:.0f} ms, leads {steps['leads']['median_ms']:.0f} ms, stages "
        f"{steps['stages of 13 leads']['median_ms']:.0f} ms; a lead recomputed after a control moved "
        f"{redraw['median_ms']:.0f} ms; peak memory {memory['peak']:.0f} MiB.",
        width=120,
    )


def _table(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    rows = [list(heads), ["---"] * len(heads), *lines]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _count(some: int, n: int) -> str:
    return f"{some} of {n}"


def _share(right: int, n: int) -> str:
    """Return a count with its share and interval; nothing of nothing."""
    if not n:
        return NONE
    low, high = bootstrap.wilson(right, n)
    return f"{right} of {n}, {right / n:.0%} ({low:.0%} to {high:.0%})".replace("%", " %")


def _between(interval: Sequence[float] | None, form: str) -> str:
    # Resampling pages that are all alike gives no interval.
    if interval is None or interval[0] == interval[1]:
        return ""
    return f" ({interval[0]:{form}} to {interval[1]:{form}})"


def _overlap(one: Figures, name: str, form: str) -> str:
    if not one:
        return NONE
    return f"{one[name]:{form}}{_between(one[f'{name}_interval'], form)}".replace("%", " %")


def _codes(codes: Mapping[str, int]) -> str:
    return ", ".join(f"`{code}` {count}" for code, count in codes.items()) or NONE


_INTRODUCTION = """\
Written by `python tests/readme_figures.py` from what the benchmarks write as JSON; nothing in it is
typed in. Shares have 95 % Wilson intervals. Intervals of medians, and of shares of leads, are bootstrapped over whole
pages, since the leads of one page are not independent; below five pages there is none. Requirements were set before."""

_REAL = """\
`python tests/benchmarks/real_pages.py` reads photographs, scans, exports and screenshots from public repositories, in
many layouts, with layouts and boxes checked by hand. One readable page of no named layout counts in the upper lines
only. A lead counts when its box's middle lies on its row; its overlap (intersection over union) is that along time, and
0 on a refused page. **These pictures were inspected during development**: others may fare
worse."""

_REPORTS = """\
The pages of the EDAN SE-3 in "ECG Images dataset of Cardiac and COVID-19 Patients" (Khan, Hussain, Malik 2021, Mendeley
Data gwbz3fsgp8, version 1), each distinct image once. Where dividers are printed, every box must start and end within
4 px (of 2213) of them, which the check finds by itself; `python tests/benchmarks/all_pages.py` does the same at half
and twice the size. **All of them were visible during development.**"""

_DRAWN = """\
`python tests/benchmarks/drawn_signals.py` draws real signals (PTB-XL, Wagner and others 2020), reads the page from its
pixels and compares at 500 Hz: 10 log10 of the signal's power over the error's, both means removed, no alignment, no
gain fit; what is missing counts as zero, a refused page as 0 dB. Scans are up to 5 degrees askew, with noise, blur and
JPEG 60; photographs have perspective, shadow and blur. The other program's pages are drawn without anything of
`sample_images`. **The records are not those that the traces were tuned on; the styles are the same.**"""

_MEASURED = """\
`python tests/benchmarks/measurements.py` compares the rate with the one that each report prints, and intervals and axes
with those of the machine's own program, which 6x2 pages print. The reports fall into halves by their number: **the
methods were developed on one half, the other was held out**, although its pages were visible for layouts. A refused
page counts as a wrong rate. Each error is followed by how many of the printed values were measured; the rest have
`null` and a reason."""

_LIMITS = """\
The collected pictures are few: of screenshots and of some layouts there are one or two. The intervals that reports
print are one machine's, through its own filter, not a cardiologist's. No drawn page has handwriting or stains, and
the camera's folds and shadows are simple ones. A page refused as `layout_unknown` can be read with its layout set by
hand; that is not counted here. `models/MODEL_CARD.md` has the figures of the networks."""
