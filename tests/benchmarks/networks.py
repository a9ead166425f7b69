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
from time import perf_counter
clock = [perf_counter()]
import tensorflow, keras
clock.append(perf_counter())
from models.serving.classifier import load
by_name = [load(name) for name in ("trace_cnn", "trace_cnn_lstm")]
clock.append(perf_counter())
import numpy
for network in by_name:
    network(numpy.zeros((1, *network.card.input), numpy.float32))
clock.append(perf_counter())
print(*(after - before for before, after in zip(clock, clock[1:])))
"""


def main() -> None:
    """Load in fresh processes, then predict in this one."""
    runs = [subprocess.check_output([sys.executable, "-c", LOAD], cwd=ROOT, text=True).split() for _ in range(5)]
    for step, spent_s in zip(("import TensorFlow", "load both", "first calls"), zip(*runs, strict=True), strict=True):
        times = [float(one) for one in spent_s]
        print(f"{step}: median {median(times):.2f} s of {len(times)}, slowest {max(times):.2f}")
    before_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    from models.networks import ROWS_SHAPE
    from models.serving.predictor import networks

    by_name = networks().by_name
    rows = np.random.default_rng(0).normal(0, 0.3, (1, *ROWS_SHAPE)).astype(np.float32)
    rows[..., 1] = 1
    for network in by_name.values():
        network(rows)
    spent: dict[str, list[float]] = {name: [] for name in by_name}
    for _ in range(RUNS):
        for name, network in by_name.items():
            start = perf_counter()
            network(rows)
            spent[name].append(perf_counter() - start)
    both = [sum(times) for times in zip(*spent.values(), strict=True)]
    for name, times in {**spent, "both": both}.items():
        print(f"{name}: median {1000 * median(times):.0f} ms of {RUNS}, slowest {1000 * max(times):.0f}")
    memory_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory: {memory_mib:.0f} MiB, of which {memory_mib - before_mib:.0f} above the bare interpreter")


if __name__ == "__main__":
    main()
