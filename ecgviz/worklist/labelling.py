"""The part Label: the list, the next report that waits, its page, and the form beside it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from ecgviz.app import SessionSlot, session, ui
from ecgviz.batch import sources
from ecgviz.store import UNREAD, Queue, ReportStatus, Role, Store, labels_of, queues, status_of_reports
from ecgviz.study import ACCEPTED
from ecgviz.words import plain
from ecgviz.worklist import draft, items, list_table, recording, shown, switch
from ecgviz.worklist.controls import WorklistControls as Of
from ecgviz.worklist.controls import controls
from ecgviz.worklist.items import LIST, Item, Worklist
from preprocessing.errors import EcgImageError

NOT_AT_HAND = "This report is not at hand: neither in the list nor open, and its file was not kept."
NOTHING_WAITS = {
    Queue.UNREAD: "You have read every report of the list.",
    Queue.SECOND: "No report of the list waits for a second reader.",
    Queue.DISAGREEMENT: "No two readings of the list differ without a decision.",
    Queue.ALL: "The list is empty.",
}
# The report that the page is about; empty takes the first that waits.
AT = SessionSlot("worklist_at", str)
# The report that was saved or skipped last: the next one is looked for behind it.
BEHIND = SessionSlot("worklist_behind", str)


def show(store: Store) -> None:
    """Show the list and the report that waits next."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        reader = switch.ask_reader()
        st.toggle("Blind", key=Of.store_blind.key, persist_state="session",
                  help="Hides predictions and other readings until yours is saved.")  # fmt: skip
    if not LIST.value.items:
        _choose_list()
        return
    if not reader:
        st.info("Type your name or initials to begin.", icon=":material/info:")
        return
    listed = LIST.value
    status = status_of_reports(store, reader)
    queue = _queue(listed, status)
    item = _item(store, queue, listed, status)
    if item is None:
        st.info(NOTHING_WAITS[queue], icon=":material/check:")
    else:
        _report(store, item, queue, reader, status.get(item.sha256, UNREAD))
    _table(store, reader, queue, listed, status)


def open_case(sha256: str, queue: Queue) -> None:
    """Show one report, as one of a queue, whether it waits there or not."""
    AT.set(sha256)
    controls.worklist_queue = queue


def _choose_list() -> None:
    """Offer every source of a list."""
    files, whole = st.columns(2, gap="medium")
    uploads = [
        *files.file_uploader("Reports to read: files or zip archives", type=ACCEPTED, accept_multiple_files=True,
                             key=Of.worklist_uploads.key),
        *whole.file_uploader("Or a folder with its subfolders", type=ACCEPTED, accept_multiple_files="directory",
                             key=Of.worklist_folder.key),
    ]  # fmt: skip
    st.caption("They stay in memory. Only their hashes are kept, and only with a reading.")
    folder, batch = items.folder(), items.of_batch()
    with st.container(horizontal=True, gap="small"):
        if uploads and st.button("Use these files", icon=":material/upload_file:"):
            _take(items.of_files("Uploaded files", sources.of_uploads(uploads)))
        if batch is not None and st.button("Use the batch", icon=":material/table_rows:"):
            _take(batch)
        if folder is not None and st.button(f"Use the folder {plain(folder.name)}", icon=":material/folder:"):
            with st.spinner("Listing the folder"):
                try:
                    listed = items.of_folder(folder)
                except EcgImageError as refusal:
                    ui.refused(refusal, "The folder was not listed.")
                    return
            _take(listed)
        if st.button("Use the simulated samples", icon=":material/science:"):
            _take(items.of_samples())
    if folder is None:
        st.caption(
            f"A folder of any size, read where it is: start the app with `{items.FOLDER_VARIABLE}=/path/to/folder`."
        )


def _take(listed: Worklist) -> None:
    if not listed.items:
        st.warning("None of these files could be opened.", icon=":material/info:")
        return
    LIST.set(listed)
    AT.clear()
    st.rerun()


def _queue(listed: Worklist, status: dict[str, ReportStatus]) -> Queue:
    """Let the reader choose what to read next, with how much waits."""
    counted = queues.lengths(listed.reports, status)
    left_out = f", {listed.left_out} not opened" if listed.left_out else ""
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.segmented_control("What to read", list(Queue), key=Of.worklist_queue.key, required=True,
                             format_func=lambda one: f"{one.value} ({counted[one]})",
                             label_visibility="collapsed", on_change=AT.clear, persist_state="session",
                             wrap=True)  # fmt: skip
        reports = f"{len(listed.items)} report{'s' * (len(listed.items) != 1)}"
        st.caption(plain(f"{listed.title}: {reports}{left_out}"), width="content")
        st.button("Another list", icon=":material/close:", type="tertiary", on_click=_drop)
    return Queue(controls.worklist_queue)


def _drop() -> None:
    LIST.clear()
    AT.clear()


def _item(store: Store, queue: Queue, listed: Worklist, status: dict[str, ReportStatus]) -> Item | None:
    """Return the report that the page is about: the one that was opened, or the first that waits."""
    if AT.value:
        item = items.found(AT.value, store)
        if item is not None:
            return item
        st.warning(NOT_AT_HAND, icon=":material/info:")
    behind = queues.next_after(queue, listed.reports, status, BEHIND.value)
    BEHIND.clear()
    # Where it alone waits, the one that was skipped comes again.
    first = behind or queues.next_after(queue, listed.reports, status)
    if first is not None:
        # Held, so that it stays when the reading just saved takes it out of the queue.
        AT.set(first)
    return None if first is None else listed.items[first]


def _report(store: Store, item: Item, queue: Queue, reader: str, status: ReportStatus) -> None:
    """Show the page beside the form, and what a blind reader does not see once it is due."""
    role = Role.ADJUDICATION if queue is Queue.DISAGREEMENT else Role.READER
    revealed = role is Role.ADJUDICATION or status.mine or not controls.store_blind
    blind = role is Role.READER and not revealed and item.sha256 not in draft.SEEN.value
    go_on = partial(_go_on, item.sha256)
    page, form = st.columns([3, 2], gap="medium")
    with page:
        shown.page(item, blind=not revealed)
    with form:
        if role is Role.ADJUDICATION:
            shown.others(store, item, "")
        recording.form(store, item, role, reader, blind, go_on, go_on)
        if revealed:
            if role is Role.READER:
                shown.others(store, item, reader)
            shown.predictions(store, item)
            recording.history(store, item.sha256)
        else:
            st.caption("Blind: predictions and other readings appear once yours is saved.")
        if st.button("Open on Home", icon=":material/open_in_new:", type="tertiary",
                     help="Shows predictions, so that a later reading is not blind."):  # fmt: skip
            session.keep(item.content(), item.file)
            st.switch_page("streamlit_app.py")
        st.caption(recording.KEYS_NOTE)


def _go_on(after: str) -> None:
    """Show the next report that waits behind this one."""
    AT.clear()
    BEHIND.set(after)


def _table(store: Store, reader: str, queue: Queue, listed: Worklist, status: dict[str, ReportStatus]) -> None:
    """Show the reports of the queue as a table; a click opens one."""
    waiting = queues.waiting(queue, listed.reports, status)
    with st.expander(f"{queue.value}: {len(waiting)} reports", icon=":material/list:"):
        part = waiting[: list_table.ROWS]
        if len(waiting) > len(part):
            st.caption(f"The first {len(part)}.")
        hidden = {sha256: controls.store_blind and not status.get(sha256, UNREAD).mine for sha256 in part}
        named = {sha256: items.shown_name(listed.items[sha256], hidden[sha256]) for sha256 in part}
        st.dataframe(
            list_table.frame(named, labels_of(store, reader, part), status, blind=controls.store_blind),
            hide_index=True,
            key=Of.worklist_table.key,
            on_select=partial(_chosen, part),
            selection_mode="single-row",
            alt="The reports of the list, with your class and how many others have read each",
        )


def _chosen(part: list[str]) -> None:
    rows = [row for row in controls.worklist_table["selection"]["rows"] if row < len(part)]
    if rows:
        AT.set(part[rows[0]])
