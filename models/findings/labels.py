"""What the statements of a PTB-XL record, and a simulated rhythm, say of each finding: present, absent or unknown."""

from __future__ import annotations

from collections.abc import Mapping

from models.classes import FINDINGS

UNKNOWN = -1
# A diagnosis counts from this likelihood on, percent; a less likely one is neither present nor absent.
LEAST_LIKELIHOOD = 50

_ANTERIOR = frozenset({"ASMI", "AMI", "ALMI"})
_INFERIOR = frozenset({"IMI", "ILMI", "IPLMI", "IPMI"})
_INFARCTIONS = _ANTERIOR | _INFERIOR | {"LMI", "PMI"}
# Most of them are reported as ischaemia or strain, some as an acute infarction.
_INJURIES = frozenset({"INJAS", "INJAL", "INJIN", "INJLA", "INJIL"})
_ST_T = frozenset(
    {"NDT", "NST_", "DIG", "LNGQT", "ISC_", "ISCAL", "ISCIN", "ISCIL", "ISCAS", "ISCLA", "ISCAN", "ANEUR", "EL"}
    | {"STD_", "STE_", "INVT", "LOWT", "NT_", "TAB_"}
)
_SINUS = frozenset({"SR", "SBRAD", "STACH", "SARRH"})
_OTHER_RHYTHMS = frozenset({"AFIB", "AFLT", "PACE", "SVTAC", "PSVT", "SVARR"})
# Present by the first statements, unknown by the others, which are weaker or less certain.
_STATED: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "st_t_change": (_ST_T | _INJURIES, frozenset()),
    "atrial_fibrillation": (frozenset({"AFIB"}), frozenset()),
    "atrial_flutter": (frozenset({"AFLT"}), frozenset()),
    "premature_atrial": (frozenset({"PAC"}), frozenset({"BIGU", "TRIGU"})),
    "premature_ventricular": (frozenset({"PVC"}), frozenset({"BIGU", "TRIGU"})),
    "paced": (frozenset({"PACE"}), frozenset()),
    "first_degree_block": (frozenset({"1AVB"}), frozenset({"LPR"})),
    # Incomplete blocks count neither way.
    "left_bundle_branch_block": (frozenset({"CLBBB"}), frozenset({"ILBBB"})),
    "right_bundle_branch_block": (frozenset({"CRBBB"}), frozenset({"IRBBB"})),
}


def targets_of_codes(codes: Mapping[str, float], staged: bool = False) -> dict[str, int]:
    """Return what a record's statements say of each finding: 1 present, 0 absent, -1 unknown.

    Parameters
    ----------
    codes : mapping of str to float
        Statements and their likelihoods, percent.
    staged : bool
        Whether the record states the age of an infarction, which makes an unlikely one count.

    Examples
    --------
    >>> found = targets_of_codes({"IMI": 35.0, "SR": 0.0})
    >>> found["any_infarction"], found["anterior_infarction"], found["sinus_rhythm"]
    (-1, 0, 1)
    """
    stated = set(codes)
    likely = {code for code, likelihood in codes.items() if likelihood >= LEAST_LIKELIHOOD}
    infarctions = stated & _INFARCTIONS if staged else likely & _INFARCTIONS

    def diagnosed(wanted: frozenset[str], certain: set[str]) -> int:
        return 1 if certain & wanted else UNKNOWN if stated & (wanted | _INJURIES) else 0

    found = {
        "any_infarction": diagnosed(_INFARCTIONS, infarctions),
        "anterior_infarction": diagnosed(_ANTERIOR, infarctions),
        "inferior_infarction": diagnosed(_INFERIOR, infarctions),
        "left_ventricular_hypertrophy": _present(likely, stated, frozenset({"LVH"}), frozenset({"LVH", "VCLVH"})),
        "sinus_rhythm": 1 if stated & _SINUS else 0 if stated & _OTHER_RHYTHMS else UNKNOWN,
        "normal": _present(likely, stated, frozenset({"NORM"}), frozenset({"NORM"})),
    }
    found |= {name: _present(stated, stated, *statements) for name, statements in _STATED.items()}
    return {name: found[name] for name in FINDINGS}


def _present(certain: set[str], stated: set[str], wanted: frozenset[str], doubtful: frozenset[str]) -> int:
    return 1 if certain & wanted else UNKNOWN if stated & doubtful else 0


_BY_RHYTHM: dict[str, tuple[str, ...]] = {
    "normal-sinus": ("sinus_rhythm", "normal"),
    "sinus-tachycardia": ("sinus_rhythm",),
    "sinus-bradycardia": ("sinus_rhythm",),
    "atrial-fibrillation": ("atrial_fibrillation",),
    "atrial-flutter": ("atrial_flutter",),
    "premature-atrial-beats": ("sinus_rhythm", "premature_atrial"),
    "premature-ventricular-beats": ("sinus_rhythm", "premature_ventricular"),
    "left-bundle-branch-block": ("sinus_rhythm", "left_bundle_branch_block"),
    "right-bundle-branch-block": ("sinus_rhythm", "right_bundle_branch_block"),
    "first-degree-block": ("sinus_rhythm", "first_degree_block"),
    "ventricular-tachycardia": (),
    "ventricular-fibrillation": (),
    "acute-anterior-infarction": ("sinus_rhythm", "any_infarction", "anterior_infarction", "st_t_change"),
    "acute-inferior-infarction": ("sinus_rhythm", "any_infarction", "inferior_infarction", "st_t_change"),
    "old-anterior-infarction": ("sinus_rhythm", "any_infarction", "anterior_infarction"),
    "old-inferior-infarction": ("sinus_rhythm", "any_infarction", "inferior_infarction"),
}
# A fast or slow sinus rhythm alone is stated beside "normal" as often as not; blocks and scars change ST and T.
_UNKNOWN_BY_RHYTHM: dict[str, tuple[str, ...]] = {
    "sinus-tachycardia": ("normal",),
    "sinus-bradycardia": ("normal",),
    **dict.fromkeys(("left-bundle-branch-block", "right-bundle-branch-block"), ("st_t_change",)),
    **dict.fromkeys(("old-anterior-infarction", "old-inferior-infarction"), ("st_t_change",)),
    **dict.fromkeys(("ventricular-tachycardia", "ventricular-fibrillation"), ("st_t_change", "premature_ventricular")),
}


def targets_of_rhythm(rhythm: str) -> dict[str, int]:
    """Return what a simulated rhythm, a key of `sample_images.RHYTHMS`, says of each finding: 1, 0 or -1.

    Examples
    --------
    >>> [name for name, present in targets_of_rhythm("atrial-flutter").items() if present]
    ['atrial_flutter']
    """
    present, unknown = _BY_RHYTHM[rhythm], _UNKNOWN_BY_RHYTHM.get(rhythm, ())
    return {name: 1 if name in present else UNKNOWN if name in unknown else 0 for name in FINDINGS}
