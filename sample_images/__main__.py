"""Draw ECG reports with known ground truth: `python -m sample_images --help`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PIL import Image

from sample_images import LAYOUTS, RHYTHMS, Camera, PageStyle, draw_page, edan_style, photograph, simulate
from sample_images.committed import write_samples
from sample_images.style import GRIDS


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m sample_images",
        description="Draw 12-lead ECG reports with known ground truth: images, each with a JSON file of the same name.",
        epilog="example: python -m sample_images --rhythm atrial-flutter --camera photo --out drawn",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    add = parser.add_argument
    add("--rhythm", choices=[*RHYTHMS, "all"], default="normal-sinus", help="rhythm to simulate")
    add("--rate", type=float, metavar="BPM", help="heart rate; by default the rhythm's own")
    add("--style", choices=["a4", "edan"], default="a4", help="page style; edan is the 3x4+1 page of an EDAN SE-3")
    add(
        "--layout",
        choices=list(LAYOUTS),
        help="layout of the leads; by default 3x4+1, the only one of edan",
    )
    add("--speed", type=float, choices=[25.0, 50.0], default=25.0, help="mm/s")
    add("--gain", type=float, choices=[5.0, 10.0, 20.0], default=10.0, help="mm/mV")
    add("--grid", choices=list(GRIDS), help="grid; by default red on a4 and dots on edan")
    add("--dpi", type=int, default=200, help="dots per inch; scanners give 100 to 300")
    add("--camera", choices=["none", "scan", "photo"], default="none", help="camera over the page")
    add("--seed", type=int, default=0, help="random seed of the first report; each further report adds 1")
    add("--count", type=int, default=1, help="reports per rhythm")
    add("--format", choices=["png", "jpg", "webp"], default="png", help="format of the image files")
    add("--samples", action="store_true", help="include the printed samples in the JSON")
    add("--out", type=Path, default=Path("drawn"), help="folder for the reports")
    add("--committed", action="store_true", help="redraw only the committed samples")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw the requested reports and print the path of each image."""
    parser = _parser()
    chosen = parser.parse_args(arguments)
    if chosen.committed:
        write_samples()
        return 0
    try:
        base = edan_style() if chosen.style == "edan" else PageStyle(layout=chosen.layout or "3x4+1")
        if chosen.layout not in (None, base.layout):
            raise ValueError(f"the {chosen.style} page is always {base.layout}")
        page = replace(
            base, speed_mm_s=chosen.speed, gain_mm_mv=chosen.gain, dpi=chosen.dpi, grid=chosen.grid or base.grid
        )
        chosen.out.mkdir(parents=True, exist_ok=True)
        for rhythm in RHYTHMS if chosen.rhythm == "all" else [chosen.rhythm]:
            for seed in range(chosen.seed, chosen.seed + chosen.count):
                drawing = draw_page(simulate(rhythm, chosen.rate, seed), page)
                if chosen.camera != "none":
                    camera = Camera.photo(seed) if chosen.camera == "photo" else Camera.scan(seed)
                    drawing = photograph(drawing, camera)
                path = chosen.out / f"{rhythm}_{page.layout}_{seed}.{chosen.format}"
                Image.fromarray(drawing.image).save(path, dpi=(chosen.dpi, chosen.dpi))
                path.with_suffix(".json").write_text(drawing.truth_json(chosen.samples), encoding="utf-8")
                print(path)
    except ValueError as error:
        parser.error(str(error))
    return 0


if __name__ == "__main__":
    sys.exit(main())
