"""The ways to open a report: a file, an image from the camera or the clipboard, or a simulated sample."""

from __future__ import annotations

from base64 import b64decode
from typing import TYPE_CHECKING

import streamlit as st

from ecgviz.app import caches, session
from ecgviz.app.all_controls import Controls, controls
from ecgviz.app.components import pasting
from ecgviz.app.session_state import Report
from ecgviz.study import ACCEPTED
from ecgviz.words import plain
from preprocessing.picture import MAX_BYTES
from sample_images import samples as drawn_samples

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from ecgviz.app.widget_state import Control
    from sample_images import Sample

CARD_PX = 156


def ways_in() -> None:
    """Offer to open a file, a pasted image or a photograph.

    Call it at one place of the page, before anything that takes time: a file dropped on an uploader that the page is
    about to draw elsewhere, or under another key, would be lost silently.
    """
    upload = Controls.upload.numbered(session.uploader_turn())
    st.file_uploader(
        "12-lead ECG report: image or PDF of the whole page, DICOM, or signals",
        type=ACCEPTED,
        key=upload.key,
        on_change=_take_upload,
        args=(upload,),
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="more_ways"):
        pasting(key=Controls.pasted.key, data={"most_bytes": MAX_BYTES}, on_pasted_change=_take_pasted)
        # A browser asks for the camera as soon as this is drawn.
        st.toggle("Use the camera", key=Controls.camera_on.key, help="The image stays on this machine.")
    if controls.camera_on:
        photograph = Controls.photograph.numbered(session.uploader_turn())
        st.camera_input(
            "Show the whole page, flat and evenly lit",
            key=photograph.key,
            resolution="1080p",
            on_change=_take_upload,
            args=(photograph,),
        )


def open_report() -> Report:
    """Return the open report; without one, offer the simulated samples and end the page."""
    opened = session.current()
    if opened is None:
        st.info("No report is open. Open one on Home or try a simulated sample.", icon=":material/info:")
        st.page_link("streamlit_app.py", label="Open a report on Home", icon=":material/arrow_forward:")
        samples()
        st.stop()
    return opened


def samples() -> None:
    """Offer the simulated samples under a heading of their own."""
    st.subheader("Simulated samples", anchor=False)
    samples_grid()


def samples_grid() -> None:
    """Show the simulated samples by purpose; a click anywhere on a thumbnail opens it."""
    st.caption("Simulated, no patient. Some are hard to read or not an ECG, and may be refused.")
    every = drawn_samples()
    for number, purpose in enumerate(dict.fromkeys(sample.purpose for sample in every)):
        st.markdown(f"**{purpose}**")
        with st.container(horizontal=True, gap="small", key=f"cards_{number}"):
            for sample in every:
                if sample.purpose == purpose:
                    _card(sample)


def _card(sample: Sample) -> None:
    with st.container(width=CARD_PX, gap="xsmall", key=f"card_{sample.name}"):
        st.image(caches.thumbnail(str(sample.path)), width="stretch", alt=f"Simulated sample: {sample.title}")
        st.button(
            plain(sample.title),
            key=f"sample_{sample.name}",
            width="stretch",
            on_click=session.keep_sample,
            args=(sample,),
        )


def _take_upload(control: Control[UploadedFile | None]) -> None:
    upload = control.value
    if upload is not None:
        session.keep_upload(upload.getvalue(), upload.name, upload.file_id)


def _take_pasted() -> None:
    """Open what a browser sends from its clipboard; decoding decides whether it is an image."""
    pasted = controls.pasted["pasted"]
    session.keep(b64decode(str(pasted["content"]), validate=True), str(pasted["name"]))
