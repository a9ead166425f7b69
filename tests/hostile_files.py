"""Small files that cost gigabytes or minutes where they are decoded without limits."""

import io
import struct
import zlib

import numpy as np
from PIL import Image

CATALOG = "<< /Type /Catalog /Pages 2 0 R >>"
PAGES = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 400] /Contents 4 0 R /Resources << {} >> >>"


def pdf_of(objects, trailer=""):
    """Build a PDF from the bodies of its objects, str or bytes."""
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        body = body.encode("latin-1") if isinstance(body, str) else body
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    return out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF".encode()


def stream(body, entries="", passes=1):
    """Return a stream object, compressed so many times."""
    for _ in range(passes):
        body = zlib.compress(body, 9)
    filters = "/FlateDecode " * passes
    return f"<< /Length {len(body)} /Filter [{filters}] {entries} >>\nstream\n".encode() + body + b"\nendstream"


def pdf_that_unpacks_to(megabytes):
    """Return a PDF whose content, compressed twice, is so many megabytes of spaces."""
    compressor = zlib.compressobj(9)
    once = b"".join(compressor.compress(b" " * 2**20) for _ in range(megabytes)) + compressor.flush()
    twice = zlib.compress(once, 9)
    content = f"<< /Length {len(twice)} /Filter [/FlateDecode /FlateDecode] >>\nstream\n".encode() + twice
    return pdf_of([CATALOG, PAGES, PAGE.format(""), content + b"\nendstream"])


def pdf_with_slow_shading(times):
    """Return a PDF whose page is filled so many times with a shading that computes every pixel."""
    function = stream(
        b"{ " + b"2 copy mul sin exch cos add " * 20 + b"pop 0.5 0.5 }",
        "/FunctionType 4 /Domain [0 1 0 1] /Range [0 1 0 1 0 1]",
    )
    shading = "<< /ShadingType 1 /ColorSpace /DeviceRGB /Domain [0 1 0 1] /Matrix [600 0 0 400 0 0] /Function 6 0 R >>"
    page = PAGE.format("/Shading << /S 5 0 R >>")
    return pdf_of([CATALOG, PAGES, page, stream(b"/S sh\n" * times), shading, function])


def pdf_of_paths(count):
    """Return a PDF whose page draws so many curves across itself."""
    return pdf_of([CATALOG, PAGES, PAGE.format(""), stream(b"0 0 m 200 400 400 0 600 400 c S\n" * count)])


def pdf_of_nested_forms(depth):
    """Return a PDF of forms that each draw the next ten times: ten to the power of `depth` lines."""
    forms = [
        stream(
            b"/F Do\n" * 10,
            f"/Type /XObject /Subtype /Form /BBox [0 0 600 400] /Resources << /XObject << /F {6 + level} 0 R >> >>",
        )
        for level in range(depth)
    ]
    last = stream(b"0 0 m 600 400 l S\n", "/Type /XObject /Subtype /Form /BBox [0 0 600 400]")
    return pdf_of([CATALOG, PAGES, PAGE.format("/XObject << /F 5 0 R >>"), stream(b"/F Do\n"), *forms, last])


def tiff_of_strips(count):
    """Return a TIFF of `count` rows of 100 bytes, every strip of one row in the same place of the file."""
    entries = [
        (256, 4, 100),
        (257, 4, count),
        (258, 3, 8),
        (259, 3, 1),
        (262, 3, 1),
        (273, 4, None),
        (277, 3, 1),
        (278, 4, 1),
        (279, 4, None),
    ]
    table_at = 8 + 2 + 12 * len(entries) + 4
    tables, body = {273: table_at, 279: table_at + 4 * count}, b""
    for tag, kind, value in entries:
        body += struct.pack("<HHII", tag, kind, count if value is None else 1, tables[tag] if value is None else value)
    pixels_at = table_at + 8 * count
    head = b"II*\0" + struct.pack("<IH", 8, len(entries)) + body + struct.pack("<I", 0)
    offsets, sizes = struct.pack("<I", pixels_at) * count, struct.pack("<I", 100) * count
    return head + offsets + sizes + b"\xc8" * 100


def jpeg_of_scans(count, side=200):
    """Return a progressive JPEG whose last scan is repeated so many times."""
    plain = io.BytesIO()
    Image.new("L", (side, side), 200).save(plain, "JPEG", progressive=True)
    data = plain.getvalue()
    last = data[data.rindex(b"\xff\xc4", 0, data.rindex(b"\xff\xda")) : -2]
    return data[:-2] + last * count + data[-2:]


def page_of_dashes():
    """Return RGB pixels of grid paper under thousands of upright dashes: any two may be a calibration pulse."""
    page = np.full((1654, 2339, 3), 255, np.uint8)
    for step, colour in ((8, (255, 200, 200)), (40, (240, 120, 120))):
        page[::step] = page[:, ::step] = colour
    random = np.random.default_rng(0)
    for top in range(20, 1594, 90):
        for left in range(20, 2279, 10):
            y, x = top + random.integers(0, 3), left + random.integers(0, 3)
            page[y : y + 80, x : x + 3] = 0
    return page
