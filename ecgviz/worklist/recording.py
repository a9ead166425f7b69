"""The form of a reading: class, findings, comment, corrections, what else to keep; by mouse or by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ecgviz.app import Report, ui
from ecgviz.store import FINDINGS, MEASURED, STORE, Role, Store, history_of
from ecgviz.words import plain
from ecgviz.worklist import draft, switch
from ecgviz.worklist.controls import WorklistControls as Of
from ecgviz.worklist.draft import Draft
from ecgviz.worklist.items import Item
from models.classes import CLASSES

KEYS_NOTE = "Keys: 1 to 4 choose the class, S saves, N saves and goes on, K skips. They rest while you type."


def of_report(report: Report) -> None:
    """Let the reader record a reading of the open report; what its pages show is not blind."""
    draft.SEEN.value.add(report.sha256)
    with st.expander("Your reading", icon=":material/edit_note:"):
        switch.guarded(lambda: _in_place(report))


def _in_place(report: Report) -> None:
    store = switch.opened()
    if reader := switch.ask_reader():
        item = Item(report.sha256, report.file, lambda: report.data)
        form(store, item, Role.READER, reader, blind=False)
        history(store, report.sha256)
    switch.where(store)


def form(
    store: Store,
    item: Item,
    role: Role,
    reader: str,
    blind: bool,
    go_on: Callable[[], None] | None = None,
    skip: Callable[[], None] | None = None,
) -> None:
    """Draw the form of one reading, filled with what is kept of it.

    Parameters
    ----------
    store : Store
    item : Item
    role : Role
    reader : str
    blind : bool
        Whether neither predictions nor other readings were shown.
    go_on, skip : callable, optional
        What follows after a save, and without one; without them the form has no such buttons and no keys.
    """
    held = draft.current(store, item, role, reader)
    # Elsewhere than on a worklist a stray key must record nothing.
    by_key = go_on is not None
    _classes(held, by_key)
    st.pills("Findings", list(FINDINGS), key=Of.reading_findings.key, format_func=FINDINGS.__getitem__,
             selection_mode="multi", wrap=True, persist_state="session")  # fmt: skip
    st.text_area("Comment", key=Of.reading_comment.key, max_chars=STORE.comment_letters, height=80,
                 persist_state="session")  # fmt: skip
    with st.expander("Correct measurements and boxes"):
        _corrections(held)
    with st.container(horizontal=True, gap="medium"):
        st.checkbox("Keep the file's name", key=Of.reading_name_kept.key, persist_state="session")
        st.checkbox("Keep the file itself", key=Of.reading_file_kept.key, persist_state="session")
    with st.container(horizontal=True, gap="small"):
        st.button("Save", icon=":material/save:", key="reading_save", disabled=not held.label, on_click=_save,
                  args=(store, item, blind), shortcut="S" if by_key else None)  # fmt: skip
        if go_on is not None:
            st.button("Save, next", icon=":material/arrow_forward:", key="reading_next", shortcut="N",
                      disabled=not held.label, on_click=_save_and_go_on, args=(store, item, blind, go_on))  # fmt: skip
        if skip is not None:
            st.button("Skip", key="reading_skip", shortcut="K", type="tertiary", on_click=skip)
    _outcome(item)


def history(store: Store, sha256: str) -> None:
    """Show the audit trail of a report: who, when, and what was there before."""
    changes = history_of(store, sha256)
    if not changes:
        return
    with st.expander(f"History, {len(changes)} line{'s' * (len(changes) > 1)}"):
        for change in changes:
            what = "decision" if change.role is Role.ADJUDICATION else "reading"
            before = "new" if change.before is None else f"before: {_in_words(change.before)}"
            st.caption(
                plain(f"{change.at[:16].replace('T', ' ')} UTC, {change.who}, {what} {change.version}, {before}")
            )


def _classes(held: Draft, by_key: bool) -> None:
    st.markdown("Class" if held.role is Role.READER else "Decision")
    columns = st.columns(2, gap="small")
    for number, label in enumerate(CLASSES, start=1):
        chosen = label == held.label
        place = columns[(number - 1) % len(columns)]
        place.button(
            f"**{label}**" if chosen else label,
            key=f"reading_class_{number}",
            shortcut=str(number) if by_key else None,
            width="stretch",
            icon=":material/radio_button_checked:" if chosen else ":material/radio_button_unchecked:",
            on_click=draft.choose,
            args=(label,),
        )


def _corrections(held: Draft) -> None:
    for name, limits in MEASURED.items():
        st.number_input(limits.title, limits.low, limits.high, value=None, step=1, placeholder="As read",
                        key=Of.reading_measured.numbered(name).key, persist_state="session")  # fmt: skip
    if draft.boxes_by_hand(held.sha256) is not None:
        st.checkbox("Keep the boxes that were set by hand", key=Of.reading_boxes.key, persist_state="session")
    elif held.loaded is not None and held.loaded.boxes is not None:
        st.caption("Boxes set by hand are kept with this reading.")
        if draft.is_current(held.sha256):
            st.button("Read the report with them", icon=":material/edit:", on_click=draft.use_kept_boxes)
    else:
        st.caption("Boxes that you set by hand on Signals are kept with the reading.")


def _outcome(item: Item) -> None:
    """Show whether the last save was kept or refused."""
    if (refusal := draft.REFUSED.value) is not None:
        ui.refused(refusal, "Not saved.")
        st.button("Load the saved reading", icon=":material/refresh:", on_click=draft.load_again)
        return
    sha256, words = draft.SAVED.value
    if sha256 == item.sha256:
        st.caption(f":material/check: {words}")


def _save(store: Store, item: Item, blind: bool) -> None:
    draft.save_draft(store, item, blind)


def _save_and_go_on(store: Store, item: Item, blind: bool, go_on: Callable[[], None]) -> None:
    if draft.save_draft(store, item, blind):
        go_on()


def _in_words(before: dict[str, object]) -> str:
    findings = before["findings"]
    assert isinstance(findings, list)
    words = [str(before["label"]), *(FINDINGS[one].lower() for one in findings)]
    return ", ".join([*words, f"comment: {before['comment']}"] if before["comment"] else words)
