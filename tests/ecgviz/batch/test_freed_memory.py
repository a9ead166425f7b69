"""Freed memory goes back to the system."""

import re
import sys
from pathlib import Path

import pytest

from ecgviz.batch import freed_memory
from ecgviz.batch.freed_memory import release_memory


def resident_mib():
    return int(re.search(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 2**10


@pytest.mark.skipif(freed_memory._trim() is None, reason="needs the GNU C library")
def test_freed_memory_is_returned():
    # Small enough for the heap, whose end one block keeps.
    blocks = [bytes(50_000) for _ in range(4000)]
    last = bytes(50_000)
    full = resident_mib()
    del blocks
    release_memory()
    assert len(last) == 50_000
    assert full - resident_mib() > 100


def test_other_systems_need_nothing(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(freed_memory, "_trim", freed_memory._trim.__wrapped__)
    assert freed_memory._trim() is None
    release_memory()
