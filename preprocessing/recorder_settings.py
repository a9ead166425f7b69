"""Paper speeds and gains of ECG recorders, listed once."""

from __future__ import annotations

# Defaults of IEC 60601-2-25, used where the page shows nothing else.
USUAL_SPEED_MM_S, USUAL_GAIN_MM_MV = 25.0, 10.0
# Settings that a line of print may name. Any other number is a misreading.
PRINTED_SPEEDS_MM_S = (5.0, 6.25, 10.0, 12.5, 25.0, 50.0, 100.0)
PRINTED_GAINS_MM_MV = (2.5, 5.0, 10.0, 20.0, 40.0)
# Settings of 12-lead reports, offered where a person sets them by hand. Slower speeds are for long rhythm strips and a
# gain of 40 mm/mV is for a single faint lead.
REPORT_SPEEDS_MM_S = (12.5, 25.0, 50.0, 100.0)
REPORT_GAINS_MM_MV = (2.5, 5.0, 10.0, 20.0)
# Settings that the length of the columns or the height of a calibration pulse may show by itself. Rarer ones are
# believed only in print: a wrong scale explains such a length or height more often than they do.
MEASURABLE_SPEEDS_MM_S = (25.0, 50.0)
MEASURABLE_GAINS_MM_MV = (5.0, 10.0, 20.0)
