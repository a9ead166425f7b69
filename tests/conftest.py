"""What all tests share: the folder of real reports, a stand-in for the networks, and the skips that are not allowed."""

import io
import os
import sys
from dataclasses import replace
from pathlib import Path

# One thread a process, before NumPy or TensorFlow is loaded. Tests run in as many processes as there are cores, and
# OpenBLAS waits for its threads in a loop: a page that takes 0.3 s of one core took 2 s of two busy ones. ONNX Runtime
# does so too.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS",
                 "ECGVIZ_THREADS"):  # fmt: skip
    os.environ.setdefault(variable, "1")

import numpy as np
import pytest
from hypothesis import settings
from PIL import Image

from models.classes import CLASSES, FINDINGS
from models.data import data_folder
from models.findings import head
from models.networks import LEAD_NAMES, PAPER_NETWORKS, PICTURE_NETWORKS
from models.serving import Prediction, Verdict, VerdictState, predictor
from tests.distribution import ByResource, costliest_first

ROOT = Path(__file__).resolve().parents[1]
NETWORKS, FINDINGS_HEAD = predictor.networks, head.findings_head
# A test file with one of these names reads whole pages.
READS_PAGES = {"AppTest", "open_study", "study_of", "reading_of", "find_page", "find_leads", "main", "subprocess"}
# The same examples on every machine and in every run.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")
# Tests replace networks and readings in their own process; those of other processes set this themselves.
os.environ["ECGVIZ_READERS"] = "0"
# Before any chart is made: see ecgviz.app.unchecked_charts.
os.environ["ECGVIZ_CHECK_CHARTS"] = "1"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real reports; skips where there is none."""
    folder = data_folder()
    if not (folder / "reports.csv").is_file():
        pytest.skip(f"no real reports in {folder}; set ECGVIZ_DATA to where they are")
    return folder


@pytest.fixture(scope="session")
def page_of_no_layout() -> bytes:
    """A report of seventeen rows, more than any layout has, as a PNG."""
    with Image.open(ROOT / "sample_images" / "gallery" / "flutter_12x1.webp") as drawn:
        page = np.asarray(drawn.convert("RGB"))
    first, second, last = (int(share * len(page)) for share in (0.25, 0.6, 0.8))
    stream = io.BytesIO()
    Image.fromarray(np.vstack([page[:last], page[first:second], page[last:]])).save(stream, "PNG")
    return stream.getvalue()


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path, parent):
    """Collect no examples below tests: it would import scripts, and Playwright where there is none."""
    collectors = yield
    return [collector for collector in collectors if not is_of_examples(collector)]


def is_of_examples(node: pytest.Item | pytest.Collector) -> bool:
    """Tell whether something was collected from docstrings."""
    return "doctest" in type(node).__name__.lower()


class NetworksStandIn:
    """Replace the networks wherever a test has no mark `tensorflow`: loading them takes seconds."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item):
        real = item.get_closest_marker("tensorflow") is not None
        if real == (predictor.networks is NETWORKS):
            return
        predictor.networks = NETWORKS if real else lambda: STAND_IN
        head.findings_head = FINDINGS_HEAD if real else lambda: FINDINGS_STAND_IN
        if "streamlit" in sys.modules:
            # Scripts under test share one session, whose caches would hold predictions of the other kind.
            sys.modules["streamlit"].runtime.caching.clear_session_resource_cache("test session id")


def fixed_prediction(traces, beats=None, doubts=(), pictures=None, baselines=True) -> Prediction:
    """Predict the same for all traces."""
    sure, unsure = (0.9, 0.06, 0.03, 0.01), (0.3, 0.4, 0.2, 0.1)
    verdicts = {
        "trace_cnn": Verdict(sure, CLASSES[0], VerdictState.PREDICTED, (), "0" * 12),
        "trace_cnn_lstm": Verdict(unsure, CLASSES[1], VerdictState.UNSURE, (), "1" * 12),
        "ensemble": Verdict((0.6, 0.23, 0.115, 0.055), CLASSES[0], VerdictState.UNSURE, (), "0" * 12 + "+" + "1" * 12),
    }
    leads = {"rhythm" if trace.role == "rhythm" else trace.lead.removeprefix("-"): sure for trace in traces}
    own = Prediction(verdicts, {"trace_cnn": leads, "trace_cnn_lstm": leads}, ())
    if pictures is None:
        return own
    others = STAND_IN.of_pictures(pictures, None if baselines else PICTURE_NETWORKS)
    return Prediction({**others.verdicts, **own.verdicts}, {**others.leads, **own.leads}, ())


class StandIn:
    """Networks that predict the same for all traces, and from pictures by how much ink they show."""

    by_name = dict.fromkeys(("paper_cnn", "paper_cnn_lstm", "cnn", "cnn_lstm", "trace_cnn", "trace_cnn_lstm"))

    def __call__(self, traces, beats=None, doubts=(), pictures=None, baselines=True) -> Prediction:
        """Predict as `fixed_prediction`."""
        return fixed_prediction(traces, beats, doubts, pictures, baselines)

    def of_leads(self, prediction, left_out) -> dict[str, Verdict]:
        """Predict the mean of the leads."""
        found = {}
        for name in PAPER_NETWORKS:
            leads = [own for lead, own in prediction.leads[name].items() if lead not in left_out]
            found[name] = replace(prediction.verdicts[name], probabilities=tuple(map(float, np.mean(leads, axis=0))))
        return found

    def of_pictures(self, pictures, names=None, doubts=()) -> Prediction:
        """Predict the more abnormal the more ink there is."""
        chosen = [name for name in self.by_name if not name.startswith("trace") and (names is None or name in names)]
        each = {}
        for lead in pictures.read:
            ink = float(np.mean(pictures.squares[LEAD_NAMES.index(lead)] < 128))
            each[lead] = (0.9 - 0.8 * ink, 0.05 + 0.8 * ink, 0.03, 0.02)
        whole = tuple(map(float, np.mean(list(each.values()), axis=0)))
        state = VerdictState.NOT_APPLICABLE if doubts else VerdictState.PREDICTED
        verdict = Verdict(whole, CLASSES[int(np.argmax(whole))], state, tuple(doubts), "2" * 12)
        return Prediction(dict.fromkeys(chosen, verdict), dict.fromkeys(chosen, each), ())


STAND_IN = StandIn()


class FindingsStandIn:
    """A findings head that finds the same on every page, and contradicts no verdict."""

    def applied(self, prediction, measured, doubts=()) -> Prediction:
        """Add sinus rhythm, or the doubts."""
        if not isinstance(prediction, Prediction):
            return prediction
        if doubts:
            return replace(prediction, findings_reasons=tuple(doubts))
        return replace(prediction, findings=dict.fromkeys(FINDINGS, 0.01) | {"sinus_rhythm": 0.97})


FINDINGS_STAND_IN = FindingsStandIn()


def required_kinds() -> set[str]:
    """Return the kinds of test that may not be skipped here, from ECGVIZ_REQUIRE, such as "browser, shared_data"."""
    return set(os.environ.get("ECGVIZ_REQUIRE", "").replace(",", " ").split())


def pytest_configure(config):
    """Refuse an unknown kind in ECGVIZ_REQUIRE, and stand in for the networks in the packages' examples too."""
    # As a plugin: hooks of this file hold for tests alone.
    config.pluginmanager.register(NetworksStandIn())
    known = {line.split(":")[0] for line in config.getini("markers")}
    if unknown := required_kinds() - known:
        raise pytest.UsageError(f"ECGVIZ_REQUIRE names no kind of test: {', '.join(sorted(unknown))}")


def pytest_collection_modifyitems(items):
    """Mark what reads whole reports or runs pages of the app: hundreds of tests of up to a second."""
    for item in items:
        names = set(vars(item.module)) if hasattr(item, "module") else set()
        if names & READS_PAGES and not is_of_examples(item):
            item.add_marker(pytest.mark.whole_page)
    if "PYTEST_XDIST_WORKER" in os.environ:
        costliest_first(items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Keep what shares a resource in one process, unless another distribution than that of .pytest.ini is chosen."""
    return ByResource(config, log) if config.getoption("dist") == "loadfile" else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Turn a skip into a failure where ECGVIZ_REQUIRE names the test's kind: there it may not be skipped."""
    report = yield
    kinds = {mark.name for mark in item.iter_markers()} | set(getattr(item, "fixturenames", ()))
    needed = required_kinds() & kinds
    if report.skipped and needed and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped although {', '.join(sorted(needed))} is required here"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    """Turn the skip of a whole file into a failure where any kind is required: the kinds of its tests are unknown."""
    report = yield
    if report.skipped and required_kinds():
        report.outcome = "failed"
        report.longrepr = f"{collector.nodeid} was skipped as a whole although ECGVIZ_REQUIRE is set here"
    return report
