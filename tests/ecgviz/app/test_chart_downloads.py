"""Under a chart: its table, the table as CSV, and how to download a PNG."""

import io

import pandas as pd
from streamlit.testing.v1 import AppTest

from ecgviz.app import chart_downloads

COUNTED = pd.DataFrame({"lead": ["I", "V2"], "share": [0.25, None]})


def test_a_csv_reads_back_as_its_table():
    written = chart_downloads.as_csv(COUNTED, ["shares of 330 reports"]).decode()
    assert written.startswith("# ecgviz ")
    assert "\n# shares of 330 reports\n" in written
    pd.testing.assert_frame_equal(pd.read_csv(io.StringIO(written), comment="#"), COUNTED)


def test_a_named_index_is_written_and_a_row_number_is_not():
    named = COUNTED.set_index("lead")
    assert "\nlead,share\nI," in chart_downloads.as_csv(named).decode()
    assert "\n0," not in chart_downloads.as_csv(COUNTED).decode()


def _page():
    import altair as alt
    import pandas as pd

    from ecgviz.app import chart_downloads

    table = pd.DataFrame({"x": [1, 2]})
    chart_downloads.draw(alt.Chart(table).mark_point().encode(x="x:Q"), "two points", table, "points")


def test_a_chart_comes_with_its_table_a_csv_and_a_png():
    app = AppTest.from_function(_page).run()
    assert not app.exception
    chart = app.get("vega_lite_chart")[0]
    assert chart.proto.alt == "two points"
    assert app.expander[0].label == chart_downloads.LABEL
    assert not app.dataframe
    app.session_state[f"{chart_downloads.OPENED}points"] = True
    app.run()
    assert list(app.dataframe[0].value["x"]) == [1, 2]
    assert app.get("download_button")[0].proto.label == "CSV"
    assert "Download as PNG" in app.caption[0].value
