"""The card of the findings head as a page to read: figures with n and interval, and limits."""

from __future__ import annotations

from typing import Any

from models.classes import FINDINGS
from models.findings.card import FindingsCard

_HEAD = (
    "| finding | pages with it, of | AUROC, read pages of fold 9 | sensitivity | specificity "
    "| AUROC, folds 1 to 8 held out |"
)


def markdown_of(card: FindingsCard) -> str:
    """Return the card in Markdown."""
    figures = card.figures
    pages, own = figures["findings"], figures["held_out_recordings"]
    lines = [
        "# Findings head",
        "",
        "Written by `python -m models.publish_findings`. Trees over what is measured on a page, calibrated for each",
        "finding; a finding counts as present from its own threshold on. Fold 9 of PTB-XL is held out: its records",
        "were drawn as pages in five layouts under three filters and read by our own reader,",
        f"{figures['pages_n']} pages and {figures['refused_n']} refused. Intervals are 95 % bootstrap intervals over",
        "patients.",
        "",
        _HEAD,
        "|---|---|---|---|---|---|",
    ]
    for name in FINDINGS:
        one = pages[name]
        lines.append(
            f"| {name} | {one['present']} of {one['n']} | {_with_interval(one)} | {one['sensitivity']:.2f} | "
            f"{one['specificity']:.2f} | {own[name]['auroc']:.3f} |"
        )
    lines += [
        f"| **mean** | | {_with_interval(pages['mean'])} | | | {own['mean']['auroc']:.3f} |",
        "",
        f"The gate refuses {figures['unlike_share']:.1%} of these pages. It sees leads that are five times as high;",
        "those three times as high pass, as do leads that are turned over or a fifth as high.",
        "",
        "## Data",
        "",
        f"{card.data}. {card.split[0].upper()}{card.split[1:]}.",
        "",
        "## Limits",
        "",
        *(f"* {limit}" for limit in card.limits),
        "",
    ]
    return "\n".join(lines)


def _with_interval(figure: dict[str, Any]) -> str:
    return f"{figure['auroc']:.3f} ({figure['low']:.3f} to {figure['high']:.3f})"
