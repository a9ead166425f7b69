"""The reading that a form holds before it is saved: begun from what is kept, and put together from the controls."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ecgviz.app import SessionSlot, session
from ecgviz.store import MEASURED, Reading, Role, Store, boxes_of, corrections_of, decision_of, reading_of, save
from ecgviz.study import Corrections
from ecgviz.worklist.controls import WorklistControls as Of
from ecgviz.worklist.controls import controls
from ecgviz.worklist.items import Item
from preprocessing.errors import EcgImageError


@dataclass(frozen=True)
class Draft:
    """What a form is about, the reading that it began from, and the class chosen so far, empty before one is."""

    place: str
    sha256: str
    role: Role
    reader: str
    loaded: Reading | None
    label: str


_NO_DRAFT: Draft | None = None
DRAFT = SessionSlot("reading_draft", lambda: _NO_DRAFT)
_NO_REFUSAL: EcgImageError | None = None
REFUSED = SessionSlot("reading_refused", lambda: _NO_REFUSAL)
# Reports whose predictions or other readings this session has shown.
SEEN = SessionSlot[set[str]]("reading_seen", set)
# What the last save led to, with the report that it was about.
SAVED = SessionSlot("reading_saved", lambda: ("", ""))


def current(store: Store, item: Item, role: Role, reader: str) -> Draft:
    """Return the draft of a report, begun anew where the form was about something else.

    Call it before the form's controls are drawn.
    """
    held = DRAFT.value
    if held is not None and (held.place, held.sha256, held.role, held.reader) == (
        store.place,
        item.sha256,
        role,
        reader,
    ):
        return held
    loaded = reading_of(store, item.sha256, reader) if role is Role.READER else decision_of(store, item.sha256)
    REFUSED.clear()
    draft = Draft(store.place, item.sha256, role, reader, loaded, loaded.label if loaded else "")
    DRAFT.set(draft)
    _fill(loaded)
    return draft


def choose(label: str) -> None:
    """Take a class; nothing is saved yet."""
    held = DRAFT.value
    if held is not None:
        DRAFT.set(replace(held, label=label))


def load_again() -> None:
    """Drop the draft, so that the form shows what is kept."""
    DRAFT.clear()
    REFUSED.clear()


def is_current(sha256: str) -> bool:
    """Return whether a report is the one that every page is about."""
    report = session.current()
    return report is not None and report.sha256 == sha256


def boxes_by_hand(sha256: str) -> Corrections | None:
    """Return the boxes that were set by hand for a report, if it is the current one."""
    return session.corrections() if is_current(sha256) else None


def use_kept_boxes() -> None:
    """Read the current report with the boxes that are kept with its reading."""
    held = DRAFT.value
    if held is not None and held.loaded is not None and held.loaded.boxes is not None and is_current(held.sha256):
        session.use_corrections(corrections_of(held.loaded.boxes))


def save_draft(store: Store, item: Item, blind: bool) -> bool:
    """Save the draft and return whether it is kept; a refusal is held for the form to show."""
    draft = DRAFT.value
    if draft is None or not draft.label:
        return False
    begun = draft.loaded or Reading(item.sha256, draft.reader, draft.label, role=draft.role)
    by_hand = boxes_by_hand(item.sha256)
    reading = replace(
        begun,
        reader=draft.reader,
        label=draft.label,
        findings=tuple(controls.reading_findings),
        comment=controls.reading_comment.strip(),
        measurements={
            name: float(value) for name in MEASURED if (value := Of.reading_measured.numbered(name).value) is not None
        },
        boxes=_boxes(begun, by_hand),
        blind=blind and (begun.blind or begun.version == 0),
        file=item.file if controls.reading_name_kept else None,
    )
    try:
        saved = save(store, reading, item.content() if controls.reading_file_kept else None)
    except EcgImageError as refusal:
        REFUSED.set(refusal)
        return False
    REFUSED.clear()
    DRAFT.set(replace(draft, loaded=saved))
    SAVED.set((item.sha256, f"Saved, version {saved.version}."))
    return True


def _boxes(begun: Reading, by_hand: Corrections | None) -> dict[str, object] | None:
    if by_hand is None:
        return begun.boxes
    return boxes_of(by_hand) if controls.reading_boxes else None


def _fill(loaded: Reading | None) -> None:
    """Set the controls of the form to what is kept, or to nothing."""
    controls.reading_findings = list(loaded.findings) if loaded else []
    controls.reading_comment = loaded.comment if loaded else ""
    for name in MEASURED:
        value = loaded.measurements.get(name) if loaded else None
        Of.reading_measured.numbered(name).value = None if value is None else round(value)
    controls.reading_boxes = True
    controls.reading_name_kept = bool(loaded and loaded.file)
    controls.reading_file_kept = bool(loaded and loaded.has_picture)
