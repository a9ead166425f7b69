"""Write the documents' figures from the benchmarks' JSON: ``python tests/readme_figures.py``.

All of them go to preprocessing/FIGURES.md, the headline table to the README. Each file that is given replaces its part
of the figures kept; without any, both are written from those. The picture of the worst drawn leads is drawn again where
new figures of drawn pages are given.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from models.data import data_folder
from tests.benchmarks.figures_text import WORST_PICTURE, section
from tests.benchmarks.headline_text import headline

README, KEPT = ROOT / "README.md", ROOT / "tests" / "benchmarks" / "figures.json"
FIGURES, NETWORKS = ROOT / "preprocessing" / "FIGURES.md", ROOT / "models" / "evaluation" / "figures.json"
BEGIN, END = "<!-- headline: begin -->", "<!-- headline: end -->"
# What of each benchmark's output the documents need.
PARTS: dict[str, tuple[str, ...]] = {
    "real": ("collected", "reports"),
    "drawn": ("figures", "worst"),
    "measurements": ("rates", "errors"),
    "times": ("page", "cores", "times", "steps", "memory_mib"),
}
QUALITY = 80


def with_headline(readme: str, figures: dict[str, Any]) -> str:
    """Return the README with the headline table between its marks."""
    before, rest = readme.split(BEGIN)
    _, after = rest.split(END)
    networks = json.loads(NETWORKS.read_text(encoding="utf-8"))["headline"]
    return f"{before}{BEGIN}\n{headline(figures, networks)}\n{END}{after}"


def every_figure(figures: dict[str, Any]) -> str:
    """Return the document of all figures of reading."""
    return f"# How well pages are read\n\n{section(figures)}\n"


def draw_worst(worst: list[dict[str, Any]]) -> None:
    """Draw the picture of the worst leads."""
    # The benchmark of drawn pages needs the whole reader, and the section's text does not.
    from tests.benchmarks.trace_scores import Score
    from tests.benchmarks.worst_drawn import worst_sheet

    folder = data_folder()
    sheet = worst_sheet([Score(**one) for one in worst], folder)
    sheet.save(ROOT / WORST_PICTURE, quality=QUALITY)


def main() -> None:
    """Take in new figures, and write the documents and the picture."""
    parser = argparse.ArgumentParser(prog="python tests/readme_figures.py", description=__doc__)
    parser.add_argument("--real", type=Path, help="what tests/benchmarks/real_pages.py --out wrote")
    parser.add_argument("--drawn", type=Path, help="what tests/benchmarks/drawn_signals.py --out wrote")
    parser.add_argument("--measurements", type=Path, help="what tests/benchmarks/measurements.py --out wrote")
    parser.add_argument("--times", type=Path, help="what tests/benchmarks --out wrote")
    chosen = vars(parser.parse_args())
    figures = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    for part, names in PARTS.items():
        if chosen[part] is None:
            continue
        new = json.loads(chosen[part].read_text(encoding="utf-8"))
        if part == "drawn" and new["signals"] != "reporting":
            parser.error("the figures of drawn pages must be of the signals to report, not of those tuned on")
        figures[part] = {name: new[name] for name in names}
    if missing := [part for part in PARTS if part not in figures]:
        parser.error(f"no figures are kept yet for: {', '.join(missing)}")
    KEPT.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    FIGURES.write_text(every_figure(figures), encoding="utf-8")
    README.write_text(with_headline(README.read_text(encoding="utf-8"), figures), encoding="utf-8")
    if chosen["drawn"]:
        draw_worst(figures["drawn"]["worst"])


if __name__ == "__main__":
    main()
