"""An earlier run on the page Batch: its settings and labels come back, and its readings are compared."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ecgviz.app import Controls, SessionSlot, controls, ui
from ecgviz.batch import Done, Run, RunSettings, compared, opened_run, other_versions, run_record
from ecgviz.words import plain
from preprocessing.errors import EcgImageError


def _none() -> bytes | None:
    return None


# The bytes of the run file: an uploader forgets its file when the reader leaves the page.
FILE = SessionSlot("batch_run_file", _none)


def choice() -> Run | None:
    """Offer to repeat an earlier run, and return it where one was given."""
    with st.popover("Repeat a run", icon=":material/replay:"):
        st.file_uploader("Run file, JSON", type="json", key=Controls.batch_run.key, on_change=_keep)
        st.caption(
            "From Download results, or `run.json` of the command. Its settings and labels hold for the files chosen "
            "above, and its readings are compared with the new ones."
        )
    run = chosen()
    if run is not None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(plain(f"Repeats a run of {len(run.results)} files: {settings_in_words(run.settings)}."))
            st.button("Do not repeat", key="batch_run_clear", type="tertiary", on_click=FILE.clear)
    return run


def chosen() -> Run | None:
    """Return the run that was given; one that cannot be read is shown with its reason."""
    if (data := FILE.value) is None:
        return None
    try:
        return opened_run(data)
    except EcgImageError as refusal:
        ui.refused(refusal, "The run file was not read.")
        return None


def settings_in_words(settings: RunSettings) -> str:
    """Return settings as a phrase.

    Examples
    --------
    >>> settings_in_words(RunSettings(networks=False, sigma=2.0))
    'without networks, no reports, no signals, smoothing 2 px, threshold shift 0'
    """
    networks = "with networks" if settings.networks else "without networks"
    reports = "no reports" if settings.reports == "none" else f"reports as {settings.reports}"
    signals = f"signals as {', '.join(settings.signals)}" if settings.signals else "no signals"
    stages = f"smoothing {settings.sigma:g} px, threshold shift {settings.threshold_shift:g}"
    return f"{networks}, {reports}, {signals}, {stages}"


def comparison(done: Sequence[Done], settings: RunSettings, before: Run) -> None:
    """Show how the readings differ from those of the earlier run."""
    now = run_record(done, settings).run()
    found = compared(before, now)
    parts = [f"{found.same} the same", f"{len(found.different)} different", f"{len(found.missing)} missing here",
             f"{len(found.added)} new"]  # fmt: skip
    st.info(plain(f"Compared with the earlier run: {', '.join(parts)}."), icon=":material/compare_arrows:")
    for words in other_versions(before, now):
        st.caption(plain(words))
    if found.different:
        names = [one.row.file for one in done if one.row.sha256 in found.different]
        st.caption(plain(f"Different: {', '.join(names)}."))


def _keep() -> None:
    upload = controls.batch_run
    FILE.set(None if upload is None else upload.getvalue())
