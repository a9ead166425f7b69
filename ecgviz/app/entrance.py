"""The ways in: a file of one's own, a picture from the camera or the clipboard, or a report that the project drew."""

from __future__ import annotations

from base64 import b64decode

import streamlit as st

from ecgviz.app import caches, session
from ecgviz.app.components import pasting
from ecgviz.study import ACCEPTED
from ecgviz.words import plain
from preprocessing.picture import MAX_BYTES
from sample_images import samples as drawn_samples

CARD_PX = 168
PASTED = "pasted"


def ways_in() -> None:
    """Offer to open a file, a pasted picture or a photograph.

    It is to stand at one place of the page, before anything that takes time: a file that is dropped on an uploader
    which the page is about to draw elsewhere, or under another key, would be lost without a word.
    """
    key = f"upload_{session.turn()}"
    st.file_uploader(
        "Image or PDF of a 12-lead ECG report, a whole page",
        type=ACCEPTED,
        key=key,
        on_change=_take_upload,
        args=(key,),
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="more_ways"):
        pasting(key=PASTED, data={"most_bytes": MAX_BYTES}, on_pasted_change=_take_pasted)
        # A browser asks for the camera as soon as it is drawn, so it is drawn only where it is wanted.
        st.toggle("Use the camera", key="camera_on", help="The picture is read here and sent nowhere.")
    if st.session_state["camera_on"]:
        photograph = f"photograph_{session.turn()}"
        st.camera_input(
            "Hold the whole page in view, flat, in even light",
            key=photograph,
            resolution="1080p",
            on_change=_take_upload,
            args=(photograph,),
        )


def open_report() -> session.Report:
    """Return the open report; where none is, offer the drawn samples and draw nothing more."""
    opened = session.current()
    if opened is None:
        st.info("No report is open. Open one on the page Home, or take a drawn sample.", icon=":material/info:")
        st.page_link("streamlit_app.py", label="Open a report on Home", icon=":material/arrow_forward:")
        samples()
        st.stop()
    return opened


def samples() -> None:
    """Offer the drawn samples under a heading of their own."""
    st.subheader("Or look at a drawn sample", anchor=False)
    samples_grid()


def samples_grid() -> None:
    """Show the drawn samples, each a thumbnail and a button."""
    st.caption(
        "The project draws these reports itself; they show no patient. Some are drawn to be hard, "
        "or are no ECG at all, and may be refused."
    )
    with st.container(horizontal=True, gap="small", key="samples"):
        for sample in drawn_samples():
            with st.container(width=CARD_PX, key=f"card_{sample.name}"):
                st.image(caches.thumbnail(str(sample.path)), width="stretch", alt=f"Drawn sample: {sample.title}")
                st.button(
                    plain(sample.title),
                    key=f"sample_{sample.name}",
                    width="stretch",
                    on_click=session.keep_sample,
                    args=(sample,),
                )


def _take_upload(key: str) -> None:
    upload = st.session_state[key]
    if upload is not None:
        session.keep_upload(upload.getvalue(), upload.name, upload.file_id)


def _take_pasted() -> None:
    """Take what a browser sends from its clipboard; that it is a picture is not believed but decoded, as ever."""
    pasted = st.session_state[PASTED]["pasted"]
    session.keep(b64decode(str(pasted["content"]), validate=True), str(pasted["name"]))
