"""Corrupted files are decoded or refused, and leave nothing on the disk."""

import io

import numpy as np
import pytest
from PIL import Image

import sample_images as drawn
from ecgviz.study import reading_of
from preprocessing.errors import EcgImageError
from preprocessing.picture import decode

# Corrupted samples in all, in so many tests.
CORRUPTIONS, PARTS = 2000, 4
READ_EVERY = 17


def corrupted(random, data, other):
    """Flip bits, truncate, or splice in a part of another file."""
    kind = random.integers(3)
    if kind == 0:
        changed = np.frombuffer(data, np.uint8).copy()
        # Half of the files are flipped in their first bytes, the header.
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
@pytest.mark.parametrize("part", range(PARTS))
def test_corrupted_samples_decode_or_are_refused_and_some_are_read_to_the_end(part):
    random = np.random.default_rng((21, part))
    files = [sample.path.read_bytes() for sample in drawn.samples()]
    statuses = {"read": 0, "refused": 0}
    for number in range(CORRUPTIONS // PARTS):
        data = corrupted(random, files[number % len(files)], files[random.integers(len(files))])
        try:
            decode(data)
        except EcgImageError:
            continue
        # Reading takes much longer than decoding.
        if number % READ_EVERY == 0:
            statuses[reading_of(data, f"corrupted {number}", with_models=False)["status"]] += 1
    assert min(statuses.values()) > 0


def test_nothing_is_written_to_disk(monkeypatch, tmp_path):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    writes = []
    plain_open = open

    def recorded(file, mode="r", *rest, **options):
        if set(mode) & set("wax+"):
            writes.append(file)
        return plain_open(file, mode, *rest, **options)

    monkeypatch.setattr("builtins.open", recorded)
    whole = small_files()
    for data in whole:
        assert decode(data).rgb.any()
    for data in (whole[0], whole[-1], b"", b"not an image", whole[0][:400]):
        reading_of(data, "name", with_models=False)
    assert writes == []
    assert list(tmp_path.iterdir()) == []
