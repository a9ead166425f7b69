"""Texts on screen, comments and docstrings use the field's terms; each term on screen is in the glossary."""

import ast
import io
import re
import tokenize
from pathlib import Path

import pytest

from ecgviz.words import glossary

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("preprocessing", "models", "ecgviz", "sample_images")
SCREEN = ("ecgviz", "pages", "streamlit_app.py")
# Only exact phrases: a word with an ordinary sense as well, such as the answer of a quiz player, is listed only within
# phrases that exclude it.
REPLACED = (
    "(?<!less.than.)a minute",
    "answer rightly",
    "answered rightly",
    "asked about",
    "both together",
    "came to nothing",
    "committee",
    "does not answer",
    "do not answer",
    "dealt",
    "drawn again",
    "find likeliest",
    "finds likeliest",
    "glance",
    "heart number",
    "hiding a stretch",
    "learnt",
    "likeliest",
    "nobody",
    "not sure enough",
    "redrawn",
    "right and wrong",
    "rubbish",
    "said",
    "strange",
    "surprise",
    "take away",
    "take it away",
    "taken away",
    "taught",
    "teaching on",
    "the files came to",
    "told",
    "unseen",
    "waver",
    "watched",
    "what speaks for",
    "whoever",
)
PATTERN = re.compile(rf"\b({'|'.join(REPLACED)})\b".replace(" ", r"\s+"), re.IGNORECASE)
# By file and word: why it stands there.
ALLOWED: dict[tuple[str, str], str] = {
    ("preprocessing/lettering/letter_network.py", "glance"): "the name of layers in the shipped weights",
}
# Terms that the screen uses and that not every reader knows.
DEFINED = (
    "AAMI classes", "Abstention threshold", "Accuracy", "Axis", "Bootstrap interval", "Calibration",
    "Calibration pulse", "Combined", "Confidence", "Confusion matrix", "Coverage", "Ensemble", "Epoch", "Fold", "Gain",
    "Feature map", "Grad-CAM", "Held-out reports", "Inter-patient split", "Layout", "Leakage", "Logit", "Macro-F1",
    "Median beat", "MIT-BIH", "Occlusion", "Otsu's threshold", "Out of distribution", "Precision", "Random seed",
    "Recall", "Reliability diagram", "Residual", "Rhythm strip", "Risk", "RR spread", "Scalogram", "Softmax",
    "Specificity", "Spectrogram", "Temperature", "Test set", "Training history", "Training set", "WFDB",
)  # fmt: skip


def sources(names: tuple[str, ...]) -> list[Path]:
    return sorted(file for name in names for file in _files(ROOT / name))


def _files(path: Path) -> list[Path]:
    return [path] if path.is_file() else list(path.rglob("*.py"))


def text_literals(source: str) -> list[tuple[int, str]]:
    """Return line and text of the string literals that are no docstrings."""
    tree = ast.parse(source)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(node) is not None
        if isinstance(node.body[0], ast.Expr)
    }
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
    ]


def comments_and_docstrings(source: str) -> list[tuple[int, str]]:
    """Return line and text of the comments and docstrings."""
    found = [
        (token.start[0], token.string)
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT
    ]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(node) is not None:
            expression = node.body[0]
            assert isinstance(expression, ast.Expr)
            assert isinstance(expression.value, ast.Constant)
            found.append((expression.lineno, str(expression.value.value)))
    return found


def replaced_words(files: list[Path], texts) -> list[str]:
    """Return file, line and word wherever a replaced word stands."""
    return [
        f"{file.relative_to(ROOT)}:{line + text[: match.start()].count(chr(10))}: {match[0]}"
        for file in files
        for line, text in texts(file.read_text(encoding="utf-8"))
        for match in PATTERN.finditer(text)
        if (str(file.relative_to(ROOT)), match[0].lower()) not in ALLOWED
    ]


def test_no_replaced_word_stands_on_screen():
    found = replaced_words(sources(SCREEN), text_literals)
    assert not found, "\n".join(["", *found])


@pytest.mark.parametrize("package", PACKAGES)
def test_no_replaced_word_stands_in_a_comment_or_docstring(package):
    found = replaced_words(sources((package,)), comments_and_docstrings)
    assert not found, "\n".join(["", *found])


def test_the_search_finds_a_replaced_word_in_each_kind_of_text():
    source = '"""Networks are\ntaught here."""\nX = "It is told."  # Said once.\nY = "retold"\n'
    assert [text for _, text in text_literals(source)] == ["It is told.", "retold"]
    hits = [PATTERN.search(text)[0] for _, text in comments_and_docstrings(source)]
    assert hits == ["Said", "taught"]
    assert PATTERN.search("retold") is None


@pytest.fixture(scope="module")
def screen() -> str:
    """Return every text literal of the app but the glossary's own, in lower case."""
    files = [file for file in sources(SCREEN) if file != Path(glossary.__file__)]
    return "\n".join(text for file in files for _, text in text_literals(file.read_text(encoding="utf-8"))).casefold()


@pytest.mark.parametrize("word", DEFINED)
def test_each_technical_term_of_the_screen_is_in_the_glossary(word, screen):
    assert word.casefold() in screen
    assert glossary.meaning(word)
