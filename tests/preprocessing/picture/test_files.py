"""Every format and mode is decoded correctly; every bad file gets its refusal code."""

import hashlib
import io
import struct
import tracemalloc
import zipfile
import zlib
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

import preprocessing.picture.files as decoding
from preprocessing.errors import EcgImageError
from preprocessing.picture.config import FILES
from preprocessing.picture.files import MAX_BYTES, decode
from preprocessing.picture.parts import refuse_too_many_parts
from tests.hostile_files import CATALOG, jpeg_of_scans, pdf_of, tiff_of_strips


def gradient(height=240, width=320):
    y, x = np.mgrid[:height, :width]
    return np.stack([x * 255 // width, y * 255 // height, 255 - x * 255 // width], axis=2).astype(np.uint8)


def saved(image, file_format, **options):
    stream = io.BytesIO()
    image.save(stream, file_format, **options)
    return stream.getvalue()


PICTURE = Image.fromarray(gradient())


@pytest.mark.parametrize(
    ("file_format", "tolerance"),
    [("PNG", 0), ("BMP", 0), ("TIFF", 0), ("WEBP", 12), ("JPEG", 12), ("AVIF", 12), ("HEIF", 12)],
)
def test_each_format_decodes_to_the_pixels_that_were_saved(file_format, tolerance):
    data = saved(PICTURE, file_format, **({} if tolerance == 0 else {"quality": 95}))
    before = bytes(data)
    image = decode(data)
    assert data == before
    assert image.file_format == file_format
    assert image.sha256 == hashlib.sha256(data).hexdigest()
    assert image.rgb.dtype == np.uint8
    assert not image.rgb.flags.writeable
    assert np.abs(image.rgb.astype(int) - gradient()).mean() <= tolerance
    assert image.notices == ()


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "TIFF"])
def test_exif_orientation_is_applied(orientation, file_format):
    turned = {
        1: lambda a: a,
        2: lambda a: a[:, ::-1],
        3: lambda a: a[::-1, ::-1],
        4: lambda a: a[::-1],
        5: lambda a: a.transpose(1, 0, 2),
        6: lambda a: np.rot90(a, 3),
        7: lambda a: a[::-1, ::-1].transpose(1, 0, 2),
        8: lambda a: np.rot90(a, 1),
    }[orientation](gradient())
    exif = Image.Exif()
    exif[0x0112] = orientation
    rgb = decode(saved(PICTURE, file_format, exif=exif, **({"quality": 95} if file_format == "JPEG" else {}))).rgb
    assert rgb.shape == turned.shape
    assert np.abs(rgb.astype(int) - turned).mean() < 6


def test_sixteen_bit_and_float_grey_values_are_scaled_not_clipped():
    deep = (np.linspace(0, 65535, 240 * 320).reshape(240, 320)).astype(np.uint16)
    for file_format in ("PNG", "TIFF"):
        rgb = decode(saved(Image.fromarray(deep), file_format)).rgb
        assert np.abs(rgb[..., 0].astype(int) - np.rint(deep / 257)).max() <= 1
    floats = np.linspace(0, 1, 240 * 320, dtype=np.float32).reshape(240, 320)
    assert np.abs(decode(saved(Image.fromarray(floats), "TIFF")).rgb[..., 1] - floats * 255).max() <= 1


def test_cmyk_palette_grey_and_bilevel_images_are_converted_to_rgb():
    cmyk = decode(saved(PICTURE.convert("CMYK"), "JPEG", quality=95)).rgb
    assert np.abs(cmyk.astype(int) - gradient()).mean() < 6
    palette = decode(saved(PICTURE.quantize(64), "PNG")).rgb
    assert np.abs(palette.astype(int) - gradient()).mean() < 20
    bilevel = decode(saved(PICTURE.convert("1"), "TIFF")).rgb
    assert set(np.unique(bilevel)) == {0, 255}
    grey = decode(saved(PICTURE.convert("L"), "PNG")).rgb
    assert np.array_equal(grey[..., 0], grey[..., 2])


@pytest.mark.parametrize("mode", ["RGBA", "LA", "PA"])
def test_transparency_is_laid_on_white(mode):
    clear = np.zeros((240, 320, 4), np.uint8)
    clear[:120, :, 3] = 255
    image = Image.fromarray(clear)
    rgb = decode(saved(image if mode == "RGBA" else image.convert(mode), "PNG" if mode != "PA" else "TIFF")).rgb
    assert rgb[:110].max() < 10
    assert rgb[130:].min() > 245


@pytest.mark.parametrize("file_format", ["GIF", "WEBP", "TIFF", "PNG"])
def test_only_the_first_of_several_frames_is_read_with_a_notice(file_format):
    frames = [Image.fromarray(np.full((240, 320, 3), level, np.uint8)) for level in (200, 40, 90)]
    image = decode(saved(frames[0], file_format, save_all=True, append_images=frames[1:]))
    assert abs(int(np.median(image.rgb)) - 200) < 6
    assert [notice.code for notice in image.notices] == ["first_frame"]


def pdf(pages=1):
    blank = [Image.new("RGB", (1169, 827), "white") for _ in range(pages)]
    blank[0].paste((200, 30, 30), (0, 0, 400, 827))
    return saved(blank[0], "PDF", save_all=True, append_images=blank[1:], resolution=100)


def test_the_first_page_of_a_pdf_is_rendered_at_200_dpi():
    image = decode(pdf())
    assert image.file_format == "PDF"
    assert abs(image.rgb.shape[1] - 2338) <= 2
    assert image.rgb[800, 100, 0] > 180 > image.rgb[800, 100, 1] + 60
    assert image.notices == ()
    assert [notice.code for notice in decode(pdf(3)).notices] == ["first_page"]


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_bomb():
    """A PNG of 30,000 x 30,000 pixels in less than a megabyte."""
    rows = zlib.compress(b"\0" * 30_001 * 3_000, 9)
    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def zip_file():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("report.txt", "nothing")
    return stream.getvalue()


PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {} {}] >>"
LOCK = "<< /Filter /Standard /V 1 /R 2 /P -4 /O <{}> /U <{}> >>".format("41" * 32, "42" * 32)
PDF_WITHOUT_PAGE = pdf_of([CATALOG, "<< /Type /Pages /Kids [] /Count 0 >>"])
PDF_LOCKED = pdf_of(
    [CATALOG, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", PAGE.format(600, 400), LOCK],
    "/Encrypt 4 0 R /ID [<30> <30>]",
)
PDF_GIANT = pdf_of([CATALOG, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", PAGE.format(14000, 14000)])

BAD = {
    "empty": (b"", "empty_file"),
    "text named .png": (b"patient report, not a picture\n" * 40, "unsupported_format"),
    "truncated JPEG": (saved(PICTURE, "JPEG")[:-4000], "damaged_file"),
    "truncated PNG": (saved(PICTURE, "PNG")[: len(saved(PICTURE, "PNG")) // 2], "damaged_file"),
    "JPEG head alone": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "damaged_file"),
    "PNG bomb": (png_bomb(), "too_large"),
    "21 MB": (saved(PICTURE, "BMP") + b"\0" * (21 * 2**20), "too_large"),
    "41 megapixels": (saved(Image.new("L", (8200, 5000)), "PNG"), "too_large"),
    "SVG": (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "unsupported_format"),
    "bare SVG": (b'<svg width="10"/>', "unsupported_format"),
    "HTML": (b"<!DOCTYPE html><html><body>report</body></html>", "unsupported_format"),
    "zip": (zip_file(), "unsupported_format"),
    "1x1": (saved(Image.new("RGB", (1, 1)), "PNG"), "too_small"),
    "JPEG of 150 scans": (jpeg_of_scans(150), "too_complex"),
    "TIFF of 60,000 strips": (tiff_of_strips(60_000), "too_complex"),
    "BigTIFF whose table lies nowhere": (b"II+\0\x08\0\0\0" + b"\xff" * 60, "damaged_file"),
    "PDF without a page": (PDF_WITHOUT_PAGE, "damaged_file"),
    "PDF with a password": (PDF_LOCKED, "unsupported_format"),
    "PDF of a wall's size": (PDF_GIANT, "too_large"),
    "PDF head alone": (b"%PDF-1.7\n", "damaged_file"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_refused_with_a_code_and_a_sentence(name):
    data, code = BAD[name]
    with pytest.raises(EcgImageError) as refusal:
        decode(data)
    assert refusal.value.code == code
    assert refusal.value.message.endswith(".")
    assert "Traceback" not in refusal.value.message


def test_the_refusal_of_a_locked_pdf_names_the_password():
    with pytest.raises(EcgImageError, match="password"):
        decode(PDF_LOCKED)


def test_a_decompression_bomb_is_never_unpacked():
    data = png_bomb()
    tracemalloc.start()
    try:
        with pytest.raises(EcgImageError):
            decode(data)
        assert tracemalloc.get_traced_memory()[1] < 20 * 2**20
    finally:
        tracemalloc.stop()


def test_a_broken_exif_orientation_does_not_make_the_file_damaged():
    data = saved(PICTURE, "JPEG", quality=95, exif=b"Exif\0\0II*\0\x08\0\0\0\xff\xff\x12\x01")
    assert decode(data).rgb.shape == (240, 320, 3)


def test_a_bug_is_not_reported_as_a_damaged_file(monkeypatch):
    def broken(image, factor):
        raise AssertionError("ours")

    monkeypatch.setattr(decoding, "rgb_of", broken)
    with pytest.raises(AssertionError):
        decode(saved(PICTURE, "PNG"))


@pytest.mark.parametrize("fault", [AssertionError, ZeroDivisionError, RecursionError, MemoryError])
@pytest.mark.parametrize("where", ["open", "load", "has_transparency_data"])
def test_whatever_a_decoder_raises_is_a_damaged_file(monkeypatch, fault, where):
    def raises(*_):
        raise fault

    if where == "open":
        monkeypatch.setattr(decoding.Image, "open", lambda *_, **__: raises())
    elif where == "load":
        monkeypatch.setattr(decoding.Image.Image, "draft", raises)
        monkeypatch.setattr("PIL.PngImagePlugin.PngImageFile.load", raises)
    else:
        monkeypatch.setattr(decoding.Image.Image, "has_transparency_data", property(raises))
    with pytest.raises(EcgImageError) as refusal:
        decode(saved(PICTURE, "PNG"))
    assert refusal.value.code == "damaged_file"


@pytest.mark.parametrize(
    "damage", [b"", b"II*\0\xff\xff\xff\xff", b"MM\0+", b"II*\0\x08\0\0\0\xff\xff", b"\xff\xd8\xff\xda"]
)
def test_counting_parts_leaves_damage_to_the_decoder(damage):
    refuse_too_many_parts(damage)


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "TIFF"])
@pytest.mark.parametrize("orientation", [1, 6])
def test_a_very_large_image_is_read_at_half_its_size(monkeypatch, file_format, orientation):
    monkeypatch.setattr(decoding, "FILES", replace(FILES, reduce_above_pixels=50_000))
    exif = Image.Exif()
    exif[0x0112] = orientation
    whole = Image.fromarray(gradient(241, 321))
    image = decode(saved(whole, file_format, exif=exif, **({"quality": 95} if file_format == "JPEG" else {})))
    assert image.reduced_by == 2
    assert image.original_shape == ((241, 321) if orientation == 1 else (321, 241))
    small = np.asarray(whole.reduce(2) if orientation == 1 else whole.reduce(2).rotate(-90, expand=True))
    assert image.rgb.shape == small.shape
    assert np.abs(image.rgb.astype(int) - small).mean() < 3


def test_size_limits_are_the_documented_ones():
    assert MAX_BYTES == 20 * 1024 * 1024
    assert FILES.max_pixels == 40_000_000
