"""A child process answers, stays warm, and is ended beyond its limits."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import pytest

from preprocessing.picture.limited_process import LimitExceededError, Limits, ProcessEndedError, ProcessPool

# Does what a line asks for: states its process id, works, sleeps, takes memory or ends.
PROGRAM = """
import os, sys, time
held = []
for line in sys.stdin.buffer:
    word = line.strip().decode()
    if word == "work":
        while True:
            pass
    elif word == "sleep":
        time.sleep(60)
    elif word == "grow":
        while True:
            held.append(bytearray(b"x") * 2**24)
            time.sleep(0.02)
    elif word == "hold":
        held.append(bytearray(b"x") * 2**26)
    elif word == "end":
        os._exit(3)
    sys.stdout.write(f"{os.getpid()}\\n")
    sys.stdout.flush()
"""
LIMITS = Limits(processor_seconds=0.3, wall_seconds=20, memory_bytes=200 * 2**20)


@pytest.fixture
def pool(tmp_path):
    made = pool_of(tmp_path)
    yield made
    made.close()


def pool_of(folder, most=2, most_requests=100, most_idle_bytes=2**30):
    program = folder / "program.py"
    program.write_text(PROGRAM)
    return ProcessPool(
        program, most=most, most_requests=most_requests, most_idle_bytes=most_idle_bytes, every_seconds=0.02
    )


def ask(pool, word, limits=LIMITS):
    return pool.ask([word.encode() + b"\n"], received, limits)


def received(stream):
    line = stream.readline()
    if not line:
        raise EOFError
    return int(line)


def test_a_child_is_reused(pool):
    assert ask(pool, "id") == ask(pool, "id") != os.getpid()


@pytest.mark.parametrize(
    ("word", "limits", "limit"),
    [
        ("work", LIMITS, "time"),
        ("sleep", Limits(20, 0.3, 2**30), "wall"),
        ("grow", Limits(20, 20, 100 * 2**20), "memory"),
    ],
)
def test_a_request_beyond_its_limits_ends_the_child_and_the_next_gets_another(pool, word, limits, limit):
    first = ask(pool, "id")
    with pytest.raises(LimitExceededError) as exceeded:
        ask(pool, word, limits)
    assert exceeded.value.limit == limit
    assert not psutil.pid_exists(first)
    assert ask(pool, "id") != first


def test_a_child_that_ends_during_a_request_is_told_from_one_that_ended_before(pool):
    with pytest.raises(ProcessEndedError):
        ask(pool, "end")
    idle = psutil.Process(ask(pool, "id"))
    idle.kill()
    idle.wait()
    assert ask(pool, "id")


def test_a_bug_in_reading_the_answer_ends_the_child_and_is_raised_as_such(pool):
    first = ask(pool, "id")
    with pytest.raises(ZeroDivisionError):
        pool.ask([b"id\n"], lambda stream: 1 // 0, LIMITS)
    assert not psutil.pid_exists(first)


@pytest.mark.parametrize("options", [{"most_requests": 1}, {"most_idle_bytes": 2**26}])
def test_a_child_is_replaced_after_its_requests_or_when_it_holds_much(tmp_path, options):
    pool = pool_of(tmp_path, **options)
    assert ask(pool, "hold") != ask(pool, "hold")
    pool.close()


def test_no_more_children_run_at_once_than_allowed(tmp_path):
    pool = pool_of(tmp_path, most=2)
    pids = set()
    threads = [threading.Thread(target=lambda: pids.add(ask(pool, "id", Limits(20, 60, 2**30)))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    pool.close()
    assert 1 <= len(pids) <= 2


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
def test_a_forked_process_starts_a_child_of_its_own(pool):
    first = ask(pool, "id")
    readable, writable = os.pipe()
    if os.fork() == 0:
        os.write(writable, str(ask(pool, "id")).encode())
        pool.close()
        os._exit(0)
    os.close(writable)
    with os.fdopen(readable) as answer:
        assert int(answer.read()) != first
    os.wait()
    assert ask(pool, "id") == first


def test_children_end_with_their_parent(tmp_path):
    (tmp_path / "program.py").write_text(PROGRAM)
    code = (
        "import os, signal, sys; from pathlib import Path\n"
        "from preprocessing.picture.limited_process import *\n"
        f"pool = ProcessPool(Path({str(tmp_path / 'program.py')!r}), most=1, most_requests=9, most_idle_bytes=2**30,"
        " every_seconds=0.02)\n"
        "print(pool.ask([b'id\\n'], lambda stream: int(stream.readline()), Limits(9, 9, 2**30)), flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL if hasattr(signal, 'SIGKILL') else signal.SIGTERM)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parents[3], capture_output=True, text=True, timeout=60
    )
    try:
        psutil.Process(int(done.stdout)).wait(10)
    except psutil.NoSuchProcess:
        return
