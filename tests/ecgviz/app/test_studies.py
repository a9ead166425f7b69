"""The study of an open report: what its pages say where a network's file is missing."""

from streamlit.testing.v1 import AppTest

from ecgviz.app.studies import NO_NETWORKS


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
