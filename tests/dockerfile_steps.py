"""Take the steps of the Dockerfile where Docker is missing: ``python3.11 tests/dockerfile_steps.py FOLDER``.

In a bare environment: the folder stands for the image's root, a fresh virtual environment for its Python. Then the
server is started as the image starts it, where possible without a network, the health check is asked until it is
content, a sample is read over HTTP, and the folder must be as before but for ``/tmp``. Prints the size of what was
installed and copied.
"""

from __future__ import annotations

import fcntl
import json
import shutil
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parents[1]
DOCKERFILE = ROOT / "ecgviz" / "service" / "Dockerfile"
SAMPLE = ROOT / "sample_images" / "gallery" / "edan_normal.jpg"
MOST_BYTES = 2.5e9
# What Debian and Python themselves take in the slim image, compressed layers unpacked.
BASE_BYTES = 0.13e9
START_SECONDS, READ_SECONDS, STOP_SECONDS = 180, 600, 120
PORT = 8501
# Of this program, within a network of its own; what the kernel calls raising an interface.
RUN = "--run"
SET_FLAGS, UP = 0x8914, 1


def instructions(text: str) -> Iterator[tuple[str, str]]:
    """Yield each instruction with its arguments; comments are left out."""
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, _, arguments = line.partition(" ")
            yield name, arguments


def described(image: Path) -> tuple[dict[str, str], list[str], str]:
    """Return the image's environment, the command of the server, and the health check."""
    inside = {"PATH": f"{image / 'python' / 'bin'}:/usr/bin:/bin", "LANG": "C.UTF-8"}
    server, health = list[str](), ""
    for name, arguments in instructions(DOCKERFILE.read_text(encoding="utf-8")):
        if name == "ENV":
            inside |= dict(pair.split("=", 1) for pair in arguments.replace("/tmp", str(image / "tmp")).split())
        elif name == "HEALTHCHECK":
            health = arguments.partition(" CMD ")[2]
        elif name == "CMD":
            server = json.loads(arguments)
    return inside, server, health


def build(image: Path, inside: dict[str, str]) -> None:
    """Take every step."""
    subprocess.run([sys.executable, "-m", "venv", image / "python"], check=True)
    place = image
    for name, arguments in instructions(DOCKERFILE.read_text(encoding="utf-8")):
        if name == "WORKDIR":
            place = image / arguments.lstrip("/")
            place.mkdir(parents=True)
        elif name == "COPY":
            source, target = arguments.split()
            copy = shutil.copytree if (ROOT / source).is_dir() else shutil.copy
            ignore = {"ignore": shutil.ignore_patterns("__pycache__")} if copy is shutil.copytree else {}
            copy(ROOT / source, place / target, **ignore)
        elif name == "RUN":
            print(f"RUN {arguments}", flush=True)
            subprocess.run(arguments, shell=True, check=True, cwd=place, env=inside)


def bytes_of(folder: Path) -> int:
    """Return what lies in a folder."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir())


def state_of(image: Path) -> dict[str, tuple[int, int]]:
    """Return size and time of every file that a read-only root would keep as it is."""
    files = (path for path in image.rglob("*") if path.is_file() and (image / "tmp") not in path.parents)
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in files}


def without_network() -> list[str]:
    """Return what a command is put behind to have no network but its own loopback; empty where that is not allowed."""
    cut_off = ["unshare", "--map-root-user", "--net"]
    allowed = shutil.which(cut_off[0]) and not subprocess.run([*cut_off, "true"], stderr=subprocess.DEVNULL).returncode
    print(
        "network: cut off" if allowed else "network: as it is, which this machine does not let be cut off", flush=True
    )
    return cut_off if allowed else []


def raise_loopback() -> None:
    """Raise the loopback of a network of its own."""
    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, SET_FLAGS, struct.pack("16sh14x", b"lo", UP))


def served(image: Path) -> None:
    """Start the image's server, wait until its health check is content, and have it read a sample."""
    inside, server, health = described(image)
    running = subprocess.Popen(server, cwd=image / "app", env=inside)
    try:
        until = time.monotonic() + START_SECONDS
        while subprocess.run(health, shell=True, cwd=image / "app", env=inside, stderr=subprocess.DEVNULL).returncode:
            if time.monotonic() > until or running.poll() is not None:
                sys.exit("The health check was never content.")
            time.sleep(2)
        with urlopen(Request(f"http://127.0.0.1:{PORT}/api/read", SAMPLE.read_bytes()), timeout=READ_SECONDS) as answer:
            reading = json.load(answer)
        print(f"read: {reading['layout']['name']}, {reading['models']['ensemble']['label']}", flush=True)
    finally:
        running.terminate()
        running.wait(STOP_SECONDS)


def main() -> int:
    """Build, start, ask, and compare."""
    image = Path(sys.argv[1]).resolve()
    if RUN in sys.argv:
        raise_loopback()
        served(image)
        return 0
    (image / "tmp").mkdir(parents=True)
    build(image, described(image)[0])
    size = bytes_of(image) + BASE_BYTES
    print(f"size: {size / 1e9:.2f} GB with the base image", flush=True)
    before, cut_off = state_of(image), without_network()
    if cut_off:
        subprocess.run([*cut_off, sys.executable, __file__, image, RUN], check=True)
    else:
        served(image)
    changed = sorted(set(state_of(image).items()) ^ set(before.items()))
    for path, _ in changed:
        print(f"written outside /tmp: {path}", file=sys.stderr)
    return int(bool(changed) or size > MOST_BYTES)


if __name__ == "__main__":
    sys.exit(main())
