"""What all tests share: where the real reports are, and which skips are not allowed."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
# Examples differ from machine to machine otherwise, and a run could fail where the last one passed.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")


def shared_data_folder() -> Path:
    """Return where the real reports are kept: ECGVIZ_DATA, or ../shared/data beside the project."""
    return Path(os.environ.get("ECGVIZ_DATA") or ROOT.parent / "shared" / "data")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real reports; skips where there is none."""
    folder = shared_data_folder()
    if not (folder / "reports.csv").is_file():
        pytest.skip(f"no real reports in {folder}; set ECGVIZ_DATA to where they are")
    return folder


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Turn a skip into a failure where ECGVIZ_REQUIRE names the test's marker: there it may not be skipped."""
    report = yield
    required = set(os.environ.get("ECGVIZ_REQUIRE", "").split())
    needed = required & {mark.name for mark in item.iter_markers()}
    if report.skipped and needed and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped although {', '.join(sorted(needed))} is required here"
    return report
