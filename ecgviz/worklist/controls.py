"""The controls of the page Worklist, and of a reading wherever one is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ecgviz.app import Control, ControlSet
from ecgviz.store import Queue

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile


class WorklistControls(ControlSet):
    """What a reader sets; the controls of a reading are filled from what is kept of it."""

    worklist_part = Control("Label")
    store_path: Control[str] = Control()
    store_reader = Control("")
    store_blind = Control(True)

    # The list
    worklist_uploads: Control[list[UploadedFile]] = Control()
    worklist_folder: Control[list[UploadedFile]] = Control()
    worklist_queue: Control[str] = Control(Queue.UNREAD)
    worklist_table: Control[dict[str, Any]] = Control()
    worklist_predictions = Control(False)

    # A reading
    reading_findings: Control[list[str]] = Control()
    reading_comment: Control[str] = Control()
    reading_measured: Control[float | None] = Control()
    reading_boxes: Control[bool] = Control()
    reading_name_kept: Control[bool] = Control()
    reading_file_kept: Control[bool] = Control()

    # Agreement
    agreement_first: Control[str] = Control()
    agreement_second: Control[str] = Control()
    agreement_blind_only = Control(False)
    agreement_abstentions = Control(False)
    agreement_raters: Control[list[str]] = Control()
    agreement_cases: Control[dict[str, Any]] = Control()

    # Kept readings
    delete_sure = Control(False)


controls = WorklistControls()
