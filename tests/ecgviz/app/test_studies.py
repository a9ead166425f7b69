"""The study of an open report: what its pages say where a network's file is missing."""

from streamlit.testing.v1 import AppTest

from ecgviz.app import studies
from ecgviz.app.studies import NO_NETWORKS
from ecgviz.processes import ReaderBusyError
from preprocessing.errors import EcgImageError


def page():
    import streamlit as st

    from ecgviz.app import studies
    from models.serving import ModelFileError

    class Study:
        @property
        def prediction(self):
            raise ModelFileError("no weights file cnn.npz")

    st.write("measured")
    studies.prediction(Study())
    st.write("predicted")


def test_a_missing_network_ends_the_page_with_a_message_instead_of_a_fault():
    app = AppTest.from_function(page, default_timeout=60).run()
    assert not app.exception
    assert [error.value for error in app.error] == [NO_NETWORKS]
    assert [text.value for text in app.markdown] == ["measured"]


def refused_report():
    import streamlit as st

    from ecgviz.app import studies
    from ecgviz.app.session_state import Report

    st.write(studies.read_aside(Report(b"1", "a.png", "0" * 64)).code)


def test_what_a_busy_machine_refused_is_tried_again_and_other_refusals_are_kept(monkeypatch):
    refusals = [ReaderBusyError(), EcgImageError("too_complex", "Too complex.")]

    def refuse(*_):
        raise refusals.pop(0)

    monkeypatch.setattr(studies, "read_study", refuse)
    app, seen = AppTest.from_function(refused_report, default_timeout=60), []
    for _ in range(3):
        seen += [text.value for text in app.run().markdown]
    assert seen == ["program_error", "too_complex", "too_complex"]
