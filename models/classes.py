"""The four classes and the findings, in the orders that every list of probabilities follows."""

CLASSES = ("Normal", "Abnormal heartbeat", "Myocardial infarction", "History of MI")
# By the codes of the JSON contract.
FINDINGS = (
    "any_infarction",
    "anterior_infarction",
    "inferior_infarction",
    "st_t_change",
    "left_ventricular_hypertrophy",
    "sinus_rhythm",
    "atrial_fibrillation",
    "atrial_flutter",
    "premature_atrial",
    "premature_ventricular",
    "paced",
    "first_degree_block",
    "left_bundle_branch_block",
    "right_bundle_branch_block",
    "normal",
)
