"""What was computed from a report is forgotten with it, whatever it was."""

import ast
from pathlib import Path

from streamlit.testing.v1 import AppTest

from ecgviz.app import caches


def test_everything_that_is_cached_for_a_session_is_forgotten_with_its_report():
    source = ast.parse(Path(caches.__file__).read_text(encoding="utf-8"))
    of_session = [
        node.name
        for node in source.body
        if isinstance(node, ast.FunctionDef)
        for word in node.decorator_list
        if "scope" in ast.dump(word) or "_of_report" in ast.dump(word)
    ]
    assert len(of_session) == len(caches._OF_REPORTS) > 10


def test_a_forgotten_page_is_gone():
    def script():
        import streamlit as st

        from ecgviz.app import caches
        from ecgviz.drawing import page_views
        from ecgviz.study import study
        from sample_images import samples

        def shown(of):
            return caches.page_picture("hash", "standard", True, page_views.AS_IT_CAME, False, of)

        sample = next(sample for sample in samples() if sample.name == "edan_normal")
        picture = shown(study.open_study(sample.path.read_bytes(), "page"))
        # Nothing of the study is needed for an answer that is held.
        st.session_state["held"] = shown(None) == picture
        caches.forget_reports()
        try:
            shown(None)
        except AttributeError:
            st.session_state["gone"] = True

    app = AppTest.from_function(script, default_timeout=40).run()
    assert not app.exception
    assert app.session_state["held"]
    assert app.session_state["gone"]
