"""One heart beat as a short list of dipole waves: normal, conduction blocks, premature beats and infarction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from sample_images.leads import Signal

Vector = tuple[float, float, float]


@dataclass(frozen=True)
class Wave:
    """A bell-shaped wave, centred `at_s` after the R wave, with the dipole `xyz_mv` at its peak.

    `rise_s` and `fall_s` are its standard deviations before and after the centre.
    """

    at_s: float
    rise_s: float
    fall_s: float
    xyz_mv: Vector


@dataclass(frozen=True)
class Beat:
    """One kind of beat: its intervals (s), its QRS waves and the directions (mV) of P, ST and T."""

    qrs: tuple[Wave, ...]
    t_mv: Vector
    st_mv: Vector = (0.0, 0.0, 0.0)
    p_mv: Vector | None = (0.06, 0.11, 0.02)
    pr_s: float = 0.16
    qrs_s: float = 0.09

    @property
    def onset_s(self) -> float:
        """Onset of the QRS complex relative to its R wave."""
        return -0.45 * self.qrs_s

    def qt_s(self, rr_s: float) -> float:
        """Return the QT interval after an RR interval `rr_s`: repolarisation shortens with the rate."""
        return float(0.39 * rr_s ** (1 / 3) + self.qrs_s - 0.09)

    def waves(self, rr_s: float) -> Iterator[Wave]:
        """Yield every wave of the beat after an interval `rr_s`."""
        onset_s = self.onset_s
        stretch = rr_s ** (1 / 3)
        if self.p_mv is not None:
            x, y, z = self.p_mv
            start_s = onset_s - self.pr_s
            # The right atrium, in front, is activated first, the left one behind it second: P in V1 is biphasic.
            yield Wave(start_s + 0.040, 0.018, 0.018, (0.4 * x, 0.6 * y, z + 0.04))
            yield Wave(start_s + 0.065, 0.018, 0.018, (0.8 * x, 0.6 * y, z - 0.05))
        yield from self.qrs
        j_s = onset_s + self.qrs_s
        yield Wave(j_s + 0.06 * stretch, 0.025, 0.09 * stretch, self.st_mv)
        yield Wave(onset_s + self.qt_s(rr_s) - 0.085 * stretch, 0.060 * stretch, 0.040 * stretch, self.t_mv)


def add_beat(dipole: Signal, rate_hz: float, r_s: float, beat: Beat, rr_s: float, size: float) -> None:
    """Add one beat to `dipole` (3, n) in mV, its R wave at `r_s`, its amplitude scaled by `size`."""
    for wave in beat.waves(rr_s):
        centre_s = r_s + wave.at_s
        first = max(0, int((centre_s - 5 * wave.rise_s) * rate_hz))
        last = min(dipole.shape[1], int((centre_s + 5 * wave.fall_s) * rate_hz) + 1)
        if first >= last:
            continue
        from_centre_s = np.arange(first, last) / rate_hz - centre_s
        width_s = np.where(from_centre_s < 0, wave.rise_s, wave.fall_s)
        bell = size * np.exp(-0.5 * (from_centre_s / width_s) ** 2)
        dipole[:, first:last] += np.outer(wave.xyz_mv, bell)


def _qrs(*waves: tuple[float, float, Vector]) -> tuple[Wave, ...]:
    return tuple(Wave(at_s, width_s, width_s, xyz_mv) for at_s, width_s, xyz_mv in waves)


_SEPTUM = (-0.022, 0.009, (-0.13, 0.00, 0.32))
_FREE_WALL = (0.0, 0.012, (0.92, 0.95, -0.50))
_BASE = (0.020, 0.011, (-0.14, -0.10, -0.34))

NORMAL = Beat(_qrs(_SEPTUM, _FREE_WALL, _BASE), t_mv=(0.25, 0.22, 0.14))
ATRIAL_EARLY = replace(NORMAL, p_mv=(0.05, -0.06, 0.05), pr_s=0.13)
NO_P = replace(NORMAL, p_mv=None)
FIRST_DEGREE = replace(NORMAL, pr_s=0.28)

# The left ventricle is activated late and slowly: no septal r, a notched peak, ST and T opposite to the QRS.
LEFT_BLOCK = Beat(
    _qrs((-0.024, 0.020, (0.70, 0.30, -0.55)), (0.026, 0.022, (0.85, 0.15, -0.85))),
    t_mv=(-0.28, -0.08, 0.34),
    st_mv=(-0.08, -0.02, 0.14),
    qrs_s=0.15,
)
# The right ventricle is activated last, alone: R' in V1, a broad S in I and V6.
RIGHT_BLOCK = Beat(
    _qrs(_SEPTUM, _FREE_WALL, (0.024, 0.009, (0.0, 0.0, -0.1)), (0.058, 0.017, (-0.48, -0.05, 0.68))),
    t_mv=(0.30, 0.22, -0.12),
    qrs_s=0.14,
)
# From the right outflow tract: broad, negative in V1, positive in the inferior leads, without P.
VENTRICULAR = Beat(
    _qrs((-0.020, 0.030, (0.25, 1.05, -0.60)), (0.040, 0.026, (0.35, 0.45, -0.45))),
    t_mv=(-0.25, -0.50, 0.40),
    st_mv=(-0.05, -0.12, 0.10),
    p_mv=None,
    qrs_s=0.16,
)
# The injury current points at the injured wall; opposite leads show the reciprocal change.
ACUTE_ANTERIOR = replace(NORMAL, st_mv=(0.12, -0.17, 0.24), t_mv=(0.22, 0.04, 0.32))
ACUTE_INFERIOR = replace(NORMAL, st_mv=(-0.06, 0.30, -0.13), t_mv=(0.10, 0.34, 0.02))
# A scar generates no dipole, so initial forces point away from it: Q waves, and T points away as well.
OLD_ANTERIOR = Beat(
    _qrs((-0.018, 0.014, (0.02, 0.05, -0.36)), (0.004, 0.012, (0.85, 0.75, -0.45)), _BASE),
    t_mv=(0.06, 0.14, -0.26),
)
OLD_INFERIOR = Beat(
    _qrs((-0.026, 0.014, (0.10, -0.48, 0.26)), (0.004, 0.011, (0.90, 0.48, -0.48)), _BASE),
    t_mv=(0.26, -0.22, 0.16),
    qrs_s=0.10,
)
