"""A cluster that is there: reached with certificates of its authority alone, or in the open where that was allowed."""

from __future__ import annotations

import ipaddress
import json
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dask
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from distributed import LocalCluster
from distributed.security import Security

from ecgviz.__main__ import main
from ecgviz.cluster import Credentials, connected, workers
from preprocessing.errors import EcgImageError

SAMPLE = Path(__file__).resolve().parents[3] / "sample_images" / "gallery" / "edan_normal.jpg"


def named(name):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def certified(subject, key, issuer, issuer_key, authority):
    """Return a certificate of today."""
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(named(subject))
        .issuer_name(named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(issuer_key, hashes.SHA256())
    )


def certificates(folder):
    """Write an authority, and a certificate of it with its key, as a hospital's own authority would."""
    folder.mkdir()
    authority_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority = certified("authority", authority_key, "authority", authority_key, True)
    own = certified("ecgviz", key, "authority", authority_key, False)
    made = Credentials(folder / "ca.pem", folder / "cert.pem", folder / "key.pem")
    made.authority.write_bytes(authority.public_bytes(serialization.Encoding.PEM))
    made.certificate.write_bytes(own.public_bytes(serialization.Encoding.PEM))
    made.key.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return made


@contextmanager
def cluster(credentials=None):
    """A scheduler and a worker within this process, with TLS where there are certificates."""
    files = {}
    if credentials is not None:
        files = {"tls_ca_file": str(credentials.authority)}
        for role in ("scheduler", "worker", "client"):
            files[f"tls_{role}_cert"], files[f"tls_{role}_key"] = str(credentials.certificate), str(credentials.key)
    without_pages = {f"distributed.{one}.http.routes": [] for one in ("scheduler", "worker")}
    with (
        dask.config.set(without_pages),
        LocalCluster(
            n_workers=1,
            threads_per_worker=1,
            processes=False,
            protocol="tls://" if files else "tcp://",
            host="127.0.0.1",
            security=Security(require_encryption=bool(files), **files),
            scheduler_kwargs={"dashboard": False, "dashboard_address": "127.0.0.1:0"},
            worker_dashboard_address="127.0.0.1:0",
            silence_logs="CRITICAL",
        ) as made,
    ):
        yield made.scheduler_address


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    return certificates(tmp_path_factory.mktemp("own") / "pem")


@pytest.fixture(scope="module")
def address(own):
    with cluster(own) as address:
        yield address


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "page.jpg").write_bytes(SAMPLE.read_bytes())
    (tmp_path / "reports" / "broken.png").write_bytes(b"\x89PNG")
    return tmp_path / "reports"


def batch(capsys, folder, address, *more):
    arguments = ["batch", folder, "--out", folder.parent / "out", "--reports", "none", "--no-models"]
    code = main([*map(str, arguments), "--scheduler", address, *map(str, more)])
    printed = capsys.readouterr()
    return code, json.loads(printed.out) if printed.out else None, printed.err


def test_a_batch_is_read_by_a_cluster_with_certificates(capsys, folder, address, own):
    assert address.startswith("tls://")
    files = ["--tls-ca", own.authority, "--tls-cert", own.certificate, "--tls-key", own.key]
    code, counts, _ = batch(capsys, folder, address, *files)
    assert (code, counts["read"], counts["refused"]) == (0, 1, 1)
    again, counts, progress = batch(capsys, folder, address, *files)
    assert (again, counts["read"], progress) == (0, 1, "")


def test_a_batch_is_read_in_the_open_only_where_that_was_allowed(capsys, folder):
    with cluster() as address:
        assert address.startswith("tcp://")
        code, counts, error = batch(capsys, folder, address)
        assert (code, counts) == (2, None)
        assert "--plain" in error
        assert batch(capsys, folder, address, "--plain")[1]["read"] == 1


@pytest.mark.parametrize("trusted", ["other", "own"])
def test_certificates_of_another_authority_reach_nothing(address, own, tmp_path, monkeypatch, trusted):
    monkeypatch.setattr(workers, "CLUSTER", replace(workers.CLUSTER, start_seconds=2))
    other = certificates(tmp_path / "other")
    # Either side refuses the other: this machine a scheduler that it does not know, the scheduler this machine.
    given = other if trusted == "other" else replace(other, authority=own.authority)
    with pytest.raises(EcgImageError) as refusal, connected(address, given, plain=False):
        pass
    assert refusal.value.code == "scheduler_unreachable"


def test_a_cluster_with_tls_is_not_reached_in_the_open(address, monkeypatch):
    monkeypatch.setattr(workers, "CLUSTER", replace(workers.CLUSTER, start_seconds=1))
    with (
        pytest.raises(EcgImageError) as refusal,
        connected(address.replace("tls://", "tcp://"), Credentials(), plain=True),
    ):
        pass
    assert refusal.value.code == "scheduler_unreachable"
