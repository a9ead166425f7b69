"""Score pages of generators that no training page came from: ``python -m tests.benchmarks.independent_pages``.

Pages by Matplotlib, ReportLab and as SVG, from real signals: clean, scanned and photographed, at 72 to 300 dpi. Each
cell has pages of its own; the same seed draws the same ones. Seed 0 is to tune on, others are to report.
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from models.data import data_folder
from tests.benchmarks.page_pool import in_processes
from tests.benchmarks.page_scores import PageScore, scored, see, table, table_lines, worst_lines
from tests.independent import matplotlib_pages, reportlab_pages, svg_pages
from tests.independent.degradations import PAPER_DPI, photographed, scanned
from tests.independent.known_page import KnownPage, png

GENERATORS = {"matplotlib": matplotlib_pages, "reportlab": reportlab_pages, "svg": svg_pages}
CONDITIONS = ("clean", "scanned", "photographed")
DPIS = (72, 100, 150, 200, 300)


@dataclass(frozen=True)
class Task:
    """One page to draw and to read."""

    generator: str
    condition: str
    dpi: int
    seed: int

    @property
    def name(self) -> str:
        """Enough to draw it again."""
        return f"{self.generator}-{self.condition}-{self.dpi}-{self.seed}"


def tasks_of(
    generators: Sequence[str], conditions: Sequence[str], dpis: Sequence[int], seed: int, pages: int
) -> Iterator[Task]:
    """Yield the pages of each cell; a cell has the same pages whichever others are drawn."""
    for generator in generators:
        for condition in conditions:
            for dpi in dpis:
                cell = zlib.crc32(f"{generator} {condition} {dpi}".encode())
                for page_seed in np.random.SeedSequence([seed, cell]).generate_state(pages).tolist():
                    yield Task(generator, condition, dpi, page_seed)


def drawn(data: Path, task: Task) -> tuple[KnownPage, bytes]:
    """Draw a page; return what is known of it, and the content of the file that is to be read."""
    draw = GENERATORS[task.generator].draw_page
    if task.condition == "clean":
        page = draw(data, task.seed, task.dpi)
        return page, png(page.image)
    page = draw(data, task.seed, PAPER_DPI)
    degrade = {"scanned": scanned, "photographed": photographed}[task.condition]
    return page, degrade(page.image, page.dpi, task.dpi, np.random.default_rng([task.seed, 4]))


def judge(data: Path, kept: Path | None, task: Task) -> PageScore:
    """Draw, read and score one page."""
    page, content = drawn(data, task)
    if kept is not None:
        (kept / f"{task.name}.{'png' if task.condition == 'clean' else 'jpg'}").write_bytes(content)
    group = f"{task.generator} {task.condition} {task.dpi}"
    return scored(f"{task.name} ({page.looks})", group, page.layout, page.truth, see(content))


def joined(scores: Sequence[PageScore]) -> dict[str, dict[str, object]]:
    """Return figures by generator, condition and resolution; then by generator and condition, and by each condition."""
    cells = table(scores)
    everything = cells.pop("all")
    by_condition: dict[str, list[PageScore]] = {}
    for score in scores:
        generator, condition, dpi = score.group.split()
        resolution = "72 dpi" if dpi == "72" else "above 72 dpi"
        for group in (f"{generator} {condition}", condition, f"{condition} {resolution}"):
            by_condition.setdefault(group, []).append(score)
    order = sorted(by_condition, key=lambda group: (group.split()[0] in CONDITIONS, group))
    return cells | {group: table(by_condition[group])["all"] for group in order} | {"all": everything}


def main() -> None:
    """Draw, read and score the selected pages, and print a table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.independent_pages", description=__doc__)
    parser.add_argument("--pages", type=int, default=5, help="pages a cell (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="which pages (default: %(default)s)")
    parser.add_argument("--generators", nargs="+", choices=list(GENERATORS), default=list(GENERATORS))
    parser.add_argument("--conditions", nargs="+", choices=CONDITIONS, default=CONDITIONS)
    parser.add_argument("--dpi", nargs="+", type=int, default=DPIS)
    parser.add_argument("--jobs", type=int, default=1, help="processes (default: %(default)s)")
    parser.add_argument("--worst", type=int, default=10, help="list so many of the pages read worst")
    parser.add_argument("--keep", type=Path, help="a folder to keep the pages in")
    parser.add_argument("--out", type=Path, help="where the JSON goes")
    chosen = parser.parse_args()
    if chosen.keep:
        chosen.keep.mkdir(parents=True, exist_ok=True)
    tasks = tasks_of(chosen.generators, chosen.conditions, chosen.dpi, chosen.seed, chosen.pages)
    scores = in_processes(partial(judge, data_folder(), chosen.keep), tasks, chosen.jobs)
    figures = joined(scores)
    print("\n".join([*table_lines(figures), *worst_lines(scores, chosen.worst)]))
    if chosen.out:
        result = {"seed": chosen.seed, "figures": figures, "pages": [asdict(score) for score in scores]}
        chosen.out.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
