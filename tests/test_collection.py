"""Which tests are collected, and how they are shared out to processes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.distribution import BEATS, BROWSER, STORES, TENSORFLOW, costliest_first, file_of, group_of

ROOT = Path(__file__).resolve().parents[1]
WITHOUT_PLAYWRIGHT = """
import sys
sys.modules["playwright"] = None
import pytest
sys.exit(pytest.main(["-n", "0", "--collect-only", "--quiet", "tests/browser"]))
"""


class Test:
    """As much of a collected test as the order needs."""

    def __init__(self, nodeid, *marks):
        self.nodeid, self.marks = nodeid, [getattr(pytest.mark, mark).mark for mark in marks]

    def iter_markers(self):
        return iter(self.marks)

    __test__ = False


def test_without_playwright_journeys_are_skipped_and_not_imported():
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("ECGVIZ_REQUIRE", "PYTEST"))
    }
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_PLAYWRIGHT], cwd=ROOT, capture_output=True, text=True, env=environment
    )
    assert done.returncode == pytest.ExitCode.NO_TESTS_COLLECTED, done.stdout
    assert f"[{len(list((ROOT / 'tests' / 'browser').glob('test_*.py')))}]" in done.stdout
    assert "playwright is not installed" in done.stdout


def test_what_shares_a_server_or_tensorflow_stays_together():
    journeys = {group_of(f"tests/browser/{path.name}") for path in (ROOT / "tests" / "browser").glob("test_*.py")}
    assert journeys == {BROWSER}
    stores = {group_of(f"tests/ecgviz/store/{path.name}") for path in (ROOT / "tests/ecgviz/store").glob("test_*.py")}
    assert stores == {STORES}
    assert group_of("tests/models/test_models.py") == TENSORFLOW
    assert group_of("tests/models/beats/test_train.py") == f"{TENSORFLOW} {BEATS}"
    assert group_of("tests/test_structure.py") == "tests/test_structure.py"


def test_the_costliest_group_comes_first_and_keeps_its_order():
    quick, page, other = "tests/test_readme.py", "tests/test_structure.py", "tests/test_bad_input.py"
    tests = [
        Test(f"{quick}::a"),
        Test(f"{page}::b", "whole_page"),
        Test(f"{other}::c[x::y]", "slow", "whole_page"),
        Test(f"{page}::d"),
    ]
    costliest_first(tests)
    assert [test.nodeid[-1] for test in tests] == ["]", "b", "d", "a"]
    assert file_of(tests[0].nodeid) == other
