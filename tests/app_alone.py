"""Import every module and start the app where nothing is installed but what it needs: ``python tests/app_alone.py``."""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import logging
import pkgutil
import sys
import tempfile
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser.app_server import started_app

PACKAGES = ("preprocessing", "models", "ecgviz", "sample_images")
# Some of what only tests and checks need; where one is there, this script proves nothing.
TESTS_NEED = ("pytest", "hypothesis", "playwright", "wfdb", "mypy")


def modules() -> list[str]:
    """Return the names of all modules of the four packages but those that run when they are imported."""
    found = []
    for package in PACKAGES:
        found.append(package)
        found += [one.name for one in pkgutil.walk_packages([str(ROOT / package)], f"{package}.")]
    return [name for name in found if not name.endswith(".__main__")]


def main() -> None:
    """Import, start, and report."""
    parser = argparse.ArgumentParser(prog="python tests/app_alone.py", description=__doc__)
    parser.add_argument("--any-environment", action="store_true", help="run where more is installed, too")
    if not parser.parse_args().any_environment:
        too_much = [name for name in TESTS_NEED if importlib.util.find_spec(name)]
        assert not too_much, f"installed, though the app does not need them: {', '.join(too_much)}"
    # Streamlit warns of every cached function that is defined outside a server.
    logging.disable(logging.WARNING)
    names = modules()
    for name in names:
        importlib.import_module(name)
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log.txt"
        with started_app(log) as app, urlopen(f"{app.address}/_stcore/health", timeout=10) as response:
            health = response.read().decode().strip()
        assert health == "ok", health
        assert "Traceback" not in log.read_text(), log.read_text()
    print(f"{len(names)} modules imported; the app is healthy")


if __name__ == "__main__":
    main()
