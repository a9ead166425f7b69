"""A batch over processes: every file once, whatever dies, and nothing done twice by two runs."""

import asyncio
import json
import os
import sys
import time
from contextlib import closing
from functools import partial
from pathlib import Path
from types import ModuleType

import psutil
import pytest

from ecgviz.batch import BatchFile, RunSettings, at_address, in_zip_at
from ecgviz.cluster import ClusterConfig, Spread, connected, local_client, open_ledger
from ecgviz.cluster.workers import Credentials
from preprocessing.errors import EcgImageError
from preprocessing.side_by_side import THREADS_VARIABLE, threads

SETTINGS = RunSettings(networks=False)
WAIT_S = 120
SAMPLE = Path(__file__).resolve().parents[3] / "sample_images" / "gallery" / "edan_normal.jpg"


@pytest.fixture(scope="module")
def client():
    # A page that was run by a test before stays the main module, and every worker would run it again.
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "__main__", ModuleType("__main__"))
        patch.delenv(THREADS_VARIABLE, raising=False)
        with local_client(2) as client:
            yield client


def no_keep(name, content):
    return False


def content_of(text):
    return text.encode()


def slowly(text):
    time.sleep(0.8)
    return text.encode()


def slow(text):
    return BatchFile(f"{text}.png", partial(slowly, text))


def dies(marks, times, text):
    """Return a file's bytes; end the process the first `times` times that it is opened after it was hashed."""
    opened = len(list(marks.iterdir()))
    (marks / f"{opened}_{os.getpid()}").touch()
    if 0 < opened <= times:
        os._exit(9)
    return text.encode()


def deadly(folder, times):
    marks = folder / f"marks_{times}"
    marks.mkdir()
    return BatchFile(f"dies_{times}.png", partial(dies, marks, times, f"\x89PNG dies {times}"))


def files_of(*texts):
    return [BatchFile(f"{place}.png", partial(content_of, text)) for place, text in enumerate(texts)]


def spread(client, folder, files, **config):
    with open_ledger(folder, "readings.jsonl", SETTINGS) as ledger:
        own = Spread(client, ledger, SETTINGS, no_keep, no_keep, True, ClusterConfig(**config))
        return {one.done.row.file: one.done.row for one in own.run(files)}


def lines(folder):
    return [json.loads(line)["file"] for line in (folder / "readings.jsonl").read_text().splitlines()]


def test_every_file_is_entered_once_and_the_same_bytes_are_read_once(client, tmp_path):
    files = [*files_of("a", "b", "a", "", "b"), BatchFile("page.jpg", SAMPLE.read_bytes)]
    rows = spread(client, tmp_path, files)
    assert sorted(lines(tmp_path)) == sorted(rows) == sorted(file.file for file in files)
    assert rows["page.jpg"].layout == "3x4+1"
    assert sum(row.duplicate_of is not None for row in rows.values()) == 2
    assert rows["3.png"].refusal == "empty_file"


def test_a_second_run_reads_only_what_is_new_or_changed(client, tmp_path):
    spread(client, tmp_path, files_of("a", "b"))
    again = spread(client, tmp_path, files_of("a", "changed", "c"))
    assert sorted(again) == ["1.png", "2.png"]
    assert len(lines(tmp_path)) == 4


def test_results_that_come_slowly_are_waited_for(client, tmp_path, monkeypatch):
    gathered = client._gather_remote

    async def late(*options):
        # On a busy machine for longer than one look at the other runs.
        await asyncio.sleep(0.2)
        return await gathered(*options)

    monkeypatch.setattr(client, "_gather_remote", late)
    assert len(spread(client, tmp_path, files_of(*"abcdef"), look_again_seconds=0.02)) == 6


def test_a_batch_that_is_left_early_goes_on(client, tmp_path):
    files = files_of(*"abcdef")
    with open_ledger(tmp_path, "readings.jsonl", SETTINGS) as ledger:
        with closing(Spread(client, ledger, SETTINGS, no_keep, no_keep, True).run(files)) as progress:
            first = next(progress)
        assert ledger.count() == 1
    assert sorted([*spread(client, tmp_path, files), first.done.row.file]) == sorted(file.file for file in files)
    assert len(lines(tmp_path)) == 6


@pytest.mark.slow
def test_a_file_that_ends_its_worker_once_is_read_and_one_that_always_does_is_a_program_error(client, tmp_path):
    # An own folder of marks each: how often a file was opened.
    rows = spread(client, tmp_path / "out", [*files_of("a", "b"), deadly(tmp_path, 1), deadly(tmp_path, 99)])
    assert rows["dies_1.png"].refusal == "unsupported_format"
    assert rows["dies_99.png"].refusal == "program_error"
    assert rows["dies_99.png"].sha256
    assert len(lines(tmp_path / "out")) == 4
    client.wait_for_workers(2, timeout=WAIT_S)


@pytest.mark.slow
def test_a_worker_that_does_not_come_back_in_time_is_replaced_and_its_file_read_again(tmp_path):
    # No process starts so quickly: the cluster gives the worker up while it starts anew, as on a busy machine.
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "__main__", ModuleType("__main__"))
        patch.delenv(THREADS_VARIABLE, raising=False)
        with local_client(1, ClusterConfig(lost_seconds=0.01)) as alone:
            rows = spread(alone, tmp_path / "out", [deadly(tmp_path, 1), *files_of("a")])
            alone.wait_for_workers(1, timeout=WAIT_S)
    assert {name: row.refusal for name, row in rows.items()} == dict.fromkeys(
        ("dies_1.png", "0.png"), "unsupported_format"
    )
    assert len(lines(tmp_path / "out")) == 2


@pytest.mark.slow
def test_workers_are_replaced_as_they_grow_and_nothing_is_lost(client, tmp_path):
    client.wait_for_workers(1, timeout=WAIT_S)
    before = set(client.scheduler_info()["workers"])
    rows = spread(client, tmp_path, [slow(text) for text in "abcdef"], files_per_worker=2, settle_seconds=1.5)
    assert {row.refusal for row in rows.values()} == {"unsupported_format"}
    client.wait_for_workers(1, timeout=WAIT_S)
    assert set(client.scheduler_info()["workers"]) != before


def test_an_archive_is_opened_by_the_workers(client, tmp_path):
    import zipfile

    with zipfile.ZipFile(tmp_path / "reports.zip", "w") as archive:
        for name in ("a.png", "b.png"):
            archive.writestr(name, b"\x89PNG" + name.encode())
    rows = spread(client, tmp_path / "out", in_zip_at(tmp_path / "reports.zip"))
    assert {name: row.refusal for name, row in rows.items()} == dict.fromkeys(("a.png", "b.png"), "damaged_file")


def test_an_address_is_opened_by_the_workers(client, tmp_path):
    (tmp_path / "reports").mkdir()
    for name in ("a.png", "b.png"):
        (tmp_path / "reports" / name).write_bytes(b"\x89PNG" + name.encode())
    rows = spread(client, tmp_path / "out", at_address((tmp_path / "reports").as_uri()))
    assert {name: row.refusal for name, row in rows.items()} == dict.fromkeys(("a.png", "b.png"), "damaged_file")


def test_workers_listen_on_loopback_with_certificates_of_the_run(client):
    assert client.scheduler.address.startswith("tls://127.0.0.1:")
    assert all(address.startswith("tls://127.0.0.1:") for address in client.scheduler_info()["workers"])
    assert set(client.nthreads().values()) == {1}
    own = psutil.Process()
    listening = [one for process in (own, *own.children(recursive=True)) for one in process.net_connections()
                 if one.status == psutil.CONN_LISTEN]  # fmt: skip
    assert {one.laddr.ip for one in listening} == {"127.0.0.1"}


def test_a_worker_reads_on_one_thread(client):
    assert set(client.run(threads).values()) == {1}
    assert set(client.run(os.getenv, "OMP_NUM_THREADS").values()) == {"1"}
    # Dask keeps what it sets before workers start in this process, which goes on reading on two threads.
    assert THREADS_VARIABLE not in os.environ


def samples_of_calls(dask_worker):
    return sum(one["count"] for _, one in dask_worker.profile_history) + dask_worker.profile_recent["count"]


def test_a_worker_keeps_no_record_of_its_calls(client):
    # A task of two seconds, of which Dask would keep 200 samples.
    client.submit(time.sleep, 2.0, pure=False).result(timeout=WAIT_S)
    assert set(client.run(samples_of_calls).values()) == {0}


def spans_of(dask_scheduler):
    return len(dask_scheduler.extensions["spans"].spans)


def test_the_scheduler_keeps_nothing_of_the_files_that_are_done(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))
    with local_client(1) as client, open_ledger(tmp_path, "readings.jsonl", SETTINGS) as ledger:
        # One task at a time: between two of them none is left, and Dask would begin a span of its own with the next.
        one_by_one = ClusterConfig(hashes_per_worker=1, reads_per_worker=1)
        assert (
            len(list(Spread(client, ledger, SETTINGS, no_keep, no_keep, True, one_by_one).run(files_of(*"abcdef"))))
            == 6
        )
        assert client.run_on_scheduler(spans_of) == 1


def test_a_cluster_without_tls_is_refused_unless_allowed():
    with pytest.raises(EcgImageError) as refusal, connected("tcp://127.0.0.1:1", Credentials(), plain=False):
        pass
    assert refusal.value.code == "scheduler_plain"


def test_a_cluster_with_tls_needs_certificates(tmp_path):
    missing = Credentials(tmp_path / "ca.pem", tmp_path / "cert.pem", tmp_path / "key.pem")
    with pytest.raises(EcgImageError) as refusal, connected("tls://127.0.0.1:1", missing, plain=False):
        pass
    assert refusal.value.code == "scheduler_credentials"
