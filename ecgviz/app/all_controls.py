"""The controls of the app's own pages, one declaration each, in the order of the pages.

``Controls.sigma.key`` is what a widget is given, ``controls.sigma`` what it is set to:

>>> Controls.sigma.key, Controls.sigma.default
('sigma', 1.0)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ecgviz.app.widget_state import Control, ControlSet, Lifetime
from preprocessing.stages import StageSettings

if TYPE_CHECKING:
    from datetime import date

    from streamlit.runtime.uploaded_file_manager import UploadedFile

ARTICLE = StageSettings()
_REPORT = Lifetime.REPORT


class Controls(ControlSet):
    """What a person sets on the pages Home to Models, on Batch and on Report."""

    # Every page, and Home
    current_report: Control[str] = Control()
    upload: Control[UploadedFile | None] = Control()
    photograph: Control[UploadedFile | None] = Control()
    pasted: Control[dict[str, Any]] = Control()
    camera_on = Control(False)
    hide_margins = Control(False)
    overlay = Control(True, _REPORT)
    as_read = Control(False, _REPORT)
    st_moment = Control("st_j60_mv", _REPORT)

    # Preprocessing
    preset = Control("standard", _REPORT)
    lead = Control("I", _REPORT)
    stage = Control("otsu", _REPORT)
    sigma = Control(ARTICLE.sigma, _REPORT)
    shift = Control(ARTICLE.threshold_shift, _REPORT)
    first = Control("segmentation", _REPORT)
    second = Control("binary", _REPORT)
    comparison = Control("Side by side", _REPORT)
    share = Control(50, _REPORT)
    segmentation_view = Control("Landmarks", _REPORT)
    live_network = Control("paper_cnn")

    # Leads
    wall_shown = Control("Page and trace", _REPORT)
    wall_map = Control("grad_cam", _REPORT)
    wall_network = Control("trace_cnn", _REPORT)
    wall_class: Control[str] = Control(lasts=_REPORT)

    # Signals: what a person measures, and the layout set by hand
    page_viewer: Control[dict[str, Any]] = Control()
    hand_name: Control[str] = Control()
    editor_open = Control(False, _REPORT)
    frame_editor: Control[dict[str, Any]] = Control()
    by_hand_layout: Control[str] = Control()
    by_hand_speed: Control[float] = Control()
    by_hand_gain: Control[float] = Control()
    by_hand_scaled: Control[bool] = Control()
    by_hand_x: Control[float] = Control()
    by_hand_y: Control[float] = Control()
    by_hand_lead = Control("All leads")
    by_hand_edge: Control[float] = Control()

    # Models
    aggregation: Control[str] = Control()
    left_out: Control[list[str]] = Control(lasts=_REPORT)
    first_network: Control[str] = Control()
    second_network: Control[str] = Control()
    map_network: Control[str] = Control()
    map_class: Control[str] = Control(lasts=_REPORT)
    map_kind: Control[str] = Control()

    # Batch
    batch_uploads: Control[list[UploadedFile]] = Control()
    batch_run: Control[UploadedFile | None] = Control()
    batch_networks = Control(True)
    batch_kind = Control("html")
    batch_signals: Control[list[str]] = Control()
    batch_name: Control[str] = Control()
    batch_status: Control[list[str]] = Control()
    batch_labels: Control[list[str]] = Control()
    batch_layouts: Control[list[str]] = Control()
    batch_prediction: Control[str] = Control()
    batch_warnings: Control[str] = Control()
    batch_duplicates: Control[str] = Control()
    batch_agreement: Control[str] = Control()
    batch_between: Control[list[str]] = Control()
    batch_against_label: Control[str] = Control()
    batch_label_source = Control("None")
    batch_label_file: Control[UploadedFile | None] = Control()
    batch_table: Control[dict[str, Any]] = Control()

    # Compare
    compare_with: Control[str] = Control("")

    # Report: what leaves the app is masked unless a person unticks it for this very report.
    report_hidden = Control(True, _REPORT)
    report_page = Control(1, _REPORT)
    report_parts: Control[list[str]] = Control()
    report_comment = Control("", _REPORT)
    report_reader = Control("")
    report_date: Control[date | None] = Control(lasts=_REPORT)


controls = Controls()
