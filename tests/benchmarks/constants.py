"""How sensitive reading is to each tuned constant: ``python tests/benchmarks/constants.py``.

Moves each numeric field of the configs of `preprocessing` by -20 % and +20 %, reads a few drawn pages whose truth is
known, and compares with the unchanged reading. Prints Markdown for ``preprocessing/LOG.md``. Results are kept in a file
of JSON Lines: an interrupted run resumes.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from functools import cache
from multiprocessing import Pool
from pathlib import Path
from time import process_time
from typing import Any

# Each process has one core.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(variable, "1")
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import numpy as np

from preprocessing.leads import find_leads
from preprocessing.measuring import measure
from preprocessing.page import find_page
from preprocessing.traces import trace_leads
from sample_images import Camera, Drawing, PageStyle, draw_page, edan_style, photograph, simulate
from tests.app_alone import modules
from tests.benchmarks.trace_scores import estimate_of, key_of, score

FACTORS = (0.8, 1.2)
# The steps of reading, and the first one that a room's fields can change. `stages` feeds the article's networks alone.
STEPS = ("page", "leads", "traces", "measurements")
FIRST_STEP = {"picture": 0, "page": 0, "lettering": 1, "leads": 1, "traces": 2, "measuring": 3}
# Rhythm, seed, style and camera of each page.
PAGES: dict[str, tuple[str, int, PageStyle, Camera | None]] = {
    "3x4+1": ("normal-sinus", 1, PageStyle(dpi=120), None),
    "EDAN": ("atrial-fibrillation", 2, replace(edan_style(), dpi=120), None),
    "6x2": ("left-bundle-branch-block", 3, PageStyle(layout="6x2", dpi=100, dividers="full"), None),
    "12x1": ("acute-inferior-infarction", 4, PageStyle(layout="12x1", dpi=100), None),
    "low resolution": ("premature-ventricular-beats", 5, PageStyle(dpi=72, dividers="none"), None),
    "grey grid": ("old-anterior-infarction", 6, PageStyle(grid="grey", dpi=100, calibration="right"), None),
    "scan": ("first-degree-block", 7, PageStyle(grid="blue", dpi=100), Camera.scan(7)),
    "photograph": ("right-bundle-branch-block", 8, PageStyle(dpi=100), Camera.photo(8)),
}
# A box counts as moved from this on, in mm of any edge; a measurement as changed from this share of its value on.
MOVED_MM, CHANGED = 1.0, 0.05
TABLE_HEAD = "| field | value | lost | SNR, dB | worst lead, dB | boxes | measurements |"
# A reading takes half a second of the processor; one that hangs counts as lost.
SLOW_S = 30


@dataclass(frozen=True)
class Move:
    """One field of one config, its value, and the value that it is given instead."""

    module: str
    config: str
    field: str
    value: Any
    moved: Any

    @property
    def room(self) -> str:
        """The room of preprocessing that the field belongs to."""
        return self.module.split(".")[1]


@dataclass(frozen=True)
class Reading:
    """What came out of one page: of each lead its SNR in dB and its box in mm, and the measurements."""

    snr_db: dict[str, float]
    box_mm: dict[str, tuple[float, ...]]
    measured: dict[str, Any]


def moves() -> Iterator[Move]:
    """Yield every move of every numeric field."""
    for name in modules():
        room = name.split(".")[1:2]
        if not name.startswith("preprocessing.") or room[0] not in FIRST_STEP or "config" not in name.split(".")[-1]:
            continue
        module = sys.modules.get(name) or __import__(name, fromlist=["_"])
        for config, instance in vars(module).items():
            if is_dataclass(instance) and not isinstance(instance, type) and type(instance).__module__ == name:
                for field in fields(instance):
                    value = getattr(instance, field.name)
                    for factor in FACTORS:
                        if (moved := scaled(value, factor)) is not None:
                            yield Move(name, config, field.name, value, moved)


def scaled(value: Any, factor: float) -> Any:
    """Return a number or a tuple of numbers moved by a factor, whole ones by at least 1; None of anything else."""
    if isinstance(value, bool) or value == 0:
        return None
    if isinstance(value, int):
        away = max(1, round(abs(value * (factor - 1))))
        return value + away * (1 if (factor > 1) == (value > 0) else -1)
    if isinstance(value, float):
        return value * factor
    if isinstance(value, tuple) and value:
        parts = tuple(part if part == 0 else scaled(part, factor) for part in value)
        return None if None in parts else parts
    return None


@cache
def drawing_of(name: str) -> Drawing:
    """Return a page as the reader sees it."""
    rhythm, seed, style, camera = PAGES[name]
    drawing = draw_page(simulate(rhythm, seed=seed), style)
    return drawing if camera is None else photograph(drawing, camera)


def road(name: str, first_step: int = 0) -> list[Any]:
    """Return what each step gives, from the first one on that is not taken from the reading as it is."""
    done = [] if first_step == 0 else as_it_is(name)[:first_step]
    steps = (
        lambda: find_page(drawing_of(name).image),
        lambda: find_leads(done[0]),
        lambda: trace_leads(*done[1]),
        lambda: measure(done[2]),
    )
    for step in steps[first_step:]:
        done.append(step())
    return done


@cache
def as_it_is(name: str) -> list[Any]:
    """Return what each step gives with every field as it is."""
    return road(name)


def reading(name: str, steps: list[Any]) -> Reading:
    """Compare what was read with what was drawn."""
    page, layout = steps[1]
    found = {trace.key: trace for trace in steps[2]}
    drawing = drawing_of(name)
    snr_db = {
        key_of(lead): score(lead.samples_mv, estimate_of(lead, found))[0]
        for lead in drawing.leads
        if key_of(lead) in found
    }
    to_mm = 1 / page.px_per_mm_x, 1 / page.px_per_mm_y
    boxes = {box.key: tuple((np.asarray(box.quad)[[0, 2]] * to_mm).ravel().tolist()) for box in layout.boxes}
    return Reading(snr_db, boxes, {key: one.value for key, one in steps[3].values.items()})


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Interrupt what takes more of the processor's time."""

    def stop(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


@contextmanager
def moved(move: Move) -> Iterator[None]:
    """Change the value of a field within the context, in every module that has imported its config."""
    instance = getattr(sys.modules[move.module], move.config)
    forget()
    # All modules share the object, whatever name they imported it by; it is frozen against accidental changes.
    object.__setattr__(instance, move.field, move.moved)
    try:
        yield
    finally:
        object.__setattr__(instance, move.field, move.value)
        forget()


def forget() -> None:
    """Clear what functions of preprocessing have cached."""
    for name, module in list(sys.modules.items()):
        if name.startswith("preprocessing."):
            for one in list(vars(module).values()):
                if hasattr(one, "cache_clear"):
                    one.cache_clear()


def effect(move: Move, pages: tuple[str, ...]) -> dict[str, Any]:
    """Read all pages with one field moved, and return what that changes."""
    start = process_time()
    lost, boxes, measured, failed = 0, 0, 0, []
    snr_db: list[float] = []
    for name in pages:
        before = reading(name, as_it_is(name))
        try:
            with moved(move), within(SLOW_S):
                after = reading(name, road(name, FIRST_STEP[move.room]))
        # A refusal, or any error of a value out of range: the page is lost either way.
        except Exception as error:
            failed.append(f"{name}: {getattr(error, 'code', type(error).__name__)}")
            lost += len(before.snr_db)
            continue
        lost += len(before.snr_db.keys() - after.snr_db.keys())
        snr_db += [after.snr_db[key] - before.snr_db[key] for key in before.snr_db.keys() & after.snr_db.keys()]
        boxes += sum(
            np.abs(np.subtract(after.box_mm[key], before.box_mm[key])).max() > MOVED_MM
            for key in before.box_mm.keys() & after.box_mm.keys()
        )
        measured += sum(differs(value, after.measured.get(key)) for key, value in before.measured.items())
    return asdict(move) | {
        "pages": list(pages),
        "lost": lost,
        "snr_db": float(np.median(snr_db)) if snr_db else None,
        "worst_snr_db": min(snr_db) if snr_db else None,
        "boxes": int(boxes),
        "measured": int(measured),
        "failed": failed,
        "seconds": round(process_time() - start, 2),
    }


def differs(before: Any, after: Any) -> bool:
    """Tell whether a measurement has changed."""
    if isinstance(before, int | float) and isinstance(after, int | float):
        return bool(abs(after - before) > CHANGED * max(abs(before), 1e-9))
    return bool(before != after)


def markdown(results: list[dict[str, Any]], pages: tuple[str, ...]) -> str:
    """Return a table for each room of the fields that change anything, and the names of those that do not."""
    leads = sum(len(reading(name, as_it_is(name)).snr_db) for name in pages)
    lines = [
        "Each field is moved by -20 % and by +20 %, whole numbers by at least 1; each cell gives both. Data: "
        f"{len(pages)} drawn pages ({', '.join(pages)}) with {leads} leads. Lost: leads no longer read, all those of a "
        "page that is refused or fails. SNR: change over the leads still read, median and worst, in dB. Boxes: moved "
        f"by more than {MOVED_MM:g} mm. Measurements: changed by more than {100 * CHANGED:g} %.",
    ]
    for room in FIRST_STEP:
        own: dict[str, list[dict[str, Any]]] = {}
        for one in results:
            if one["module"].split(".")[1] == room:
                own.setdefault(f"{one['config']}.{one['field']}", []).append(one)
        if not own:
            continue
        live = {name: both for name, both in own.items() if any(map(matters, both))}
        lines += ["", f"### {room}"]
        if live:
            lines += [
                "",
                "| field | value | lost | SNR, dB | worst lead, dB | boxes | measurements |",
                "|" + "---|" * 7,
            ]
        for name, both in live.items():
            cells = [
                " / ".join(str(one["lost"]) for one in both),
                " / ".join(decibel(one["snr_db"]) for one in both),
                " / ".join(decibel(one["worst_snr_db"]) for one in both),
                " / ".join(str(one["boxes"]) for one in both),
                " / ".join(str(one["measured"]) for one in both),
            ]
            lines.append(f"| `{name}` | {shown(both[0]['value'])} | {' | '.join(cells)} |")
        if idle := [name for name in own if name not in live]:
            lines += ["", "No effect on these pages: " + ", ".join(f"`{name}`" for name in idle) + "."]
    return "\n".join(lines)


def matters(one: dict[str, Any]) -> bool:
    """Tell whether a move changes anything worth a line."""
    return bool(one["lost"] or one["boxes"] or one["measured"] or abs(one["worst_snr_db"] or 0) >= 0.1)


def decibel(value: float | None) -> str:
    """Return a change in dB with its sign."""
    return "none" if value is None else f"{value:+.1f}".replace("+0.0", "0").replace("-0.0", "0")


def shown(value: Any) -> str:
    """Return a value as Markdown shows it."""
    return ", ".join(map(shown, value)) if isinstance(value, list | tuple) else f"{value:g}"


def key_of_result(one: dict[str, Any]) -> str:
    """Return what makes a result: the move and its pages."""
    return json.dumps([one[name] for name in ("module", "config", "field", "value", "moved", "pages")])


def _effect(task: tuple[Move, tuple[str, ...]]) -> dict[str, Any]:
    return effect(*task)


def main() -> None:
    """Move what was not moved yet, keep the results, and print the tables."""
    parser = argparse.ArgumentParser(prog="python tests/benchmarks/constants.py", description=__doc__)
    parser.add_argument("--only", default="", help="only fields in whose module, config and name this occurs")
    parser.add_argument("--pages", nargs="+", choices=list(PAGES), default=list(PAGES))
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument(
        "--out", type=Path, default=Path("constants.jsonl"), help="results so far (default: %(default)s)"
    )
    chosen = parser.parse_args()
    pages = tuple(chosen.pages)
    wanted = [one for one in moves() if chosen.only in f"{one.module}.{one.config}.{one.field}"]
    lines = chosen.out.read_text(encoding="utf-8").splitlines() if chosen.out.exists() else []
    done = {key_of_result(one): one for one in map(json.loads, lines)}
    keys = [key_of_result(asdict(one) | {"pages": list(pages)}) for one in wanted]
    todo = [(one, pages) for one, key in zip(wanted, keys, strict=True) if key not in done]
    print(f"{len(wanted)} moves, of which {len(todo)} are to do", file=sys.stderr)
    with Pool(chosen.processes) as pool, chosen.out.open("a", encoding="utf-8") as file:
        for number, one in enumerate(pool.imap_unordered(_effect, todo), 1):
            # Through JSON, as a later run will read it.
            done[key_of_result(json.loads(json.dumps(one)))] = one
            file.write(json.dumps(one) + "\n")
            file.flush()
            print(
                f"{number} of {len(todo)}: {one['config']}.{one['field']}, {one['seconds']} s of CPU", file=sys.stderr
            )
    print(markdown([done[key] for key in keys], pages))


if __name__ == "__main__":
    main()
