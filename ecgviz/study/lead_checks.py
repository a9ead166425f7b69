"""What the leads say about each other: laws that hold in every heart, as a measure of how well a page was read.

They are checks, never corrections: no signal is changed to satisfy them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from ecgviz.study.page_signals import on_page_clock
from ecgviz.study.study import Study
from preprocessing.errors import Notice
from preprocessing.lead_id import LeadId
from preprocessing.limb_leads import EINTHOVEN, GOLDBERGER, GOLDBERGER_CABRERA
from preprocessing.traces import RATE_HZ

# Of the leads' own size: what stays within the first is the reading's noise, beyond the second a law is broken.
HOLDS, BROKEN = 0.15, 0.3
LEAST_S = 1.0
LAW_OF_EINTHOVEN = {"II = I + III": EINTHOVEN}
LAW_OF_GOLDBERGER = {"aVR + aVL + aVF = 0": GOLDBERGER}
_CONTRADICT = Notice(
    "leads_contradict",
    "The leads contradict each other, so the traces may be misread: trust neither measurements nor answers without "
    "looking at the report itself.",
)
# In Cabrera's order aVR is printed turned over.
LAW_OF_GOLDBERGER_CABRERA = {"-aVR = aVL + aVF": GOLDBERGER_CABRERA}


@dataclass(frozen=True)
class Check:
    """One law on one page.

    Attributes
    ----------
    law : str
    left_over_mv : float or None
        What remains where nothing should, root mean square in mV; None where the law cannot be checked.
    share : float or None
        The same in shares of the leads' own size.
    seconds : float
        Over how long.
    alike : str or None
        The lead that a strip agrees with where it does not agree with the one it is named after.
    """

    law: str
    left_over_mv: float | None
    share: float | None
    seconds: float
    alike: str | None = None

    @property
    def holds(self) -> bool | None:
        """Whether it holds; None where that cannot be said."""
        if self.share is None or HOLDS < self.share < BROKEN:
            return None
        return self.share <= HOLDS

    @property
    def words(self) -> str:
        """The check as a sentence."""
        if self.left_over_mv is None or self.share is None:
            why = "are flat" if self.seconds >= LEAST_S else "are not printed and read at the same moments"
            return f"{self.law} cannot be checked: these leads {why}."
        verdict = {True: "holds", None: "holds roughly", False: "does not hold"}[self.holds]
        sentence = (
            f"{self.law} {verdict}: {self.left_over_mv:.2f} mV is left over, {self.share:.0%} of the leads' own size, "
            f"over {self.seconds:.1f} s."
        )
        if self.alike is not None:
            return f"{sentence} The strip agrees with lead {self.alike}, so it may be misnamed."
        return sentence if self.holds else f"{sentence} Compare these leads with the original."


def checks(study: Study) -> list[Check]:
    """Check the limb leads against each other, and each strip against its lead."""
    _, leads = on_page_clock(study.traces)
    laws = LAW_OF_EINTHOVEN | (LAW_OF_GOLDBERGER_CABRERA if "-aVR" in leads else LAW_OF_GOLDBERGER)
    found = [_check(law, weights, leads) for law, weights in laws.items()]
    for key in leads:
        lead = LeadId.of_key(key)
        if lead.is_strip and lead.lead in leads:
            found.append(_strip_check(key, lead.lead, leads))
    return found


def warnings(study: Study) -> tuple[Notice, ...]:
    """Return every notice of a study, and one more where its leads contradict each other."""
    return (*study.notices, *((_CONTRADICT,) if any(check.holds is False for check in checks(study)) else ()))


def _strip_check(key: str, lead: str, leads: Mapping[str, np.ndarray]) -> Check:
    law = f"Strip {lead} = lead {lead}"
    own = _check(law, {key: 1.0, lead: -1.0}, leads)
    if own.share is None or own.share < BROKEN:
        return own
    others = [other for other in leads if not LeadId.of_key(other).is_strip]
    alike = [other for other in others if _check(law, {key: 1.0, other: -1.0}, leads).holds]
    return replace(own, alike=alike[0] if len(alike) == 1 else None)


def _check(law: str, weights: Mapping[str, float], leads: Mapping[str, np.ndarray]) -> Check:
    if not set(weights) <= set(leads):
        return Check(law, None, None, 0.0)
    together = np.array([leads[lead].astype(float) * weight for lead, weight in weights.items()])
    together = together[:, np.isfinite(together).all(axis=0)]
    seconds = together.shape[1] / RATE_HZ
    if seconds < LEAST_S:
        return Check(law, None, None, seconds)
    # Where 0 mV lies is each lead's own, so only what varies is compared.
    together -= np.median(together, axis=1, keepdims=True)
    left_over = float(np.sqrt((together.sum(axis=0) ** 2).mean()))
    own = float(np.sqrt((together**2).sum(axis=0).mean()))
    return Check(law, left_over, left_over / own if own > 0 else None, seconds)
