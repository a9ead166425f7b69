"""What lives long is exempt from the collection after each run, but never for good."""

import gc
import sys
import weakref

import pytest

from ecgviz.app import garbage


class Ring:
    """An object that only the garbage collector can free."""

    def __init__(self):
        self.itself = self


@pytest.fixture
def collector():
    """A collector's follower of its own; afterwards nothing is exempt that was not before."""
    own, before = garbage.Exempting(), list(gc.callbacks)
    gc.callbacks[:] = [own]
    yield own
    gc.callbacks[:] = before
    gc.unfreeze()


def test_what_survives_a_thorough_collection_is_not_looked_at_again(collector):
    gc.collect()
    exempt = gc.get_freeze_count()
    ring = Ring()
    gone = weakref.ref(ring)
    del ring
    gc.collect()
    assert exempt > 1000
    assert gone() is None, "what is new is still collected"
    assert gc.get_freeze_count() <= exempt, "nothing more became exempt"


def test_what_was_exempt_is_freed_by_the_next_thorough_collection(collector):
    ring = Ring()
    gone = weakref.ref(ring)
    gc.collect()
    del ring
    gc.collect()
    assert gone() is not None, "it was exempt"
    collector.last_s -= garbage.THOROUGH_EVERY_S
    gc.collect()
    assert gone() is None


def test_loaded_libraries_make_the_next_collection_thorough(collector):
    gc.collect()
    assert not collector.is_due(len(sys.modules), collector.last_s)
    assert collector.is_due(len(sys.modules) + garbage.MODULES_MANY, collector.last_s)


def test_the_frame_of_a_page_registers_it_once():
    garbage.exempt()
    garbage.exempt()
    assert gc.callbacks.count(garbage._EXEMPTING) == 1


def test_what_was_exempt_can_be_collected_at_once(collector, monkeypatch):
    monkeypatch.setattr(garbage, "_EXEMPTING", collector)
    ring = Ring()
    gone = weakref.ref(ring)
    gc.collect()
    del ring
    garbage.collect_exempt_too()
    assert gone() is None
