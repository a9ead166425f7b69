"""Draw ECG reports with known truth: `python -m sample_images --help`."""

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
        description="Draw 12-lead ECG reports whose truth is known: images, each with a JSON file beside it.",
        epilog="example: python -m sample_images --rhythm atrial-flutter --camera photo --out drawn",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    add = parser.add_argument
    add("--rhythm", choices=[*RHYTHMS, "all"], default="normal-sinus", help="what the heart does")
    add("--rate", type=float, metavar="BPM", help="heart rate; the rhythm's own where not given")
    add("--style", choices=["a4", "edan"], default="a4", help="the page; edan is 3x4+1 as an SE-3 prints it")
    add(
        "--layout",
        choices=list(LAYOUTS),
        help="where the leads stand; 3x4+1 where not given, always so on edan",
    )
    add("--speed", type=float, choices=[25.0, 50.0], default=25.0, help="mm/s")
    add("--gain", type=float, choices=[5.0, 10.0, 20.0], default=10.0, help="mm/mV")
    add("--grid", choices=list(GRIDS), help="squares; red on a4 and dots on edan where not given")
    add("--dpi", type=int, default=200, help="dots an inch; scanners give 100 to 300")
    add("--camera", choices=["none", "scan", "photo"], default="none", help="how the page is seen")
    add("--seed", type=int, default=0, help="of the first report; each next one counts up")
    add("--count", type=int, default=1, help="reports a rhythm")
    add("--format", choices=["png", "jpg", "webp"], default="png", help="of the image files")
    add("--samples", action="store_true", help="write the printed samples into the truth as well")
    add("--out", type=Path, default=Path("drawn"), help="folder for the reports")
    add("--committed", action="store_true", help="draw the project's own samples again, and nothing else")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw what the command line asks for, and print the path of each image."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    if asked.committed:
        write_samples()
        return 0
    try:
        base = edan_style() if asked.style == "edan" else PageStyle(layout=asked.layout or "3x4+1")
        if asked.layout not in (None, base.layout):
            raise ValueError(f"the {asked.style} page is always {base.layout}")
        page = replace(base, speed_mm_s=asked.speed, gain_mm_mv=asked.gain, dpi=asked.dpi, grid=asked.grid or base.grid)
        asked.out.mkdir(parents=True, exist_ok=True)
        for rhythm in RHYTHMS if asked.rhythm == "all" else [asked.rhythm]:
            for seed in range(asked.seed, asked.seed + asked.count):
                drawing = draw_page(simulate(rhythm, asked.rate, seed), page)
                if asked.camera != "none":
                    camera = Camera.photo(seed) if asked.camera == "photo" else Camera.scan(seed)
                    drawing = photograph(drawing, camera)
                path = asked.out / f"{rhythm}_{page.layout}_{seed}.{asked.format}"
                Image.fromarray(drawing.image).save(path, dpi=(asked.dpi, asked.dpi))
                path.with_suffix(".json").write_text(drawing.truth_json(asked.samples), encoding="utf-8")
                print(path)
    except ValueError as error:
        parser.error(str(error))
    return 0


if __name__ == "__main__":
    sys.exit(main())
