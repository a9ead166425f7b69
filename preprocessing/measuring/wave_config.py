"""Tuned numbers for delineating P, QRS and T on the median beat, and for what is reported of them.

Set by hand on the data that `preprocessing.measuring.config` names, with no sweep on record.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ActivityConfig:
    """Which leads take part in delineation."""

    # mV from peak to peak. Less is a flat line.
    height_min_mv: float = 0.08
    # Share of the beat that is read.
    read_min: float = 0.4


ACTIVITY = ActivityConfig()


@dataclass(frozen=True)
class QrsConfig:
    """Onset and end of the QRS complex. Shares are of the steepest moment of all leads."""

    # Scale of the slope, ms.
    slope_ms: float = 5.0
    # The complex ends where the leads are less steep than this share, or than this many times the quiet part.
    end_share: float = 0.1
    noise_factor: float = 3.0
    # Quantile of the steepness that is the quiet part of a beat.
    quiet_quantile: float = 0.25
    # No QRS complex stands out if that limit exceeds this share.
    limit_max: float = 0.5
    # The leads must be calm for this long, ms.
    quiet_ms: float = 10.0
    # Above this share the complex continues; two such parts belong together across a notch of up to this length, ms.
    steep_share: float = 0.25
    notch_max_ms: float = 40.0
    # The steepest moment lies this close to where the beat was cut, and its onset and end this close to that, ms.
    core_ms: float = 80.0
    before_ms: float = 220.0
    after_ms: float = 260.0
    # The beat reaches this far, ms, or this many ms for each second of the RR interval.
    beat_before_ms: float = 380.0
    beat_before_rr: float = 400.0
    beat_after_ms: float = 600.0
    beat_after_rr: float = 550.0


QRS = QrsConfig()


@dataclass(frozen=True)
class PWaveConfig:
    """Onset and end of the P wave."""

    # The P wave ends where this share of its height is left.
    end_share: float = 0.12
    # mV. Height that two leads must show.
    height_min_mv: float = 0.03
    # Mean correlation of the single beats.
    agreement_min: float = 0.5
    # ms. An onset this close to the start of the search was not seen: at fast rates it is the end of the last T wave.
    open_ms: float = 12.0
    # Search before the QRS onset, ms, or ms for each second of the RR interval; it ends this long before the onset.
    search_ms: float = 330.0
    search_rr: float = 520.0
    before_qrs_ms: float = 10.0
    # ms cut off at the start of the median beat, where its neighbours' ends are.
    margin_ms: float = 20.0
    # Shortest search, samples.
    samples_min: int = 40
    # Gaussian smoothing, ms, and how far the feet may lie from the summit, ms.
    smooth_ms: float = 6.0
    feet_ms: float = 110.0
    # Waves that recur after such a time, ms, with this correlation are atrial flutter. Judged at RR intervals of at
    # least this length, s, on at least so many ms: at faster rates other waves lie before the QRS complex.
    flutter_min_ms: float = 150.0
    flutter_max_ms: float = 280.0
    flutter_correlation: float = 0.9
    flutter_rr_s: float = 0.65
    flutter_seen_ms: float = 140.0


P_WAVE = PWaveConfig()


@dataclass(frozen=True)
class TWaveConfig:
    """End of the T wave."""

    # Scale of the slope, ms.
    slope_ms: float = 12.0
    # The T wave's end begins at the last moment at least this share as steep as the steepest, and it ends where this
    # share of that steepness, above the calmest moment after it, is left.
    last_share: float = 0.65
    end_share: float = 0.2
    # Search from this long after the QRS complex, ms, over at least this length, ms.
    after_qrs_ms: float = 60.0
    search_min_ms: float = 120.0
    # Longest QT interval, ms at 60 bpm; it follows the root of the RR interval, of at least this length, s.
    qt_max_ms: float = 560.0
    rr_min_s: float = 0.4
    # ms before the next QRS complex, and before the end of the median beat, at which the search stops.
    margin_ms: float = 20.0
    # Exponent with which a lead whose beats differ counts less.
    trust_power: int = 2


T_WAVE = TWaveConfig()


@dataclass(frozen=True)
class AxesConfig:
    """Electrical axes."""

    # A wave with a net area below this share of its total area has no direction in the frontal plane.
    net_min: float = 0.15
    # ms before its steepest end at which the T wave's last summit lies. Earlier parts may be ST or the other half of a
    # biphasic wave, and point elsewhere.
    t_summit_ms: float = 80.0
    # Rank tolerance: two leads of nearly one direction do not span the plane.
    rank_tolerance: float = 0.3
    # The level at a moment is the mean of this many ms to either side.
    level_ms: float = 6.0


AXES = AxesConfig()


@dataclass(frozen=True)
class ReportingConfig:
    """When measurements are reported."""

    # Beats and leads behind a median beat whose waves are measured.
    beats_min: int = 2
    leads_min: int = 3
    # Shortest and longest possible intervals, ms. A value outside was found wrongly and is not reported.
    pr_ms: tuple[float, float] = (60.0, 450.0)
    qrs_ms: tuple[float, float] = (40.0, 260.0)
    qt_ms: tuple[float, float] = (180.0, 700.0)


REPORTING = ReportingConfig()


@dataclass(frozen=True)
class LeadWavesConfig:
    """Heights of the waves of one lead. Set by hand on drawn signals, whose ST is known."""

    # The PR level is the median of this stretch before the QRS onset, ms.
    pr_from_ms: float = 24.0
    pr_to_ms: float = 4.0
    # A level is the mean of this many ms to either side.
    level_half_ms: float = 4.0
    # mV. Smaller deflections are the pen's jitter, not a Q or an R wave.
    wave_min_mv: float = 0.05
    # The T wave is searched from this long after the J point, ms.
    t_after_ms: float = 80.0


LEAD_WAVES = LeadWavesConfig()
