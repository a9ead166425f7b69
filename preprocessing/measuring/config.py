"""Tuned numbers for finding beats and measuring their waves.

They were set by hand on half of the reports that print their values (Mendeley gwbz3fsgp8; the half marked "made on" in
`tests/benchmarks/measurements.py`) and on signals drawn by `sample_images`. The other half of the reports was held out.
No sweep is on record; `preprocessing/LOG.md` has what changed and the figures. `share` is a fraction of the whole.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class EvidenceConfig:
    """How much a lead looks like a QRS complex around each sample."""

    # Scale of the second derivative, s: a QRS complex bends at this scale.
    curvature_s: float = 0.012
    # Smoothing before the range is taken, s.
    smooth_s: float = 0.004
    # Window of power and range, s: about as wide as a QRS complex.
    window_s: float = 0.1
    # Ends of a column that count for nothing, s: the divider hides them or is steep itself.
    edge_s: float = 0.04
    # mV from peak to peak. Less is a flat line with noise.
    flat_mv: float = 0.1
    # Shortest signal that counts, s.
    shortest_s: float = 0.2
    # Leads count at most this many times their usual peak: one lead alone does not make a beat.
    cap: float = 1.3
    # Share of the leads' median peak below which a lead is scaled no further.
    floor_share: float = 0.3
    # Quantiles of a signal that are its lowest and highest value: single wrong samples do not count.
    height_quantiles: tuple[float, float] = (0.005, 0.995)
    # Samples around a gap in which the second derivative is not believed.
    gap_samples: int = 5
    # A lead shows a beat where at least this share of the window was read and lies away from its ends.
    seen_min: float = 0.85
    # Weights: of a strip, since it sees every beat, and the smallest one, of a lead that is steep all the time.
    strip_weight: float = 2.0
    restless_weight: float = 0.05
    # Seconds for which a lead's highest peak is taken, to find its usual height.
    level_s: float = 1.25


EVIDENCE = EvidenceConfig()


@dataclass(frozen=True)
class BeatsConfig:
    """Which peaks of the evidence are beats. Shares are of the page's usual peak."""

    # s. Refractory period: 300 bpm is the fastest possible rate.
    refractory_s: float = 0.2
    # Above the first a peak is surely a beat; above the second it may be one.
    sure: float = 0.6
    possible: float = 0.38
    # Seconds for which the highest peak is taken, to find the usual one.
    level_s: float = 2.0
    # A peak this soon after a beat and lower than `t_wave_share` of it is a T wave: this share of the RR interval,
    # within these bounds, s.
    t_wave_rr_share: float = 0.6
    t_wave_min_s: float = 0.3
    t_wave_max_s: float = 0.5
    t_wave_share: float = 0.7
    # However high, a peak is a T wave if it follows a higher one this soon, s, the next comes later by this factor, and
    # the interval without it is the usual one to within this share. T waves of an infarction were taken for beats.
    t_wave_early_s: float = 0.3
    t_wave_late: float = 1.4
    t_wave_rr: float = 0.15
    # A peak this soon before a beat and lower than this share of it is a P wave or a pacing spike.
    before_s: float = 0.3
    before_share: float = 0.6
    # A broad beat reaches this share of the usual one in all leads and in the strips, exceeds the page's T waves by
    # this factor, and lies this far from its neighbours, s. Smooth ventricular beats bend little and were missed.
    broad: float = 0.28
    broad_in_strip: float = 0.35
    over_t_waves: float = 2.5
    broad_apart_s: float = 0.3
    # Between two beats whose interval is the median to within the first share, it must reach the second share: T waves
    # and steps of the trace were taken for beats there.
    broad_regular_rr: float = 0.15
    broad_regular: float = 0.5
    # A beat may hide in an interval longer than the median by this factor if no lead was read for a moment of it, this
    # far from its ends, s. With this, and without broad beats at the end of a search, 32 of 302 reports of the
    # development half are "regular with early or missed beats" instead of 54.
    hidden_rr: float = 1.3
    hidden_apart_s: float = 0.2
    # Beats needed before broad ones are searched.
    broad_beats_min: int = 4
    # No QRS complexes stand out if the evidence between beats exceeds this share of that at beats, and intervals
    # differ from their median by more than this share on average.
    unrest_max: float = 0.6
    irregular_min: float = 0.12


BEATS = BeatsConfig()


@dataclass(frozen=True)
class ClockConfig:
    """When columns show the same seconds instead of successive ones."""

    # s. A beat this close to the strip's is the same one; beyond the second it is another. The middle of a broad
    # complex differs between leads.
    same_beat_s: float = 0.05
    other_beat_s: float = 0.1
    # A column tells the two apart if it starts this far from a whole number of beats: s, or a share of the interval.
    apart_s: float = 0.15
    apart_share: float = 0.3
    # Beats needed for a verdict; share of them that must coincide, and that may also fit successive seconds.
    beats_min: int = 4
    same_min: float = 0.8
    successive_max: float = 0.5


CLOCK = ClockConfig()


@dataclass(frozen=True)
class RhythmConfig:
    """When beats are regular."""

    # An interval is an outlier if it differs from the median by more than this share.
    outlier_share: float = 0.12
    # Early beats make two outliers each. The rhythm is regular with early or missed beats if at most this share are
    # outliers, at least so many intervals are left, and those spread by less than this share of the median. The last
    # keeps atrial fibrillation from being called regular.
    outliers_max: float = 0.6
    kept_min: int = 3
    kept_spread: float = 0.045


RHYTHM = RhythmConfig()


@dataclass(frozen=True)
class MedianBeatConfig:
    """How beats are aligned and their median taken."""

    # Extent of the median beat before and after the middle of the QRS complex, s.
    before_s: float = 0.44
    after_s: float = 0.76
    # Half of the part that is aligned, and the largest shift, s.
    qrs_half_s: float = 0.09
    shift_s: float = 0.04
    # Largest distance, s, at which the same broad complex appears in two columns: its steepest part differs between
    # leads. `column_half_s` is half of what is compared.
    column_shift_s: float = 0.1
    column_half_s: float = 0.15
    # Scale of the slope, s.
    slope_s: float = 0.004
    # Intervals shorter than this share of the median may precede a beat of another kind; below this correlation with
    # the median beat it surely is.
    early_share: float = 0.82
    correlation_min: float = 0.75
    # After longer intervals than this share the T wave ends later; such beats are left out if there are others.
    late_share: float = 1.3
    # Rounds of alignment; the first are on strips alone, which see every beat.
    rounds: int = 3
    strip_rounds: int = 2
    # Beats on time that suffice for a median.
    beats_min: int = 3
    # Samples this close to a neighbour's QRS complex belong to the neighbour, s.
    neighbour_s: float = 0.1
    # A beat is used where this share of its QRS complex is read. A trace needs this many seconds in all.
    whole_share: float = 0.9
    readable_s: float = 0.2
    # Beats are levelled at this time before the middle of the QRS complex (PR segment), then over this half width, s.
    level_from_s: float = 0.11
    level_to_s: float = 0.07
    level_half_s: float = 0.3


MEDIAN_BEAT = MedianBeatConfig()


@dataclass(frozen=True)
class SignalConfig:
    """Which leads show no signal of the heart.

    Set on 7,137 leads of 549 reports, of which none was seen to be bad, and on drawn lines, noise of several bandwidths
    and clipped beats.
    """

    # A lead of which less than this share was read is missing.
    read_min: float = 0.3
    # mV from peak to peak. The lowest real lead has 0.17; a drawn line, with the pen's jitter, 0.03.
    flat_mv: float = 0.08
    # A clipped beat stays within this many mV of the highest level for this long, s, after and before a step of at
    # least `steep_mv` within `steep_s`. Of the real leads, ten have one such beat and none has two.
    plateau_mv: float = 0.02
    plateau_s: float = 0.02
    steep_mv: float = 0.15
    steep_s: float = 0.01
    plateaus_min: int = 2
    # Noise is steep all the time: median over usual peak of its steepness. White noise has 0.55 to 0.75, noise below
    # 20 Hz 0.47 to 0.70; one real lead in 500 has more than 0.55.
    restless: float = 0.47
    # And its stretches around the beats, half this long, s, correlate with their mean by less than this: noise reaches
    # 0.33, the lowest restless real lead has 0.44. Where no two stretches are there, the second restlessness decides.
    around_s: float = 0.12
    alike_max: float = 0.35
    restless_alone: float = 0.65


SIGNAL = SignalConfig()


@dataclass(frozen=True)
class SwapConfig:
    """When limb electrodes may have been swapped."""

    # Both the P wave and the QRS complex point this many degrees or more away from the left (0 degrees).
    p_axis_min_deg: float = 100.0
    qrs_axis_min_deg: float = 95.0


SWAP = SwapConfig()


@dataclass(frozen=True)
class LostConfig:
    """When a lead lacks a complex that the others show.

    Set on 79 drawn pages and 75 reports: 8 of 12 lost complexes of the drawn ones are found and none without need; of
    60 reports of good trust four have one, each by eye.
    """

    # Half of what is compared around the middle of a beat, s, and the share of it that must be read.
    half_s: float = 0.06
    read_min: float = 0.9
    # A complex of less than this share of the lead's usual height, which is at least so many mV, is lost.
    share_max: float = 0.45
    usual_mv: float = 0.3
    # If at least so many of the other leads, and this share of them, show more than this share of their own.
    whole_share: float = 0.7
    others_min: int = 2
    others_share: float = 0.34


LOST = LostConfig()
