"""Limits and ethics. Every number comes from the files that ship with the networks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ecgviz.evaluation import EvaluationFiles
from ecgviz.words import article
from models.classes import CLASSES
from models.evaluation import REST
from models.networks import ENSEMBLE

OTHER_RECORDERS = "photographs and scans of other machines"


@dataclass(frozen=True)
class Limit:
    """One limit: its heading and its text."""

    title: str
    words: str


def limits(files: EvaluationFiles) -> tuple[Limit, ...]:
    """Return every limit with its figures filled in."""
    figures, quality = files.figures, files.quality
    combined = figures["headline"][ENSEMBLE]
    infarction = combined["by_class"][CLASSES[2]]
    leaking, by_report = figures["leaking"], figures["headline"]["paper_cnn"]
    rest = figures["other_reports"][REST][ENSEMBLE]
    others = figures["out_of_distribution"][OTHER_RECORDERS]
    file_count, distinct = sum(quality["files_in_v2_by_class"].values()), sum(quality["classes_in_v2"].values())
    median_bpm = quality["median_printed_bpm"]
    return (
        Limit(
            "Leakage: copies in training and test set",
            f"The curated part of the dataset holds {file_count} of the files used here, but only {distinct} distinct "
            "reports; the rest are copies. A random split puts copies of training files into the test set. The "
            f"CNN of {article.NAME} then predicts {_accuracy(leaking['all'])} files correctly: "
            f"{_accuracy(leaking['with_copy'])} with a copy in the training set and "
            f"{_accuracy(leaking['without_copy'])} without one, of which "
            f"{leaking['without_copy']['by_class'][CLASSES[2]]['n']} are infarctions. Split by report, without copies "
            f"across the split, it predicts {_accuracy(by_report)} correctly.",
        ),
        Limit(
            "Shortcuts: right for the wrong reason",
            f"Half of the abnormal reports print a heart rate above {median_bpm[CLASSES[1]]:.0f} bpm, half of the "
            f"normal ones above {median_bpm[CLASSES[0]]:.0f} bpm. The printed rate alone predicts "
            f"{figures['headline']['heart_rate']['accuracy']['value']:.0%} of the reports correctly. So the networks "
            "here get traces or pictures of the leads, no header and no footer. They can still see the rate of the "
            "beats, which leads a page has, and how long its strip is.",
        ),
        Limit(
            "Few infarctions",
            f"Of the {combined['n']} reports behind the figures, {infarction['n']} are infarctions. CNN and CNN-LSTM "
            f"combined found {infarction['recall']:.0%} of them. One report more or less changes that by "
            f"{100 / infarction['n']:.0f} percentage points.",
        ),
        Limit(
            "One hospital, one recorder",
            "All training reports come from one recorder in one hospital. Most print a filter of 0.67 to 25 Hz, which "
            "can distort ST segments and blunts narrow waves. The recommended band is 0.05 to 150 Hz, from 0.67 Hz "
            "only with a zero-phase filter (AHA/ACCF/HRS 2007, part I). On the rest of the dataset, which seems to "
            f"follow another labelling rule, the networks predict {_accuracy(rest)} correctly. On {others['n']} pages "
            f"of other recorders they returned {others['predicted']} predictions, whose accuracy is unknown.",
        ),
        Limit(
            "What a probability means",
            "A confidence of 80% means: of many such predictions on similar reports, about four in five are correct. "
            f"On average the probabilities were off by {100 * combined['ece']['value']:.1f} percentage points. It does "
            "not mean that this patient is ill with a probability of 80%: that depends on who is examined, why, and "
            "how common the disease is among them.",
        ),
        Limit(
            "When they abstain",
            "A network abstains if its confidence is below the threshold, if the report is out of distribution, or if "
            "no beats can be detected. Then read the ECG yourself. A returned prediction can be wrong: counting every "
            f"predicted class, abstentions included, {1 - combined['accuracy']['value']:.0%} of {combined['n']} were "
            "wrong.",
        ),
        Limit(
            "Labels are opinions",
            f"The label of a report is the folder it was found in. {quality['groups_in_two_classes']} of "
            f"{quality['groups']} groups of related reports have members in two classes. No network is better than "
            "the labels it is scored against.",
        ),
        Limit(
            "Privacy",
            "A report can name a person. This tool contacts no other machine, writes nothing of a report to disk and "
            "discards it when you close the tab; exported files are named by a hash. You still need permission to open "
            "the report.",
        ),
        Limit(
            "Not a medical device",
            "This tool is for research and teaching. It is not tested for patient care, and its output is not advice. "
            "With chest pain, call an ambulance instead of opening a report here.",
        ),
    )


def _accuracy(of_model: Mapping[str, Any]) -> str:
    return f"{of_model['accuracy']['value']:.0%} of {of_model['n']}"
