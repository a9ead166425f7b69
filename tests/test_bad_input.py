"""Corrupted files end in a picture or in a refusal, and leave nothing on the disk."""

import io

import numpy as np
import pytest
from PIL import Image

import sample_images as drawn
from ecgviz.study import reading_of
from preprocessing.errors import EcgImageError
from preprocessing.picture import decode

CORRUPTIONS, READ_EVERY = 2000, 17


def corrupted(random, data, other):
    """Flip bits, cut the end off, or splice a piece of another file in."""
    kind = random.integers(3)
    if kind == 0:
        changed = np.frombuffer(data, np.uint8).copy()
        # Half of the flips fall into the first bytes, where a file says what it is.
        reach = changed.size if random.random() < 0.5 else min(changed.size, 600)
        places = random.integers(0, reach, random.integers(1, 40))
        changed[places] ^= (1 << random.integers(0, 8, places.size)).astype(np.uint8)
        return changed.tobytes()
    cut = int(random.integers(0, len(data)))
    if kind == 1:
        return data[:cut]
    start = int(random.integers(0, len(other)))
    return data[:cut] + other[start : start + int(random.integers(1, 5000))] + data[cut:]


def small_files():
    page = Image.fromarray(drawn.draw_page(drawn.simulate(), drawn.PageStyle(dpi=50)).image)
    files = []
    for file_format in ("PNG", "JPEG", "WEBP", "AVIF", "TIFF", "BMP", "GIF", "HEIF", "PDF"):
        stream = io.BytesIO()
        page.save(stream, file_format)
        files.append(stream.getvalue())
    return files


def test_corrupted_files_of_every_format_decode_or_are_refused():
    random = np.random.default_rng(20)
    files = small_files()
    refused = 0
    for number in range(CORRUPTIONS // 4):
        data = corrupted(random, files[number % len(files)], files[random.integers(len(files))])
        try:
            assert decode(data).rgb.dtype == np.uint8
        except EcgImageError as error:
            refused += 1
            assert str(error).endswith(".")  # noqa: PT017 - a file that decodes is as good as one refused
    assert refused


@pytest.mark.slow
def test_two_thousand_corrupted_samples_end_in_a_picture_or_a_refusal_and_some_are_read_to_the_end():
    random = np.random.default_rng(21)
    files = [sample.path.read_bytes() for sample in drawn.samples()]
    statuses = {"read": 0, "refused": 0}
    for number in range(CORRUPTIONS):
        data = corrupted(random, files[number % len(files)], files[random.integers(len(files))])
        try:
            decode(data)
        except EcgImageError:
            continue
        # A page takes a second, so that one in so many has to do.
        if number % READ_EVERY == 0:
            statuses[reading_of(data, f"corrupted {number}")["status"]] += 1
    assert min(statuses.values()) > 0


def test_nothing_is_written_to_disk(monkeypatch, tmp_path):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    writes = []
    plain_open = open

    def watched(file, mode="r", *rest, **options):
        if set(mode) & set("wax+"):
            writes.append(file)
        return plain_open(file, mode, *rest, **options)

    monkeypatch.setattr("builtins.open", watched)
    whole = small_files()
    for data in whole:
        assert decode(data).rgb.any()
    for data in (whole[0], whole[-1], b"", b"no picture", whole[0][:400]):
        reading_of(data, "name")
    assert writes == []
    assert list(tmp_path.iterdir()) == []
