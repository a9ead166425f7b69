"""The findings in a report: a table with the figures of each, or why there are none."""

from __future__ import annotations

from ecgviz.export.report.blocks import Table, Words
from ecgviz.predictions import finding_tables
from models.serving import Prediction

_WIDTHS = (0.34, 0.14, 0.12, 0.24, 0.16)


def finding_blocks(prediction: Prediction | None) -> list[Words | Table]:
    """Return the blocks of the part."""
    if prediction is None:
        return [Words(finding_tables.NOT_RUN)]
    rows = finding_tables.rows(prediction)
    if not rows:
        return [Words(finding_tables.present(prediction))]
    table = Table("Findings and their probabilities", finding_tables.HEAD, tuple(rows), widths=_WIDTHS)
    return [Words(finding_tables.present(prediction)), table, Words(finding_tables.caption(), "small")]
