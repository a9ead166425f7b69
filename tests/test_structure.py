"""The house: which layer may import which, what a page and a module may weigh, what the top level holds."""

import ast
import importlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("preprocessing", "models", "ecgviz", "sample_images")
OURS = {*PACKAGES, "pages", "tests", "streamlit_app"}
MAY_IMPORT = {
    "preprocessing": {"preprocessing"},
    "models": {"models", "preprocessing"},
    "ecgviz": {"ecgviz", "models", "preprocessing", "sample_images"},
    "sample_images": {"sample_images"},
    "pages": {"ecgviz"},
}
TOP_LEVEL = {
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "ecgviz",
    "models",
    "pages",
    "preprocessing",
    "requirements.txt",
    "sample_images",
    "streamlit_app.py",
    "tests",
}


def sources(folder):
    return sorted((ROOT / folder).rglob("*.py"))


def imports(path, top_level_only=False):
    """The first part of each module that a file imports."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = tree.body if top_level_only else list(ast.walk(tree))
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (name.name.split(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield (node.module or "").split(".")[0]


@pytest.mark.parametrize("folder", sorted(MAY_IMPORT))
def test_arrows_point_one_way(folder):
    for path in sources(folder):
        foreign = (set(imports(path)) & OURS) - MAY_IMPORT[folder]
        assert not foreign, f"{path.name} imports {foreign}"


def test_only_pages_and_their_frame_know_streamlit():
    for folder in ("preprocessing", "models", "sample_images"):
        for path in sources(folder):
            assert "streamlit" not in set(imports(path)), path
    for path in sources("preprocessing") + sources("ecgviz") + sources("pages"):
        assert not {"tensorflow", "keras"} & set(imports(path)), path
    for path in sources("models"):
        assert not {"tensorflow", "keras"} & set(imports(path, top_level_only=True)), path


def test_a_page_only_orders_words_and_widgets():
    for path in [ROOT / "streamlit_app.py", *sources("pages")]:
        assert set(imports(path)) <= {"ecgviz", "streamlit"} | set(sys.stdlib_module_names), path


def test_drawn_reports_lean_on_nobody():
    allowed = {"numpy", "scipy", "PIL", "sample_images"} | set(sys.stdlib_module_names)
    for path in sources("sample_images"):
        assert set(imports(path)) <= allowed, path


def test_importing_the_layers_loads_neither_tensorflow_nor_streamlit():
    paths = sources("preprocessing") + sources("models") + sources("sample_images")
    modules = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in paths if path.stem[0] != "_"]
    assert modules
    code = (
        f"import sys, ecgviz.study.reading, {', '.join(modules)};"
        "print([name for name in ('tensorflow', 'keras', 'streamlit') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_first_page_does_not_wait_for_charts_or_spectra():
    home = ast.parse((ROOT / "streamlit_app.py").read_text(encoding="utf-8"))
    first = next(node for node in home.body if isinstance(node, ast.ImportFrom) and node.module == "ecgviz")
    late = "[name for name in ('altair', 'pywt') if name in sys.modules]"
    code = f"import sys; {ast.unparse(first)}; print({late})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_page_is_in_the_menu_and_in_the_readme():
    ui = importlib.import_module("ecgviz.app.ui")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    listed = {path for path, *_ in ui.PAGES}
    on_disk = {"streamlit_app.py"} | {f"pages/{path.name}" for path in sources("pages")}
    assert listed == on_disk
    for _, title, *_ in ui.PAGES:
        assert f"**{title}**" in readme, title


def test_pages_are_short_and_modules_hold_one_idea():
    for path in [ROOT / "streamlit_app.py", *sources("pages")]:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 80, path
    for package in PACKAGES:
        for path in sources(package):
            assert len(path.read_text(encoding="utf-8").splitlines()) <= 250, path
            assert "util" not in path.stem, path


def test_the_visible_top_level_is_as_fixed():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if tracked.returncode:
        pytest.skip("not a git checkout")
    tops = {line.split("/")[0] for line in tracked.stdout.splitlines()}
    assert {top for top in tops if not top.startswith(".")} == TOP_LEVEL


def test_every_sample_has_its_truth_and_says_that_it_is_drawn():
    pictures = [p for p in (ROOT / "sample_images" / "gallery").iterdir() if p.suffix in {".jpg", ".png", ".webp"}]
    assert len(pictures) >= 14
    truths = []
    for picture in pictures:
        assert picture.stat().st_size <= 300_000, picture
        truths.append(json.loads(picture.with_suffix(".json").read_text(encoding="utf-8")))
        assert truths[-1]["drawn_by"] == "sample_images"
    assert {truth["class"] for truth in truths if truth["class"]} == {
        "Normal",
        "Abnormal heartbeat",
        "Myocardial infarction",
        "History of MI",
    }
    assert len({truth["layout"] for truth in truths if truth["layout"]}) >= 5
    assert any(truth["kind"] != "ecg" for truth in truths)


def test_dependencies_are_pinned_exactly():
    for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            assert re.fullmatch(r"[\w-]+==[\d.]+(; .+)?", line), line
