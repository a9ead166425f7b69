"""The checks that a layout rests on, in words."""

from __future__ import annotations

from preprocessing.leads import Layout

AGREES, OPEN, DISAGREES = "agrees", "left open", "disagrees"
# By the check: what is looked at, and when it agrees with the layout.
CHECKS = {
    "pulses": ("Calibration pulses", "one at each row of leads and nowhere else"),
    "dividers": ("Columns", "printed lines or gaps part them evenly"),
    "law": ("Limb-lead laws", "II = I + III and aVR + aVL + aVF = 0 hold between the boxes"),
    "scale": ("Length", "the columns together last ten seconds at a usual paper speed"),
    "even": ("Spacing", "the rows are evenly spaced"),
    "complete": ("Rows", "every row of trace has its place in the layout"),
    "ink": ("Ink", "every box holds a trace along most of its width"),
    "filled": ("Whole page", "no column is empty, as on a cropped page"),
    "change": ("Change of leads", "other leads begin in the second column"),
    "names": ("Printed names", "they stand where the layout has these leads"),
}


def check_rows(layout: Layout) -> list[dict[str, str]]:
    """Return one row for each check that was made, as ``Check``, ``Agrees if`` and ``On this page``."""
    if layout.evidence is None:
        return []
    verdicts = {True: AGREES, None: OPEN, False: DISAGREES}
    return [
        {"Check": CHECKS[key][0], "Agrees if": CHECKS[key][1], "On this page": verdicts[found]}
        for key, found in layout.evidence.checks.items()
    ]


def why_here(layout: Layout) -> str:
    """Return in one or two sentences where the rows and columns of leads were found.

    Examples
    --------
    >>> from preprocessing.leads import layout_at
    >>> why_here(layout_at("3x4", (0, 1, 2, 3, 4), (0, 1, 2, 3)))
    'The boxes were not searched for on the page.'
    """
    found = layout.evidence
    if found is None:
        return "The boxes were not searched for on the page."
    columns = "parted by printed lines or gaps" if found.divided else "split evenly, without printed lines"
    pulses = len(found.pulses)
    standing = f"{pulses} calibration pulse{'s' * (pulses != 1)}" if pulses else "No calibration pulse"
    names = "" if found.names is None else f" and {len(found.names)} printed names"
    return (
        f"{len(found.baselines)} rows of trace; {len(found.columns) - 1} columns, {columns}. {standing}{names} "
        f"{'were' if pulses != 1 or names else 'was'} found."
    )
