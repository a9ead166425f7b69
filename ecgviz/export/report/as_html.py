"""The report as one page of HTML that needs nothing but itself: no script, no request, light and dark, and print."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from html import escape
from pathlib import Path

import numpy as np

from ecgviz import DISCLAIMER
from ecgviz.drawing import shade_of
from ecgviz.export.report.content import Content, Picture, ReportOptions, Section, Table, Words, content_of
from ecgviz.export.report.sheets import SQUARES, UNITS_MM, Label, Sheet
from ecgviz.study import Study

# Whatever a browser might be made to ask for, it does not.
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


def report_html(study: Study, options: ReportOptions | None = None) -> bytes:
    """Write the report of a study as HTML, UTF-8. The same study and options give the same bytes."""
    content = content_of(study, options or ReportOptions())
    words = "\n".join(_words(paragraph) for paragraph in content.lead_in)
    sections = "\n".join(_section(section, number) for number, section in enumerate(content.sections, start=1))
    return f"""<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<title>{escape(content.title)}</title>
<style>
{_style()}{_foot(content)}</style>
</head>
<body>
<header>
<h1>{escape(content.title)}</h1>
{words}
</header>
<main>
{sections}
</main>
<footer>
<p>{DISCLAIMER}</p>
</footer>
</body>
</html>
""".encode()


@cache
def _style() -> str:
    return (Path(__file__).parent / "report.css").read_text(encoding="utf-8")


def _foot(content: Content) -> str:
    """Return the style of each printed page's foot."""
    quiet = "font: 8pt system-ui, sans-serif; color: #4d5b5d;"
    left = f'@bottom-left {{ content: "{DISCLAIMER}"; {quiet} white-space: nowrap; }}'
    right = f'@bottom-right {{ content: "{content.name}, page " counter(page) " of " counter(pages); {quiet} }}'
    return f"@page {{ {left} {right} }}\n"


def _section(section: Section, number: int) -> str:
    sheets = any(isinstance(block, Sheet) for block in section.blocks)
    blocks = []
    for index, block in enumerate(section.blocks):
        if isinstance(block, Words):
            blocks.append(_words(block))
        elif isinstance(block, Table):
            blocks.append(_table(block))
        elif isinstance(block, Picture):
            blocks.append(_picture(block))
        else:
            blocks.append(_sheet(block, f"sheet{index}"))
    body = "\n".join(blocks)
    return (
        f'<section aria-labelledby="part{number}"{" class=sheets" if sheets else ""}>\n'
        f'<h2 id="part{number}">{escape(section.title)}</h2>\n{body}\n</section>'
    )


def _words(words: Words) -> str:
    kind = "" if words.kind == "plain" else f' class="{words.kind}"'
    return f"<p{kind}>{escape(words.text)}</p>"


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in table.head)
    rows = []
    for index, (first, *cells) in enumerate(table.rows):
        shares = table.shares[index] if table.shares else ()
        shown = "".join(_cell(cell, shares[place] if shares else None) for place, cell in enumerate(cells))
        rows.append(f'<tr><th scope="row">{escape(first)}</th>{shown}</tr>')
    # A wide table is moved sideways on a narrow screen, by keys too.
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(table.caption)}"><table>\n'
        f"<caption>{escape(table.caption)}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n"
        + "\n".join(rows)
        + "\n</tbody></table></div>"
    )


def _cell(text: str, share: float | None) -> str:
    if share is None:
        return f"<td>{escape(text)}</td>"
    ground, ink = shade_of(share)
    return f'<td class="share" style="background:{ground};color:{ink}">{escape(text)}</td>'


def _picture(picture: Picture) -> str:
    data = b64encode(picture.jpeg).decode("ascii")
    return (
        f'<figure class="picture"><img src="data:image/jpeg;base64,{data}" width="{picture.width_px}" '
        f'height="{picture.height_px}" alt="{escape(picture.alt)}"></figure>'
    )


def _sheet(sheet: Sheet, name: str) -> str:
    """Draw a sheet in hundredths of a millimetre; its size on paper is said in millimetres."""
    width, height = sheet.width, sheet.height
    drawn = "".join(
        [
            _path("thin", [_ruled(width, height, UNITS_MM)]),
            _path("thick", [_ruled(width, height, 5 * UNITS_MM)]),
            _path("border", map(_line, sheet.borders)),
            _path("trace", map(_line, [*sheet.pulses, *sheet.traces])),
            *(_plate(label) + _label(label, "") for label in sheet.names),
            *(_label(label, ' class="second"') for label in sheet.seconds),
        ]
    )
    return (
        f'<figure><div class="scroll" tabindex="0" role="region" aria-label="{escape(sheet.words)}">'
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width / UNITS_MM:g}mm" height="{height / UNITS_MM:g}mm" '
        f'viewBox="0 0 {width} {height}" role="img" aria-labelledby="{name}">'
        f'<title id="{name}">{escape(sheet.words)}</title>{drawn}</svg></div>'
        f"<figcaption>{escape(sheet.words)} {SQUARES} {DISCLAIMER}</figcaption></figure>"
    )


def _ruled(width: int, height: int, step: int) -> str:
    upright = "".join(f"M{x} 0V{height}" for x in range(0, width + 1, step))
    return upright + "".join(f"M0 {y}H{width}" for y in range(0, height + 1, step))


def _line(points: np.ndarray) -> str:
    (x, y), steps = points[0], np.diff(points, axis=0)
    return f"M{x} {y}l{' '.join(map(str, steps.ravel().tolist()))}"


def _path(kind: str, lines: object) -> str:
    return f'<path class="{kind}" d="{"".join(lines)}"/>'  # type: ignore[arg-type]


def _plate(label: Label) -> str:
    """Lay a little paper under a name, so that it reads on the squares."""
    left, top, wide = label.x - 30, label.y - 290, 200 * len(label.text) + 60
    return f'<rect class="plate" x="{left}" y="{top}" width="{wide}" height="350"/>'


def _label(label: Label, kind: str) -> str:
    return f'<text{kind} x="{label.x}" y="{label.y}">{escape(label.text)}</text>'
