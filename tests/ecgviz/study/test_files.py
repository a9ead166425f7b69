"""Files before they are decoded: printable names, and whether they look like images."""

import io

import pytest
from PIL import Image

from ecgviz.study.files import START_BYTES, bytes_of, printable, seems_a_picture
from preprocessing.errors import EcgImageError
from preprocessing.picture.files import FORMATS


@pytest.mark.parametrize("file_format", [*FORMATS, "PDF"])
def test_every_image_format_is_recognised_by_its_first_bytes(file_format):
    stream = io.BytesIO()
    Image.new("RGB", (60, 60)).save(stream, file_format)
    assert seems_a_picture("unnamed", stream.getvalue()[:START_BYTES])


@pytest.mark.parametrize("start", [b"", b"ECG", b"PK\x03\x04", b"<svg", b"\x00" * 40])
def test_other_files_are_not_recognised(start):
    assert not seems_a_picture("notes.txt", start)
    assert seems_a_picture("notes.JPeG", start)


def test_an_unreadable_file_has_a_printable_message(tmp_path):
    with pytest.raises(EcgImageError) as refusal:
        bytes_of(str(tmp_path / "missing\n\udcff.png"))
    assert "missing\ufffd\ufffd.png could not be opened" in refusal.value.message


@pytest.mark.parametrize("name", ["Bild 3.png", "Screenshot\u202f3.png", "漢字.jpg", "e\u0301.png", "a\u00a0b.png"])
def test_printable_names_stay(name):
    assert printable(name) == name


@pytest.mark.parametrize("bad", ["\n", "\x1b", "\x00", "\udcff", "\u202e", "\u2028", "\u200b"])
def test_misleading_and_broken_characters_are_replaced(bad):
    shown = printable(f"a{bad}b.png")
    assert shown == "a\ufffdb.png"
    shown.encode("utf-8")
