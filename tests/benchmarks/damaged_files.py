"""Damaged files: ``python -m tests.benchmarks.damaged_files --files 10000``.

Takes a small page in every picture format, and the tiny seeds of every format, damages them at random, and reads each
through the door that tests fuzz: it must end as a reading or as a refusal. A file that ends otherwise is kept in
``--faults``, where the file that is being read lies too, should the process itself end. Prints what came of each format
and the longest reading.
"""

from __future__ import annotations

import argparse
import io
import random
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pillow_heif

from tests.benchmarks.small_pages import small_picture
from tests.dicom_objects import bytes_of, capture
from tests.fuzz_edits import edited, random_edits
from tests.fuzz_reading import fuzz_read
from tests.fuzz_seeds import SIGNAL_SEEDS, seeds

# Pages that can be read, and signals, which cost up to two seconds each; the others are tiny.
PAGE_SHARE, SIGNAL_SHARE, PRINT_EACH = 0.1, 0.01, 500
NOW = "now.bin"

# Pillow writes HEIC only after this.
pillow_heif.register_heif_opener()


def saved(file_format: str, **options: object) -> bytes:
    """Return a small page in a format of Pillow's."""
    written = io.BytesIO()
    small_picture(0).save(written, file_format, **options)
    return written.getvalue()


def pages() -> dict[str, bytes]:
    """Return a small page in every picture format."""
    made: dict[str, Callable[[], bytes]] = {
        "whole.png": partial(saved, "PNG"),
        "whole.jpg": partial(saved, "JPEG", quality=90),
        "whole progressive.jpg": partial(saved, "JPEG", quality=90, progressive=True),
        "whole.webp": partial(saved, "WEBP", lossless=True),
        "whole.avif": partial(saved, "AVIF"),
        "whole.heic": partial(saved, "HEIF"),
        "whole.tiff": partial(saved, "TIFF"),
        "whole lzw.tiff": partial(saved, "TIFF", compression="tiff_lzw"),
        "whole.bmp": partial(saved, "BMP"),
        "whole.gif": partial(saved, "GIF"),
        "whole.pdf": partial(saved, "PDF"),
        "whole.dcm": lambda: bytes_of(capture(np.asarray(small_picture(0)))),
    }
    return {name: build() for name, build in made.items()}


def damaged(count: int, first: int, faults: Path) -> Counter[str]:
    """Read damaged files, print what came of them, and return how often each outcome came.

    Parameters
    ----------
    count, first : int
        How many, and the random seed of the first; each further file has the next.
    faults : Path
        Folder for the files that ended otherwise.
    """
    faults.mkdir(parents=True, exist_ok=True)
    readable, tiny = pages(), {name: build() for name, build in seeds().items()}
    outcomes = defaultdict[str, Counter[str]](Counter)
    longest, start = (0.0, "", 0), time.process_time()
    for number in range(first, first + count):
        rng = random.Random(number)
        draw = rng.random()
        page, signals = draw < PAGE_SHARE, draw > 1 - SIGNAL_SHARE
        name = rng.choice([one for one in (readable if page else tiny) if page or (one in SIGNAL_SEEDS) == signals])
        # Of little damage a page may still be read, through every step.
        data = edited(readable[name], random_edits(rng, 2)) if page else edited(tiny[name], random_edits(rng))
        (faults / NOW).write_bytes(data)
        began = time.process_time()
        try:
            outcome = fuzz_read(data)
        except Exception:
            outcome = "FAULT"
            (faults / f"{number}_{name}").write_bytes(data)
            traceback.print_exc()
        outcomes[name][outcome] += 1
        longest = max(longest, (time.process_time() - began, name, number))
        if (number - first + 1) % PRINT_EACH == 0:
            print(f"{number - first + 1}: {dict(sum(outcomes.values(), Counter()))}", flush=True)
    (faults / NOW).unlink()
    for name, found in sorted(outcomes.items()):
        print(f"  {name}: {dict(found.most_common())}")
    print(f"longest: {longest[0]:.1f} s of processor time, {longest[1]}, seed {longest[2]}; "
          f"all: {time.process_time() - start:.0f} s")  # fmt: skip
    return sum(outcomes.values(), Counter())


def main() -> None:
    """Read damaged files and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, metavar="SEED")
    parser.add_argument("--faults", type=Path, default=Path("faults"))
    given = parser.parse_args()
    print(f"{given.files} files: {dict(damaged(given.files, given.first, given.faults))}")


if __name__ == "__main__":
    main()
