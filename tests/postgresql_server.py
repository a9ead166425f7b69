"""A PostgreSQL server of one's own, from Debian's package `postgresql`, in a folder that is removed afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Its server refuses to run as root; the package makes a user for it.
ACCOUNT = "postgres"
MISSING = "PostgreSQL is not installed: apt-get install postgresql"


def installed() -> Path | None:
    """Return the folder of `initdb` and `pg_ctl`, which Debian keeps off the path, or None."""
    on_path = shutil.which("pg_ctl")
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    folders = [Path(on_path).resolve().parent] if on_path else installed
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "pg_ctl").exists()), None)


@contextmanager
def started_postgresql() -> Iterator[str]:
    """Start a server that listens on a socket alone, and yield the URL of its database."""
    programs = installed()
    assert programs is not None, MISSING
    folder = Path(tempfile.mkdtemp(prefix="ecgviz_pg_"))
    as_account: list[str] = []
    if os.geteuid() == 0:
        account = pwd.getpwnam(ACCOUNT)
        os.chown(folder, account.pw_uid, account.pw_gid)
        as_account = ["runuser", "-u", ACCOUNT, "--"]
    data, log = folder / "data", folder / "log.txt"

    def run(program: str, *arguments: str) -> None:
        command = [*as_account, str(programs / program), *arguments]
        subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)

    try:
        run("initdb", "--pgdata", str(data), "--username", ACCOUNT, "--auth", "trust", "--encoding", "UTF8")
        options = f"-c listen_addresses='' -c unix_socket_directories='{folder}'"
        run("pg_ctl", "start", "--wait", "--pgdata", str(data), "--log", str(log), "--options", options)
        try:
            yield f"postgresql+psycopg://{ACCOUNT}@/postgres?host={folder}"
        finally:
            run("pg_ctl", "stop", "--wait", "--mode", "immediate", "--pgdata", str(data))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
