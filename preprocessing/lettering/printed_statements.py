"""What a recorder says about the ECG that it prints: lines below a heading, recognised among a closed list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from preprocessing.lettering.config import STATEMENTS
from preprocessing.lettering.print_lines import PrintLine, WordRow
from preprocessing.lettering.printed_line import as_block
from preprocessing.lettering.statement_words import ALONE, HEADING, OF_LEADS

STATEMENTS_KNOWN = (*ALONE, *OF_LEADS)
_ALONE, _OF_LEADS = (tuple(map(as_block, words)) for words in (ALONE, OF_LEADS))
_LENGTHS = np.array([len(one) for one in STATEMENTS_KNOWN])
_FIRST = tuple(as_block(one.split()[0]) for one in STATEMENTS_KNOWN)
_FIRST_LENGTHS = np.array([len(word) for word in _FIRST])
_PAD = "\0"


@dataclass(frozen=True)
class Statements:
    """The statements that a page prints.

    Attributes
    ----------
    read : tuple of str
        Those that were read with certainty, from the top. The leads that some name are not read.
    unread_n : int
        How many further lines stand among them.
    """

    read: tuple[str, ...] = ()
    unread_n: int = 0


def statements_among(rows: Sequence[WordRow]) -> Statements:
    """Find the heading in the rows of a header, from bottom to top, and read the lines below it."""
    heading = _heading(rows)
    if heading is None:
        return Statements()
    found = [_statement(line) for line in _below(heading, rows)]
    read = tuple(one for one in found if one is not None)
    return Statements(read, len(found) - len(read))


def edits(text: str, words: Sequence[str], is_open: bool) -> np.ndarray:
    """Count the edits between a text and each of some words (Levenshtein's distance).

    Parameters
    ----------
    text : str
    words : sequence of str
    is_open : bool
        Whether the text may go on behind the word.

    Returns
    -------
    ndarray, shape (words,), int

    Examples
    --------
    >>> edits("smus", ["sinus", "low"], is_open=False)
    array([2, 4])
    >>> edits("low t wavev3", ["low t wave"], is_open=True)
    array([0])
    """
    lengths = np.array([len(word) for word in words])
    longest = int(lengths.max())
    letters = np.array([list(word.ljust(longest, _PAD)) for word in words])
    steps = np.arange(longest + 1)
    row = np.broadcast_to(steps, (len(words), longest + 1))
    last = np.arange(len(words)), lengths
    fewest = row[last]
    for letter in text:
        replaced = np.minimum(row[:, :-1] + (letters != letter), row[:, 1:] + 1)
        row = np.concatenate([row[:, :1] + 1, replaced], axis=1)
        # What the word has more than the text.
        row = np.minimum.accumulate(row - steps, axis=1) + steps
        fewest = np.minimum(fewest, row[last])
    counted: np.ndarray = fewest if is_open else row[last]
    return counted


def _heading(rows: Sequence[WordRow]) -> PrintLine | None:
    word = as_block(HEADING)
    for row in rows:
        for group in row.groups:
            if edits(group.read(*STATEMENTS.views[0])[0], [word], is_open=True)[0] <= STATEMENTS.heading * len(word):
                return group
    return None


def _below(heading: PrintLine, rows: Sequence[WordRow]) -> list[PrintLine]:
    """Return the lines of the heading's column, from the top down to the first wide gap."""
    high = heading.capital_px
    column = [
        group
        for row in rows
        for group in row.groups
        if abs(group.left_px - heading.left_px) < STATEMENTS.indent * high
        and group.baseline_px > heading.baseline_px + high
    ]
    lines: list[PrintLine] = []
    for group in sorted(column, key=lambda one: one.baseline_px):
        above = lines[-1] if lines else heading
        if group.baseline_px - above.baseline_px > STATEMENTS.gap * high:
            break
        lines.append(group)
    return lines


def _statement(line: PrintLine) -> str | None:
    """Return the statement that a line is in the mean over its views, None where that is uncertain."""
    counts, of_first = np.zeros(len(STATEMENTS_KNOWN)), np.zeros(len(STATEMENTS_KNOWN))
    for view in STATEMENTS.views:
        text = line.read(*view)[0]
        of_first += edits(text, _FIRST, is_open=True) / _FIRST_LENGTHS / len(STATEMENTS.views)
        counts += np.concatenate([edits(text, _ALONE, is_open=False), edits(text, _OF_LEADS, is_open=True)])
    counts /= len(STATEMENTS.views)
    # A short word is never many edits away, so it competes only where it is near by its own length.
    near = np.flatnonzero(counts <= STATEMENTS.most_edits * _LENGTHS)
    order = near[np.argsort(counts[near])]
    if not order.size or (order.size > 1 and counts[order[1]] - counts[order[0]] < STATEMENTS.least_lead):
        return None
    return STATEMENTS_KNOWN[order[0]] if of_first[order[0]] <= STATEMENTS.first_word else None
