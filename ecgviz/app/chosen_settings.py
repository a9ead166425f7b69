"""The settings of the stages as the controls of Preprocessing have them; every other page uses the article's."""

from __future__ import annotations

from ecgviz.app.all_controls import ARTICLE, controls
from preprocessing.stages import StageSettings


def stage_settings() -> StageSettings:
    """Return the settings of the controls."""
    return StageSettings(sigma=controls.sigma, threshold_shift=controls.shift)


def are_changed() -> bool:
    """Return whether a setting is not the article's."""
    return stage_settings() != ARTICLE


def reset() -> None:
    """Set every control back to the article's value."""
    controls.sigma, controls.shift = ARTICLE.sigma, ARTICLE.threshold_shift


def changed_words() -> str:
    """Return what was changed, such as ``sigma 3 px, offset +0.10``; empty if nothing was."""
    now = stage_settings()
    changed = [] if now.sigma == ARTICLE.sigma else [f"sigma {now.sigma:g} px"]
    changed += [] if now.threshold_shift == ARTICLE.threshold_shift else [f"offset {now.threshold_shift:+.2f}"]
    return ", ".join(changed)
