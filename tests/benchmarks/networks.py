"""What the networks cost: ``python tests/benchmarks/networks.py``: loading, memory, and a report's prediction."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
RUNS = 30
LOAD = """
from time import perf_counter, process_time
clock = [perf_counter()]
from models.serving import predictor
clock.append(perf_counter())
networks = predictor.networks()
clock.append(perf_counter())
from tests.golden_predictions import golden_input
given = {name: golden_input(name)[:1] for name in networks.by_name}
clock.append(perf_counter())
for name, network in networks.by_name.items():
    network(given[name])
clock.append(perf_counter())
print(*(clock[later] - clock[later - 1] for later in (1, 2, 4)), process_time())
"""


def main() -> None:
    """Load in fresh processes, then predict in this one."""
    runs = [subprocess.check_output([sys.executable, "-c", LOAD], cwd=ROOT, text=True).split() for _ in range(3)]
    steps = "import", "load all", "first prediction of each", "all of it, processor time"
    for step, spent_s in zip(steps, zip(*runs, strict=True), strict=True):
        times = [float(one) for one in spent_s]
        print(f"{step}: median {median(times):.2f} s of {len(times)}, slowest {max(times):.2f}")
    before_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    from models.serving import predictor
    from tests.golden_predictions import golden_input

    by_name = predictor.networks().by_name
    spent: dict[str, list[float]] = {name: [] for name in by_name}
    rng = np.random.default_rng(0)
    for run in range(RUNS + 1):
        for name, network in by_name.items():
            report = golden_input(name)[run % 2][None].copy()
            if report.dtype == np.uint8:
                # Another report each time: the backbone keeps the features of the last one for both its networks.
                report[0, 0, run] = 255
            else:
                report[..., 0] += rng.normal(0, 0.01, report.shape[:-1]).astype(np.float32)
            start = perf_counter()
            network(report)
            if run:
                spent[name].append(perf_counter() - start)
    every = [sum(times) for times in zip(*spent.values(), strict=True)]
    for name, times in {**spent, "all": every}.items():
        print(f"{name}: median {1000 * median(times):.0f} ms of {RUNS}, slowest {1000 * max(times):.0f}")
    memory_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory: {memory_mib:.0f} MiB, of which {memory_mib - before_mib:.0f} above the bare interpreter")


if __name__ == "__main__":
    main()
