"""Labels on the page Batch: where they come from, and which report has which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from ecgviz.app import Controls, SessionSlot, controls, ui
from ecgviz.batch import Batch, sha256_of
from ecgviz.labels import Labels, by_folder, labels_from_csv, matched
from models.classes import CLASSES
from preprocessing.errors import EcgImageError

NONE, TABLE, FOLDERS = "None", "CSV", "Folder names"
SOURCES = (NONE, TABLE, FOLDERS)
HINTS = {
    TABLE: "Columns `file` and `label`, or `sha256` and `label`. Labels: " + ", ".join(CLASSES) + ".",
    FOLDERS: "The nearest folder in a zip archive whose name contains a class is the label of its reports.",
}


def _none() -> bytes | None:
    return None


# The bytes of the table: an uploader forgets its file when the reader leaves the page.
FILE = SessionSlot("batch_label_file", _none)


def choice() -> None:
    """Let the reader choose where labels come from, and check a table as soon as it is there."""
    source = st.segmented_control("Labels", SOURCES, key=Controls.batch_label_source.key, required=True,
                                  persist_state="session")  # fmt: skip
    if source == TABLE:
        st.file_uploader("Table of labels", type="csv", key=Controls.batch_label_file.key, on_change=_keep)
    if source in HINTS:
        st.caption(HINTS[source])
    if source == TABLE and (data := FILE.value) is not None:
        try:
            st.caption(_counts(labels_from_csv(data)))
        except EcgImageError as refusal:
            ui.refused(refusal, "The labels were not read.")


def labels_of(batch: Batch, truth: dict[str, str] | None) -> Sequence[str | None] | None:
    """Return the label of each file that is done, or show why the labels do not fit; None without labels.

    Parameters
    ----------
    batch : Batch
    truth : dict of str to str or None
        The true classes of samples by file.
    """
    files, n = batch.files, len(batch.done)
    if truth is not None:
        return [truth.get(file.file) for file in files[:n]]
    try:
        if controls.batch_label_source == FOLDERS:
            return by_folder([file.file for file in files])[:n]
        if controls.batch_label_source == TABLE and (data := FILE.value) is not None:
            hashes = [done.row.sha256 for done in batch.done] + [sha256_of(file) for file in files[n:]]
            pairs = [(file.file, sha256) for file, sha256 in zip(files, hashes, strict=True)]
            return matched(labels_from_csv(data), pairs)[:n]
    except EcgImageError as refusal:
        # A table that cannot be read is already refused beside its uploader.
        if refusal.code in {"labels_unmatched", "labels_ambiguous", "labels_contradict"} or (
            controls.batch_label_source == FOLDERS
        ):
            ui.refused(refusal, "The labels were not used.")
    return None


def _keep() -> None:
    upload = controls.batch_label_file
    FILE.set(None if upload is None else upload.getvalue())


def _counts(labels: Labels) -> str:
    counts = Counter(labels.by_key.values())
    each = ", ".join(f"{label} {counts[label]}" for label in CLASSES if counts[label])
    return f"{len(labels.by_key)} labels by {labels.key}: {each}."
