"""Switch the store on and open it, ask who reads, and show where readings are kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from ecgviz.app import SessionSlot, ui
from ecgviz.store import STORE, Store, open_store
from ecgviz.words import plain
from ecgviz.worklist.controls import WorklistControls, controls
from ecgviz.worklist.example import example_store
from ecgviz.worklist.items import LIST, of_samples
from ecgviz.worklist.store_place import CHOSEN, EXAMPLE, configured, may_choose, place
from preprocessing.errors import EcgImageError

NAME_PX = 320
NOT_OPENED = "The store was not opened."
WHAT_IS_KEPT = (
    "A reading is kept under the hash of the report's file: your class, findings, comment, corrections, name or "
    "initials, and the time; with it what the networks predicted. The file and its name are kept only where you tick "
    "it. Nothing leaves this machine, unless the store is a database elsewhere."
)
AS_TYPED = "Kept with each of your readings. It is taken as typed: identities are not checked."
_NO_REFUSAL: EcgImageError | None = None
_REFUSED = SessionSlot("store_refused", lambda: _NO_REFUSAL)


def opened() -> Store:
    """Return the open store.

    Raises
    ------
    EcgImageError
        When it cannot be opened.
    """
    example = EXAMPLE.value
    return _open(place()) if example is None else example


def opened_or_refused() -> Store | None:
    """Return the open store, or show why it cannot be opened."""
    try:
        return opened()
    except EcgImageError as refusal:
        ui.refused(refusal, NOT_OPENED)
        return None


def guarded(draw: Callable[[], None]) -> None:
    """Draw a part of a page; a store or file that fails meanwhile is named instead."""
    try:
        draw()
    except EcgImageError as refusal:
        ui.refused(refusal, "The page ends here.")


def offer() -> None:
    """Explain what would be kept, and let a reader switch it on where that is allowed, or try the example."""
    st.markdown("**Readings are not kept.** Switch it on to label reports, decide where readers differ, and compare.")
    st.caption(WHAT_IS_KEPT)
    if may_choose():
        _ask_for_file()
    else:
        how = f"The person who runs this app can switch it on by setting `{STORE.variable}` to a file or a database."
        st.info(how, icon=":material/info:")
    st.subheader("Worked example", anchor=False)
    st.caption("Three simulated readers of the simulated samples, in memory: try labelling, deciding and agreement.")
    if st.button("Open the example", icon=":material/science:"):
        EXAMPLE.set(example_store())
        LIST.set(of_samples())
        st.rerun()


def leave_example() -> None:
    """Drop the example with all that was recorded in it."""
    EXAMPLE.clear()
    LIST.clear()


def switch_off() -> None:
    """Keep no further readings in this session; what was kept stays in its file."""
    CHOSEN.clear()


def chosen_here() -> bool:
    """Return whether this session chose the store, so that it may switch it off."""
    return bool(CHOSEN.value) and not configured() and EXAMPLE.value is None


def reader() -> str:
    """Return the name of the reader, empty before it was given."""
    return controls.store_reader.strip()[: STORE.name_letters]


def ask_reader() -> str:
    """Ask for a name or initials, and return it."""
    st.text_input(
        "Your name or initials",
        key=WorklistControls.store_reader.key,
        max_chars=STORE.name_letters,
        width=NAME_PX,
        persist_state="session",
        help=AS_TYPED,
    )
    return reader()


def where(store: Store) -> None:
    """Show where readings are kept."""
    if EXAMPLE.value is None:
        st.caption(f":material/database: Readings are kept in {plain(store.place)}")
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(":material/science: Example with simulated readers: nothing is kept.", width="content")
        st.button("Leave the example", type="tertiary", icon=":material/close:", on_click=leave_example)


def _ask_for_file() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input(
            "File to keep readings in",
            key=WorklistControls.store_path.key,
            width=2 * NAME_PX,
            placeholder=f"/path/to/readings{STORE.ending}",
            on_change=_switch_on,
        )
        st.button("Keep readings", icon=":material/save:", on_click=_switch_on)
    st.caption(
        "A new file, or one that ecgviz made before. For a database, start the app with "
        f"`{STORE.variable}=postgresql+psycopg://...`."
    )
    if (refusal := _REFUSED.value) is not None:
        ui.refused(refusal, NOT_OPENED)


def _switch_on() -> None:
    path = controls.store_path.strip()
    if not path:
        return
    try:
        if "://" in path or not path.endswith(STORE.ending):
            raise EcgImageError("not_a_store", f"Name a file that ends in {STORE.ending}, with its folder.")
        _open(path)
    except EcgImageError as refusal:
        _REFUSED.set(refusal)
        return
    _REFUSED.clear()
    CHOSEN.set(path)


def _open(where: str) -> Store:
    if "://" in where:
        return _opened(where, 0)
    path = Path(where).expanduser()
    if not path.exists():
        open_store(path).close()
    # Of a file that was removed, the system keeps what is still open, under its own number: nothing more may go there.
    return _opened(str(path), path.stat().st_ino)


@st.cache_resource(max_entries=16, show_spinner=False)
def _opened(where: str, file_number: int) -> Store:
    return open_store(where)
