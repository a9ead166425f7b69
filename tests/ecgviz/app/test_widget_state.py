"""The typed controls: each key is declared once, defaults fill in, and lifetimes end with their report."""

import ast
from pathlib import Path

import pytest

from ecgviz.app import widget_state
from ecgviz.app.session_state import SessionSlot
from ecgviz.app.widget_state import Control, ControlSet, Lifetime

ROOT = Path(__file__).resolve().parents[3]
# The only modules that name a key of the session: they declare it.
DECLARING = {"widget_state.py", "session_state.py"}


def shipped():
    return [*(ROOT / "ecgviz").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "streamlit_app.py"]


@pytest.fixture
def values(monkeypatch):
    """A session without a browser, and no control but those of the test."""
    values: dict = {}
    monkeypatch.setattr(widget_state.st, "session_state", values)
    monkeypatch.setattr(widget_state, "_DECLARED", {})
    return values


def controls_of_a_test():
    class Controls(ControlSet):
        depth = Control(2, Lifetime.REPORT)
        chosen: Control[str] = Control(lasts=Lifetime.REPORT)
        kept = Control(False)

    return Controls


def test_the_session_is_reached_only_through_its_typed_declarations():
    for path in shipped():
        if path.name not in DECLARING:
            named = [node.lineno for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                     if isinstance(node, ast.Attribute) and node.attr == "session_state"]  # fmt: skip
            assert not named, f"{path.relative_to(ROOT)}, line {named[0]}: declare a Control or a SessionSlot instead"


def test_no_key_of_a_control_is_written_twice():
    seen = {}
    for path in shipped():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "key" and isinstance(node.value, ast.Constant):
                place = f"{path.relative_to(ROOT)}, line {node.value.lineno}"
                assert node.value.value not in seen, f"{node.value.value}: {seen[node.value.value]} and {place}"
                seen[node.value.value] = place
    declared = set(widget_state._DECLARED)
    assert len(declared) > 30
    assert not declared & set(seen)


def test_a_control_reads_and_writes_the_value_of_its_key(values):
    controls = controls_of_a_test()()
    assert controls.depth == 2
    controls.depth = 5
    assert values == {"depth": 5}
    with pytest.raises(KeyError):
        _ = controls.chosen


def test_defaults_fill_only_what_has_no_value(values):
    controls_of_a_test()
    values["depth"] = 7
    widget_state.fill_defaults()
    assert values == {"depth": 7, "kept": False}


def test_another_report_resets_its_controls_and_leaves_those_of_the_session(values):
    controls_of_a_test()
    values.update(depth=7, chosen="Normal", kept=True)
    widget_state.start_again()
    assert values == {"depth": 2, "kept": True}


def test_a_key_belongs_to_one_set_of_controls(values):
    controls_of_a_test()
    with pytest.raises(ValueError, match="depth is declared by"):

        class Others(ControlSet):
            depth = Control(1)


def test_a_slot_holds_its_value_until_it_is_cleared(values):
    slot = SessionSlot("score", list)
    slot.value.append(1)
    assert SessionSlot("score", list).value == [1]
    slot.set([2, 3])
    assert slot.value == [2, 3]
    slot.clear()
    assert slot.value == []


def test_a_choice_that_is_no_longer_offered_is_replaced(values):
    chosen = controls_of_a_test().chosen
    chosen.keep_among(("Normal", "Other"), "Other")
    assert values == {"chosen": "Other"}
    values["chosen"] = "Normal"
    chosen.keep_among(("Normal", "Other"), "Other")
    assert values == {"chosen": "Normal"}
    chosen.keep_among(("Other",), "Other")
    assert values == {"chosen": "Other"}
