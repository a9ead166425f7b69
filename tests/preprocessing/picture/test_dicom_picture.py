"""Pictures of DICOM objects are decoded; what holds none, or cannot be read here, is refused by name."""

import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pydicom.data import get_testdata_file
from pydicom.uid import (
    MPEG2MPML,
    BasicTextSRStorage,
    ExplicitVRBigEndian,
    ImplicitVRLittleEndian,
    JPEG2000Lossless,
    JPEGBaseline8Bit,
    JPEGLSLossless,
    RLELossless,
)

from preprocessing.errors import EcgImageError
from preprocessing.picture.config import FILES
from preprocessing.picture.files import decode
from tests.dicom_objects import bytes_of, capture, compressed, dicom_object, document, frames
from tests.hostile_files import CATALOG, PAGE, PAGES, jpeg_of_scans, pdf_of, stream

_Y, _X = np.mgrid[:120, :160]
PICTURE = np.stack([_X, _Y * 2, 255 - _X], axis=2).astype(np.uint8)
GREY = PICTURE[..., 0]


def saved(file_format, **options):
    made = io.BytesIO()
    Image.fromarray(PICTURE).save(made, file_format, **options)
    return made.getvalue()


def refusal(data):
    with pytest.raises(EcgImageError) as caught:
        decode(data)
    return caught.value


def code_of(data):
    """Return the code of a refusal, or None for what is read."""
    try:
        decode(data)
    except EcgImageError as error:
        return error.code
    return None


@pytest.mark.parametrize("syntax", [None, ImplicitVRLittleEndian, ExplicitVRBigEndian])
def test_a_secondary_capture_has_the_pixels_that_were_stored(syntax):
    made = capture(PICTURE)
    if syntax is not None:
        made.file_meta.TransferSyntaxUID = syntax
    image = decode(bytes_of(made))
    assert (image.file_format, image.original_shape, image.notices) == ("DICOM", (120, 160), ())
    assert np.array_equal(image.rgb, PICTURE)


def test_rle_is_lossless_and_jpeg_nearly():
    made = capture(PICTURE)
    made.compress(RLELossless)
    assert np.array_equal(decode(bytes_of(made)).rgb, PICTURE)
    jpeg = compressed(PICTURE, JPEGBaseline8Bit, saved("JPEG", quality=95))
    jpeg.PhotometricInterpretation = "YBR_FULL_422"
    assert np.abs(decode(bytes_of(jpeg)).rgb.astype(int) - PICTURE).mean() < 4
    codestream = saved("JPEG2000", irreversible=False, no_jp2=True)
    assert np.array_equal(decode(bytes_of(compressed(PICTURE, JPEG2000Lossless, codestream))).rgb, PICTURE)


def test_grey_levels_are_shown_as_a_screen_shows_them():
    assert np.array_equal(decode(bytes_of(capture(GREY))).rgb[..., 0], GREY)
    assert np.array_equal(decode(bytes_of(capture(GREY, "MONOCHROME1"))).rgb[..., 0], 255 - GREY)
    deep = capture(GREY.astype(np.uint16) * 16, BitsStored=12, HighBit=11)
    assert np.abs(decode(bytes_of(deep)).rgb[..., 0].astype(float) / 255 - GREY / GREY.max()).max() < 0.01
    window = capture(GREY, WindowCenter=40, WindowWidth=40)
    assert decode(bytes_of(window)).rgb[0, [0, 100], 0].tolist() == [0, 255]


def test_the_first_of_several_frames_is_read_with_a_notice():
    image = decode(bytes_of(frames([PICTURE, 255 - PICTURE])))
    assert np.array_equal(image.rgb, PICTURE)
    assert [notice.code for notice in image.notices] == ["first_frame"]


def test_the_first_page_of_a_pdf_within_is_read():
    pdf = pdf_of([CATALOG, PAGES, PAGE.format(""), stream(b"0 0 m 600 400 l S\n")])
    image = decode(bytes_of(document(pdf)))
    assert image.file_format == "DICOM"
    assert image.rgb.shape == decode(pdf).rgb.shape
    assert refusal(bytes_of(document(b"<ClinicalDocument/>", "text/XML"))).code == "unsupported_format"


@pytest.mark.parametrize("syntax", [JPEGLSLossless, MPEG2MPML])
def test_a_compression_that_no_decoder_reads_is_refused_by_name(syntax):
    refused = refusal(bytes_of(compressed(PICTURE, syntax, b"\xff\xd8\xff\xf7" + bytes(60))))
    assert refused.code == "unsupported_format"
    assert syntax.name in refused.message


def test_other_objects_are_refused_by_name():
    refused = refusal(bytes_of(dicom_object(BasicTextSRStorage)))
    assert (refused.code, "Basic Text SR" in refused.message) == ("unsupported_format", True)
    refused = refusal(Path(get_testdata_file("image_dfl.dcm")).read_bytes())
    assert (refused.code, "Deflated" in refused.message) == ("unsupported_format", True)
    refused = refusal(Path(get_testdata_file("JPGExtended.dcm")).read_bytes())
    assert (refused.code, "JPEG Extended" in refused.message) == ("unsupported_format", True)


def test_declared_sizes_are_checked_before_any_pixel_is_read(monkeypatch):
    monkeypatch.setattr("preprocessing.picture.dicom_picture.pixel_array", lambda *_, **__: pytest.fail("decoded"))
    assert refusal(bytes_of(capture(PICTURE, Rows=10_000, Columns=FILES.max_pixels // 10_000 + 1))).code == "too_large"
    assert refusal(bytes_of(capture(PICTURE, Rows=5000, Columns=5000))).code == "damaged_file"
    # The frame itself is larger than the object says.
    small = compressed(PICTURE, JPEGBaseline8Bit, saved("JPEG"))
    small.Rows = 60
    assert refusal(bytes_of(small)).code == "damaged_file"
    hostile = compressed(PICTURE, JPEGBaseline8Bit, jpeg_of_scans(FILES.max_scans + 1))
    assert refusal(bytes_of(hostile)).code == "too_complex"


def test_lengths_that_exceed_the_file_and_bombs_of_elements_are_refused():
    data = bytes_of(capture(PICTURE))
    assert refusal(data[: len(data) // 2]).code == "damaged_file"
    private = b"\x09\x00\x10\x10LO\x00\x00"
    assert refusal(bytes_of(dicom_object()) + private * 60_000).code == "too_complex"
    nested = b"\x09\x00\x10\x10SQ\x00\x00\xff\xff\xff\xff\xfe\xff\x00\xe0\xff\xff\xff\xff"
    assert refusal(bytes_of(dicom_object()) + nested * 2000).code == "too_complex"


SEEDS = [
    bytes_of(capture(PICTURE[:60, :60])),
    bytes_of(frames([PICTURE[:60, :60]] * 2)),
    bytes_of(compressed(PICTURE, JPEGBaseline8Bit, saved("JPEG"))),
    bytes_of(compressed(PICTURE, JPEG2000Lossless, saved("JPEG2000", no_jp2=True))),
    bytes_of(document(b"%PDF-1.4 nothing")),
]


@settings(max_examples=150)
@given(st.integers(0, len(SEEDS) - 1), st.data())
def test_mutated_objects_are_read_or_refused(seed, data):
    mutated = bytearray(SEEDS[seed])
    header = min(len(mutated), 700)
    for _ in range(data.draw(st.integers(1, 6))):
        mutated[data.draw(st.integers(132, header - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, 3))
    assert code_of(bytes(mutated[: len(mutated) - cut * 37])) in {
        None,
        "damaged_file",
        "unsupported_format",
        "too_large",
        "too_small",
        "too_complex",
    }
