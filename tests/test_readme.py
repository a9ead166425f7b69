"""What README and the packages' documents show is so: commands, Python, files, figures."""

import ast
import doctest
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import ecgviz
from tests.readme_figures import FIGURES, KEPT, every_figure, with_headline

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PACKAGES = ("preprocessing", "models", "ecgviz", "sample_images")
DOCUMENTS = [ROOT / "README.md", *(path for folder in (*PACKAGES, "pages") for path in (ROOT / folder).glob("*.md"))]
TEXT = "\n".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)
SHOWN = re.findall(r"```console\n\$ (.+?)\n(.*?)\n```", TEXT, flags=re.S)


@pytest.mark.parametrize(("command", "output"), SHOWN, ids=range(len(SHOWN)))
def test_shown_commands_print_what_is_shown(command, output):
    command = command.replace("python ", f"{sys.executable} ")
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == output.strip()


def test_something_is_shown():
    assert len(SHOWN) >= 6


@pytest.mark.tensorflow
def test_the_shown_python_prints_what_is_shown(monkeypatch):
    monkeypatch.chdir(ROOT)
    code = "".join(re.findall(r"```python\n(.*?)```", README, flags=re.S))
    test = doctest.DocTestParser().get_doctest(code, {}, "README.md", "README.md", 0)
    assert len(test.examples) >= 5
    assert doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(test).failed == 0


def test_readmes_are_short():
    assert len(README.splitlines()) <= 130
    for package in PACKAGES:
        assert len((ROOT / package / "README.md").read_text(encoding="utf-8").splitlines()) <= 60, package


def test_every_code_of_a_refusal_or_warning_is_listed():
    calls = [
        node
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"EcgImageError", "Notice"}
    ]
    codes = {call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant)}
    assert len(codes) > 30
    assert not [code for code in sorted(codes) if f"`{code}`" not in TEXT]


@pytest.mark.parametrize("module", sorted(set(re.findall(r"python -m ((?!venv|pytest)\w[\w.]*\w)", TEXT))))
def test_modules_named_there_explain_themselves(module):
    done = subprocess.run(
        [sys.executable, "-m", module, "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("usage:")


def test_files_and_pictures_named_there_exist():
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        for path in re.findall(r"\]\(((?:\.\./)?\.readme/[^)]+)\)", text):
            assert (document.parent / path).exists(), f"{document.name}: {path}"
        for path in re.findall(
            r"`((?:tests|pages|models|ecgviz|preprocessing|sample_images)/[\w/.]+\.(?:py|md|json))`", text
        ):
            assert (ROOT / path).exists(), f"{document.name}: {path}"
        for script in re.findall(r"python (tests/[\w/.]+)", text):
            assert (ROOT / script.rstrip(".`")).exists(), f"{document.name}: {script}"


def test_the_figures_shown_are_those_kept():
    figures = json.loads(KEPT.read_text(encoding="utf-8"))
    assert with_headline(README, figures) == README
    assert every_figure(figures) == FIGURES.read_text(encoding="utf-8")


def test_the_changelog_has_dated_lines():
    lines = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()
    entries = [line for line in lines if line.startswith("* ")]
    assert entries
    assert all(re.match(r"\* \d{4}-\d{2}-\d{2}: ", line) for line in entries)
    assert next(line for line in lines if line.startswith("## ")).startswith(f"## {ecgviz.__version__}, ")
