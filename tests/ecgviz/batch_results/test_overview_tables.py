"""What a batch shows without labels: counts, confidences, and two models report by report."""

from dataclasses import replace

from ecgviz.batch_results import overview_tables as tables
from models.classes import CLASSES
from tests.ecgviz.batch_results.test_labelled import ROWS, row, verdict

READ = ROWS[:5]


def test_classes_are_counted_and_abstentions_are_no_class():
    unsure = replace(verdict(1), abstains=True, state="unsure")
    rows = [*READ, row(9, None, 0, 1, verdicts={"ensemble": unsure})]
    table = tables.class_counts(rows, ["ensemble"]).set_index("class")["reports"]
    assert table.to_dict() == {CLASSES[0]: 2, CLASSES[1]: 2, CLASSES[2]: 1, CLASSES[3]: 0, tables.NO_PREDICTION: 1}


def test_every_confidence_falls_into_one_bin():
    rows = [*READ, row(9, None, 0, 0, verdicts={"ensemble": verdict(0, 1.0)})]
    table = tables.confidence_table(rows, ["trace_cnn", "ensemble"])
    assert table.groupby("model")["reports"].sum().to_dict() == {"Trace CNN": 5, "Combined": 6}
    assert table.loc[table["high"] == 1, "reports"].tolist() == [0, 1]


def test_two_models_are_set_side_by_side_where_both_predicted():
    rows = [*READ, row(9, None, 0, 0, verdicts={"ensemble": verdict(0)})]
    table = tables.pair_table(rows, "trace_cnn", "ensemble", CLASSES[1])
    assert table["number"].tolist() == [1, 2, 3, 4, 5]
    assert table["agreement"].tolist() == [tables.AGREE, tables.DISAGREE, tables.AGREE, tables.DISAGREE, tables.AGREE]
    second = table.iloc[1]
    assert (round(second["first"], 3), second["second"]) == (0.1, 0.7)
    assert (second["first_class"], second["second_class"]) == (CLASSES[0], CLASSES[1])
