"""Limits and ethics in plain words. Every number comes from the files that ship with the networks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ecgviz.evaluation import EvaluationFiles
from models.classes import CLASSES
from models.evaluation import REST
from models.networks import ENSEMBLE

OTHERS = "photographs and scans of other machines"


@dataclass(frozen=True)
class Limit:
    """One limit: its heading and what is to be known."""

    title: str
    words: str


def limits(files: EvaluationFiles) -> tuple[Limit, ...]:
    """Return every limit with its figures filled in."""
    figures, collection = files.figures, files.quality
    both = figures["headline"][ENSEMBLE]
    of_class = both["by_class"]
    infarction = of_class[CLASSES[2]]
    leaking, honest = figures["leaking"], figures["headline"]["paper_cnn"]
    other = figures["other_reports"][REST][ENSEMBLE]
    strange = figures["strange_pages"][OTHERS]
    files, distinct = sum(collection["files_in_v2_by_class"].values()), sum(collection["classes_in_v2"].values())
    median_bpm = collection["median_printed_bpm"]
    return (
        Limit(
            "Leakage: copies on both sides",
            f"The curated part of the collection holds {files} of the files known here, but only {distinct} distinct "
            "reports: the rest are copies. Split at random, copies lie among those learnt from and those asked. "
            f"The paper's CNN is then right in {_share(leaking['all'])}: in {_share(leaking['copies'])} that have a "
            f"copy among those learnt from, in {_share(leaking['never_seen'])} that have none, of which "
            f"{leaking['never_seen']['by_class'][CLASSES[2]]['n']} are infarctions. Split by report, so that no copy "
            f"is on both sides, it is right in {_share(honest)}.",
        ),
        Limit(
            "Shortcuts: right for the wrong reason",
            f"Half of the abnormal reports print a rate above {median_bpm[CLASSES[1]]:.0f} a minute, half of the "
            f"normal ones one above {median_bpm[CLASSES[0]]:.0f}. The printed rate alone answers "
            f"{figures['headline']['heart_rate']['accuracy']['value']:.0%} of the reports rightly. So the networks "
            "here see traces only: no header, no print. They still see how fast the heart beats, and which leads and "
            "how much of a strip a page has.",
        ),
        Limit(
            "Few infarctions",
            f"Of {both['n']} reports that the figures rest on, {infarction['n']} are infarctions. Both networks "
            f"together found {infarction['recall']:.0%} of them. With so few, one report more or less moves that by "
            f"{100 / infarction['n']:.0f} percentage points.",
        ),
        Limit(
            "One hospital, one recorder",
            "Every report that they learnt the classes from came out of one recorder in one hospital. Most print a "
            "filter of 0.67 to 25 Hz, which can bend ST segments and blunts narrow waves; 0.05 to 150 Hz are "
            "recommended, from 0.67 Hz on only where the filter shifts no phase (AHA/ACCF/HRS 2007, part I). On the "
            "collection's other reports, which seem filed by another rule, they "
            f"are right in {_share(other)}. "
            f"Of {strange['n']} pages of other machines {strange['answered']} were answered, and nobody knows how many "
            "of those answers are right.",
        ),
        Limit(
            "What a probability means",
            f"80% sure means: of many such answers on such reports about four in five are right. On average the "
            f"probabilities were off by {100 * both['ece']['value']:.1f} percentage points. It does not mean that this "
            "heart is ill with a chance of 80%: that depends on who is asked, why, and how common the illness is "
            "among them.",
        ),
        Limit(
            "When they do not answer",
            "A network stays silent when its likeliest class is too unlikely, when the report is unlike those that it "
            "learnt from, or when no beats stand out. Silence is an answer too: look yourself. And an answer that is "
            "given can be wrong. Counting every likeliest class, answered or not, "
            f"{1 - both['accuracy']['value']:.0%} of {both['n']} were wrong.",
        ),
        Limit(
            "Labels are opinions",
            f"The class of a report is the folder that it was found in. {collection['groups_in_two_classes']} groups "
            f"of related reports, of {collection['groups']}, have members in two classes. No network is better than "
            "the labels that it is measured by.",
        ),
        Limit(
            "Privacy",
            "A report can name a person. This tool asks no other machine for anything, writes nothing of a report to "
            "disk and forgets it when the tab is closed; exported files are named by a hash. Whoever opens a report "
            "must still be allowed to.",
        ),
        Limit(
            "Not a medical device",
            "It is made for research and teaching. Nothing here was tested for care, and nothing it says is advice. "
            "With chest pain, call for help; do not open a picture.",
        ),
    )


def _share(of_model: Mapping[str, Any]) -> str:
    return f"{of_model['accuracy']['value']:.0%} of {of_model['n']}"
