"""A loader runs once per process and argument, also when several threads call it first."""

from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest

from models.serving import once_per_process


def test_concurrent_first_calls_load_once():
    calls = []

    @once_per_process
    def load(name):
        calls.append(name)
        sleep(0.05)
        return object()

    with ThreadPoolExecutor(8) as threads:
        first = set(threads.map(load, ["trace_cnn"] * 8))
    assert len(first) == 1
    assert load("trace_cnn_lstm") not in first
    assert calls == ["trace_cnn", "trace_cnn_lstm"]


def test_a_failed_load_is_tried_again():
    outcomes = [OSError("no file"), "network"]

    @once_per_process
    def load():
        outcome = outcomes.pop(0)
        if isinstance(outcome, OSError):
            raise outcome
        return outcome

    with pytest.raises(OSError, match="no file"):
        load()
    assert load() == load() == "network"
