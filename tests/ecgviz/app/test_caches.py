"""What was computed from a report is cleared with it, whatever it was."""

import ast
import importlib
from pathlib import Path

from streamlit.testing.v1 import AppTest

from ecgviz.app import caches

ROOT = Path(__file__).resolve().parents[3]


def test_everything_cached_for_a_session_is_cleared_with_its_report():
    declared = 0
    for path in [*(ROOT / "ecgviz").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "streamlit_app.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                decorators = [ast.unparse(decorator) for decorator in node.decorator_list]
                declared += any(decorator.startswith("of_report(") for decorator in decorators)
                assert not any("scope=" in decorator for decorator in decorators), f"{path.name}: {node.name}"
        if "@of_report(" in path.read_text(encoding="utf-8"):
            importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    assert declared == len({function.__wrapped__ for function in caches._OF_REPORTS}) > 10


def test_a_cleared_page_is_gone():
    def script():
        import streamlit as st

        from ecgviz.app import caches, studies
        from ecgviz.study import open_study
        from sample_images import samples

        def shown(of):
            return studies._page_picture("hash", "standard", True, False, False, of)

        sample = next(sample for sample in samples() if sample.name == "edan_normal")
        picture = shown(open_study(sample.path.read_bytes(), "page"))
        # A cached picture needs nothing of the study.
        cached = shown(None) == picture
        caches.clear_reports()
        try:
            shown(None)
        except AttributeError:
            st.write(f"cached: {cached}, then cleared")

    app = AppTest.from_function(script, default_timeout=40).run()
    assert not app.exception
    assert [element.value for element in app.markdown] == ["cached: True, then cleared"]
