"""The values of the app's controls, typed: Streamlit binds each control to a string key, which is declared once.

A room declares its controls as attributes of a `ControlSet`. The attribute's name is the key of the widget, the class
gives the control itself and an instance gives its value:

>>> class Zoom(ControlSet):
...     zoom_factor = Control(2.0, Lifetime.REPORT)
>>> Zoom.zoom_factor.key, Zoom.zoom_factor.default
('zoom_factor', 2.0)
>>> Zoom.zoom_factor.numbered(3).key
'zoom_factor_3'
"""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum, auto
from typing import Any, Generic, TypeVar, cast, overload

import streamlit as st

Value = TypeVar("Value")


class Lifetime(Enum):
    """How long a control keeps what a person chose."""

    REPORT = auto()
    """Until another report becomes current."""
    SESSION = auto()
    """As long as the session, whichever report is current."""


class Control(Generic[Value]):
    """One control: its key in Streamlit, its first value, and how long it keeps another.

    Parameters
    ----------
    default : optional
        Its first value, set on every page before the control is drawn. Without one the widget itself gives it, where
        that depends on the report, or where there is nothing to begin with, as for an uploader.
    lasts : Lifetime
    """

    def __init__(self, default: Value | None = None, lasts: Lifetime = Lifetime.SESSION) -> None:
        self.key, self.default, self.lasts = "", default, lasts

    def __set_name__(self, owner: type, name: str) -> None:
        self.key = name

    @overload
    def __get__(self, instance: None, owner: type) -> Control[Value]: ...

    @overload
    def __get__(self, instance: ControlSet, owner: type) -> Value: ...

    def __get__(self, instance: ControlSet | None, owner: type) -> Control[Value] | Value:
        return self if instance is None else self.value

    def __set__(self, instance: ControlSet, value: Value) -> None:
        self.value = value

    @property
    def value(self) -> Value:
        """What it is set to; KeyError before a control without a default was drawn."""
        if self.default is None:
            return cast(Value, st.session_state[self.key])
        return cast(Value, st.session_state.get(self.key, self.default))

    @value.setter
    def value(self, value: Value) -> None:
        st.session_state[self.key] = value

    def keep_among(self, choices: Collection[Value], otherwise: Value) -> None:
        """Set it to `otherwise` where it has no value yet, or one that is not among the choices any more."""
        if st.session_state.get(self.key) not in choices:
            self.value = otherwise

    def numbered(self, *parts: object) -> Control[Value]:
        """Return one of several controls of this kind, such as one for each lead; it has no default of its own."""
        one: Control[Value] = Control(lasts=self.lasts)
        one.key = "_".join(map(str, (self.key, *parts)))
        return one


class ControlSet:
    """The controls of one room of the app, as attributes; a key that another set has already is an error."""

    def __init_subclass__(cls) -> None:
        where = f"{cls.__module__}.{cls.__qualname__}"
        for name, control in vars(cls).items():
            if isinstance(control, Control):
                # A module that Streamlit loads again after a change declares its controls again.
                if _DECLARED.get(name, (where, control))[0] != where:
                    raise ValueError(f"the key {name} is declared by {_DECLARED[name][0]} and by {where}")
                _DECLARED[name] = (where, control)


_DECLARED: dict[str, tuple[str, Control[Any]]] = {}


def fill_defaults() -> None:
    """Give every control that has no value yet its default."""
    for key, (_, control) in _DECLARED.items():
        if control.default is not None:
            st.session_state.setdefault(key, control.default)


def start_again() -> None:
    """Set the controls that last as long as a report back to where they begin."""
    for key, (_, control) in _DECLARED.items():
        if control.lasts is Lifetime.REPORT:
            if control.default is None:
                st.session_state.pop(key, None)
            else:
                st.session_state[key] = control.default
