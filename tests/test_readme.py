"""The README's commands work and print what it says."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.readme_figures import KEPT, with_section

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"```console\n\$ (.+?)\n(.*?)\n```", README, flags=re.S)


@pytest.mark.parametrize(("command", "output"), SHOWN, ids=range(len(SHOWN)))
def test_shown_commands_print_what_is_shown(command, output):
    command = command.replace("python ", f"{sys.executable} ")
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == output.strip()


def test_something_is_shown():
    assert len(SHOWN) >= 2


@pytest.mark.parametrize("module", sorted(set(re.findall(r"python -m ((?!venv|pytest)\w[\w.]*\w)", README))))
def test_modules_named_there_explain_themselves(module):
    done = subprocess.run(
        [sys.executable, "-m", module, "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("usage:")


def test_files_and_pictures_named_there_exist():
    for path in re.findall(r"\]\((\.readme/[^)]+)\)|`(tests/[\w/]+\.py|sample_images/gallery/[\w.]+)`", README):
        assert (ROOT / (path[0] or path[1])).exists(), path
    for script in re.findall(r"python (tests/[\w/.]+)", README):
        assert (ROOT / script.rstrip(".`")).exists(), script


def test_the_figures_shown_are_those_kept():
    assert with_section(README, json.loads(KEPT.read_text(encoding="utf-8"))) == README


def test_the_changelog_has_dated_lines():
    lines = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()
    entries = [line for line in lines if line.startswith("* ")]
    assert entries
    assert all(re.match(r"\* \d{4}-\d{2}-\d{2}: ", line) for line in entries)
