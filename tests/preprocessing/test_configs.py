"""Configs of reading: every tuned number is documented, used, and looked up when a function runs."""

from __future__ import annotations

import ast
import importlib
import re
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from preprocessing.leads.config import ROWS
from preprocessing.leads.rows import find_rows
from preprocessing.leads.scale import fits_length
from preprocessing.leads.search_config import ARRANGEMENT

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("leads", "stages", "traces", "measuring")
CONFIGS = sorted(
    path.relative_to(ROOT) for room in ROOMS for path in (ROOT / "preprocessing" / room).glob("*config.py")
)


def instances(path: Path) -> dict[str, object]:
    """Return the configs that a module holds, by name."""
    module = importlib.import_module(".".join(path.with_suffix("").parts))
    return {name: one for name, one in vars(module).items() if is_dataclass(one) and not isinstance(one, type)}


@pytest.mark.parametrize("path", CONFIGS, ids=str)
def test_every_config_is_frozen_and_has_fields(path: Path) -> None:
    found = instances(path)
    assert found
    for one in found.values():
        assert type(one).__dataclass_params__.frozen  # type: ignore[attr-defined]
        assert fields(one)  # type: ignore[arg-type]


@pytest.mark.parametrize("path", CONFIGS, ids=str)
def test_every_number_is_used_in_its_room(path: Path) -> None:
    source = "\n".join(one.read_text(encoding="utf-8") for one in (ROOT / path).parent.glob("*.py"))
    for name, config in instances(path).items():
        for field in fields(config):  # type: ignore[arg-type]
            # Demands on rows are passed on as an object.
            owner = "demands" if type(config).__name__ == "RowDemands" else name
            assert re.search(rf"\b{owner}\.{field.name}\b", source), f"{name}.{field.name}"


@pytest.mark.parametrize("path", CONFIGS, ids=str)
def test_every_class_and_every_field_or_group_of_fields_is_documented(path: Path) -> None:
    lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
    for node in ast.parse("\n".join(lines)).body:
        if not isinstance(node, ast.ClassDef):
            continue
        docstring = ast.get_docstring(node)
        assert docstring, node.name
        described = False
        for number in range(node.body[0].end_lineno or 0, node.end_lineno or 0):
            line = lines[number].strip()
            described = line.startswith("#") or (described and bool(line)) or "Attributes" in docstring
            is_field = re.match(r"\w+: ", line) is not None
            assert described or not is_field or node.name == "ArticleCropsConfig", f"{node.name}: {line}"


def test_a_number_is_looked_up_when_a_function_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    mask = np.zeros((300, 600), dtype=bool)
    x = np.arange(20, 580)
    y = np.rint(150 + 10 * np.sin(x / 17)).astype(int)
    mask[y, x] = mask[y + 1, x] = True
    assert find_rows(mask, 4.0).baselines.size == 1
    monkeypatch.setattr("preprocessing.leads.rows.ROWS", replace(ROWS, length_min=1.0))
    assert find_rows(mask, 4.0).baselines.size == 0
    assert fits_length(9.0, 10.0) is False
    monkeypatch.setattr("preprocessing.leads.scale.ARRANGEMENT", replace(ARRANGEMENT, length_fits=0.2))
    assert fits_length(9.0, 10.0) is True
