"""Consistency of the leads: laws that hold for every heart, as a measure of how well a page was read.

They are checks, never corrections: no signal is changed to satisfy them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ecgviz.study.page_signals import on_page_clock
from preprocessing.errors import Notice
from preprocessing.lead_id import LeadId
from preprocessing.limb_leads import EINTHOVEN, GOLDBERGER, GOLDBERGER_CABRERA
from preprocessing.traces import RATE_HZ, Trace

if TYPE_CHECKING:
    from ecgviz.study.study import Study

# Residual relative to the signal: up to the first it is noise of the reading, from the second on a law is broken.
HOLDS, BROKEN = 0.15, 0.3
LEAST_S = 1.0
LAW_OF_EINTHOVEN = {"II = I + III": EINTHOVEN}
LAW_OF_GOLDBERGER = {"aVR + aVL + aVF = 0": GOLDBERGER}
_CONTRADICT = Notice(
    "leads_contradict",
    "The leads contradict each other, so the traces may be misread. Check measurements and predictions against the "
    "report itself.",
)
# Cabrera's order prints -aVR.
LAW_OF_GOLDBERGER_CABRERA = {"-aVR = aVL + aVF": GOLDBERGER_CABRERA}


@dataclass(frozen=True)
class Check:
    """One law on one page.

    Attributes
    ----------
    law : str
    residual_mv : float or None
        Root mean square of what should be zero, in mV; None where the law cannot be checked.
    share : float or None
        The same relative to the signal.
    seconds : float
        Duration of the signals compared.
    matching_lead : str or None
        The lead that a strip matches where it does not match the one it is named after.
    """

    law: str
    residual_mv: float | None
    share: float | None
    seconds: float
    matching_lead: str | None = None

    @property
    def holds(self) -> bool | None:
        """Whether it holds; None where that is uncertain."""
        if self.share is None or HOLDS < self.share < BROKEN:
            return None
        return self.share <= HOLDS

    @property
    def words(self) -> str:
        """The check as a sentence."""
        if self.residual_mv is None or self.share is None:
            why = "are flat" if self.seconds >= LEAST_S else "were not read over the same time"
            return f"{self.law} cannot be checked: these leads {why}."
        verdict = {True: "holds", None: "holds roughly", False: "does not hold"}[self.holds]
        sentence = (
            f"{self.law} {verdict}: residual {self.residual_mv:.2f} mV ({self.share:.0%} of the signal) over "
            f"{self.seconds:.1f} s."
        )
        if self.matching_lead is not None:
            return f"{sentence} The strip matches lead {self.matching_lead}, so it may be misnamed."
        return sentence if self.holds else f"{sentence} Compare these leads with the report."


def checks(study: Study) -> list[Check]:
    """Check the limb leads against each other, and each strip against its lead."""
    return checks_of(study.good_traces)


def checks_of(traces: Sequence[Trace]) -> list[Check]:
    """Check traces; what was not read contradicts nothing."""
    _, leads = on_page_clock(traces)
    laws = LAW_OF_EINTHOVEN | (LAW_OF_GOLDBERGER_CABRERA if "-aVR" in leads else LAW_OF_GOLDBERGER)
    found = [_check(law, weights, leads) for law, weights in laws.items()]
    for key in leads:
        lead = LeadId.of_key(key)
        if lead.is_strip and lead.lead in leads:
            found.append(_strip_check(key, lead.lead, leads))
    return found


def warnings(study: Study) -> tuple[Notice, ...]:
    """Return every notice of a study, plus one where its leads contradict each other."""
    return (*study.notices, *contradiction(study.good_traces))


def contradiction(traces: Sequence[Trace]) -> tuple[Notice, ...]:
    """Return a notice if a law is broken, else nothing."""
    return (_CONTRADICT,) if any(check.holds is False for check in checks_of(traces)) else ()


def _strip_check(key: str, lead: str, leads: Mapping[str, np.ndarray]) -> Check:
    law = f"Strip {lead} = lead {lead}"
    own = _check(law, {key: 1.0, lead: -1.0}, leads)
    if own.share is None or own.share < BROKEN:
        return own
    others = [other for other in leads if not LeadId.of_key(other).is_strip]
    matching = [other for other in others if _check(law, {key: 1.0, other: -1.0}, leads).holds]
    return replace(own, matching_lead=matching[0] if len(matching) == 1 else None)


def _check(law: str, weights: Mapping[str, float], leads: Mapping[str, np.ndarray]) -> Check:
    if not set(weights) <= set(leads):
        return Check(law, None, None, 0.0)
    together = np.array([leads[lead].astype(float) * weight for lead, weight in weights.items()])
    together = together[:, np.isfinite(together).all(axis=0)]
    seconds = together.shape[1] / RATE_HZ
    if seconds < LEAST_S:
        return Check(law, None, None, seconds)
    # Each lead has its own 0 mV level, so only the variation is compared.
    together -= np.median(together, axis=1, keepdims=True)
    residual = float(np.sqrt((together.sum(axis=0) ** 2).mean()))
    own = float(np.sqrt((together**2).sum(axis=0).mean()))
    return Check(law, residual, residual / own if own > 0 else None, seconds)
