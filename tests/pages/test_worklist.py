"""Worklist, run as a script: off, switched on, labelling, deciding, agreement, what is kept; and recording on Home."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ecgviz.store import (
    Queue,
    Reading,
    Role,
    corrections_of,
    decision_of,
    every_prediction,
    history_of,
    open_store,
    picture_of,
    reading_of,
    save,
)
from ecgviz.study import name_of, start_from
from ecgviz.worklist import items, labelling, store_place
from models.classes import CLASSES
from sample_images import samples
from tests.app_session import open_report, state_of
from tests.studies import PATHS, study_of

ROOT = Path(__file__).resolve().parents[2]
PAGE = "pages/10_Worklist.py"
LISTED = items.of_samples()
FIRST, SECOND, THIRD = LISTED.reports[:3]


@pytest.fixture
def place(tmp_path, monkeypatch) -> str:
    """Switch the store on, as the environment does."""
    path = str(tmp_path / "readings.sqlite")
    monkeypatch.setenv("ECGVIZ_STORE", path)
    return path


@pytest.fixture
def store(place):
    opened = open_store(place)
    yield opened
    opened.close()


def fresh() -> AppTest:
    return AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)


def at_page() -> AppTest:
    return fresh().switch_page(PAGE).run()


def labelling_as(reader: str) -> AppTest:
    """Open the page with the simulated samples as the list, and type a name."""
    app = at_page()
    button(app, "Use the simulated samples").click().run()
    app.text_input(key="store_reader").set_value(reader).run()
    assert not app.exception
    return app


def button(app: AppTest, label: str):
    return next(one for one in app.button if one.label == label)


def labels(app: AppTest) -> list[str]:
    return [one.label for one in app.button]


def words(app: AppTest) -> str:
    kinds = (app.caption, app.info, app.warning, app.markdown, app.error, app.subheader)
    # As it is read, without the marks that keep text from being taken for markup.
    return "\n".join(str(element.value) for kind in kinds for element in kind).replace("\\", "")


def queue_counts(app: AppTest) -> dict[str, int]:
    shown = [option.content for option in app.segmented_control(key="worklist_queue").proto.options]
    return {text.rpartition(" (")[0]: int(text.rpartition("(")[2].rstrip(")")) for text in shown}


def choose(app: AppTest, label: str) -> AppTest:
    return button(app, label).click().run()


def test_it_is_off_until_it_is_switched_on_and_says_what_would_be_kept(monkeypatch):
    monkeypatch.delenv("ECGVIZ_STORE", raising=False)
    app = at_page()
    assert not app.exception
    assert "Readings are not kept" in words(app)
    assert "file and its name are kept only where you tick it" in words(app)
    assert not app.segmented_control


def test_whoever_runs_the_app_can_forbid_it(monkeypatch):
    monkeypatch.setenv("ECGVIZ_STORE", "off")
    app = at_page()
    assert not [one for one in app.text_input if one.key == "store_path"]
    assert "Readings are not kept" in words(app)


def test_from_another_machine_no_file_of_this_one_can_be_named(monkeypatch):
    monkeypatch.delenv("ECGVIZ_STORE", raising=False)
    monkeypatch.setattr(store_place, "is_local", lambda: False)
    app = at_page()
    assert not [one for one in app.text_input if one.key == "store_path"]
    assert "`ECGVIZ_STORE`" in words(app)


def test_a_reader_names_a_file_and_sees_where_it_is(tmp_path, monkeypatch):
    monkeypatch.delenv("ECGVIZ_STORE", raising=False)
    monkeypatch.setattr(store_place, "is_local", lambda: True)
    app = at_page()
    for wrong, code in ((str(tmp_path / "page.png"), "not_a_store"), (str(tmp_path / "no" / "a.sqlite"), "store_unav")):
        app.text_input(key="store_path").set_value(wrong).run()
        assert code in app.error[0].value
    path = tmp_path / "mine.sqlite"
    app.text_input(key="store_path").set_value(str(path)).run()
    assert path.exists()
    assert str(path) in words(app)
    app.segmented_control(key="worklist_part").set_value("Kept readings").run()
    button(app, "Keep no more").click().run()
    assert "Readings are not kept" in words(app)


def test_a_store_that_cannot_be_opened_is_named_with_its_code(tmp_path, monkeypatch):
    monkeypatch.setenv("ECGVIZ_STORE", str(tmp_path / "missing" / "a.sqlite"))
    app = at_page()
    assert not app.exception
    assert "`store_unavailable`" in app.error[0].value


def test_a_reading_is_saved_with_all_that_was_recorded_and_no_name_or_file(store):
    app = labelling_as("AB")
    assert button(app, "Save").disabled
    assert (button(app, "Save").proto.shortcut, button(app, "Normal").proto.shortcut) == ("s", "1")
    choose(app, "History of MI")
    app.pills(key="reading_findings").set_value(["paced"])
    app.text_area(key="reading_comment").set_value("  see V2 ")
    app.number_input(key="reading_measured_pr_ms").set_value(190)
    choose(app, "Save")
    assert not app.exception
    kept = reading_of(store, FIRST, "AB")
    assert (kept.label, kept.findings, kept.comment) == ("History of MI", ("paced",), "see V2")
    assert kept.measurements == {"pr_ms": 190.0}
    assert (kept.file, kept.has_picture, kept.blind) == (None, False, True)
    assert "Saved, version 1." in words(app)


def test_file_and_name_are_kept_where_they_are_ticked(store):
    app = labelling_as("AB")
    choose(app, "Normal")
    app.checkbox(key="reading_name_kept").check()
    app.checkbox(key="reading_file_kept").check()
    choose(app, "Save")
    kept = reading_of(store, FIRST, "AB")
    assert kept.file == LISTED.items[FIRST].file
    assert picture_of(store, FIRST) == LISTED.items[FIRST].content()


def test_saving_goes_on_to_the_next_that_waits_and_the_form_is_empty(store):
    save(store, Reading(SECOND, "AB", "Normal"))
    app = labelling_as("AB")
    assert queue_counts(app)[Queue.UNREAD] == len(LISTED.items) - 1
    choose(app, "Abnormal heartbeat")
    app.text_area(key="reading_comment").set_value("first")
    choose(app, "Save, next")
    assert f"**{name_of(THIRD)}**" in words(app)
    assert app.text_area(key="reading_comment").value == ""
    assert button(app, "Save").disabled
    assert queue_counts(app)[Queue.UNREAD] == len(LISTED.items) - 2
    choose(app, "Skip")
    assert f"**{name_of(THIRD)}**" not in words(app)
    assert queue_counts(app)[Queue.UNREAD] == len(LISTED.items) - 2


def test_a_blind_reader_sees_nothing_of_others_until_the_own_reading_is_saved(store):
    save(store, Reading(FIRST, "CD", "Myocardial infarction", comment="clear as day"))
    app = labelling_as("AB")
    assert "clear as day" not in words(app)
    assert "CD" not in words(app)
    assert LISTED.items[FIRST].file not in words(app)
    assert not [one for one in app.toggle if one.key == "worklist_predictions"]
    choose(app, "Normal")
    choose(app, "Save")
    assert "CD: Myocardial infarction. clear as day" in words(app)
    assert LISTED.items[FIRST].file in words(app)
    assert [one for one in app.toggle if one.key == "worklist_predictions"]
    choose(app, "History of MI")
    choose(app, "Save")
    changed = reading_of(store, FIRST, "AB")
    assert (changed.version, changed.blind) == (2, False)
    assert history_of(store, FIRST)[-1].before["blind"]


def test_without_blind_mode_all_is_shown_and_the_reading_says_so(store):
    save(store, Reading(FIRST, "CD", "Normal", comment="clear as day"))
    app = labelling_as("AB")
    app.toggle(key="store_blind").set_value(False).run()
    assert "clear as day" in words(app)
    app.toggle(key="store_blind").set_value(True).run()
    choose(app, "Normal")
    choose(app, "Save")
    assert not reading_of(store, FIRST, "AB").blind


def test_predictions_are_kept_with_a_reading_and_with_no_other_report(store):
    app = labelling_as("AB")
    app.toggle(key="store_blind").set_value(False).run()
    app.toggle(key="worklist_predictions").set_value(True).run()
    assert not app.exception
    assert "Findings.** Present: Sinus rhythm." in words(app)
    assert not every_prediction(store)
    choose(app, "Normal")
    choose(app, "Save")
    assert every_prediction(store)[FIRST]["ensemble"].state == "unsure"


def test_a_change_by_another_window_is_not_overwritten(store):
    app = labelling_as("AB")
    choose(app, "Normal")
    choose(app, "Save")
    elsewhere = save(store, replace(reading_of(store, FIRST, "AB"), label="History of MI"))
    choose(app, "Abnormal heartbeat")
    choose(app, "Save")
    assert "`reading_changed`" in words(app)
    assert reading_of(store, FIRST, "AB") == elsewhere
    choose(app, "Load the saved reading")
    choose(app, "Abnormal heartbeat")
    choose(app, "Save")
    assert reading_of(store, FIRST, "AB").version == 3


def test_where_two_differ_a_third_decides(store):
    for reader, label in (("AB", "Normal"), ("CD", "History of MI")):
        save(store, Reading(SECOND, reader, label))
    app = labelling_as("EF")
    assert queue_counts(app)[Queue.DISAGREEMENT] == 1
    app.segmented_control(key="worklist_queue").set_value(Queue.DISAGREEMENT).run()
    assert "AB: Normal." in words(app)
    choose(app, "History of MI")
    choose(app, "Save")
    decided = decision_of(store, SECOND)
    assert (decided.reader, decided.label, decided.role) == ("EF", "History of MI", Role.ADJUDICATION)
    assert queue_counts(app)[Queue.DISAGREEMENT] == 0


def test_a_report_that_waits_for_a_second_reader_is_found(store):
    save(store, Reading(THIRD, "CD", "Normal"))
    app = labelling_as("AB")
    app.segmented_control(key="worklist_queue").set_value(Queue.SECOND).run()
    assert f"**{name_of(THIRD)}**" in words(app)
    choose(app, "Normal")
    choose(app, "Save, next")
    assert labelling.NOTHING_WAITS[Queue.SECOND] in words(app)


def test_the_last_report_that_waits_comes_again_when_it_is_skipped(store):
    for report in LISTED.reports[1:]:
        save(store, Reading(report, "AB", "Normal"))
    app = labelling_as("AB")
    choose(app, "Skip")
    assert f"**{name_of(FIRST)}**" in words(app)
    choose(app, "Normal")
    choose(app, "Save, next")
    assert labelling.NOTHING_WAITS[Queue.UNREAD] in words(app)


def test_hidden_margins_hide_the_files_name(store):
    app = fresh()
    app.session_state["hide_margins"] = True
    app.switch_page(PAGE).run()
    button(app, "Use the simulated samples").click().run()
    app.text_input(key="store_reader").set_value("AB").run()
    app.toggle(key="store_blind").set_value(False).run()
    assert LISTED.items[FIRST].file not in words(app)
    assert name_of(FIRST) in words(app)


def test_a_folder_that_the_app_was_started_with_is_a_list(store, tmp_path, monkeypatch):
    folder = tmp_path / "reports"
    folder.mkdir()
    sample = samples()[0].path
    (folder / sample.name).write_bytes(sample.read_bytes())
    (folder / "notes.txt").write_text("no report")
    monkeypatch.setenv("ECGVIZ_WORKLIST", str(folder))
    app = at_page()
    button(app, "Use the folder reports").click().run()
    app.text_input(key="store_reader").set_value("AB").run()
    assert "reports: 1 report, 1 not opened" in words(app)


def test_the_example_shows_agreement_and_leads_to_each_case(monkeypatch):
    monkeypatch.delenv("ECGVIZ_STORE", raising=False)
    app = at_page()
    button(app, "Open the example").click().run()
    assert "nothing is kept" in words(app)
    app.segmented_control(key="worklist_part").set_value("Agreement").run()
    assert not app.exception
    assert {one.label: one.value for one in app.metric if one.label == "Reports"} == {"Reports": "17"}
    assert "Fleiss' kappa" in words(app)
    everybody = app.dataframe[0].value
    assert list(everybody["Reference"]) == ["Reader A"] * 3 + ["Reader B"] * 2 + ["Reader C"]
    app.selectbox(key="agreement_second").set_value("Reader C").run()
    cases = next(one.value for one in app.dataframe if "Report" in one.value and "Reader C" in one.value)
    assert len(cases) == int(words(app).split(" reports with different classes")[0].rpartition("**")[2])
    assert button(app, "Run the networks on 17 reports")
    button(app, "Leave the example").click().run()
    assert "Readings are not kept" in words(app)


def test_a_reader_who_has_just_begun_leaves_the_agreement_of_all_others(store):
    for number in range(12):
        for reader in ("A", "B", "C"):
            save(store, Reading(f"{number:064x}", reader, CLASSES[number % len(CLASSES)]))
    app = at_page()
    app.segmented_control(key="worklist_part").set_value("Agreement").run()
    assert "All 3 readers: Fleiss' kappa" in words(app)
    save(store, Reading(f"{0:064x}", "D", CLASSES[1]))
    app.run()
    assert "3 readers with 10 readings or more: Fleiss' kappa" in words(app)


def test_without_two_raters_it_says_what_is_missing(store):
    app = at_page()
    app.segmented_control(key="worklist_part").set_value("Agreement").run()
    assert not app.exception
    assert "Two raters" in app.info[0].value


def test_everything_is_deleted_only_after_a_tick(store):
    save(store, Reading(FIRST, "AB", "Normal"), b"file")
    app = at_page()
    app.segmented_control(key="worklist_part").set_value("Kept readings").run()
    assert {one.label: one.value for one in app.metric} == {
        "Readings": "1", "Reports": "1", "Readers": "1", "Files kept": "1"
    }  # fmt: skip
    assert button(app, "Delete everything").disabled
    app.checkbox(key="delete_sure").check().run()
    button(app, "Delete everything").click().run()
    assert not app.exception
    assert next(one.value for one in app.metric if one.label == "Readings") == "0"
    assert picture_of(store, FIRST) is None


def test_home_records_a_reading_of_the_open_report_where_the_store_is_on(store):
    app = fresh()
    open_report(app, samples()[0].path.read_bytes(), "Doe_Jane.jpg")
    app.run()
    assert not app.exception
    app.text_input(key="store_reader").set_value("AB").run()
    choose(app, CLASSES[0])
    # A stray key must not record anything here.
    assert not [one.label for one in app.button if one.key and one.key.startswith("reading_") and one.proto.shortcut]
    choose(app, "Save")
    report = next(iter(state_of(app).reports))
    kept = reading_of(store, report, "AB")
    assert (kept.label, kept.blind, kept.file) == (CLASSES[0], False, None)


def test_boxes_set_by_hand_are_kept_and_can_be_used_again(store):
    study = study_of("edan_normal")
    by_hand = start_from(study.page, study.layout)
    data = PATHS["edan_normal"].read_bytes()
    report = sha256(data).hexdigest()
    app = open_report(fresh(), data)
    state_of(app).corrections[report] = by_hand
    app.run()
    app.text_input(key="store_reader").set_value("AB").run()
    choose(app, "Normal")
    choose(app, "Save")
    assert corrections_of(reading_of(store, report, "AB").boxes) == by_hand
    later = open_report(fresh(), data).run()
    later.text_input(key="store_reader").set_value("AB").run()
    button(later, "Read the report with them").click().run()
    assert not later.exception
    assert state_of(later).corrections[report] == by_hand


def test_a_store_that_fails_meanwhile_is_named(store, place):
    app = labelling_as("AB")
    with store.writing() as connection:
        connection.exec_driver_sql("DROP TABLE ecgviz_readings")
    app.run()
    assert not app.exception
    assert "`store_unavailable`" in app.error[0].value


def test_networks_run_on_reports_that_were_read_and_are_compared(store):
    for reader in ("AB", "CD"):
        save(store, Reading(FIRST, reader, "Normal"))
    app = labelling_as("AB")
    app.segmented_control(key="worklist_part").set_value("Agreement").run()
    button(app, "Run the networks on 1 report").click().run()
    assert not app.exception
    app.toggle(key="agreement_abstentions").set_value(True).run()
    table = app.dataframe[0].value
    assert set(every_prediction(store)) == {FIRST}
    assert "Combined" in list(table["Compared with"])
    assert not [label for label in labels(app) if label.startswith("Run the networks")]


def test_home_shows_nothing_of_it_where_the_store_is_off(monkeypatch):
    monkeypatch.delenv("ECGVIZ_STORE", raising=False)
    app = fresh()
    open_report(app, samples()[0].path.read_bytes())
    app.run()
    assert "Your reading" not in [one.label for one in app.expander]
    assert "Save" not in labels(app)
