"""Structure: which room may import which, how long pages and modules may be, what the top level holds."""

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
# Which room may import which. A row names only rooms above it, which rules out cycles. Not listed are
# `sample_images`, which anything of ours may import and which imports nothing, and the root modules that any room of
# their package may import: see `ROOT_MODULES`.
ARROWS = {
    "sample_images.endless": "sample_images",
    "preprocessing.picture": "",
    "preprocessing.page": "",
    "preprocessing.lettering": "",
    "preprocessing.leads": "preprocessing.lettering preprocessing.page preprocessing.picture",
    "preprocessing.stages": "preprocessing.leads preprocessing.page",
    "preprocessing.traces": "preprocessing.leads preprocessing.page",
    "preprocessing.measuring": "preprocessing.traces",
    "preprocessing.trust": "preprocessing.leads preprocessing.page preprocessing.traces",
    "models.networks": "preprocessing.leads preprocessing.page preprocessing.stages preprocessing.traces",
    "models.scoring": "",
    "models.data": "models.networks preprocessing.leads preprocessing.page sample_images",
    "models.training": "models.data models.networks preprocessing.leads preprocessing.stages",
    "models.serving": "models.networks models.scoring preprocessing.measuring preprocessing.traces",
    "models.findings": (
        "models.data models.networks models.scoring models.serving preprocessing.leads "
        "preprocessing.measuring preprocessing.page preprocessing.traces sample_images"
    ),
    "models.retraining": "models.data models.scoring",
    "models.evaluation": "models.data models.networks models.retraining models.scoring",
    "models.explaining": "models.networks models.serving",
    "models.lettering": "preprocessing.lettering",
    "models.segmentation": "models.data preprocessing.page sample_images.endless",
    "models.lead_snr": (
        "models.data preprocessing.leads preprocessing.page preprocessing.picture preprocessing.traces "
        "preprocessing.trust sample_images"
    ),
    "models.beats": "models.data models.findings models.networks models.scoring models.serving models.training",
    "ecgviz.records": "preprocessing.picture preprocessing.traces sample_images",
    "ecgviz.study": (
        "ecgviz.records models.findings models.networks models.serving preprocessing.leads preprocessing.lettering "
        "preprocessing.measuring preprocessing.page preprocessing.picture preprocessing.stages preprocessing.traces "
        "preprocessing.trust"
    ),
    "ecgviz.words": "ecgviz.study models.networks preprocessing.leads preprocessing.measuring preprocessing.trust",
    "ecgviz.predictions": (
        "ecgviz.study ecgviz.words models.evaluation models.explaining models.findings models.networks models.scoring "
        "models.serving"
    ),
    "ecgviz.drawing": (
        "ecgviz.predictions ecgviz.study ecgviz.words models.networks preprocessing.leads preprocessing.measuring "
        "preprocessing.page preprocessing.traces"
    ),
    "ecgviz.charts": "ecgviz.drawing ecgviz.predictions preprocessing.stages",
    "ecgviz.export": "ecgviz.records ecgviz.study preprocessing.traces",
    "ecgviz.export.report": (
        "ecgviz.drawing ecgviz.predictions ecgviz.study ecgviz.words models.networks models.serving "
        "preprocessing.measuring preprocessing.picture preprocessing.traces preprocessing.trust"
    ),
    "ecgviz.labels": "",
    "ecgviz.batch": (
        "ecgviz.drawing ecgviz.export ecgviz.export.report ecgviz.predictions ecgviz.records ecgviz.study "
        "models.networks models.serving preprocessing.measuring preprocessing.picture preprocessing.stages"
    ),
    "ecgviz.cluster": "ecgviz.batch models.serving",
    "ecgviz.processes": "ecgviz.batch ecgviz.study models.serving preprocessing.picture",
    "ecgviz.store": "ecgviz.study models.networks models.scoring preprocessing.page",
    "ecgviz.app.components": "",
    "ecgviz.app": (
        "ecgviz.app.components ecgviz.drawing ecgviz.predictions ecgviz.processes ecgviz.study ecgviz.words "
        "models.serving preprocessing.leads preprocessing.measuring preprocessing.page preprocessing.picture "
        "preprocessing.stages sample_images"
    ),
    "ecgviz.sections": (
        "ecgviz.app ecgviz.app.components ecgviz.batch ecgviz.charts ecgviz.drawing ecgviz.export "
        "ecgviz.export.report ecgviz.labels ecgviz.predictions ecgviz.processes ecgviz.study ecgviz.words "
        "models.beats models.networks models.serving preprocessing.leads preprocessing.measuring preprocessing.picture "
        "preprocessing.stages preprocessing.trust sample_images"
    ),
    "ecgviz.evaluation": (
        "ecgviz.app ecgviz.charts ecgviz.predictions ecgviz.words models.evaluation models.networks models.scoring "
        "models.serving"
    ),
    "ecgviz.batch_results": (
        "ecgviz.app ecgviz.batch ecgviz.charts ecgviz.evaluation ecgviz.predictions ecgviz.words models.evaluation "
        "models.networks models.scoring"
    ),
    "ecgviz.beat_lab": (
        "ecgviz.app ecgviz.charts ecgviz.drawing ecgviz.predictions ecgviz.study ecgviz.words models.beats models.data "
        "preprocessing.measuring preprocessing.picture preprocessing.traces sample_images"
    ),
    "ecgviz.learn": (
        "ecgviz.app ecgviz.charts ecgviz.drawing ecgviz.evaluation ecgviz.predictions ecgviz.sections ecgviz.study "
        "ecgviz.words models.evaluation models.explaining models.networks models.scoring models.serving "
        "preprocessing.stages preprocessing.trust sample_images"
    ),
    "ecgviz.worklist": (
        "ecgviz.app ecgviz.batch ecgviz.charts ecgviz.drawing ecgviz.predictions ecgviz.records ecgviz.sections "
        "ecgviz.store ecgviz.study ecgviz.words models.serving sample_images"
    ),
    "ecgviz.service": (
        "ecgviz.app ecgviz.batch ecgviz.beat_lab ecgviz.export ecgviz.export.report ecgviz.processes ecgviz.sections "
        "ecgviz.study models.serving preprocessing.picture"
    ),
    "ecgviz.commands": (
        "ecgviz.batch ecgviz.batch_results ecgviz.cluster ecgviz.export ecgviz.export.report ecgviz.labels "
        "ecgviz.study "
        "models.serving preprocessing.stages"
    ),
    "pages": (
        "ecgviz.app ecgviz.batch_results ecgviz.beat_lab ecgviz.charts ecgviz.drawing ecgviz.evaluation ecgviz.learn "
        "ecgviz.sections ecgviz.words ecgviz.worklist"
    ),
}
# Imported from anywhere above: they import nothing but each other.
ROOT_MODULES = {
    "preprocessing.budget",
    "preprocessing.errors",
    "preprocessing.label_boxes",
    "preprocessing.lead_id",
    "preprocessing.limb_leads",
    "preprocessing.recorder_settings",
    "preprocessing.side_by_side",
    "preprocessing.weights_file",
    "models.classes",
    "ecgviz",
}
# What a person runs stands on top of its package and may import all of it.
ENTRANCES = {"models.prepare", "models.pretrain", "models.train", "models.train_paper", "models.picture_features",
             "models.train_pictures", "models.import_backbone", "models.publish", "models.publish_pictures",
             "models.publish_paper", "models.evaluate", "models.registry", "models.retrain", "models.write_graphs",
             "models.prepare_findings", "models.publish_findings",
             "ecgviz.__main__"}  # fmt: skip
MAY_IMPORT = {
    "preprocessing": {"preprocessing"},
    "models": {"models", "preprocessing", "sample_images"},
    "ecgviz": {"ecgviz", "models", "preprocessing", "sample_images"},
    "sample_images": {"sample_images"},
    "pages": {"ecgviz"},
}
MOST_MODULES_OF_EMPTY_HOME = 60
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


def module_of(path):
    """Return a file's dotted name; a package has its own."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def room_of(module):
    """Return the room that a module lies in; a root module and a script of a package are their own."""
    while module:
        if module in ARROWS or module in ROOT_MODULES | ENTRANCES | {"sample_images"}:
            return module
        module = module.rpartition(".")[0]
    return ""


def own_imports(path):
    """List what a file imports of ours: the module that is named, and each name that it takes from there."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and (node.module or "").split(".")[0] in PACKAGES:
            yield from ((node.module, alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names if alias.name.split(".")[0] in PACKAGES)


def shipped():
    """List every file of the app, its pages included."""
    return [ROOT / "streamlit_app.py", *(path for folder in (*PACKAGES, "pages") for path in sources(folder))]


def is_module(name):
    path = ROOT / name.replace(".", "/")
    return path.is_dir() or path.with_suffix(".py").is_file()


def test_the_table_of_arrows_has_every_room_and_no_cycle():
    rooms = {module_of(path) for folder in PACKAGES for path in (ROOT / folder).rglob("__init__.py")}
    assert rooms - set(PACKAGES) == set(ARROWS) - {"pages"}
    above = {"sample_images"}
    for room, targets in ARROWS.items():
        assert set(targets.split()) <= above, room
        above.add(room)


def test_arrows_between_rooms_are_those_of_the_table():
    for path in shipped():
        here = "pages" if path.parent.name == "pages" or path.name == "streamlit_app.py" else room_of(module_of(path))
        if here in ENTRANCES or here in PACKAGES:
            continue
        for module, name in own_imports(path):
            there = room_of(f"{module}.{name}" if is_module(f"{module}.{name}") else module)
            if there != here and there not in ROOT_MODULES:
                assert there in ARROWS.get(here, "").split(), f"{path.relative_to(ROOT)} imports {there}"


def test_root_modules_import_no_room():
    for module in ROOT_MODULES - {"ecgviz"}:
        for imported, _ in own_imports(ROOT / f"{module.replace('.', '/')}.py"):
            assert imported in ROOT_MODULES, module


def test_from_outside_a_room_only_its_face_is_imported():
    for path in shipped():
        here = room_of(module_of(path))
        for module, name in own_imports(path):
            there = room_of(module)
            if there in ARROWS and there != here:
                assert module == there, f"{path.relative_to(ROOT)} reaches past the face of {there}: {module}"
                assert name in importlib.import_module(there).__all__, f"{there} does not export {name}"


@pytest.mark.parametrize("room", [*PACKAGES, *(room for room in ARROWS if room != "pages")])
def test_a_face_exports_what_it_lists_and_hides_no_module(room):
    face = importlib.import_module(room)
    assert face.__doc__
    assert face.__all__
    for name in face.__all__:
        exported = getattr(face, name)
        if is_module(f"{room}.{name}"):
            assert exported is importlib.import_module(f"{room}.{name}"), f"{room} hides its module {name}"


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
    allowed = {"lazy_loader", "numpy", "scipy", "PIL", "sample_images"} | set(sys.stdlib_module_names)
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


def test_the_first_page_loads_little():
    home = ast.parse((ROOT / "streamlit_app.py").read_text(encoding="utf-8"))
    # Without an open report the page ends at its first `if`.
    stop = next(node.lineno for node in home.body if isinstance(node, ast.If))
    first = [node for node in home.body if isinstance(node, ast.Import | ast.ImportFrom) and node.lineno < stop]
    code = "\n".join(map(ast.unparse, first)) + "\nimport sys\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = done.stdout.split()
    assert not {"altair", "pywt", "scipy.ndimage", "tensorflow", "reportlab"} & set(loaded)
    assert len([name for name in loaded if name.split(".")[0] in PACKAGES]) <= MOST_MODULES_OF_EMPTY_HOME


def test_every_page_is_in_the_menu_and_in_the_readme():
    ui = importlib.import_module("ecgviz.app.ui")
    readme = (ROOT / "pages" / "README.md").read_text(encoding="utf-8")
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
