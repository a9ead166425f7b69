"""The README's short table of headline figures, from the benchmarks' own output and the networks' evaluation."""

from __future__ import annotations

from typing import Any

from models.findings import findings_card
from models.scoring import bootstrap

NETWORKS = {
    "cnn": "CNN",
    "cnn_lstm": "CNN-LSTM",
    "ensemble": "all of ours combined",
    "paper_cnn": "the article's CNN",
}
FINDINGS = {"mean": "mean of fifteen findings", "any_infarction": "any infarction"}
DRAWN = {"clean: 3x4+1": "clean", "scanned: 3x4+1": "scanned", "photographed: 3x4+1": "photographed"}


def headline(figures: dict[str, Any], networks: dict[str, Any]) -> str:
    """Return the table: `figures` are the reader's, `networks` those of the headline reports by model."""
    collected = figures["real"]["collected"]["all"]
    rates = [one for one in figures["measurements"]["rates"] if one["half"] == "held out"]
    right, n = sum(one["right"] for one in rates), sum(one["n"] for one in rates)
    seconds = figures["times"]["steps"]["whole reading"]["median_ms"] / 1000
    findings = findings_card().figures["findings"]
    rows = [
        (
            "layout right, photographs, scans, exports, screenshots",
            _share(collected["layout"], collected["readable"]),
            "public pictures, inspected during development",
        ),
        (
            "not readable and refused",
            _share(collected["correctly_refused"], collected["unreadable"]),
            "the same collection",
        ),
        *(
            (
                f"SNR of the signals, {name}",
                f"median {figures['drawn']['figures'][key]['median_snr_db']:.1f} dB",
                f"{figures['drawn']['figures'][key]['n']} leads of {figures['drawn']['figures'][key]['pages']} drawn "
                "pages, records not used for tuning",
            )
            for key, name in DRAWN.items()
        ),
        ("heart rate within 3 bpm of the printed one", _share(right, n), "reports of the half not used for tuning"),
        *(
            (
                f"macro-F1 of four classes, {name}",
                "{value:.3f} ({low:.3f} to {high:.3f})".format(**networks[key]["macro_f1"]),
                f"{networks[key]['n']} distinct 3x4+1 reports, each predicted by members not trained on it",
            )
            for key, name in NETWORKS.items()
        ),
        *(
            (
                f"AUROC, {name}",
                "{auroc:.3f} ({low:.3f} to {high:.3f})".format(**findings[key]),
                f"{findings[key]['n']} drawn pages of held-out PTB-XL patients, read by this reader",
            )
            for key, name in FINDINGS.items()
        ),
        ("file to traces and measurements", f"{seconds:.2f} s", "2213 x 1572 pixels, two cores, median"),
    ]
    lines = [("what", "figure (95 % interval)", "on what"), ("---",) * 3, *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _share(right: int, n: int) -> str:
    low, high = bootstrap.wilson(right, n)
    return f"{right} of {n}, {right / n:.0%} ({low:.0%} to {high:.0%})".replace("%", " %")
