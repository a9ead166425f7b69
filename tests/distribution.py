"""How tests are shared out to processes: a file stays in one, and so does what shares a server or TensorFlow.

Pytest-xdist gives each process the next group when it is done with one. The costliest come first, so that no long one
is left for the end.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from xdist.scheduler import LoadFileScheduling

ROOT = Path(__file__).resolve().parents[1]
BROWSER, TENSORFLOW, BEATS, STORES = "browser", "tensorflow", "beats", "stores"
# Seconds that a test with one of these marks takes, roughly; the others take next to nothing.
COST_S = {BROWSER: 10.0, "slow": 2.0, TENSORFLOW: 2.0, "whole_page": 0.6}
OTHER_S = 0.03


@cache
def group_of(file: str) -> str:
    """Return the group of a test file, a path below the repository's root."""
    if file.startswith("tests/browser/"):
        # One server and one Chromium serve all journeys.
        return BROWSER
    if file.startswith("tests/ecgviz/store/"):
        # One PostgreSQL serves all tests of stores.
        return STORES
    if "pytest.mark.tensorflow" not in (ROOT / file).read_text(encoding="utf-8"):
        return file
    # Importing TensorFlow takes some five seconds of each process that does. Beats are half of its work, so that two
    # processes share it.
    return f"{TENSORFLOW} {BEATS}" if file.startswith(f"tests/models/{BEATS}/") else TENSORFLOW


class ByResource(LoadFileScheduling):
    """Hand out whole groups."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(file_of(nodeid))


def costliest_first(items: list[pytest.Item]) -> None:
    """Sort tests by what their group costs; those of one group keep their order."""
    costs: Counter[str] = Counter()
    for item in items:
        costs[group_of(file_of(item.nodeid))] += max(
            (COST_S[mark.name] for mark in item.iter_markers() if mark.name in COST_S), default=OTHER_S
        )
    items.sort(key=lambda item: -costs[group_of(file_of(item.nodeid))])


def file_of(nodeid: str) -> str:
    """Return the file that a test stands in, as pytest names it."""
    return nodeid.split("::", 1)[0]
