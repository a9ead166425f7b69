"""What stands folded under the charts of a page, opened as a reader would."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from ecgviz.app.chart_downloads import LABEL


def unfolded(app: AppTest) -> AppTest:
    """Open every table under a chart, and check that each is there with its CSV."""
    folds = [fold.key for fold in app.expander if fold.label == LABEL]
    tables, files = len(app.dataframe), len(app.get("download_button"))
    for key in folds:
        app.session_state[key] = True
    app.run()
    assert not app.exception
    assert len(app.dataframe) == tables + len(folds)
    assert len(app.get("download_button")) == files + len(folds)
    return app
